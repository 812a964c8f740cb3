//! The laws of emission, each once, as checks over plain integers. Any input is brought into the
//! valid range first, so that a check fails for the law's sake only.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]

mod curves;
mod definitions;
mod kinds;
mod reals;
mod shapes;

pub use curves::*;
pub use definitions::*;
pub use kinds::*;
pub use reals::*;
pub use shapes::*;
use tokenomics_fixed_math::Timestamp;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}
