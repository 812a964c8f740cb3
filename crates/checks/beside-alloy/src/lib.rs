//! Nothing but tests: the base fee and the blob fee of `tokenomics-rate-controllers` beside those of
//! alloy-eips, which the Rust clients of Ethereum run.
