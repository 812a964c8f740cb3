//! fee-split
