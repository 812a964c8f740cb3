//! The words for streams, routes and assets of revenue, the same wherever they are told.

use tokenomics_design::{
    Bought, Design, FeeAsset, FeePlan, FeeRoute, RouteKind, Stakeholder, WithoutLockers,
};
use tokenomics_fixed_math::{Amount, Decimals};

use crate::chart::Ink;
use crate::flows::Place;
use crate::format;

/// The names of routes that a design has without saying so.
const BUILT_IN: [&str; 8] = [
    "lockers",
    "treasury",
    "buyback",
    "burn",
    "users",
    "builders",
    "investors",
    "operators",
];

/// Returns `true` if a route has the name of one that every design has.
pub(crate) fn is_built_in(route: &FeeRoute) -> bool {
    BUILT_IN.contains(&&*route.name)
}

/// An asset of revenue: its symbol and decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asset<'d> {
    /// Its place in the plan.
    pub(crate) index: usize,
    pub(crate) symbol: &'d str,
    pub(crate) decimals: Decimals,
    /// True if it is the token itself.
    pub(crate) is_token: bool,
}

/// Returns the asset of a plan that has a place there.
pub(crate) fn asset<'d>(design: &'d Design, plan: &'d FeePlan, index: usize) -> Asset<'d> {
    let (symbol, decimals, is_token) = match &plan.assets[index] {
        FeeAsset::Token => (&*design.token.symbol, design.token.decimals, true),
        FeeAsset::Other {
            symbol, decimals, ..
        } => (&**symbol, *decimals, false),
    };
    Asset {
        index,
        symbol,
        decimals,
        is_token,
    }
}

/// Returns all assets of a plan.
pub(crate) fn assets<'d>(design: &'d Design, plan: &'d FeePlan) -> Vec<Asset<'d>> {
    let all = 0..plan.assets.len();
    all.map(|index| asset(design, plan, index)).collect()
}

/// Returns a route's name as it stands at the head of something.
pub(crate) fn route_name(route: &FeeRoute) -> String {
    if is_built_in(route) {
        format::capital(&route.name)
    } else {
        route.name.clone()
    }
}

/// Returns the names of a design's programmes of locks.
pub(crate) fn programmes(design: &Design) -> Vec<&str> {
    let all = design.escrow.iter().flat_map(|plan| &plan.programmes);
    all.map(|programme| &*programme.name).collect()
}

/// Returns the name of a place that revenue comes from or goes to.
pub(crate) fn place_name(design: &Design, plan: &FeePlan, place: Place) -> String {
    let route = |index: usize| &plan.routes[index];
    match place {
        Place::Stream(index) => plan.streams[index].name.clone(),
        Place::Route(index) => route_name(route(index)),
        Place::Programme(index) => match programmes(design).as_slice() {
            [_] => "Paid to lockers".to_owned(),
            names => names
                .get(index)
                .map_or_else(String::new, |name| (*name).to_owned()),
        },
        Place::Kept(index) => match &route(index).kind {
            RouteKind::Lockers { .. } if is_built_in(route(index)) => {
                "Waiting for lockers".to_owned()
            }
            RouteKind::Lockers { .. } => format!("Waiting in {}", route(index).name),
            _ => format!("Kept in {}", route(index).name),
        },
        Place::Before(index) => match &route(index).kind {
            RouteKind::Lockers { .. } => "Waited before".to_owned(),
            _ => format!("{}, from before", route_name(route(index))),
        },
    }
}

/// Returns an ink for each route: the one of its kind, or else one that no other in its asset has.
pub(crate) fn route_inks(plan: &FeePlan) -> Vec<Ink> {
    let mut inks: Vec<Ink> = Vec::new();
    for (index, route) in plan.routes.iter().enumerate() {
        let is_used = |ink: &Ink| {
            let earlier = plan.routes[..index].iter().zip(&inks);
            earlier
                .into_iter()
                .any(|(other, used)| other.asset == route.asset && used == ink)
        };
        let kept_for_kinds = |ink: &Ink| {
            let same = plan
                .routes
                .iter()
                .filter(|other| other.asset == route.asset);
            same.filter_map(|other| kind_ink(&other.kind))
                .any(|kind| kind == *ink)
        };
        let own = kind_ink(&route.kind).filter(|ink| *ink == Ink::Gray || !is_used(ink));
        let mut free = Ink::CATEGORIES.into_iter();
        let free = free.find(|ink| !is_used(ink) && !kept_for_kinds(ink));
        inks.push(own.or(free).unwrap_or(Ink::Gray));
    }
    inks
}

/// The ink of a kind of route; none for a buffer, as there may be many.
const fn kind_ink(kind: &RouteKind) -> Option<Ink> {
    Some(match kind {
        RouteKind::Lockers { .. } => Ink::Sky,
        RouteKind::Treasury => Ink::Green,
        RouteKind::Buyback(Bought::Kept) => Ink::Blue,
        RouteKind::Burn | RouteKind::Buyback(Bought::Burned) => Ink::Dark,
        RouteKind::Vault { .. } | RouteKind::Buyback(Bought::Vault(_)) => Ink::Vermilion,
        RouteKind::To(who) => [Ink::Orange, Ink::Pink, Ink::Brown, Ink::Yellow][who.index()],
        RouteKind::Buffer { .. } => return None,
        // Nothing stays there.
        RouteKind::Split(_) | RouteKind::Waterfall { .. } => Ink::Gray,
    })
}

/// Returns the ink of a place, where routes have these.
pub(crate) fn place_ink(plan: &FeePlan, inks: &[Ink], place: Place) -> Ink {
    match place {
        Place::Stream(_) | Place::Before(_) => Ink::Gray,
        Place::Programme(_) => Ink::Sky,
        Place::Kept(index) if matches!(plan.routes[index].kind, RouteKind::Lockers { .. }) => {
            Ink::Faint
        }
        Place::Route(index) | Place::Kept(index) => inks[index],
    }
}

/// Returns the kind of a route as a design file writes it.
pub(crate) const fn kind_name(kind: &RouteKind) -> &'static str {
    match kind {
        RouteKind::Lockers { .. } => "lockers",
        RouteKind::Treasury => "treasury",
        RouteKind::Buyback(_) => "buyback",
        RouteKind::Burn => "burn",
        RouteKind::To(_) => "account",
        RouteKind::Vault { .. } => "vault",
        RouteKind::Split(_) => "split",
        RouteKind::Buffer { .. } => "buffer",
        RouteKind::Waterfall { .. } => "waterfall",
    }
}

/// Returns the use that a route has for what comes to it, in a table.
pub(crate) fn told_use(design: &Design, plan: &FeePlan, route: &FeeRoute) -> String {
    let vault = |index: usize| format!("the vault “{}”", design.vaults[index].name);
    match &route.kind {
        RouteKind::Lockers { without, .. } => told_lockers(plan, *without),
        RouteKind::Treasury => "kept by the treasury".to_owned(),
        RouteKind::Buyback(Bought::Kept) => "buys the token for the treasury".to_owned(),
        RouteKind::Buyback(Bought::Burned) => "buys the token and burns it".to_owned(),
        RouteKind::Buyback(Bought::Vault(to)) => format!("buys the token for {}", vault(*to)),
        RouteKind::Burn => "burned".to_owned(),
        RouteKind::To(who) => format!("paid to {}", who.name()),
        RouteKind::Vault { vault: to } => format!("given to {}", vault(*to)),
        RouteKind::Split(_) => "divided".to_owned(),
        RouteKind::Buffer { target, .. } => {
            let asset = asset(design, plan, route.asset);
            let target = format::human(*target, asset.decimals);
            format!("kept up to {target}\u{a0}{}", asset.symbol)
        }
        RouteKind::Waterfall { .. } => "paid tier by tier".to_owned(),
    }
}

fn told_lockers(plan: &FeePlan, without: WithoutLockers) -> String {
    let then = match without {
        WithoutLockers::Hold => "waits while there is none".to_owned(),
        WithoutLockers::Extend => "what waits while there is none is paid bit by bit".to_owned(),
        WithoutLockers::Pass(to) => {
            let to = route_name(&plan.routes[to]);
            format!("goes to {to} while there is none")
        }
    };
    format!("paid by weight; {then}")
}

/// Returns the level of a buffer, or of each tier of a waterfall, of which so much has come and is kept: the
/// name, what is filled and the most that may be. Tiers are paid one after the other.
pub(crate) fn levels(route: &FeeRoute, [came, kept]: [Amount; 2]) -> Vec<(&str, Amount, Amount)> {
    match &route.kind {
        RouteKind::Buffer { target, .. } => vec![(&*route.name, kept, *target)],
        RouteKind::Waterfall { tiers, .. } => {
            let mut left = came;
            let each = tiers.iter().map(|tier| {
                let paid = left.min(tier.cap);
                left = left.abs_diff(paid);
                (&*tier.name, paid, tier.cap)
            });
            each.collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the stakeholder that a route pays, if it pays one.
pub(crate) const fn stakeholder(route: &FeeRoute) -> Option<Stakeholder> {
    match route.kind {
        RouteKind::To(who) => Some(who),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::flows::{all_kinds, design};

    #[test]
    fn no_two_routes_of_an_asset_that_keep_anything_look_alike() {
        let design = design(&all_kinds());
        let plan = design.fees.as_ref().unwrap();
        let inks = route_inks(plan);
        let keeps =
            |kind: &RouteKind| !matches!(kind, RouteKind::Split(_) | RouteKind::Waterfall { .. });
        let all = || plan.routes.iter().zip(&inks).enumerate();
        for (index, (route, ink)) in all().filter(|(_, (route, _))| keeps(&route.kind)) {
            assert_ne!(*ink, Ink::Gray, "{}", route.name);
            for (_, (other, same)) in all().take(index).filter(|(_, (it, _))| keeps(&it.kind)) {
                assert!(other.asset != route.asset || same != ink, "{}", route.name);
            }
        }
        // The kinds that every design has look as they always do.
        for (route, ink) in plan
            .routes
            .iter()
            .zip(&inks)
            .filter(|(it, _)| is_built_in(it))
        {
            assert_eq!(Some(*ink), kind_ink(&route.kind), "{}", route.name);
        }
    }
}
