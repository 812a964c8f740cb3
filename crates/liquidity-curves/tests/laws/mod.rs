//! The laws of markets, each once, as checks over plain numbers. Any input is brought into the valid
//! range first, so that a check fails for the law's sake only.
//!
//! The laws of `market` hold for every kind; those of a kind's own stand in a file of its name.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]

mod constant_product;
mod draw;
mod market;
mod stable_swap;

pub use constant_product::{constant_product, share_value};
pub use draw::{Draw, Kind};
pub use market::{against_the_pool, bounded, inverse_is_tight, quoted, round_trip, split};
pub use stable_swap::{
    contract_integers, gamma_is_the_slope, invariant_is_exact, stable_invariant, stable_share_value,
};
