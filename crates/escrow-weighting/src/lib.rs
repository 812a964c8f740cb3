// Its example needs `alloc`, as what it shows does.
#![cfg_attr(feature = "alloc", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "alloc"),
    doc = "Vote-escrow locks with linear decay; with the feature `alloc`, their total weight too."
)]
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

#[cfg(feature = "alloc")]
extern crate alloc;

mod check;
mod error;
#[cfg(feature = "alloc")]
mod escrow;
#[cfg(feature = "alloc")]
mod history;
mod lock;
mod quantity;
#[cfg(feature = "alloc")]
mod schedule;
mod support;
mod terms;

pub use error::Error;
#[cfg(feature = "alloc")]
pub use escrow::{Escrow, EscrowState};
#[cfg(feature = "alloc")]
pub use history::LockHistory;
pub use lock::Lock;
pub use quantity::Quantity;
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use terms::Terms;
