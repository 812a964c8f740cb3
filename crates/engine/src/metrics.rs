//! The registry of metrics: each sum that a run is told in, with its id, unit and definition.
//!
//! The series, the report and docs/metrics.md read it, so that a figure has one name and one meaning
//! wherever it stands.

use tokenomics_design::Design;
use tokenomics_fixed_math::Amount;

use crate::{Row, Totals};

/// The unit of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Tokens.
    Token,
    /// Votes: tokens, weighted by how they are locked.
    Vote,
    /// The asset that revenue comes in.
    Revenue,
    /// A part of one, in 10^−18.
    Share,
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

/// The parts of a design that have figures of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Group {
    /// The allocations.
    Allocations,
    /// The programmes of locks; one of the name `locks` where `[escrow]` has no others.
    Programmes,
    /// The gauges.
    Gauges,
}

impl Group {
    /// Returns the names of the parts that a design has, in the order of the file.
    #[must_use]
    pub fn names(self, design: &Design) -> Vec<&str> {
        let programmes = design.escrow.iter().flat_map(|plan| &plan.programmes);
        match self {
            Self::Allocations => design.allocations.iter().map(|one| &*one.name).collect(),
            Self::Programmes => programmes.map(|one| &*one.name).collect(),
            Self::Gauges => design.gauges.iter().map(|one| &*one.name).collect(),
        }
    }
}

/// The figures of each part of a group at an instant, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures<'r> {
    /// Amounts of the token, or votes.
    Amounts(&'r [Amount]),
    /// Shares in 10^−18.
    Shares(&'r [u64]),
}

/// A figure of each part of a group.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::metrics::{Figures, VESTED_OF};
/// use tokenomics_engine::Engine;
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let mut engine = Engine::new(&design)?;
/// engine.advance(design.window.end)?;
/// let row = engine.row()?;
/// assert_eq!(VESTED_OF.group.names(&design)[0], "Community");
/// assert_eq!((VESTED_OF.read)(&row), Figures::Amounts(&row.vested));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct GroupMetric {
    /// The name in files, where a colon and the name of the part follow it: `vested:Team`.
    pub id: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// The parts that it is of.
    pub group: Group,
    /// The unit.
    pub unit: Unit,
    /// The definition.
    pub definition: &'static str,
    /// Reads them off the state at an instant.
    pub read: for<'r> fn(&'r Row) -> Figures<'r>,
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

/// All that nobody has a claim to.
pub const UNALLOCATED: Metric = Metric {
    id: "unallocated",
    title: "Unallocated",
    unit: Unit::Revenue,
    definition: "revenue for lockers that nobody had weight to be paid; the first period that ends with lockers pays it too",
    read: |totals| totals.unallocated,
};

/// All that has vested of each allocation.
pub const VESTED_OF: GroupMetric = GroupMetric {
    id: "vested",
    title: "Vested",
    group: Group::Allocations,
    unit: Unit::Token,
    definition: "vested by then of an allocation, claimed or not",
    read: |row| Figures::Amounts(&row.vested),
};

/// All that is locked under each programme.
pub const LOCKED_UNDER: GroupMetric = GroupMetric {
    id: "locked",
    title: "Locked",
    group: Group::Programmes,
    unit: Unit::Token,
    definition: "locked under a programme; they sum to `locked`",
    read: |row| Figures::Amounts(&row.locked),
};

/// The votes under each programme.
pub const VOTE_WEIGHT_UNDER: GroupMetric = GroupMetric {
    id: "vote_weight",
    title: "Vote weight by programme",
    group: Group::Programmes,
    unit: Unit::Vote,
    definition: "the votes under a programme, rounded down by itself, so that they may sum to a few base units less than `vote_weight`",
    read: |row| Figures::Amounts(&row.votes),
};

/// The relative weight of each gauge.
pub const GAUGE_SHARE: GroupMetric = GroupMetric {
    id: "gauge_share",
    title: "Votes for each gauge",
    group: Group::Gauges,
    unit: Unit::Share,
    definition:
        "what a gauge has of the votes for any; they sum to 1, or are all 0 where there are none",
    read: |row| Figures::Shares(&row.gauge_weights),
};

/// All that each gauge got.
pub const GAUGE_RECEIVED: GroupMetric = GroupMetric {
    id: "gauge_received",
    title: "Got by a gauge",
    group: Group::Gauges,
    unit: Unit::Token,
    definition: "minted in epochs that were over by then, and directed to a gauge",
    read: |row| Figures::Amounts(&row.gauges),
};

/// The columns of `series.csv` for each part of a group, after those of [`SERIES`].
pub const SERIES_OF_EACH: [GroupMetric; 5] = [
    VESTED_OF,
    LOCKED_UNDER,
    VOTE_WEIGHT_UNDER,
    GAUGE_SHARE,
    GAUGE_RECEIVED,
];

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
pub const METRICS: [Metric; 15] = [
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
    UNALLOCATED,
];
