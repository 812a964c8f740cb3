//! The parts of the page, one file each.

pub(crate) mod accounts;
pub(crate) mod collateral;
pub(crate) mod emission;
pub(crate) mod escrow;
mod expiries;
pub(crate) mod fees;
pub(crate) mod figures;
mod gauges;
pub(crate) mod notes;
pub(crate) mod reading;
pub(crate) mod stakeholders;
pub(crate) mod supply;
mod unlock_tables;
pub(crate) mod unlocks;
pub(crate) mod yearly;
