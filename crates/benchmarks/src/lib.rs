//! These crates beside exact arithmetic, and beside their peers.

pub mod accuracy;
pub mod functions;
pub mod mul_div;
pub mod oracle;
pub mod random;
