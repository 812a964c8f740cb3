//! Backtests: what a haircut gives before a crash, and what it leaves after one.
//!
//! A path of prices is walked on its own step. At each row a rule sees the price, and the volatility of
//! the rows up to it and none after it; it gives a haircut. A position that is opened at a row holds all
//! that all accounts hold, borrows the whole initial credit, and is judged by the maintenance haircut of
//! each later row. Liquidators act late, into a stated depth, and do no more than what pays. Nothing is
//! drawn, nothing is fitted, and all figures are integers.

mod cell;
mod columns;
mod course;
mod crashes;
mod error;
mod figures;
mod judged;
mod market;
mod openings;
mod path;
mod position;
mod read;
mod volatility;

pub use crashes::{crash, listed, Crash, Listed, CRASHES};
pub use error::BacktestError;
pub use figures::{backtest, default_terms, seen, Backtest, Rule, RuleFigures, Seen, Setting};
pub use judged::{judge, Case, JudgeError, Judged, Options};
pub use market::{depth, Market};
pub use path::{Fall, Point, PricePath, DAY};
pub use position::{Liquidators, Outcome, Row, Sale};
pub use read::{read_path, MOST_ROWS};
pub use volatility::FEWEST_RETURNS;
