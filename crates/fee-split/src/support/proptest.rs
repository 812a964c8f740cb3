//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;

use super::seed;
use crate::{Stream, WeightedSplit, ZeroStake};

/// Returns a strategy for any weights that something can be split by: zeros, ones and the maximum
/// often.
pub fn weighted_split<const N: usize>() -> impl Strategy<Value = WeightedSplit<N>> + Clone {
    let weight = prop_oneof![
        2 => Just(0),
        2 => Just(1),
        2 => Just(u64::MAX),
        2 => 0..=10_000_u64,
        1 => any::<u64>(),
    ];
    let weights = proptest::array::UniformArrayStrategy::<_, [u64; N]>::new(weight);
    weights.prop_filter_map("there are no weights", seed::weighted_split)
}

/// Returns a strategy for any rule for a silence.
pub fn zero_stake() -> impl Strategy<Value = ZeroStake> + Clone {
    proptest::sample::select(&seed::RULES[..])
}

/// Returns a strategy for streams that have just begun: of nothing, a unit and the most, and over one
/// unit of time and all, often.
pub fn stream() -> impl Strategy<Value = Stream> + Clone {
    let amount = prop_oneof![Just(0), Just(1), Just(u128::MAX), any::<u128>()];
    let time = || prop_oneof![Just(0), Just(u64::MAX), 0..=10_000_u64, any::<u64>()];
    let any = (amount, time(), time());
    any.prop_filter_map("a stream has a length", |(amount, start, length)| {
        seed::stream(amount, start, length)
    })
}
