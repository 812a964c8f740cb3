//! The metrics of the parts of a design: allocations, programmes, gauges, and those of revenue.

use std::borrow::Cow;

use tokenomics_design::{Design, FeeAsset, FeePlan, RouteKind};
use tokenomics_fixed_math::Amount;

use super::Unit;
use crate::Row;

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
    /// The streams of revenue; one of the name `Fees` where `[fees]` has no others.
    Streams,
    /// The routes of revenue, each of one asset, in the order in which they pass revenue on.
    Routes,
    /// Those of them to lockers.
    Lockers,
    /// The vaults.
    Vaults,
}

impl Group {
    /// Returns the names of the parts that a design has, in the order of the file; routes in the order of
    /// the plan, with the symbol of the asset where there are several of a name.
    #[must_use]
    pub fn names(self, design: &Design) -> Vec<Cow<'_, str>> {
        let programmes = design.escrow.iter().flat_map(|plan| &plan.programmes);
        let streams = design.fees.iter().flat_map(|plan| &plan.streams);
        let own = |name| Cow::Borrowed(name);
        match self {
            Self::Allocations => design.allocations.iter().map(|it| own(&*it.name)).collect(),
            Self::Programmes => programmes.map(|it| own(&*it.name)).collect(),
            Self::Gauges => design.gauges.iter().map(|it| own(&*it.name)).collect(),
            Self::Streams => streams.map(|it| own(&*it.name)).collect(),
            Self::Vaults => design.vaults.iter().map(|it| own(&*it.name)).collect(),
            Self::Routes | Self::Lockers => {
                let plan = design.fees.iter();
                let routes = plan.flat_map(|plan| self.routes(plan).map(move |it| (plan, it)));
                routes
                    .map(|(plan, it)| route_name(design, plan, it))
                    .collect()
            }
        }
    }

    /// The places of the routes of a plan that are of this group.
    fn routes(self, plan: &FeePlan) -> impl Iterator<Item = usize> + '_ {
        let is_lockers = |kind: &RouteKind| matches!(kind, RouteKind::Lockers { .. });
        let routes = plan.routes.iter().enumerate();
        let routes = routes.filter(move |(_, route)| match self {
            Self::Routes => true,
            Self::Lockers => is_lockers(&route.kind),
            _ => false,
        });
        routes.map(|(place, _)| place)
    }

    /// The assets of its parts, by their place in the plan; none where it has no assets.
    fn assets(self, plan: &FeePlan) -> Vec<usize> {
        match self {
            Self::Streams => plan.streams.iter().map(|stream| stream.asset).collect(),
            _ => self
                .routes(plan)
                .map(|route| plan.routes[route].asset)
                .collect(),
        }
    }
}

/// The name of a route, with its asset's symbol where others have the same.
fn route_name<'d>(design: &'d Design, plan: &'d FeePlan, place: usize) -> Cow<'d, str> {
    let route = &plan.routes[place];
    let alike = plan.routes.iter().filter(|other| other.name == route.name);
    if alike.count() == 1 {
        return Cow::Borrowed(&route.name);
    }
    let symbol = match &plan.assets[route.asset] {
        FeeAsset::Token => &design.token.symbol,
        FeeAsset::Other { symbol, .. } => symbol,
    };
    Cow::Owned(format!("{} ({symbol})", route.name))
}

/// The figures of each part of a group at an instant, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figures<'r> {
    /// Amounts of the token or of the part's asset, or votes.
    Amounts(&'r [Amount]),
    /// Shares in 10^−18.
    Shares(&'r [u64]),
    /// Numbers in the part's unit: base units of an amount, or 10^−18.
    Numbers(Vec<u128>),
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

/// The decimals of a share or a price in 10^−18.
const SHARE_DECIMALS: u8 = 18;

impl GroupMetric {
    /// Returns the decimals of the figure of each part that a design has, in the order of
    /// [`Group::names`].
    ///
    /// ```
    /// use tokenomics_design::{starter, Design, Overrides};
    /// use tokenomics_engine::metrics::RECEIVED_BY;
    ///
    /// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
    /// let decimals = RECEIVED_BY.decimals(&design);
    /// assert_eq!(decimals.len(), RECEIVED_BY.group.names(&design).len());
    /// assert!(decimals.iter().all(|decimals| *decimals == 6)); // USDC
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn decimals(&self, design: &Design) -> Vec<u8> {
        let token = design.token.decimals.get();
        let parts = self.group.names(design).len();
        match self.unit {
            Unit::Token | Unit::Vote => vec![token; parts],
            Unit::Share | Unit::Price => vec![SHARE_DECIMALS; parts],
            Unit::Revenue => {
                let plans = design.fees.iter();
                let assets = plans.flat_map(|plan| {
                    let assets = self.group.assets(plan).into_iter();
                    assets.map(move |asset| &plan.assets[asset])
                });
                let decimals = assets.map(|asset| match asset {
                    FeeAsset::Token => token,
                    FeeAsset::Other { decimals, .. } => decimals.get(),
                });
                decimals.collect()
            }
        }
    }
}

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

/// All that each stream paid.
pub const REVENUE_OF: GroupMetric = GroupMetric {
    id: "revenue",
    title: "Revenue",
    group: Group::Streams,
    unit: Unit::Revenue,
    definition: "paid by a stream of revenue by then, in its asset",
    read: |row| Figures::Amounts(&row.revenue),
};

/// All that came to each route.
pub const RECEIVED_BY: GroupMetric = GroupMetric {
    id: "received",
    title: "Received by a route",
    group: Group::Routes,
    unit: Unit::Revenue,
    definition: "came to a route by then, in its asset, whether it stayed there or was passed on",
    read: |row| Figures::Amounts(&row.received),
};

/// All that nobody has a claim to.
pub const UNALLOCATED_OF: GroupMetric = GroupMetric {
    id: "unallocated",
    title: "Unallocated",
    group: Group::Lockers,
    unit: Unit::Revenue,
    definition: "revenue for lockers that nobody had weight to be paid, and that waits for them",
    read: |row| Figures::Amounts(&row.unallocated),
};

/// All that each vault holds.
pub const VAULT_ASSETS: GroupMetric = GroupMetric {
    id: "vault_assets",
    title: "In a vault",
    group: Group::Vaults,
    unit: Unit::Token,
    definition: "held by a vault",
    read: |row| Figures::Numbers(row.vaults.iter().map(|it| it.assets.get()).collect()),
};

/// The price of each vault's shares.
pub const VAULT_PRICE: GroupMetric = GroupMetric {
    id: "vault_price",
    title: "Price of a vault's share",
    group: Group::Vaults,
    unit: Unit::Price,
    definition: "what a share of a vault is worth, which is 1 at first; rounded down",
    read: |row| Figures::Numbers(row.vaults.iter().map(|it| it.price.raw()).collect()),
};

/// The columns of `series.csv` for each part of a group, after those of [`SERIES`](super::SERIES).
pub const SERIES_OF_EACH: [GroupMetric; 10] = [
    VESTED_OF,
    LOCKED_UNDER,
    VOTE_WEIGHT_UNDER,
    GAUGE_SHARE,
    GAUGE_RECEIVED,
    REVENUE_OF,
    RECEIVED_BY,
    UNALLOCATED_OF,
    VAULT_ASSETS,
    VAULT_PRICE,
];
