//! The reasons why a path can't be walked.

use tokenomics_fixed_math::Error as Uncounted;
use tokenomics_haircut_collateral::Error as Refused;

/// A reason why a path can't be walked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BacktestError {
    /// A number leaves its type.
    #[error("a figure of the backtest can't be counted: {0}")]
    Uncounted(#[from] Uncounted),
    /// The rules of collateral refuse a parameter or a position.
    #[error("the backtest can't go on: {0}")]
    Refused(#[from] Refused),
}
