//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;

use super::seed;
use crate::WeightedSplit;

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
