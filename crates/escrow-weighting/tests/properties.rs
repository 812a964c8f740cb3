//! Every law, driven with the smallest and the largest amounts, times and terms.
#![cfg(feature = "alloc")]

mod laws;

use laws::{Call, Kind, RawKind, RawTerms, ONE, WEEK};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        20 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..=60_u64, 2 => any::<u64>(), 1 => u64::MAX - 60..=u64::MAX]
}

/// Small terms, where ends collide; Curve's; any. Multipliers up to 1, to Polkadot's 6, and any.
fn terms() -> impl Strategy<Value = RawTerms> {
    let lengths = prop_oneof![
        4 => (1..=60_u64, 1..=5_u64),
        2 => Just((4 * 365 * 86_400, WEEK)),
        1 => (time(), time()),
    ];
    let min = prop_oneof![4 => Just(1), 1 => 1..=9_u64];
    let most = prop_oneof![3 => Just(ONE), 2 => Just(6 * ONE), 1 => any::<u128>(), 1 => 0..=3_u128];
    (lengths, min, most).prop_map(|((max, granule), min, most)| RawTerms {
        max,
        granule,
        min,
        most,
    })
}

fn start() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 0..=60_u64, 2 => Just(2_700 * WEEK), 1 => time()]
}

/// Mostly steps within a lock's life, and silences much longer than it.
fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![
        12 => Just(0),
        24 => 0..=5_u64,
        2 => 0..=2 * WEEK,
        1 => Just(300 * WEEK),
        1 => 0..=u64::MAX / 16,
    ]
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let kind = any::<u8>().prop_map(Kind::of);
    let call = (
        kind,
        any::<u8>(),
        gap(),
        amount(),
        time(),
        any::<u8>(),
        time(),
    );
    let call = call.prop_map(|(kind, who, gap, amount, time, shape, rate)| Call {
        kind,
        who,
        gap,
        amount,
        time,
        shape,
        rate,
    });
    prop::collection::vec(call, 0..40)
}

fn kind() -> impl Strategy<Value = RawKind> {
    let numbers = (any::<u8>(), amount(), time(), time(), time(), time());
    numbers.prop_map(|(shape, level, rate, since, full, end)| RawKind {
        shape,
        level,
        rate,
        since,
        full,
        end,
    })
}

fn reads() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![0..=100_u64, 0..=400 * WEEK, any::<u64>()], 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn bounded(terms in terms(), start in start(), calls in calls(), reads in reads()) {
        laws::bounded(terms, start, &calls, &reads);
    }

    #[test]
    fn conservation(terms in terms(), start in start(), calls in calls()) {
        laws::conservation(terms, start, &calls);
    }

    #[test]
    fn full(terms in terms(), start in start(), calls in calls(), reads in reads()) {
        laws::full(terms, start, &calls, &reads);
    }

    #[test]
    fn independent(terms in terms(), start in start(), calls in calls(), reads in reads()) {
        laws::independent(terms, start, &calls, &reads);
    }

    #[test]
    fn neutral(kind in kind(), amount in amount(), part in amount(), time in time()) {
        laws::neutral(kind, amount, part, time);
    }

    #[test]
    fn ring_is_history(terms in terms(), start in start(), calls in calls(), reads in reads()) {
        laws::ring_is_history(terms, start, &calls, &reads);
    }

    #[test]
    fn stored(terms in terms(), start in start(), calls in calls(), reads in reads()) {
        laws::stored(terms, start, &calls, &reads);
    }

    #[test]
    fn sum_is_total(terms in terms(), start in start(), calls in calls(), reads in reads()) {
        laws::sum_is_total(terms, start, &calls, &reads);
    }
}
