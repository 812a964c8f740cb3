#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod calendar;
mod collateral;
mod design;
mod engine;
mod import;
mod limits;
pub mod metrics;
mod problem;
mod record;
mod report;
mod run;
mod series;
mod starter;
mod summary;
mod text;

pub use calendar::Period;
pub use collateral::CollateralView;
pub use design::*;
pub use engine::{
    Account, Accounts, Asset, Batch, Cause, Engine, Ledger, LedgerError, Mechanism, Progress,
    RevenueAccounts, Row, RunError, Shortfall, Totals,
};
pub use import::{import, ImportError, LARGEST_TABLE};
pub use limits::{DEEPEST, LONGEST_LINE};
pub use problem::{
    read_text, Invalid, Problem, ReadError, EXCERPT_LINES, EXCERPT_WIDTH, LONGEST_MESSAGE,
};
pub use record::{Curve, Month, Point, Unlock};
pub use report::{percent, write_report, ReportError};
pub use run::{ratio, run, run_with, Run, StakeholderTotals};
pub use series::SeriesWriter;
pub use starter::starter;
pub use summary::*;
pub use text::{clipped, is_hidden, printable};
