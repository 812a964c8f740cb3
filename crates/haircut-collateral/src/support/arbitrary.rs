//! Values from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use tokenomics_fixed_math::U256;

use super::seed::FromSeed;
use crate::*;

/// Implements `Arbitrary` by the seed that the bytes are.
macro_rules! arbitrary {
    ($($type:ident $(<$length:ident>)?)+) => {$(
        impl<'a, $(const $length: usize)?> Arbitrary<'a> for $type $(<$length>)? {
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

arbitrary! { Debt Haircut Holding Account<N> AccountState<N> }
arbitrary! { Band BandGrid BandPosition<N> BandPositionState<N> SoftLiquidationState }
arbitrary! {
    ConcentrationCap ConcentrationThreshold Confidence DepthBudget EarlyExit GroupSet LiquidityRange
    PriceAge SquareRootSize TimeToExit Volatility
}
arbitrary! {
    Correlation CorrelationMatrix CorrelationOffset CorrelationStress Payer PostedMeans Protection
    ProtectionTerms
}
arbitrary! {
    CloseFactor Decay DutchAuction FixedIncentive HealthIncentive Incentive LiquidationTerms
    ThresholdIncentive
}
arbitrary! {
    LossShares LossWaterfall<N> LossWaterfallState<N> PoolDeposit PoolDepositState StabilityPoolState
    TrancheState
}
arbitrary! {
    Cap CircuitBreaker CircuitBreakerState GrowthCap GrowthCapState GrowthCapTerms RateLimit
    RateLimitState RatioSnapshot TreasuryAsset
}

impl<'a, const N: usize> Arbitrary<'a> for StabilityPool<[U256; N]> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let seed = Arbitrary::arbitrary(bytes)?;
        Self::from_seed(seed).ok_or(Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <Self as FromSeed>::Seed::size_hint(depth)
    }
}

/// Implements `Arbitrary` by a choice among all that there are.
macro_rules! chosen {
    ($($type:ident)+) => {$(
        impl<'a> Arbitrary<'a> for $type {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                bytes.choose(&Self::ALL).copied()
            }
        }
    )+};
}

chosen! { Composition Isolation Margin }
