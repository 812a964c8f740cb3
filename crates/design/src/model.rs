//! A token design: what a design file says, checked.
//!
//! The file is TOML; docs/design-file.md of the repository lists every key. Reading it notes all
//! that is wrong at once, each problem with its place.

use tokenomics_fixed_math::{Amount, Decimals, Timestamp};
use tokenomics_vesting::NestedSchedule;

pub use crate::baseline::BaselineMinting;
use crate::calendar::Period;
pub use crate::collateral::{
    AddOnKind, AddOnRule, AssetGroup, CollateralDebt, CollateralHolding, CollateralPlan,
    HaircutRule, ImpactPool, RuleKind, RuleMargin, VolatilityRule, MOST_GROUPS, MOST_LIQUIDATED,
    MOST_RULES,
};
pub use crate::emission::{Emission, Phases, Source};
pub use crate::escrow::{EscrowPlan, Gauge, LockProgramme, LockWeight};
pub use crate::fees::{
    Bought, FeeAsset, FeePlan, FeeRoute, FeeStream, FeeTier, Flow, FlowPoint, RouteKind,
    RouteShare, VaultPlan, WithoutLockers, MOST_NAMED_ROUTES, MOST_ROUTES, MOST_STREAMS,
    MOST_TIERS, MOST_VAULTS,
};
pub use crate::followed::{Controller, Followed, Follows, Stage, UnitIssuance};

/// The most steps that one run may have.
pub const MOST_STEPS: u64 = 1_000_000;

/// The most claims, re-locks, epochs, deposits, revenue periods that can't be taken together, and changes of
/// what an emission follows that one run may have.
pub const MOST_EVENTS: u64 = 100_000_000;

/// The most locks with ends or ages of their own that holders may have at once under one programme.
pub const MOST_LOCKS: u64 = 10_000;

/// A token design, checked.
#[derive(Debug, Clone)]
pub struct Design {
    /// The token itself.
    pub token: Token,
    /// The window to simulate, and its step.
    pub window: Window,
    /// The parts of the genesis supply, with their schedules.
    pub allocations: Vec<Allocation>,
    /// The streams of what is minted afterwards.
    pub emissions: Vec<Emission>,
    /// The plan of locks for votes.
    pub escrow: Option<EscrowPlan>,
    /// The recipients of what votes direct.
    pub gauges: Vec<Gauge>,
    /// The plan of the protocol's revenue.
    pub fees: Option<FeePlan>,
    /// The vaults of the token.
    pub vaults: Vec<VaultPlan>,
    /// The holdings of the protocol against its debts.
    pub collateral: Option<CollateralPlan>,
    /// The genesis supply and the most that each emission may mint, of those that have a maximum.
    pub all: Amount,
}

/// The token itself.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// The number of decimals that it shows.
    pub decimals: Decimals,
    /// The instant at which the genesis supply comes into being.
    pub genesis: Timestamp,
    /// The genesis supply: the sum of the allocations.
    pub supply: Amount,
}

/// A window of time to simulate, and the distance of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The first point.
    pub start: Timestamp,
    /// The last point.
    pub end: Timestamp,
    /// The distance between points.
    pub step: Period,
}

/// The four kinds of people that a token has to hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stakeholder {
    /// Those who use the protocol: depositors, traders, borrowers, the community.
    Users,
    /// Those who build it: team, contributors, grantees, the foundation.
    Builders,
    /// Those who paid for it before it worked.
    Investors,
    /// Those who run it: validators, keepers, market makers, service providers.
    Operators,
}

impl Stakeholder {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::Users,
        Self::Builders,
        Self::Investors,
        Self::Operators,
    ];

    /// As a design file writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Builders => "builders",
            Self::Investors => "investors",
            Self::Operators => "operators",
        }
    }

    /// Its place in [`Stakeholder::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Users => 0,
            Self::Builders => 1,
            Self::Investors => 2,
            Self::Operators => 3,
        }
    }
}

/// A destination of vested or minted tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// To holders: they circulate.
    Circulating,
    /// To the treasury: they don't.
    Treasury,
}

impl Destination {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Circulating, Self::Treasury];

    /// As a design file writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Circulating => "circulating",
            Self::Treasury => "treasury",
        }
    }
}

/// A part of the genesis supply and when it vests.
#[derive(Debug, Clone)]
pub struct Allocation {
    /// Its name, unique in the design.
    pub name: String,
    /// For whom it is.
    pub stakeholder: Stakeholder,
    /// All of it.
    pub amount: Amount,
    /// The destination of what has vested.
    pub to: Destination,
    /// The length of time between its holders' claims; continuously if not said.
    pub claim_every: Option<Period>,
    /// The schedules whose sum it is.
    pub schedules: Vec<NestedSchedule>,
}

/// A date range and step given beside the file, which go before what the file says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overrides {
    /// The first point.
    pub start: Option<Timestamp>,
    /// The last point.
    pub end: Option<Timestamp>,
    /// The distance between points.
    pub step: Option<Period>,
}

impl Design {
    /// Returns whether an emission has no maximum, so that no supply is the largest.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.emissions.iter().any(Emission::is_endless)
    }

    /// Returns the most that may ever exist; `None` where an emission has no maximum.
    #[must_use]
    pub fn max_supply(&self) -> Option<Amount> {
        (!self.is_endless()).then_some(self.all)
    }
}
