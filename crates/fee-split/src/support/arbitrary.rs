//! Splits from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::{epoch_terms, weighted_split, EpochSeed};
use crate::{EpochTerms, WeightedSplit};

impl<'a, const N: usize> Arbitrary<'a> for WeightedSplit<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let weights = Arbitrary::arbitrary(bytes)?;
        weighted_split(weights).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <[u64; N]>::size_hint(depth)
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
