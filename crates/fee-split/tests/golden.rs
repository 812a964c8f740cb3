//! Figures from the literature, each with its source.

use tokenomics_fee_split::{largest_remainder, split_by_weights};
use tokenomics_fixed_math::Amount;

fn apportion(seats: u128, weights: &[u64]) -> Vec<u128> {
    let mut parts = vec![Amount::ZERO; weights.len()];
    largest_remainder(Amount::new(seats), weights, &mut parts).unwrap();
    parts.into_iter().map(Amount::get).collect()
}

/// Hamilton's bill of 1792, the first that a president vetoed: 120 seats by the census of 1790. The
/// seats are those of the bill as the U.S. National Archives give them ("The 1790 Census and the
/// First Veto", prologue.blogs.archives.gov, 2022).
#[test]
fn hamilton_apportions_the_house_of_1792() {
    // CT DE GA KY MD MA NH NJ NY NC PA RI SC VT VA
    let census = [
        236_841, 55_540, 70_835, 68_705, 278_514, 475_327, 141_822, 179_570, 331_589, 353_523,
        432_879, 68_446, 206_236, 85_533, 630_560,
    ];
    let bill = [8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21];
    assert_eq!(apportion(120, &census), bill);
}

/// The example of Wikipedia, "Largest remainder method": ten seats by the Hare quota.
#[test]
fn ten_seats_by_the_hare_quota() {
    let votes = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100];
    assert_eq!(apportion(10, &votes), [5, 2, 1, 1, 1, 0]);
}

/// The Alabama paradox, by the example of Wikipedia, "Apportionment paradox": with one seat more
/// the third party has one fewer. It belongs to the method, so it must show.
#[test]
fn one_seat_more_can_cost_a_seat() {
    assert_eq!(apportion(10, &[6, 6, 2]), [4, 4, 2]);
    assert_eq!(apportion(11, &[6, 6, 2]), [5, 5, 1]);
}

/// Drips, Splits.sol: ⌊amount · Σ weights so far / total⌋ less what was given so far; the rest to
/// the splitter, who is the last weight here.
#[test]
fn drips_gives_what_the_running_sum_says() {
    let mut parts = [Amount::ZERO; 4];
    let weights = [333_333, 333_333, 250_000, 83_334];
    split_by_weights(Amount::new(10), &weights, &mut parts).unwrap();
    // Running sums 0.333333, 0.666666, 0.916666, 1 of 10: 3, 6, 9, 10.
    assert_eq!(parts.map(Amount::get), [3, 3, 3, 1]);
}
