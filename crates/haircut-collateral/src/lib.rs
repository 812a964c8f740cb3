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

mod account;
mod check;
mod debt;
mod error;
mod haircut;
mod headroom;
mod holding;
mod liquidation;
mod portfolio;
mod quantity;
mod support;
mod unit_price;
mod wide;

pub use account::Account;
pub use debt::Debt;
pub use error::Error;
pub use haircut::{Haircut, Margin};
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
