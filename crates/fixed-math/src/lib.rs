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

// What derives a schema names this crate, in macros that others call too.
#[cfg(feature = "schemars")]
extern crate self as tokenomics_fixed_math;

mod amount;
mod checked;
mod decimal;
mod elementary;
mod encoded_len;
mod error;
mod fraction;
mod integer_roots;
mod lerp;
mod limb;
mod literals;
mod mul_div;
mod quantity;
mod ratio;
mod rounding;
mod search;
mod signed_integers;
mod signed_wad;
mod support;
mod time;
mod timestamp_nanos;
mod u256;
mod wad;

pub use amount::{Amount, DisplayAmount};
pub use decimal::Decimals;
pub use elementary::{Growth, LogisticGrowth};
#[doc(hidden)]
pub use encoded_len::longest_variant;
pub use encoded_len::EncodedLen;
pub use error::{Error, PackedError, ParseError};
pub use fraction::Fraction;
pub use integer_roots::{icbrt, isqrt};
pub use mul_div::mul_div;
pub use quantity::Quantity;
pub use ratio::Ratio;
pub use rounding::Rounding;
pub use search::earliest;
pub use signed_wad::SignedWad;
#[cfg(feature = "scale")]
#[doc(hidden)]
pub use support::metadata as scale_metadata;
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
#[cfg(feature = "cosmwasm")]
#[doc(hidden)]
pub use support::schemaifier;
#[cfg(feature = "schemars")]
pub use support::schemars as schema;
#[cfg(feature = "serde")]
pub use support::serde::{integer as serde_integer, text as serde_text};
pub use time::{Span, Timestamp};
pub use timestamp_nanos::TimestampNanos;
pub use u256::U256;
pub use wad::Wad;
