// Its examples need these features, each in a project of its own.
#![cfg_attr(all(feature = "arbitrary", feature = "borsh"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "arbitrary", feature = "borsh")),
    doc = "Exact, protocol-agnostic token mechanisms under one name."
)]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;

pub use error::Error;
pub use tokenomics_emission_curves as emission_curves;
pub use tokenomics_escrow_weighting as escrow_weighting;
pub use tokenomics_fee_split as fee_split;
pub use tokenomics_fixed_math as fixed_math;
pub use tokenomics_haircut_collateral as haircut_collateral;
pub use tokenomics_liquidity_curves as liquidity_curves;
pub use tokenomics_rate_controllers as rate_controllers;
pub use tokenomics_vesting as vesting;

pub use tokenomics_fixed_math::{amount, fraction, signed_wad, wad};
pub use tokenomics_fixed_math::{
    earliest, icbrt, isqrt, mul_div, Amount, Decimals, DisplayAmount, EncodedLen, Fraction, Growth,
    LogisticGrowth, ParseError, Ratio, Rounding, SignedWad, Span, Timestamp, TimestampNanos, Wad,
    U256,
};
