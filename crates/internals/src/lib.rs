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

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "borsh")]
pub mod borsh_read;
mod borsh_variants;
mod checked_codec;
mod curve;
mod range;
#[cfg(feature = "schemars")]
mod schemas;
#[cfg(feature = "serde")]
pub mod serde_with;
mod store;
mod timeline;
mod wrapping;

pub use checked_codec::Refused;
pub use curve::{difference, Curve};
pub use range::{in_range, OutOfRange};
pub use store::Store;
pub use timeline::{Change, Head, Node, Timeline, Unchanged};
pub use wrapping::Wrapping256;
