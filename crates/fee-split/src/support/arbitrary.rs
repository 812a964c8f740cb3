//! Splits, streams and rules from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::{stream, weighted_split, RULES};
use crate::{Stream, WeightedSplit, ZeroStake};

impl<'a, const N: usize> Arbitrary<'a> for WeightedSplit<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let weights = Arbitrary::arbitrary(bytes)?;
        weighted_split(weights).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <[u64; N]>::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for ZeroStake {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&RULES).copied()
    }

    fn size_hint(_: usize) -> (usize, Option<usize>) {
        (0, Some(1))
    }
}

impl<'a> Arbitrary<'a> for Stream {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let (amount, start, length) = Arbitrary::arbitrary(bytes)?;
        stream(amount, start, length).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <(u128, u64, u64)>::size_hint(depth)
    }
}
