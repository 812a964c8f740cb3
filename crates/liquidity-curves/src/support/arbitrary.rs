//! Fees and pools from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::FromSeed;
use crate::{Amplification, ConstantProduct, Fee, Sell, StableSwap};

/// Implements `Arbitrary` by the seed that the bytes are.
macro_rules! arbitrary {
    ($($type:ident)+) => {$(
        impl<'a> Arbitrary<'a> for $type {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                let seed = Arbitrary::arbitrary(bytes)?;
                Self::from_seed(seed).ok_or(Error::IncorrectFormat)
            }

            fn size_hint(depth: usize) -> (usize, Option<usize>) {
                <$type as FromSeed>::Seed::size_hint(depth)
            }
        }
    )+};
}

arbitrary! { Amplification ConstantProduct Fee }

impl<'a> Arbitrary<'a> for Sell {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::BOTH).copied()
    }
}

impl<'a, const N: usize> Arbitrary<'a> for StableSwap<N> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let seed = Arbitrary::arbitrary(bytes)?;
        // None of 2 to 8 coins is refused.
        Self::from_seed(seed).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <Self as FromSeed>::Seed::size_hint(depth)
    }
}
