//! Splits, streams, terms and rules from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use tokenomics_fixed_math::{Fraction, Span};

use super::seed::{
    epoch_terms, reward_stream, split_stream, vault_terms, weighted_split, EpochSeed, RULES,
};
use crate::{EpochTerms, RewardStream, SplitStream, VaultTerms, WeightedSplit, ZeroShares};

impl<'a, const N: usize> Arbitrary<'a> for WeightedSplit<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let weights = Arbitrary::arbitrary(bytes)?;
        weighted_split(weights).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <[u64; N]>::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for VaultTerms {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let (offset, fees, times) = Arbitrary::arbitrary(bytes)?;
        Ok(vault_terms(offset, fees, times))
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <(u8, [Fraction; 2], [Span; 2])>::size_hint(depth)
    }
}

impl<'a, const N: usize> Arbitrary<'a> for SplitStream<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let (weights, payment) = Arbitrary::arbitrary(bytes)?;
        split_stream(weights, payment).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <([u64; N], u128)>::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for ZeroShares {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&RULES).copied()
    }

    fn size_hint(_: usize) -> (usize, Option<usize>) {
        (0, Some(1))
    }
}

impl<'a> Arbitrary<'a> for RewardStream {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let (amount, start, length) = Arbitrary::arbitrary(bytes)?;
        reward_stream(amount, start, length).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <(u128, u64, u64)>::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for EpochTerms {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let seed = Arbitrary::arbitrary(bytes)?;
        epoch_terms(seed).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        EpochSeed::size_hint(depth)
    }
}
