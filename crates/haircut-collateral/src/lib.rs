#![doc = include_str!("../README.md")]
#![no_std]
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

mod basket;
mod check;
mod error;
mod haircut;
mod haircuts;
mod headroom;
mod quantity;
mod support;
mod unit_price;
mod wide;

pub use basket::{Basket, Debt, Holding};
pub use error::Error;
pub use haircut::{Haircut, Margin};
pub use haircuts::{
    impact_haircut, liquidity_haircut, recoverable_value, Composition, ConcentrationCap,
    ConcentrationThreshold, Confidence, CorrelationGroups, DepthBudget, EarlyExit, GroupSet,
    LiquidityPosition, LiquidityRange, PriceAge, Proceeds, SquareRootSize, TimeToExit, Volatility,
};
pub use quantity::Quantity;
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use unit_price::unit_price;
