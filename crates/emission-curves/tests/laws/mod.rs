//! The laws of emission, each once, as checks over plain integers. Any input is brought into the
//! valid range first, so that a check fails for the law's sake only.

// `pub` is for the fuzz targets that include this file, each of which uses one law.
#![allow(dead_code, unreachable_pub, unused_imports)]

mod curves;
mod definitions;
mod reals;
mod shapes;

pub use curves::*;
pub use definitions::*;
pub use reals::*;
pub use shapes::*;
use tokenomics_fixed_math::Timestamp;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}
