//! The plan of a protocol's revenue: its streams, and the routes that each unit takes.

use std::collections::HashSet;

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Timestamp};

use crate::calendar::Period;
use crate::Stakeholder;

/// The most streams of revenue that a design may have.
pub const MOST_STREAMS: usize = 64;

/// The most routes that a design may name.
pub const MOST_NAMED_ROUTES: usize = 64;

/// The most routes of all assets that revenue may take: one that revenue in two assets reaches is two.
pub const MOST_ROUTES: usize = 256;

/// The most tiers of a waterfall.
pub const MOST_TIERS: usize = 16;

/// The most vaults that a design may have.
pub const MOST_VAULTS: usize = 64;

/// The plan of a protocol's revenue.
///
/// Revenue flows from streams to routes, and from a route on to later ones: never in a circle. What
/// comes to a route and doesn't leave it stays there.
#[derive(Debug, Clone)]
pub struct FeePlan {
    /// The assets that revenue comes in, each once.
    pub assets: Vec<FeeAsset>,
    /// The streams, in the order of the file.
    pub streams: Vec<FeeStream>,
    /// The routes, each of one asset. What one passes on goes to routes after it.
    pub routes: Vec<FeeRoute>,
}

/// An asset that revenue comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeAsset {
    /// The token itself, paid out of circulation.
    Token,
    /// Another asset, from outside.
    Other {
        /// Its symbol.
        symbol: String,
        /// Its decimals.
        decimals: Decimals,
        /// Its base units for one base unit of the token, where something is bought.
        price: Option<Ratio>,
    },
}

/// A stream of revenue: as much in each period, until it ends.
#[derive(Debug, Clone)]
pub struct FeeStream {
    /// Its name, unique in the design.
    pub name: String,
    /// Its asset, by its place in [`FeePlan::assets`].
    pub asset: usize,
    /// Revenue of one period, in base units of the asset.
    pub revenue: Amount,
    /// The period.
    pub per: Period,
    /// The start of the first period.
    pub start: Timestamp,
    /// The end of earning.
    pub end: Timestamp,
    /// The routes that it goes to. The shares sum to 1.
    pub shares: Vec<RouteShare>,
}

/// A share of what is passed on to a route, which isn't 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteShare {
    /// The route, by its place in [`FeePlan::routes`].
    pub route: usize,
    /// The share.
    pub share: Fraction,
}

/// A route of revenue in one asset.
#[derive(Debug, Clone)]
pub struct FeeRoute {
    /// Its name. Only routes in different assets have the same.
    pub name: String,
    /// Its asset, by its place in [`FeePlan::assets`].
    pub asset: usize,
    /// The use that it has for what comes to it.
    pub kind: RouteKind,
}

/// The use that a route has for what comes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteKind {
    /// Paid to lockers by their weight, each programme of locks at its own.
    Lockers {
        /// The length of an epoch, counted from genesis, whose revenue is paid when it is over; `None` where
        /// each payment is paid on at once.
        every: Option<Period>,
        /// The use of what comes while nobody has weight.
        without: WithoutLockers,
    },
    /// Kept by the treasury.
    Treasury,
    /// Spent on the token, where the asset is another one.
    Buyback(Bought),
    /// Burned: the token itself.
    Burn,
    /// Paid to one kind of stakeholder.
    To(Stakeholder),
    /// Given to a vault, the token itself: each of its shares is then worth more.
    Vault {
        /// The vault, by its place in [`Design::vaults`](crate::Design::vaults).
        vault: usize,
    },
    /// Divided among other routes. The shares sum to 1.
    Split(Vec<RouteShare>),
    /// Kept up to a target, and passed on above it.
    Buffer {
        /// The most that it keeps, in base units of the asset.
        target: Amount,
        /// The routes of what is above. The shares sum to 1.
        then: Vec<RouteShare>,
    },
    /// Paid tier by tier, each until it is full, and then passed on.
    Waterfall {
        /// The tiers, the most senior first.
        tiers: Vec<FeeTier>,
        /// The routes of what is left when all are full. The shares sum to 1.
        then: Vec<RouteShare>,
    },
}

/// A tier of a waterfall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeTier {
    /// Its name.
    pub name: String,
    /// The most that it is paid in all, in base units of the asset.
    pub cap: Amount,
    /// The routes that it is paid to, pro rata. The shares sum to 1.
    pub shares: Vec<RouteShare>,
}

/// The use of tokens that are bought with revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bought {
    /// Kept by the treasury.
    Kept,
    /// Burned.
    Burned,
    /// Given to a vault, by its place in [`Design::vaults`](crate::Design::vaults).
    Vault(usize),
}

/// The use of revenue for lockers while nobody has weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutLockers {
    /// Waits, and is paid with the first period or epoch that ends with lockers.
    Hold,
    /// Waits, and is paid over as many periods or epochs with lockers as there were without.
    Extend,
    /// Goes to another route of the same asset.
    Pass(usize),
}

/// A vault of the token: holders deposit, and what it is given makes each share worth more.
#[derive(Debug, Clone)]
pub struct VaultPlan {
    /// Its name, unique in the design.
    pub name: String,
    /// The share of what circulates, locked or not, that holders bring their deposits up to.
    pub share: Fraction,
    /// The first deposit.
    pub start: Timestamp,
    /// The time between deposits.
    pub every: Period,
    /// The decimals that its shares have more than the token.
    pub offset: u8,
    /// The fee on what it holds, a year of 365 days, in shares of the treasury.
    pub management_fee: Fraction,
    /// The fee on gains above the highest price of a share, in shares of the treasury.
    pub performance_fee: Fraction,
}

/// An end of a flow of revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlowPoint {
    /// A stream, by its place in [`FeePlan::streams`].
    Stream(usize),
    /// A route, by its place in [`FeePlan::routes`].
    Route(usize),
    /// The lockers of a programme, by its place in the escrow.
    Programme(usize),
}

/// A flow of revenue between two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flow {
    /// The point that it comes from.
    pub from: FlowPoint,
    /// The point that it goes to.
    pub to: FlowPoint,
    /// Its asset, by its place in [`FeePlan::assets`].
    pub asset: usize,
}

impl FeePlan {
    /// Returns `true` if a run may take periods together: those of one stream, whose routes pay of each
    /// period what they paid of the one before. There are so many `programmes` of locks.
    #[must_use]
    pub fn takes_periods_together(&self, programmes: usize) -> bool {
        let is_alike = |route: &FeeRoute| route.kind.pays_periods_alike(programmes);
        self.streams.len() == 1 && self.routes.iter().all(is_alike)
    }

    /// Returns all flows that there may be, each once: those from the streams, then those from each
    /// route, in the order of the plan. Lockers are paid by programme, of which there are `programmes`.
    #[must_use]
    pub fn flows(&self, programmes: usize) -> Vec<Flow> {
        let mut flows = Vec::new();
        for (index, stream) in self.streams.iter().enumerate() {
            let to = stream.shares.iter().map(|it| FlowPoint::Route(it.route));
            add(&mut flows, FlowPoint::Stream(index), to, stream.asset);
        }
        for (index, route) in self.routes.iter().enumerate() {
            let paid = match route.kind {
                RouteKind::Lockers { .. } => programmes,
                _ => 0,
            };
            let on = route.kind.passes_on_to().into_iter().map(FlowPoint::Route);
            let to = on.chain((0..paid).map(FlowPoint::Programme));
            add(&mut flows, FlowPoint::Route(index), to, route.asset);
        }
        flows
    }
}

/// Adds the flows from a point, each once: no other point has the same.
fn add(flows: &mut Vec<Flow>, from: FlowPoint, to: impl Iterator<Item = FlowPoint>, asset: usize) {
    let mut seen = HashSet::new();
    let new = to.filter(|to| seen.insert(*to));
    flows.extend(new.map(|to| Flow { from, to, asset }));
}

impl RouteKind {
    /// Returns `true` if what it pays of a period doesn't depend on the periods before.
    fn pays_periods_alike(&self, programmes: usize) -> bool {
        match self {
            Self::Lockers { every, without } => {
                every.is_none() && *without != WithoutLockers::Extend && programmes <= 1
            }
            Self::Treasury | Self::Burn | Self::To(_) | Self::Split(_) => true,
            Self::Buyback(_)
            | Self::Vault { .. }
            | Self::Buffer { .. }
            | Self::Waterfall { .. } => false,
        }
    }

    /// Returns the routes that it may pass something on to, in the order of the file; one may be there
    /// more than once.
    #[must_use]
    pub fn passes_on_to(&self) -> Vec<usize> {
        let routes = |shares: &[RouteShare]| shares.iter().map(|it| it.route).collect::<Vec<_>>();
        match self {
            Self::Lockers {
                without: WithoutLockers::Pass(route),
                ..
            } => vec![*route],
            Self::Split(shares) | Self::Buffer { then: shares, .. } => routes(shares),
            Self::Waterfall { tiers, then } => {
                let all = tiers.iter().flat_map(|tier| routes(&tier.shares));
                all.chain(routes(then)).collect()
            }
            _ => Vec::new(),
        }
    }
}
