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
mod signed_wad;
mod support;
mod time;
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
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
#[cfg(feature = "serde")]
pub use support::serde::{integer as serde_integer, text as serde_text};
pub use time::{Span, Timestamp};
pub use u256::U256;
pub use wad::Wad;
