#![doc = include_str!("../README.md")]
// What derives a schema uses what std brings into scope.
#![cfg_attr(not(any(feature = "schemars", feature = "borsh-schema")), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// A library that carries money has no reachable panic, so what could panic must be named and
// argued for where it stands.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod account;
mod check;
mod debt;
mod encoded_len;
mod error;
mod haircut;
mod haircuts;
mod headroom;
mod holding;
mod liquidation;
mod portfolio;
mod quantity;
mod support;
mod unit_price;
mod wide;

mod cap;
mod circuit_breaker;
mod growth_cap;
mod isolation;
mod loss_book;
mod loss_waterfall;
mod rate_limit;
mod soft_liquidation;
mod stability_pool;
mod treasury;

pub use account::{Account, AccountState, WrittenOff};
pub use debt::Debt;
pub use error::Error;
pub use haircut::{Haircut, Margin};
pub use haircuts::{
    impact_haircut, liquidity_haircut, recoverable_value, Composition, ConcentrationCap,
    ConcentrationThreshold, Confidence, CorrelationGroups, DepthBudget, EarlyExit, GroupSet,
    LiquidityPosition, LiquidityRange, PreparedExit, PreparedVolatility, PriceAge, Proceeds,
    SquareRootSize, TimeToExit, Volatility,
};
pub use haircuts::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, DiversifiedRisk, Exposure,
};
pub use haircuts::{Payer, PostedMeans, ProtectedHolding, Protection, ProtectionTerms};
pub use headroom::max_leverage;
pub use holding::Holding;
pub use liquidation::{
    Action, Breach, Certificate, CloseFactor, Decay, DutchAuction, FixedIncentive, HealthIncentive,
    Incentive, Liquidation, LiquidationTerms, Pair, ThresholdIncentive,
};
pub use portfolio::Portfolio;
pub use quantity::Quantity;
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use unit_price::unit_price;

pub use cap::Cap;
pub use circuit_breaker::{CircuitBreaker, CircuitBreakerState};
pub use growth_cap::{GrowthCap, GrowthCapState, GrowthCapTerms, RatioSnapshot};
pub use isolation::Isolation;
pub use loss_book::{LossShares, TrancheState};
pub use loss_waterfall::{AbsorbedLoss, LossWaterfall, LossWaterfallState};
pub use rate_limit::{RateLimit, RateLimitState};
pub use soft_liquidation::{
    Band, BandGrid, BandPosition, BandPositionState, BandTrade, SoftLiquidation,
    SoftLiquidationState,
};
pub use stability_pool::{PoolDeposit, PoolDepositState, StabilityPool, StabilityPoolState};
pub use tokenomics_internals::Store;
pub use treasury::{Trade, Trades, Treasury, TreasuryAsset};
