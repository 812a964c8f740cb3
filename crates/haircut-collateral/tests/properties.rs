//! The laws, over tiny, huge and boundary inputs.

mod laws;

use laws::Entry;
use proptest::collection::vec;
use proptest::prelude::*;
use tokenomics_fixed_math::{Fraction, Wad};

/// A few units, anything, and what lies next to a boundary.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => 0..=20_u128,
        2 => any::<u64>().prop_map(u128::from),
        2 => any::<u128>(),
        1 => (0..=2_u128).prop_map(|below| u128::MAX - below),
        1 => (0..128_u32, 0..=2_u128).prop_map(|(bit, off)| ((1 << bit) - 1_u128).saturating_add(off)),
    ]
}

/// Around 1 and below one unit as often as anywhere, so that sums of 1e-36 matter.
fn price() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => 0..=4 * Wad::SCALE,
        2 => (1..=5_u128).prop_map(|units| units * Wad::SCALE),
        2 => (0..=4_u128).prop_map(|off| Wad::SCALE - 2 + off),
        2 => amount(),
    ]
}

fn fraction() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => Just(0),
        2 => Just(Fraction::SCALE),
        2 => (0..=100_u64).prop_map(|percent| percent * (Fraction::SCALE / 100)),
        1 => prop_oneof![Just(1), Just(Fraction::SCALE - 1)],
        3 => 0..=Fraction::SCALE,
    ]
}

fn of((amount, price, haircuts): (u128, u128, [u64; 2])) -> Entry {
    Entry {
        amount,
        price,
        per: 0,
        haircuts,
    }
}

/// Prices of 18 decimals and fewer, and over anything.
fn per() -> impl Strategy<Value = u128> {
    prop_oneof![
        3 => Just(0),
        1 => (0..=18_u32).prop_map(|digits| 10_u128.pow(digits)),
        2 => 1..=9_u128,
        1 => 1..=u128::MAX,
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let parts = (amount(), price(), [fraction(), fraction()]);
    (parts, per()).prop_map(|(parts, per)| Entry { per, ..of(parts) })
}

/// Alike in amount and price, so that holdings and debts are often within a unit of each other.
fn small_entry() -> impl Strategy<Value = Entry> {
    let price = prop_oneof![
        3 => Just(Wad::SCALE),
        2 => (1..=9_u128).prop_map(|tenths| tenths * (Wad::SCALE / 10)),
        1 => Just(1),
    ];
    (0..=20_u128, price, [fraction(), fraction()]).prop_map(of)
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    prop_oneof![vec(entry(), 0..5), vec(small_entry(), 0..5)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn against_the_borrower(held in entries(), owed in entries()) {
        laws::against_the_borrower(&held, &owed);
    }

    #[test]
    fn healthy_at_equality(held in entries(), rescaled in vec(any::<u8>(), 0..5), at in any::<usize>()) {
        laws::healthy_at_equality(&held, &rescaled, at);
    }

    #[test]
    fn monotone(held in entries(), owed in entries(), worse in vec(entry(), 0..10)) {
        laws::monotone(&held, &owed, &worse);
    }

    #[test]
    fn split_invariant(held in entries(), owed in entries(), cuts in vec(amount(), 0..10)) {
        laws::split_invariant(&held, &owed, &cuts);
    }

    #[test]
    fn leverage_is_tight(equity in any::<u64>(), cut in [fraction(), fraction()], added in [fraction(), fraction()]) {
        laws::leverage_is_tight(equity, cut, added);
    }

    #[test]
    fn inverse_is_tight(held in entries(), owed in entries(), asset in prop_oneof![entry(), small_entry()]) {
        laws::inverse_is_tight(&held, &owed, asset);
    }
}

#[test]
fn a_portfolio_of_the_largest_numbers_there_are() {
    let most = [of((u128::MAX, u128::MAX, [0, 0])); 9];
    let owed = [of((u128::MAX, u128::MAX, [Fraction::SCALE; 2])); 4];
    laws::against_the_borrower(&most, &owed);
    laws::split_invariant(&most, &owed, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1 << 127]);
    laws::inverse_is_tight(&most, &owed, owed[0]);
    laws::inverse_is_tight(&most, &owed, of((0, 1, [0, 0])));
}

/// Every weight and amount of a small grid, so that no boundary is left to chance.
#[test]
fn every_small_portfolio() {
    let tenth = Fraction::SCALE / 10;
    for held in 0..=8_u128 {
        for owed in 0..=8_u128 {
            for cut in 0..=10_u64 {
                for add_on in [0, 1, 5, 10] {
                    let held = [of((held, Wad::SCALE / 2, [cut * tenth, 0]))];
                    let owed = [of((owed, Wad::SCALE / 4, [add_on * tenth, 0]))];
                    let asset = of((0, Wad::SCALE / 3, [tenth, 0]));
                    laws::against_the_borrower(&held, &owed);
                    laws::inverse_is_tight(&held, &owed, asset);
                }
            }
        }
    }
}
