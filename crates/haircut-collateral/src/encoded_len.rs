//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, Decimals, Fraction, PackedError, Ratio, Span, Timestamp, Wad, U256,
};

use crate::{
    AbsorbedLoss, Account, AccountState, Action, Band, BandGrid, BandPosition, BandPositionState,
    BandTrade, Breach, Cap, Certificate, CircuitBreaker, CircuitBreakerState, CloseFactor,
    Composition, ConcentrationCap, ConcentrationThreshold, Confidence, Correlation,
    CorrelationMatrix, CorrelationOffset, CorrelationStress, Debt, Decay, DepthBudget,
    DiversifiedRisk, DutchAuction, EarlyExit, Error, FixedIncentive, GroupSet, GrowthCap,
    GrowthCapState, GrowthCapTerms, Haircut, HealthIncentive, Holding, Incentive, Isolation,
    Liquidation, LiquidationTerms, LiquidityRange, LossShares, LossWaterfall, LossWaterfallState,
    Margin, Pair, Payer, PoolDeposit, PoolDepositState, PostedMeans, PriceAge, ProtectedHolding,
    Protection, ProtectionTerms, Quantity, RateLimit, RateLimitState, RatioSnapshot,
    SoftLiquidationState, SquareRootSize, StabilityPoolState, ThresholdIncentive, TimeToExit,
    Trade, TrancheState, TreasuryAsset, Volatility, WrittenOff,
};

encoded_len! {
    struct [] Band: Amount, Amount, Amount;
    struct [] BandGrid: Ratio, u32, u32;
    struct [] BandTrade: Amount, Amount;
    struct [] Cap: Amount, Amount;
    struct [] CircuitBreaker: CircuitBreakerState;
    struct [] CircuitBreakerState: Fraction, Span, Span, Ratio, Timestamp, Timestamp, bool;
    struct [] CloseFactor: Fraction, Wad, Amount;
    struct [] ConcentrationCap: Amount;
    struct [] ConcentrationThreshold: Amount;
    struct [] Confidence: Wad;
    struct [] Correlation: i16;
    struct [] CorrelationMatrix: u8, [Correlation; 120];
    struct [] CorrelationOffset: CorrelationMatrix, CorrelationStress, Fraction;
    struct [] CorrelationStress: Fraction, Fraction;
    struct [] Debt: Amount, Ratio, Haircut;
    struct [] DepthBudget: Amount, Fraction;
    struct [] DiversifiedRisk: Amount, Amount, Amount;
    struct [] DutchAuction: Wad, Decay;
    struct [] EarlyExit: Fraction, Span;
    struct [] FixedIncentive: Wad;
    struct [] GroupSet: u64;
    struct [] GrowthCap: GrowthCapState;
    struct [] GrowthCapState: GrowthCapTerms, RatioSnapshot, Timestamp;
    struct [] GrowthCapTerms: Wad, Span, Fraction, Span;
    struct [] Haircut: Fraction, Fraction;
    struct [] HealthIncentive: Wad, Wad, Wad;
    struct [] Holding: Amount, Ratio, Haircut;
    struct [] Liquidation: Action, Certificate;
    struct [] LiquidationTerms: Wad, CloseFactor, Incentive, Amount;
    struct [] LiquidityRange: Ratio, Option<Ratio>;
    struct [] LossShares: u32, U256;
    struct [] Pair: u32, u32;
    struct [] Payer: Amount, Amount;
    struct [] PoolDeposit: PoolDepositState;
    struct [] PoolDepositState: u32, U256, U256, U256;
    struct [] PostedMeans: Amount, Fraction, Fraction;
    struct [] PriceAge: Span, Span;
    struct [] ProtectedHolding: Holding, Protection, Payer;
    struct [] Protection: Amount, Ratio, Timestamp, Timestamp;
    struct [] ProtectionTerms: Span, Span;
    struct [] RateLimit: RateLimitState;
    struct [] RateLimitState: Amount, Amount, Span, U256, Timestamp;
    struct [] RatioSnapshot: Wad, Timestamp;
    struct [] SoftLiquidationState: BandGrid, Fraction, u32;
    struct [] SquareRootSize: Fraction, Decimals;
    struct [] StabilityPoolState: TrancheState, U256, U256, Amount, Amount;
    struct [] ThresholdIncentive: Fraction, Wad;
    struct [] TimeToExit: Wad, Span;
    struct [] TrancheState: Amount, U256, u32;
    struct [] TreasuryAsset: Amount, Fraction, bool;
    struct [] Volatility: Wad, Span, Fraction;
    struct [const N: usize] AbsorbedLoss<N>: Amount, [Amount; N], Amount;
    struct [const N: usize] Account<N>: AccountState<N>;
    struct [const N: usize] AccountState<N>: [Option<Holding>; N], [Option<Debt>; N];
    struct [const N: usize] BandPosition<N>: BandPositionState<N>;
    struct [const N: usize] BandPositionState<N>: u32, u32, [Amount; N];
    struct [const N: usize] LossWaterfall<N>: LossWaterfallState<N>;
    struct [const N: usize] LossWaterfallState<N>: Amount, [TrancheState; N];
    struct [const N: usize] WrittenOff<N>: Amount, [Amount; N], [Amount; N];
    enum [] Action: (u32, Amount, u32, Amount), (Ratio, Ratio);
    enum [] Breach: ();
    enum [] Certificate: (Ratio, Option<Ratio>), (), (Amount);
    enum [] Composition: ();
    enum [] Decay: (Span), (Fraction), (Fraction, Span);
    enum [] Error: (Quantity, u128, u128), (Quantity, Ratio, Quantity), (u32, u32), (u32), (), (Breach), (Timestamp, Timestamp), (u32, u128), (PackedError);
    enum [] Incentive: (FixedIncentive), (ThresholdIncentive), (HealthIncentive), (DutchAuction, Span);
    enum [] Isolation: ();
    enum [] Margin: ();
    enum [] Trade: (Amount);
}
