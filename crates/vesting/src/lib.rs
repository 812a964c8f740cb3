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

mod aggregate;
mod allocation;
mod any_schedule;
mod check;
mod date;
mod encoded_len;
mod error;
mod gate;
mod grant;
mod milestones;
mod min;
#[cfg(feature = "alloc")]
mod nested_schedule;
mod pieces;
mod points;
mod prepared_linear;
mod price_gate;
mod quantity;
mod resize;
mod scale;
mod schedule;
mod shift;
mod simple_schedule;
mod sum;
mod support;
mod truncate;

pub use aggregate::{Aggregate, AggregateHead, Bracket, Node};
pub use allocation::Allocation;
pub use any_schedule::AnySchedule;
pub use date::Date;
pub use error::Error;
pub use gate::Gate;
pub use grant::{Entitlement, Grant, GrantState, SlashFrom, WholeEntitlement};
pub use milestones::Milestones;
pub use min::Min;
#[cfg(feature = "alloc")]
pub use nested_schedule::NestedSchedule;
pub use pieces::{Each, MaybePieces, Piece, Pieces};
pub use points::Point;
pub use prepared_linear::PreparedLinear;
pub use price_gate::{Cumulative, Levels, Observation, PriceGate, PriceTerms};
pub use quantity::Quantity;
pub use resize::Resize;
pub use scale::Scale;
pub use schedule::Schedule;
pub use shift::Shift;
pub use simple_schedule::*;
pub use sum::Sum;
#[cfg(feature = "chrono")]
pub use support::chrono;
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use tokenomics_internals::Store;
pub use truncate::Truncate;
