//! The registry of metrics: each sum that a run is told in, with its id, unit and definition.
//!
//! The series, the report and docs/metrics.md read it, so that a figure has one name and one meaning
//! wherever it stands.

mod groups;

use tokenomics_fixed_math::Amount;

pub use self::groups::{
    Figures, Group, GroupMetric, GAUGE_RECEIVED, GAUGE_SHARE, LOCKED_UNDER, RECEIVED_BY,
    REVENUE_OF, SERIES_OF_EACH, UNALLOCATED_OF, VAULT_ASSETS, VAULT_PRICE, VESTED_OF,
    VOTE_WEIGHT_UNDER,
};
use crate::Totals;

/// The unit of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Tokens.
    Token,
    /// Votes: tokens, weighted by how they are locked.
    Vote,
    /// The asset that revenue comes in, which is that of the part.
    Revenue,
    /// A part of one, in 10^−18.
    Share,
    /// Tokens for a share of a vault, of which the first were made for one each, in 10^−18.
    Price,
}

impl Unit {
    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "tokens",
            Self::Vote => "votes",
            Self::Revenue => "fee asset",
            Self::Share => "share",
            Self::Price => "tokens for a share",
        }
    }
}

/// A sum of the token at an instant.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// The name in files.
    pub id: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// The unit.
    pub unit: Unit,
    /// The definition.
    pub definition: &'static str,
    /// Reads it off the sums of an instant.
    pub read: fn(&Totals) -> Amount,
}

/// All that exists.
pub const TOTAL_SUPPLY: Metric = Metric {
    id: "total_supply",
    title: "Total supply",
    unit: Unit::Token,
    definition: "issued at genesis or minted by then, and not burned",
    read: |totals| totals.total_supply,
};

/// All that holders have.
pub const CIRCULATING_SUPPLY: Metric = Metric {
    id: "circulating_supply",
    title: "Circulating",
    unit: Unit::Token,
    definition: "held by holders, locked or not: vested and claimed or minted to them, and neither paid to the treasury nor burned",
    read: |totals| totals.circulating,
};

/// All that was minted.
pub const EMITTED: Metric = Metric {
    id: "emitted",
    title: "Emitted",
    unit: Unit::Token,
    definition: "minted by emissions by then, wherever it went",
    read: |totals| totals.emitted,
};

/// All that is gone.
pub const BURNED: Metric = Metric {
    id: "burned",
    title: "Burned",
    unit: Unit::Token,
    definition: "burned by then, out of what circulated",
    read: |totals| totals.burned,
};

/// All that is locked.
pub const LOCKED: Metric = Metric {
    id: "locked",
    title: "Locked",
    unit: Unit::Token,
    definition: "locked for votes; a lock that has ended is not",
    read: |totals| totals.locked,
};

/// All votes.
pub const VOTE_WEIGHT: Metric = Metric {
    id: "vote_weight",
    title: "Vote weight",
    unit: Unit::Vote,
    definition: "the sum over all locks of amount · multiplier, and of those that run down times time left / longest lock, rounded down once",
    read: |totals| totals.vote_weight,
};

/// All that the treasury has.
pub const TREASURY: Metric = Metric {
    id: "treasury",
    title: "Treasury",
    unit: Unit::Token,
    definition: "held by the treasury: vested or minted to it, paid to it or bought back",
    read: |totals| totals.treasury,
};

/// All that is vested and unclaimed.
pub const CLAIMABLE: Metric = Metric {
    id: "claimable",
    title: "Vested, unclaimed",
    unit: Unit::Token,
    definition: "vested by then in allocations with `claim_every`, and not claimed yet",
    read: |totals| totals.claimable,
};

/// All that has not vested.
pub const UNVESTED: Metric = Metric {
    id: "unvested",
    title: "Unvested",
    unit: Unit::Token,
    definition: "issued at genesis, and not vested by then",
    read: |totals| totals.unvested,
};

/// All that is still to come.
pub const UNMINTED: Metric = Metric {
    id: "unminted",
    title: "Not minted yet",
    unit: Unit::Token,
    definition:
        "the most still to be minted by emissions that have a maximum, and the genesis supply before genesis",
    read: |totals| totals.unminted,
};

/// All that waits for lockers.
pub const REWARDS: Metric = Metric {
    id: "rewards",
    title: "Waiting for lockers",
    unit: Unit::Token,
    definition: "revenue in the token for lockers that none of them has a claim to yet",
    read: |totals| totals.rewards,
};

/// All that waits for gauges.
pub const DIRECTED: Metric = Metric {
    id: "directed",
    title: "Waiting for gauges",
    unit: Unit::Token,
    definition: "minted in epochs that are not over, and for gauges",
    read: |totals| totals.directed,
};

/// All that was bought back.
pub const BOUGHT: Metric = Metric {
    id: "bought",
    title: "Bought back",
    unit: Unit::Token,
    definition: "bought with revenue by then and kept by the treasury",
    read: |totals| totals.bought,
};

/// All that could not be paid.
pub const UNPAID: Metric = Metric {
    id: "unpaid",
    title: "Unpaid",
    unit: Unit::Token,
    definition: "revenue in the token by then that holders had nothing left to pay with; it lapses",
    read: |totals| totals.unpaid,
};

/// All that is in vaults.
pub const IN_VAULTS: Metric = Metric {
    id: "in_vaults",
    title: "In vaults",
    unit: Unit::Token,
    definition: "held by vaults, out of which depositors can take it at any time: it circulates",
    read: |totals| totals.in_vaults,
};

/// All that routes keep.
pub const RESERVES: Metric = Metric {
    id: "reserves",
    title: "In buffers",
    unit: Unit::Token,
    definition: "revenue in the token that buffers keep, and the fractions that waterfalls carry",
    read: |totals| totals.reserves,
};

/// The columns of `series.csv` between the time and those of [`SERIES_OF_EACH`].
pub const SERIES: [Metric; 7] = [
    TOTAL_SUPPLY,
    CIRCULATING_SUPPLY,
    EMITTED,
    BURNED,
    LOCKED,
    VOTE_WEIGHT,
    TREASURY,
];

/// All metrics.
pub const METRICS: [Metric; 16] = [
    TOTAL_SUPPLY,
    CIRCULATING_SUPPLY,
    EMITTED,
    BURNED,
    LOCKED,
    VOTE_WEIGHT,
    TREASURY,
    CLAIMABLE,
    UNVESTED,
    UNMINTED,
    REWARDS,
    DIRECTED,
    BOUGHT,
    UNPAID,
    IN_VAULTS,
    RESERVES,
];
