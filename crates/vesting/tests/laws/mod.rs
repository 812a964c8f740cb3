//! The laws of vesting, each once, as checks over plain integers. Any input is brought into the
//! valid range first, so that a check fails for the law's sake only.

// `pub` is for the fuzz targets that include this file, each of which uses one law.
#![allow(dead_code, unreachable_pub, unused_imports)]

mod aggregate;
mod allocation;
mod calendar;
mod calls;
mod curves;
mod gates;
mod grant;
mod parts;
mod points;
mod schedules;
mod shapes;

pub use aggregate::*;
pub use allocation::*;
pub use calendar::*;
pub use calls::{Call, What};
pub use curves::*;
pub use gates::*;
pub use grant::*;
pub use parts::*;
pub use points::*;
pub use schedules::*;
pub use shapes::*;
use tokenomics_fixed_math::Timestamp;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}
