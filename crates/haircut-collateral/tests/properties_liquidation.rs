//! The laws of liquidations, over positions that are near their margin more often than not.

mod laws;

use laws::{Entry, Terms};
use proptest::collection::vec;
use proptest::prelude::*;
use tokenomics_fixed_math::{Fraction, Wad};

const SCALE: u64 = Fraction::SCALE;

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => 0..=20_u128,
        3 => 900..=1_100_u128,
        2 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => (0..=2_u128).prop_map(|below| u128::MAX - below),
    ]
}

fn price() -> impl Strategy<Value = (u128, u128)> {
    prop_oneof![
        4 => Just((Wad::SCALE, 0)),
        3 => (1..=30_u128).prop_map(|tenths| (tenths * (Wad::SCALE / 10), 0)),
        1 => Just((0, 0)),
        2 => (1..=20_u128, 1..=20_u128),
        1 => (any::<u128>(), 1..=u128::MAX),
        1 => (0..=2_u128).prop_map(|below| (u128::MAX - below, 1)),
    ]
}

/// Mostly small, as the haircuts of collateral are.
fn cut() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => (0..=40_u64).prop_map(|percent| percent * (SCALE / 100)),
        1 => Just(SCALE),
        1 => 0..=SCALE,
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    (amount(), price(), [cut(), cut()]).prop_map(|(amount, (price, per), haircuts)| Entry {
        amount,
        price,
        per,
        haircuts,
    })
}

/// Of one size, so that holdings and debts are within some percent of each other.
fn even_entry() -> impl Strategy<Value = Entry> {
    let amount = prop_oneof![1..=20_u128, 900..=1_000_u128];
    (amount, [cut(), cut()]).prop_map(|(amount, haircuts)| Entry {
        amount,
        price: Wad::SCALE,
        per: 0,
        haircuts,
    })
}

fn entries(most: usize) -> impl Strategy<Value = Vec<Entry>> {
    prop_oneof![vec(entry(), 0..=most), vec(even_entry(), 1..=most)]
}

fn terms() -> impl Strategy<Value = Terms> {
    let percent = |most: u64| (0..=most).prop_map(|percent| percent * (SCALE / 100));
    let target = prop_oneof![Just(0), percent(30), any::<u64>()];
    let part = prop_oneof![Just(SCALE), Just(SCALE / 2), any::<u64>()];
    let small = prop_oneof![2 => Just(0), 2 => 0..=20_u64, 1 => any::<u64>()];
    let factors = prop_oneof![4 => [percent(15), percent(15)], 1 => [any::<u64>(), any::<u64>()]];
    let elapsed = prop_oneof![0..=2_000_u64, any::<u64>()];
    (
        target,
        part,
        any::<u64>(),
        [small.clone(), small],
        any::<u8>(),
        factors,
        elapsed,
    )
        .prop_map(
            |(target, part, whole_at, [whole_under, dust], kind, factors, elapsed)| Terms {
                target,
                part,
                whole_at,
                whole_under,
                dust,
                kind,
                factors,
                elapsed,
            },
        )
}

fn at_most() -> impl Strategy<Value = u128> {
    prop_oneof![3 => Just(u128::MAX), 2 => 0..=3_u128, 1 => any::<u128>()]
}

/// A few units of one debt and one or two holdings, at prices of tenths, and a limit and a dust value of a
/// few units too.
fn near_dust() -> impl Strategy<Value = (Vec<Entry>, Vec<Entry>, Terms, u128)> {
    let price = prop_oneof![Just(10), 1..=30_u128].prop_map(|tenths| tenths * (Wad::SCALE / 10));
    let entry = (1..=30_u128, price, (0..=40_u64)).prop_map(|(amount, price, percent)| Entry {
        amount,
        price,
        per: 0,
        haircuts: [percent * (SCALE / 100); 2],
    });
    let owed = (10..=30_u128, (0..=20_u64)).prop_map(|(amount, percent)| Entry {
        amount,
        price: Wad::SCALE,
        per: 0,
        haircuts: [percent * (SCALE / 100); 2],
    });
    let dust = (terms(), 1..=30_u64).prop_map(|(terms, dust)| Terms { dust, ..terms });
    (vec(entry, 1..=2), vec(owed, 1..=2), dust, 1..=30_u128)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn certified_liquidation(held in entries(3), owed in entries(2), terms in terms(), at_most in at_most()) {
        laws::certified_liquidation(&held, &owed, terms, at_most);
    }

    #[test]
    fn limits_leave_no_dust(held in entries(3), owed in entries(2), terms in terms(), at_most in at_most()) {
        laws::limits_leave_no_dust(&held, &owed, terms, at_most);
    }

    #[test]
    fn limits_leave_no_dust_of_a_few_units((held, owed, terms, at_most) in near_dust()) {
        laws::limits_leave_no_dust(&held, &owed, terms, at_most);
    }

    #[test]
    fn liquidations_end(held in entries(3), owed in entries(3), terms in terms()) {
        laws::liquidations_end(&held, &owed, terms);
    }

    #[test]
    fn incentive_is_monotone(
        terms in terms(),
        weights in [any::<u64>(), any::<u64>()],
        healths in [0..=SCALE + 5, 0..=SCALE + 5],
        later in any::<u64>(),
    ) {
        laws::incentive_is_monotone(terms, weights, healths, later);
    }

    #[test]
    fn checked_after(
        held in entries(5),
        owed in entries(2),
        changes in vec((any::<u8>(), any::<u8>(), prop_oneof![0..=20_u64, any::<u64>()]), 0..20),
    ) {
        laws::checked_after(&held, &owed, &changes);
    }

    #[test]
    fn places_are_given_back(
        held in entries(3),
        owed in entries(3),
        terms in terms(),
        places in any::<[u8; 2]>(),
    ) {
        laws::places_are_given_back(&held, &owed, terms, places);
    }

    #[test]
    fn written_off_once(held in entries(3), owed in entries(3), terms in terms()) {
        laws::written_off_once(&held, &owed, terms);
    }
}

/// Every amount, weight and bonus of a small grid: what is liquidated there is a unit or two.
#[test]
fn every_small_position() {
    let percent = SCALE / 100;
    let entry = |amount, cut: u64| Entry {
        amount,
        price: Wad::SCALE,
        per: 0,
        haircuts: [cut * percent, cut * percent],
    };
    for held in 1..=12_u128 {
        for owed in 1..=12_u128 {
            for cut in [0, 10, 20, 50, 100] {
                for bonus in [0, 5, 15] {
                    let terms = Terms {
                        target: 10 * percent,
                        part: if cut == 20 { SCALE / 2 } else { SCALE },
                        dust: u64::from(cut == 10) * 2,
                        factors: [bonus * percent, bonus * percent],
                        ..Terms::default()
                    };
                    let held = [entry(held, cut), entry(3, 15)];
                    let owed = [entry(owed, 0)];
                    for at_most in [1, 2, 3, 5, 8, u128::MAX] {
                        laws::certified_liquidation(&held, &owed, terms, at_most);
                        laws::limits_leave_no_dust(&held, &owed, terms, at_most);
                    }
                    laws::liquidations_end(&held, &owed, terms);
                }
            }
        }
    }
}

/// Two debts of different weights, of which often only one can be repaid with a gain.
#[test]
fn every_small_pair_of_debts() {
    let percent = SCALE / 100;
    let entry = |amount, cut: u64| Entry {
        amount,
        price: Wad::SCALE,
        per: 0,
        haircuts: [cut * percent, cut * percent],
    };
    for held in 1..=12_u128 {
        for plain in 1..=12_u128 {
            for weighted in 1..=12_u128 {
                let terms = Terms {
                    dust: u64::from(held % 2 == 0) * 5,
                    part: SCALE,
                    factors: [6 * percent, 6 * percent],
                    ..Terms::default()
                };
                let held = [entry(held, 6), entry(8, 0)];
                let owed = [entry(plain, 0), entry(weighted, 100)];
                laws::certified_liquidation(&held, &owed, terms, u128::MAX);
                laws::liquidations_end(&held, &owed, terms);
            }
        }
    }
}
