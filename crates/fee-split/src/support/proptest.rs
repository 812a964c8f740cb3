//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::{Span, Timestamp};

use super::seed;
use crate::{EpochTerms, WeightedSplit};

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

/// Returns a strategy for any terms of epochs: short and endless ones, at both ends of the clock.
pub fn epoch_terms() -> impl Strategy<Value = EpochTerms> + Clone {
    let time = prop_oneof![
        2 => Just(0),
        4 => 1..=1_000_u64,
        1 => any::<u64>(),
        2 => Just(u64::MAX),
    ];
    let span = time.clone().prop_map(Span::new);
    let start = time.prop_map(Timestamp::new);
    let within = proptest::option::of(span.clone());
    let seed = (start, span, within, any::<bool>(), any::<bool>());
    seed.prop_filter_map("there are no such terms", seed::epoch_terms)
}
