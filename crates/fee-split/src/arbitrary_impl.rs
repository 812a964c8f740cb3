//! Support for arbitrary: every value that comes out is one that the constructors accept.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use crate::WeightedSplit;

impl<'a, const N: usize> Arbitrary<'a> for WeightedSplit<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let mut weights = <[u64; N]>::arbitrary(bytes)?;
        if let Some(last) = weights.last_mut() {
            *last = (*last).max(1);
        }
        // Without any weights there is no such split.
        Self::new(weights).map_err(|_| Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <[u64; N]>::size_hint(depth)
    }
}
