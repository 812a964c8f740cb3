#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod calendar;
mod collateral;
mod design;
mod engine;
mod import;
mod ledger;
mod limits;
mod problem;
mod report;
mod run;
mod series;
mod starter;
mod summary;
mod text;

pub use calendar::Period;
pub use collateral::CollateralView;
pub use design::*;
pub use engine::{Accounts, Engine, Row, RunError};
pub use import::{import, ImportError, LARGEST_TABLE};
pub use ledger::{Account, Ledger, LedgerError, Transfer};
pub use limits::{DEEPEST, LONGEST_LINE};
pub use problem::{
    read_text, Invalid, Problem, ReadError, EXCERPT_LINES, EXCERPT_WIDTH, LONGEST_MESSAGE,
};
pub use report::{percent, write_report, ReportError};
pub use run::{ratio, run, Month, Run, StakeholderTotals, Unlock};
pub use series::write_series;
pub use starter::starter;
pub use summary::*;
pub use text::{clipped, is_hidden, printable};
