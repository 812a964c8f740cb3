//! Nothing but tests: the base fee and the blob fee of `tokenomics-emission-curves` beside those of
//! alloy-eips, which the Rust clients of Ethereum run.
