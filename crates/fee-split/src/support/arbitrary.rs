//! Splits from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::weighted_split;
use crate::WeightedSplit;

impl<'a, const N: usize> Arbitrary<'a> for WeightedSplit<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let weights = Arbitrary::arbitrary(bytes)?;
        weighted_split(weights).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <[u64; N]>::size_hint(depth)
    }
}
