//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::{Fraction, Span, Timestamp};

use super::seed;
use crate::{EpochTerms, RewardStream, SplitStream, VaultTerms, WeightedSplit, ZeroShares};

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

/// Returns a strategy for any rule for a silence.
pub fn zero_shares() -> impl Strategy<Value = ZeroShares> + Clone {
    proptest::sample::select(&seed::RULES[..])
}

/// Returns a strategy for streams that have just begun: of nothing, a unit and the most, and over one
/// unit of time and all, often.
pub fn reward_stream() -> impl Strategy<Value = RewardStream> + Clone {
    let amount = prop_oneof![Just(0), Just(1), Just(u128::MAX), any::<u128>()];
    let time = || prop_oneof![Just(0), Just(u64::MAX), 0..=10_000_u64, any::<u64>()];
    let any = (amount, time(), time());
    any.prop_filter_map("a stream has a length", |(amount, start, length)| {
        seed::reward_stream(amount, start, length)
    })
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
