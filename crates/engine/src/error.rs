//! The reasons why a run stops.

use std::fmt;

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::ledger::LedgerError;
use tokenomics_design::calendar;

/// The part of a run that an error comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mechanism {
    /// The opening of the ledger's accounts.
    Opening,
    /// The issue of the genesis supply.
    Issue,
    /// Vesting and claims.
    Vesting,
    /// Emission.
    Emission,
    /// Gauges, which get what is minted.
    Gauges,
    /// The vote escrow.
    Escrow,
    /// Revenue and who gets it.
    Fees,
    /// Vaults of the token.
    Vaults,
    /// Collateral against debts.
    Collateral,
    /// The audit of the accounts.
    Audit,
    /// The figures that are read off the ledger.
    Record,
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opening => "opening the ledger",
            Self::Issue => "issue of the genesis supply",
            Self::Vesting => "vesting",
            Self::Emission => "emission",
            Self::Gauges => "gauges",
            Self::Escrow => "escrow",
            Self::Fees => "fees",
            Self::Vaults => "vaults",
            Self::Collateral => "collateral",
            Self::Audit => "audit",
            Self::Record => "totals",
        })
    }
}

/// A refusal by a library, by the ledger or by an audit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// A number out of its range.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
    /// A refusal by a controller that an emission follows a signal by.
    #[error(transparent)]
    Controller(#[from] tokenomics_rate_controllers::Error),
    /// A refusal by the vote escrow.
    #[error(transparent)]
    Escrow(#[from] tokenomics_escrow_weighting::Error),
    /// A refusal by a split or a reward pool.
    #[error(transparent)]
    Fees(#[from] tokenomics_fee_split::Error),
    /// A refusal by the collateral's valuation.
    #[error(transparent)]
    Collateral(#[from] tokenomics_haircut_collateral::Error),
    /// A refusal by the ledger, or what its audit found.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// More events than a run may go through, all but a part of them ends of revenue periods.
    #[error("a balance limits so many revenue periods that there are more than {most} events: make `per` longer, or `end` earlier")]
    TooManyEvents {
        /// The most events.
        most: u64,
    },
    /// A mechanism counts something else than the ledger holds for it: a fault of this program.
    #[error("{what} counts {counted}, but the ledger holds {held}")]
    Mismatch {
        /// The counter.
        what: &'static str,
        /// Its count.
        counted: Amount,
        /// The balance that it must equal.
        held: Amount,
    },
}

/// The end of a run that can't go on: when, in which mechanism, and why.
///
/// What the run came to before it is sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at {}, {mechanism}: {cause}", calendar::rfc3339(*.at))]
pub struct RunError {
    /// The instant.
    pub at: Timestamp,
    /// The mechanism.
    pub mechanism: Mechanism,
    /// The reason.
    pub cause: Box<Cause>,
}

impl RunError {
    pub(crate) fn new(at: Timestamp, mechanism: Mechanism, cause: impl Into<Cause>) -> Self {
        Self {
            at,
            mechanism,
            cause: Box::new(cause.into()),
        }
    }
}

/// Compares what a mechanism counts with what the ledger holds for it.
#[inline]
pub(crate) fn agree(what: &'static str, counted: Amount, held: Amount) -> Result<(), Cause> {
    if counted == held {
        return Ok(());
    }
    Err(Cause::Mismatch {
        what,
        counted,
        held,
    })
}
