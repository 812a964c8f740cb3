//! These crates beside exact arithmetic, and beside their peers.

pub mod accuracy;
#[cfg(feature = "peers")]
pub mod collateral;
#[cfg(feature = "peers")]
pub mod ends;
#[cfg(feature = "peers")]
pub mod escrow;
#[cfg(feature = "peers")]
pub mod fees;
pub mod functions;
#[cfg(feature = "peers")]
pub mod mul_div;
pub mod oracle;
#[cfg(feature = "peers")]
pub mod peers;
#[cfg(feature = "peers")]
pub mod pools;
pub mod random;
#[cfg(feature = "peers")]
pub mod vesting;

/// What these crates are called beside their peers.
pub const OURS: &str = "tokenomics-fixed-math";

/// How many calls one measurement of speed takes.
pub const CALLS: usize = 1_024;
