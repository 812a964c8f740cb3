#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accounts;
pub mod collateral;
mod engine;
mod error;
mod ledger;
mod mechanisms;
pub mod metrics;
mod record;
mod row;
mod run;
mod watch;

pub use accounts::{Accounts, FeeAccounts, RevenueAccounts};
pub use collateral::CollateralView;
pub use engine::Engine;
pub use error::{Cause, Mechanism, RunError};
pub use ledger::{Account, Asset, Batch, Ledger, LedgerError};
pub use record::{Curve, Event, EventKind, Log, Month, Part, Point, Progress};
pub use record::{Shortfall, Silence, Unlock, Unpaid, Year};
pub use row::{Accrual, Row, Totals, VaultFigures};
pub use run::{ratio, run, run_with, Expiry, Run, StakeholderTotals};
