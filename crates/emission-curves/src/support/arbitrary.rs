//! Curves from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::FromSeed;
use crate::{ArrayEpochs, Baseline, Decay, GeometricEpochs};

/// Reads a value's seed, and makes the value of it.
pub(crate) fn seeded<'a, T>(bytes: &mut Unstructured<'a>) -> Result<T>
where
    T: FromSeed<Seed: Arbitrary<'a>>,
{
    let seed = Arbitrary::arbitrary(bytes)?;
    T::from_seed(seed).ok_or(Error::IncorrectFormat)
}

/// Implements `Arbitrary` for the kinds of simple curves, and for any of them.
macro_rules! simple_curves {
    ($($(#[cfg($when:meta)])? $number:literal: $type:ty, $name:ident;)+) => {
        $(
            $(#[cfg($when)])?
            impl<'a> arbitrary::Arbitrary<'a> for $type {
                fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                    crate::support::arbitrary::seeded(bytes)
                }
            }
        )+

        impl<'a> arbitrary::Arbitrary<'a> for SimpleCurve {
            fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let numbers = [$($(#[cfg($when)])? $number,)+];
                match *bytes.choose(&numbers)? {
                    $($(#[cfg($when)])? $number => Ok(<$type>::arbitrary(bytes)?.into()),)+
                    _ => Err(arbitrary::Error::IncorrectFormat),
                }
            }
        }
    };
}

pub(crate) use simple_curves;

impl<'a, const N: usize> Arbitrary<'a> for GeometricEpochs<ArrayEpochs<N>> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        seeded(bytes)
    }
}

impl<'a> Arbitrary<'a> for Decay {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        seeded(bytes)
    }
}

impl<'a> Arbitrary<'a> for Baseline {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        seeded(bytes)
    }
}
