//! The mechanisms of a design: each plans a batch from what it may see, and commits its own state once the
//! ledger has moved it.

pub(crate) mod emission;
pub(crate) mod escrow;
pub(crate) mod fees;
pub(crate) mod gauges;
pub(crate) mod vaults;
pub(crate) mod vesting;
