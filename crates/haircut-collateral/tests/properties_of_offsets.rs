//! The laws of offsets and protections, over tiny, huge and boundary inputs.

mod laws;

use laws::{Backing, Entry, Insured, Part, Table};
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

fn fraction() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => prop_oneof![Just(0), Just(1), Just(Fraction::SCALE - 1), Just(Fraction::SCALE)],
        2 => (0..=100_u64).prop_map(|percent| percent * (Fraction::SCALE / 100)),
        3 => 0..=Fraction::SCALE,
    ]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0..=20_u64,
        2 => 0..=10_000_000_u64,
        2 => any::<u64>(),
        2 => u64::MAX - 20..=u64::MAX,
    ]
}

fn correlation() -> impl Strategy<Value = i16> {
    prop_oneof![
        2 => prop_oneof![Just(0), Just(10_000), Just(-10_000), Just(9_999), Just(1), Just(-1)],
        2 => (-20..=20_i16).prop_map(|of| of * 500),
        3 => -10_000..=10_000_i16,
    ]
}

prop_compose! {
    fn table()(
        kind in any::<u8>(), numbers in vec(correlation(), 15), assets in 0..6_u8,
        to_one in fraction(), to_zero in fraction(), most_offset in fraction(),
    ) -> Table {
        Table { kind, numbers, assets, to_one, to_zero, most_offset }
    }
}

prop_compose! {
    fn part()(
        asset in any::<u8>(), owed in any::<bool>(), value in amount(), haircut in fraction(),
    ) -> Part {
        Part { asset, owed, value, haircut }
    }
}

/// Of which no sum is above all amounts.
fn small_part() -> impl Strategy<Value = Part> {
    let value = prop_oneof![0..=20_u128, 0..=u128::from(u64::MAX), 0..=u128::MAX / 8];
    (part(), value).prop_map(|(part, value)| Part { value, ..part })
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    prop_oneof![3 => vec(small_part(), 0..7), 1 => vec(part(), 0..4)]
}

/// Prices of 18 decimals and others.
fn per() -> impl Strategy<Value = u128> {
    prop_oneof![3 => Just(0), 1 => 1..=9_u128, 1 => 1..=u128::MAX]
}

fn price() -> impl Strategy<Value = u128> {
    prop_oneof![4 => 0..=4 * Wad::SCALE, 2 => (0..=5_u128).prop_map(|of| of * Wad::SCALE), 1 => amount()]
}

prop_compose! {
    fn backing()(
        value in amount(), haircut in fraction(), joint in fraction(),
        horizon in time(), width in time(), now in time(),
    ) -> Backing {
        Backing { value, haircut, joint, horizon, width, now }
    }
}

prop_compose! {
    fn insured()(
        held in amount(), price in price(), over in per(), haircuts in [fraction(), fraction()],
        amount in prop_oneof![amount(), Just(u128::MAX)], strike in price(), per in per(),
        ends in time(), paid_until in time(), same in any::<bool>(),
    ) -> Insured {
        let entry = Entry { amount: held, price, per: over, haircuts };
        let amount = if same { held } else { amount };
        Insured { held: entry, amount, strike, per, ends, paid_until }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn semidefinite(table in table()) {
        laws::semidefinite(&table);
    }

    #[test]
    fn against_the_borrower_of_offset(table in table(), parts in parts()) {
        laws::against_the_borrower_of_offset(&table, &parts);
    }

    #[test]
    fn offset_bounded(table in table(), parts in parts()) {
        laws::offset_bounded(&table, &parts);
    }

    #[test]
    fn monotone_in_correlation(table in table(), parts in parts(), by in table()) {
        laws::monotone_in_correlation(&table, &parts, &by);
    }

    #[test]
    fn split_invariant_of_offset(table in table(), parts in parts(), cuts in vec(amount(), 0..7)) {
        laws::split_invariant_of_offset(&table, &parts, &cuts);
    }

    #[test]
    fn protection_bounded(backing in backing(), all in vec(insured(), 0..4)) {
        laws::protection_bounded(backing, &all);
    }

    #[test]
    fn monotone_in_protection(
        backing in backing(), all in vec(insured(), 1..4), by in backing(), other in insured(),
    ) {
        laws::monotone_in_protection(backing, &all, by, other);
    }

    #[test]
    fn split_invariant_of_protection(
        backing in backing(), insured in insured(), cut in amount(), others in amount(),
    ) {
        laws::split_invariant_of_protection(backing, insured, cut, others);
    }
}

/// Every table of three assets on a grid, and each of its neighbours by a basis point.
#[test]
fn every_small_table() {
    let grid = [
        -10_000, -9_999, -5_001, -5_000, -4_999, -1, 0, 1, 5_000, 7_071, 7_072, 9_999, 10_000,
    ];
    for a in grid {
        for b in grid {
            for c in grid {
                let numbers = vec![a, b, c];
                let table = Table {
                    numbers,
                    assets: 2,
                    ..Table::default()
                };
                laws::semidefinite(&table);
            }
        }
    }
}

/// Two or three entries of a few units, at each correlation of a grid.
#[test]
fn every_small_offset() {
    let half = Fraction::SCALE / 2;
    for bps in [-10_000, -5_000, -1, 0, 1, 3_333, 10_000] {
        for stress in [
            [0, 0],
            [half, 0],
            [0, half],
            [Fraction::SCALE, Fraction::SCALE],
        ] {
            let numbers = vec![bps; 3];
            let [to_one, to_zero] = stress;
            let table = Table {
                numbers,
                assets: 1,
                to_one,
                to_zero,
                most_offset: Fraction::SCALE,
                kind: 0,
            };
            for held in 0..6 {
                for other in 0..6 {
                    let part = |asset, value, owed| Part {
                        asset,
                        owed,
                        value,
                        haircut: half,
                    };
                    for owed in [false, true] {
                        let parts = [part(0, held, false), part(1, other, owed), part(0, 1, owed)];
                        laws::against_the_borrower_of_offset(&table, &parts);
                        laws::offset_bounded(&table, &parts);
                        laws::split_invariant_of_offset(&table, &parts, &[1, 0, 1]);
                    }
                }
            }
        }
    }
}

/// A holding of a few units at each means, claims of others, and time that is left.
#[test]
fn every_small_protection() {
    let half = Fraction::SCALE / 2;
    for held in 0..5_u128 {
        for strike in 0..4_u128 {
            for means in 0..6_u128 {
                for left in 0..4_u64 {
                    let entry = Entry {
                        amount: held,
                        price: 3 * Wad::SCALE / 2,
                        per: 0,
                        haircuts: [half, half / 3],
                    };
                    let insured = Insured {
                        held: entry,
                        amount: held,
                        strike: strike * Wad::SCALE,
                        per: 0,
                        ends: left,
                        paid_until: 9,
                    };
                    let backing = Backing {
                        value: means,
                        horizon: 1,
                        width: 2,
                        joint: half,
                        ..Backing::default()
                    };
                    laws::protection_bounded(backing, &[insured; 2]);
                    let by = Backing {
                        value: 1,
                        joint: half / 5,
                        now: 1,
                        ..Backing::default()
                    };
                    laws::monotone_in_protection(backing, &[insured], by, insured);
                    laws::split_invariant_of_protection(backing, insured, 1, 2);
                }
            }
        }
    }
}
