#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub use tokenomics_design::*;
pub use tokenomics_engine::*;
pub use tokenomics_report::*;
pub use tokenomics_scenarios::*;
