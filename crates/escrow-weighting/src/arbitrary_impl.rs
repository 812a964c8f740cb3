//! Support for arbitrary: every value that comes out is one that the constructors accept.

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::{Lock, Terms};

impl<'a> Arbitrary<'a> for Terms {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let max = bytes.int_in_range(1..=u64::MAX)?;
        let granule = bytes.int_in_range(1..=max)?;
        Self::new(Span::new(max), Span::new(granule)).map_err(|_| Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <(u64, u64)>::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for Lock {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let amount = bytes.int_in_range(1..=u128::MAX)?;
        let end = Timestamp::arbitrary(bytes)?;
        Self::new(Amount::new(amount), end).map_err(|_| Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <(u128, u64)>::size_hint(depth)
    }
}
