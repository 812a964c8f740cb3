//! Fees and pools from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::FromSeed;
use crate::{
    Amplification, Arbitrage, BlockTimes, ConcentratedParams, ConcentratedPosition,
    ConstantProduct, Fee, GradualWeights, Kyle, Ladder, OptimalSchedule, PrimaryMarket,
    PrimaryMarketParams, ResilientBook, Sell, SqrtPrice, StableSwap, Tick, Weighted,
};

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

arbitrary! {
    Amplification Arbitrage ConcentratedParams ConcentratedPosition ConstantProduct Fee Kyle OptimalSchedule
    PrimaryMarket PrimaryMarketParams ResilientBook SqrtPrice Tick
}

/// The same of types that hold so many of something.
macro_rules! arbitrary_of_many {
    ($($type:ident)+) => {$(
        impl<'a, const N: usize> Arbitrary<'a> for $type<N> {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                let seed = Arbitrary::arbitrary(bytes)?;
                Self::from_seed(seed).ok_or(Error::IncorrectFormat)
            }

            fn size_hint(depth: usize) -> (usize, Option<usize>) {
                <Self as FromSeed>::Seed::size_hint(depth)
            }
        }
    )+};
}

arbitrary_of_many! { GradualWeights Ladder StableSwap Weighted }

impl<'a> Arbitrary<'a> for Sell {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::BOTH).copied()
    }
}

impl<'a> Arbitrary<'a> for BlockTimes {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::ALL).copied()
    }
}
