//! Splits and streams from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::{split_stream, weighted_split};
use crate::{SplitStream, WeightedSplit};

impl<'a, const N: usize> Arbitrary<'a> for WeightedSplit<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let weights = Arbitrary::arbitrary(bytes)?;
        weighted_split(weights).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <[u64; N]>::size_hint(depth)
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
