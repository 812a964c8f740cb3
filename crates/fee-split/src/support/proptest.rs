//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;

use tokenomics_fixed_math::{Fraction, Span};

use super::seed;
use crate::{SplitStream, VaultTerms, WeightedSplit};

/// Returns a strategy for any weights that something can be split by: zeros, ones and the maximum
/// often.
pub fn weighted_split<const N: usize>() -> impl Strategy<Value = WeightedSplit<N>> + Clone {
    weights().prop_filter_map("there are no weights", seed::weighted_split)
}

/// Returns a strategy for streams of any weights that are held fractions, and for some that aren't.
pub fn split_stream<const N: usize>() -> impl Strategy<Value = SplitStream<N>> + Clone {
    let payment =
        prop_oneof![1 => Just(0), 2 => 1..=20_u128, 1 => any::<u128>(), 1 => Just(u128::MAX)];
    let numbers = (weights(), payment);
    numbers.prop_filter_map("there are no weights", |(weights, payment)| {
        seed::split_stream(weights, payment)
    })
}

fn weights<const N: usize>() -> impl Strategy<Value = [u64; N]> + Clone {
    let weight = prop_oneof![
        2 => Just(0),
        2 => Just(1),
        2 => Just(u64::MAX),
        2 => 0..=10_000_u64,
        1 => any::<u64>(),
    ];
    proptest::array::UniformArrayStrategy::<_, [u64; N]>::new(weight)
}

/// Returns a strategy for any terms of a vault: no fees and whole ones, the smallest and the largest
/// offset, and no delay often.
pub fn vault_terms() -> impl Strategy<Value = VaultTerms> + Clone {
    let offset = prop_oneof![
        Just(0),
        Just(VaultTerms::MAX_OFFSET),
        0..=VaultTerms::MAX_OFFSET
    ];
    let fee = prop_oneof![
        2 => Just(Fraction::ZERO),
        1 => Just(Fraction::ONE),
        2 => tokenomics_fixed_math::strategies::fraction(),
    ];
    let span = prop_oneof![2 => Just(0), 1 => Just(u64::MAX), 2 => 0..=100_u64, 1 => any::<u64>()];
    let span = span.prop_map(Span::new);
    let numbers = (offset, [fee.clone(), fee], [span.clone(), span]);
    numbers.prop_map(|(offset, fees, times)| seed::vault_terms(offset, fees, times))
}
