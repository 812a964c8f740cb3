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

#[cfg(feature = "alloc")]
mod any_curve;
mod baseline;
mod capped;
mod check;
mod compounding;
mod constant;
mod decay;
mod disinflation;
mod encoded_len;
mod error;
mod exponential;
mod geometric;
mod geometric_epochs;
mod linear_rate;
mod logistic;
mod per_block;
mod phases;
mod points;
mod quantity;
mod simple_curve;
mod step_epochs;
mod support;
mod table;
mod tail;

#[cfg(feature = "alloc")]
pub use any_curve::AnyCurve;
pub use baseline::Baseline;
pub use capped::Capped;
pub use compounding::{Compounding, CompoundingParams};
pub use constant::Constant;
pub use decay::Decay;
pub use disinflation::{Disinflation, DisinflationParams};
pub use error::Error;
pub use exponential::Exponential;
pub use geometric::{Geometric, GeometricParams};
pub use geometric_epochs::{GeometricEpochs, GeometricEpochsParams};
pub use linear_rate::LinearRate;
pub use logistic::Logistic;
pub use per_block::{Drift, PerBlock};
pub use phases::{Phase, Phases};
pub use points::Point;
pub use quantity::Quantity;
pub use simple_curve::SimpleCurve;
pub use step_epochs::StepEpochs;
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use table::{ArrayEpochs, Epoch};
pub use tail::Tail;
#[doc(inline)]
pub use tokenomics_internals::Curve;
