//! Numbers, shapes and calls of every size.

// Each of the tests that include it uses some.
#![allow(dead_code)]

use proptest::prelude::*;
use proptest::sample::select;
use tokenomics_fixed_math::Fraction;

use super::laws::*;

/// A few units, anything, or a few units from the largest.
pub(crate) fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![0..=20_u128, any::<u128>(), u128::MAX - 20..=u128::MAX]
}

pub(crate) fn time() -> impl Strategy<Value = u64> {
    prop_oneof![0..=60_u64, any::<u64>(), u64::MAX - 60..=u64::MAX]
}

pub(crate) fn shape() -> impl Strategy<Value = Shape> {
    let kinds = (select(Kind::ALL), select(Combination::ALL));
    (kinds, time(), time(), time(), amount()).prop_map(
        |((kind, combination), start, length, detail, lump)| Shape {
            kind,
            combination,
            start,
            length,
            detail,
            lump,
        },
    )
}

pub(crate) fn call() -> impl Strategy<Value = Call> {
    (select(What::ALL), time(), any::<u8>(), amount()).prop_map(|(what, time, moment, amount)| {
        Call {
            what,
            time,
            moment,
            amount,
        }
    })
}

pub(crate) fn calls() -> impl Strategy<Value = Vec<Call>> {
    prop::collection::vec(call(), 0..12)
}

/// What leaves two parts alike.
pub(crate) fn claims() -> impl Strategy<Value = Vec<Call>> {
    let what = prop_oneof![
        8 => select(&[What::Claim, What::ClaimUpTo, What::Split][..]),
        1 => select(What::ALL),
    ];
    let call = (what, call()).prop_map(|(what, call)| Call { what, ..call });
    prop::collection::vec(call, 0..3)
}

pub(crate) fn report() -> impl Strategy<Value = Report> {
    (any::<u8>(), time(), amount()).prop_map(|(milestone, time, price)| Report {
        milestone,
        time,
        price,
    })
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let what = prop_oneof![
        2 => Just(ToDo::Add),
        1 => Just(ToDo::Remove),
        1 => Just(ToDo::Replace),
    ];
    (what, any::<u8>(), shape(), amount()).prop_map(|(what, which, shape, total)| Change {
        what,
        which,
        shape,
        total,
    })
}

/// Levels among the prices that calls bring, and ages and windows of a few instants.
pub(crate) fn prices() -> impl Strategy<Value = Prices> {
    let part = || 0..=Fraction::SCALE;
    let levels = (time(), part(), time(), part(), time(), part());
    let levels = levels.prop_map(|(a, x, b, y, c, z)| [(a, x), (b, y), (c, z)]);
    let expiry = prop::option::of((time(), part()));
    (levels, time(), 0..16_u64, part(), expiry)
}
