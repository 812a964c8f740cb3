#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accrual;
mod backtest;
mod bins;
mod chart;
mod dates;
mod flows;
mod format;
mod notes;
mod page;
mod rates;
mod revenue;
mod section;
mod sections;
mod series;
mod summary;
#[cfg(test)]
mod tests;
mod view;

pub use backtest::{
    percent_rounded, rule_name, worst_bad_debt, write_backtest, BacktestRuleSummary,
    BacktestSummary, CrashSummary, LossSummary, PointSummary, PositionSummary, SaleSummary,
    StaticSummary,
};
pub use format::percent_fine as percent;
pub use notes::Notes;
pub use page::write_report;
pub use section::ReportError;
pub use series::SeriesWriter;
pub use summary::*;
