//! The laws of the controllers, each once, as checks over plain integers. Any input is brought into
//! the valid range first, so that a check fails for the law's sake only.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]

mod controllers;
mod feedback;
mod fees;
mod mints;
mod rates;

pub use controllers::*;
pub use feedback::*;
pub use fees::*;
pub use mints::*;
pub use rates::*;
use tokenomics_fixed_math::Timestamp;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}
