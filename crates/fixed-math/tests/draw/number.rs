//! Numbers of every size.

use proptest::prelude::*;

/// Ends, a few units, next to a power of two or of ten, and every magnitude.
pub(crate) fn number() -> impl Strategy<Value = u128> {
    prop_oneof![
        2 => 0..=20_u128,
        2 => (0..=20_u128).prop_map(|below| u128::MAX - below),
        2 => (0..128_u32, 0..3_u128).prop_map(|(bit, by)| (1_u128 << bit).saturating_add(by) - 1),
        2 => (0..39_u32, 0..3_u128).prop_map(|(digits, by)| 10_u128.pow(digits) + by - 1),
        2 => (any::<u64>(), 0..65_u32).prop_map(|(value, shift)| u128::from(value) << shift),
        4 => (any::<u128>(), 0..128_u32).prop_map(|(value, shift)| value >> shift),
    ]
}

pub(crate) fn signed() -> impl Strategy<Value = i128> {
    let marks = vec![i128::MIN, i128::MIN + 1, -1, 0, 1, i128::MAX];
    prop_oneof![
        1 => proptest::sample::select(marks),
        // The low half of the range of `number` is what the sign leaves.
        6 => (number(), any::<bool>()).prop_map(|(value, negative)| {
            let value = (value >> 1) as i128;
            if negative { -value } else { value }
        }),
    ]
}

pub(crate) fn length() -> impl Strategy<Value = u64> {
    number().prop_map(|value| {
        if value > u64::MAX.into() {
            !(value as u64)
        } else {
            value as u64
        }
    })
}
