//! Haircuts, holdings and debts from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::FromSeed;
use crate::{
    Composition, ConcentrationCap, ConcentrationThreshold, Confidence, DepthBudget, EarlyExit,
    GroupSet, LiquidityRange, PriceAge, SquareRootSize, TimeToExit, Volatility,
};
use crate::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Payer, PostedMeans,
    Protection, ProtectionTerms,
};
use crate::{Debt, DebtCeiling, Haircut, Holding, Margin, RateLimit, TreasuryAsset};

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

arbitrary! { Debt Haircut Holding }
arbitrary! {
    ConcentrationCap ConcentrationThreshold Confidence DepthBudget EarlyExit GroupSet LiquidityRange
    PriceAge SquareRootSize TimeToExit Volatility
}
arbitrary! {
    Correlation CorrelationMatrix CorrelationOffset CorrelationStress Payer PostedMeans Protection
    ProtectionTerms
}

impl<'a> Arbitrary<'a> for Composition {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::ALL).copied()
    }
}

arbitrary! { DebtCeiling RateLimit TreasuryAsset }

impl<'a> Arbitrary<'a> for Margin {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::ALL).copied()
    }
}
