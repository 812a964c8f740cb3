//! Strategies for the calls of the laws that spread the power of locks over names.

#![allow(dead_code, reason = "each test uses a part of them")]

use core::ops::Range;

use proptest::prelude::*;

use crate::spread::Call;

const WEEK: u64 = 7 * 86_400;

/// A few units, anything, or a few units from the largest.
pub(crate) fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        20 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

pub(crate) fn time() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0..=60_u64, 2 => any::<u64>(), 1 => u64::MAX - 60..=u64::MAX]
}

/// Mostly steps within a lock's life, and silences of years.
fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![
        12 => Just(0),
        24 => 0..=5_u64,
        1 => Just(300 * WEEK),
        1 => 0..=u64::MAX / 16,
    ]
}

fn share() -> impl Strategy<Value = u64> {
    let one = 1_000_000_000_000_000_000;
    prop_oneof![
        2 => Just(0),
        2 => Just(one / 2),
        2 => Just(one / 3),
        2 => (0..=10_000_u64).prop_map(move |bps| bps * (one / 10_000)),
        1 => 0..=one,
        1 => Just(u64::MAX),
    ]
}

pub(crate) fn call() -> impl Strategy<Value = Call> {
    let shares = prop::array::uniform3((any::<u8>(), share()));
    let any = any::<u8>;
    let call = (any(), any(), any(), gap(), amount(), time(), shares);
    call.prop_map(|(what, who, other, gap, amount, time, shares)| Call {
        what,
        who,
        other,
        gap,
        amount,
        time,
        shares,
    })
}

pub(crate) fn calls(count: Range<usize>) -> impl Strategy<Value = Vec<Call>> {
    prop::collection::vec(call(), count)
}

pub(crate) fn reads() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![0..=100_u64, 0..=400 * WEEK, any::<u64>()], 0..6)
}
