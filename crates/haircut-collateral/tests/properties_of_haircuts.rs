//! The laws of the rules of haircuts, over tiny, huge and boundary inputs.

mod laws;

use laws::{Age, Liquidity, Locked, Report, Returns, Size};
use proptest::collection::vec;
use proptest::prelude::*;
use tokenomics_fixed_math::{Fraction, Wad};

/// A few units, anything, and a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => 0..=20_u128,
        2 => any::<u64>().prop_map(u128::from),
        3 => (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

/// Around 1 as often as anywhere.
fn wad() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => 0..=4 * Wad::SCALE,
        2 => (0..=4_u128).prop_map(|off| Wad::SCALE - 2 + off),
        2 => (0..=100_u128).prop_map(|percent| percent * (Wad::SCALE / 100)),
        2 => amount(),
    ]
}

fn fraction() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => prop_oneof![Just(0), Just(1), Just(Fraction::SCALE - 1), Just(Fraction::SCALE)],
        2 => (0..=100_u64).prop_map(|percent| percent * (Fraction::SCALE / 100)),
        3 => 0..=Fraction::SCALE,
    ]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0..=20_u64,
        3 => 0..=10_000_000_u64,
        2 => any::<u64>(),
        1 => u64::MAX - 20..=u64::MAX,
    ]
}

fn haircut() -> impl Strategy<Value = [u64; 2]> {
    [fraction(), fraction()]
}

prop_compose! {
    fn size()(
        total in amount(), depth in amount(), cost in fraction(), cap in amount(),
        threshold in amount(), base in fraction(), decimals in 0..=38_u8,
        reserves in [amount(), amount()], price in [amount(), amount()],
    ) -> Size {
        Size { total, depth, cost, cap, threshold, base, decimals, reserves, price }
    }
}

prop_compose! {
    fn age()(fresh in time(), width in time(), age in time()) -> Age {
        Age { fresh, width, age }
    }
}

prop_compose! {
    fn report()(price in wad(), interval in wad(), multiple in wad()) -> Report {
        Report { price, interval, multiple }
    }
}

prop_compose! {
    fn returns()(
        multiple in wad(), period in time(), floor in fraction(), volatility in wad(), horizon in time(),
    ) -> Returns {
        Returns { multiple, period, floor, volatility, horizon }
    }
}

/// An end of a range, as often near 1.
fn end() -> impl Strategy<Value = [u128; 2]> {
    prop_oneof![[amount(), amount()], [1..=20_u128, 1..=20_u128]]
}

/// A price, as often one of few digits in 2^-64.
fn price() -> impl Strategy<Value = [u128; 2]> {
    let small = (1..=20_u128, 3..=12_u32).prop_map(|(price, digits)| [price, 10_u128.pow(digits)]);
    prop_oneof![[amount(), amount()], small]
}

prop_compose! {
    fn liquidity()(
        lower in end(), upper in prop::option::of(end()),
        price in price(), fall in fraction(), variance in wad(),
    ) -> Liquidity {
        Liquidity { lower, upper, price, fall, variance }
    }
}

prop_compose! {
    fn locked()(
        rate in wad(), year in time(), left in time(), penalty in fraction(), wait in time(),
    ) -> Locked {
        Locked { rate, year, left, penalty, wait }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn composition_bounds(parts in vec(haircut(), 0..6)) {
        laws::composition_bounds(&parts);
    }

    #[test]
    fn composition_is_monotone(parts in vec(haircut(), 0..6), by in vec(haircut(), 0..6)) {
        laws::composition_is_monotone(&parts, &by);
    }

    #[test]
    fn against_the_borrower_of_size(size in size()) {
        laws::against_the_borrower_of_size(size);
    }

    #[test]
    fn monotone_in_size(size in size(), by in size()) {
        laws::monotone_in_size(size, by);
    }

    #[test]
    fn split_invariant_of_size(size in size(), cuts in vec(amount(), 0..6)) {
        laws::split_invariant_of_size(size, &cuts);
    }

    #[test]
    fn inverse_is_tight_of_size(size in size(), haircut in fraction()) {
        laws::inverse_is_tight_of_size(size, haircut);
    }

    #[test]
    fn recoverable(size in size()) {
        laws::recoverable(size);
    }

    #[test]
    fn monotone_in_impact(size in size(), by in size()) {
        laws::monotone_in_impact(size, by);
    }

    #[test]
    fn monotone_in_age(age in age(), by in age()) {
        laws::monotone_in_age(age, by);
    }

    #[test]
    fn monotone_in_confidence(report in report(), by in report()) {
        laws::monotone_in_confidence(report, by);
    }

    #[test]
    fn monotone_in_volatility(returns in returns(), by in returns()) {
        laws::monotone_in_volatility(returns, by);
    }

    #[test]
    fn prepared_is_the_same(returns in returns(), locked in locked()) {
        laws::prepared_is_the_same(returns, locked);
    }

    #[test]
    fn group_is_declared(own in haircut(), groups in vec(haircut(), 0..5), assets in vec(0..64_u64, 0..5)) {
        laws::group_is_declared(own, &groups, &assets);
    }

    #[test]
    fn monotone_in_stress(liquidity in liquidity(), by in liquidity()) {
        laws::monotone_in_stress(liquidity, by);
    }

    #[test]
    fn monotone_in_stress_of_a_position(
        amount in time(), liquidity in liquidity(), by in liquidity(),
    ) {
        laws::monotone_in_stress_of_a_position(amount, liquidity, by);
    }

    #[test]
    fn against_the_borrower_of_liquidity(
        prices in [any::<u16>(), any::<u16>(), any::<u16>()],
        fall in fraction(),
        variance in 0..=Fraction::SCALE / 10,
    ) {
        laws::against_the_borrower_of_liquidity(prices, fall, variance);
    }

    #[test]
    fn monotone_in_time_to_exit(locked in locked(), by in locked()) {
        laws::monotone_in_time_to_exit(locked, by);
    }
}

/// Where price and lower bound are squares, and the price after the fall too, their roots are exact and no
/// slack of theirs covers for another rounding.
#[test]
fn every_small_range_of_squares() {
    for lower in 1..8_u16 {
        for root in 1..12_u16 {
            for upper in 1..120_u16 {
                let prices = [lower * lower, upper, 4 * root * root].map(|price| price - 1);
                laws::against_the_borrower_of_liquidity(prices, Fraction::SCALE / 4 * 3, 0);
            }
        }
    }
}
