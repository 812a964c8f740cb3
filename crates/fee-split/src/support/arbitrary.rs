//! Splits, streams and terms from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use tokenomics_fixed_math::{Fraction, Span};

use super::seed::{split_stream, vault_terms, weighted_split};
use crate::{SplitStream, VaultTerms, WeightedSplit};

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
