//! Routes by asset, in the order in which revenue flows.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use tokenomics_fixed_math::Decimals;

use super::kinds::{resolved, symbol, Resolver};
use super::{note_circles, Definition, Kind, Routes, Shares, BUILT_IN, LOCKERS};
use crate::problem::{Problem, Problems};
use crate::{FeeAsset, FeeRoute, RouteShare, MOST_ROUTES};

/// A stream, as far as routes follow from it.
pub(in crate::parse) struct Origin<'r> {
    pub(in crate::parse) name: &'r str,
    /// Its place among the assets, and its shares, as far as they could be read.
    pub(in crate::parse) asset: Option<usize>,
    pub(in crate::parse) shares: Option<&'r Shares>,
}

/// The routes of a plan.
pub(in crate::parse) struct Resolved {
    pub(in crate::parse) routes: Vec<FeeRoute>,
    /// The place of each route in each asset.
    places: HashMap<(usize, usize), usize>,
}

/// A route that revenue in an asset reaches.
pub(super) struct Reached<'r> {
    pub(super) route: usize,
    pub(super) asset: usize,
    /// The first stream from which it does, and the share that leads to it.
    pub(super) stream: &'r str,
    pub(super) span: Range<usize>,
}

/// Lists the routes that streams reach, each after those that pass on to it; else those of every design in
/// their order, and then those of the file as they are reached. `None` where there is a problem.
pub(in crate::parse) fn resolve(
    routes: &Routes<'_>,
    streams: &[Origin<'_>],
    assets: &[FeeAsset],
    (decimals, problems): (Decimals, &Problems),
) -> Option<Resolved> {
    note_unused(routes, streams, problems);
    note_circles(&routes.all, problems);
    let reached = reach(routes, streams, problems)?;
    let twice = of_two_assets(&routes.all, &reached, assets, problems);
    let order = order(&routes.all, &reached);
    let in_order = || order.iter().filter_map(|at| reached.get(*at));
    let places = in_order()
        .map(|one| (one.route, one.asset))
        .zip(0..)
        .collect();
    let resolver = Resolver {
        all: &routes.all,
        assets,
        decimals,
        problems,
        places: &places,
    };
    let once = in_order().filter(|one| !twice.contains(&(one.route, one.asset)));
    // All of them, each for its own problems.
    let routes: Vec<_> = once.map(|one| resolver.route(one)).collect();
    let routes: Option<Vec<_>> = routes.into_iter().collect();
    let routes = routes?;
    Some(Resolved { routes, places })
}

/// Notes each route of the file to which nothing leads, not even a share of 0. Where it can't be known what
/// something leads to, none is.
fn note_unused(routes: &Routes<'_>, streams: &[Origin<'_>], problems: &Problems) {
    let shares = || streams.iter().map(|stream| stream.shares);
    let known = shares().all(|shares| shares.is_some_and(|shares| shares.sound));
    if !known || !routes.all.iter().all(Definition::is_sound) {
        return;
    }
    let lists = shares().flatten().flat_map(|shares| &shares.list);
    let mut next: Vec<usize> = lists.map(|share| share.route).collect();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    while let Some(route) = next.pop() {
        if used.insert(route) {
            let definition = routes.all.get(route);
            let shares = definition.map_or_else(Vec::new, Definition::shares);
            next.extend(shares.into_iter().map(|share| share.route));
        }
    }
    for (route, place) in routes.all.iter().zip(0..) {
        let (Some(name), false) = (&route.name, used.contains(&place)) else {
            continue;
        };
        let (message, help) = match place {
            LOCKERS if routes.says_without => (
                "`without_lockers` is of the route `lockers`, and nothing leads to it".to_owned(),
                "leave it out, or give lockers a share",
            ),
            place if place < BUILT_IN.len() => continue,
            _ => (
                format!("nothing leads to the route `{name}`"),
                "give it a share, or leave it out",
            ),
        };
        let span = route.named_at.clone();
        problems.push(Problem::new(span, message, "unused", help));
    }
}

/// All routes by asset, in the order in which they are reached, and none twice. `None` if they are too many.
fn reach<'r>(
    routes: &Routes<'_>,
    streams: &[Origin<'r>],
    problems: &Problems,
) -> Option<Vec<Reached<'r>>> {
    let mut reached = Vec::new();
    let mut seen = BTreeSet::new();
    for stream in streams {
        let Some((asset, shares)) = stream.asset.zip(stream.shares) else {
            continue;
        };
        let mut next = reached.len();
        let mut shares: Vec<_> = shares.list.iter().collect();
        loop {
            let some = shares.into_iter().filter(|it| !it.share.is_zero());
            let new = some.filter(|it| seen.insert((it.route, asset)));
            reached.extend(new.map(|share| Reached {
                route: share.route,
                asset,
                stream: stream.name,
                span: share.span.clone(),
            }));
            few_enough(&reached, problems)?;
            let Some(one) = reached.get(next) else {
                break;
            };
            let definition = routes.all.get(one.route);
            shares = definition.map_or_else(Vec::new, Definition::shares);
            next += 1;
        }
    }
    Some(reached)
}

/// Returns something if there are few enough routes, and notes the first that is one too many.
fn few_enough(reached: &[Reached<'_>], problems: &Problems) -> Option<()> {
    let Some(beyond) = reached.get(MOST_ROUTES) else {
        return Some(());
    };
    let message = format!("revenue takes more than {MOST_ROUTES} routes");
    let help = "a route counts once for each asset that reaches it";
    let span = beyond.span.clone();
    problems.push(Problem::new(span, message, "one too many", help));
    None
}

/// Notes routes whose amounts are of one asset, and that revenue in another one reaches too. Returns each
/// with the other asset.
fn of_two_assets(
    all: &[Definition<'_>],
    reached: &[Reached<'_>],
    assets: &[FeeAsset],
    problems: &Problems,
) -> BTreeSet<(usize, usize)> {
    let mut twice = BTreeSet::new();
    let mut first: HashMap<usize, &Reached<'_>> = HashMap::new();
    for one in reached {
        let Some((definition, what)) = all.get(one.route).and_then(one_asset) else {
            continue;
        };
        let Some(before) = first.get(&one.route) else {
            first.insert(one.route, one);
            continue;
        };
        let from = |one: &Reached<'_>| {
            let symbol = symbol(assets, one.asset);
            format!("{symbol} from `{}`", one.stream)
        };
        let (before, now) = (from(before), from(one));
        let name = definition.name.as_deref().unwrap_or("this one");
        let message = format!("{what} is of one asset, and `{name}` gets {before} and {now}");
        let help = "name another route of that kind for the other asset";
        let span = definition.named_at.clone();
        problems.push(Problem::new(span, message, "of which asset?", help));
        twice.insert((one.route, one.asset));
    }
    twice
}

/// A route whose amounts are of one asset, and its kind.
fn one_asset<'r, 'a>(route: &'r Definition<'a>) -> Option<(&'r Definition<'a>, &'static str)> {
    match &route.kind {
        Some(Kind::Buffer { .. }) => Some((route, "a buffer")),
        Some(Kind::Waterfall { .. }) => Some((route, "a waterfall")),
        _ => None,
    }
}

/// Places of the reached in an order in which each comes after those that lead to it. What is in a circle is
/// left out.
fn order(all: &[Definition<'_>], reached: &[Reached<'_>]) -> Vec<usize> {
    let places = reached.iter().map(|one| (one.route, one.asset)).zip(0..);
    let places: HashMap<_, usize> = places.collect();
    let onward = reached.iter().map(|one| onward(all, &places, one));
    let onward: Vec<Vec<usize>> = onward.collect();
    let mut awaited = vec![0_usize; reached.len()];
    for to in onward.iter().flatten() {
        if let Some(count) = awaited.get_mut(*to) {
            *count += 1;
        }
    }
    let key = |at: usize| {
        let route = reached.get(at).map_or(0, |one| one.route);
        (route.min(BUILT_IN.len()), at)
    };
    let none = awaited.iter().zip(0..).filter(|(count, _)| **count == 0);
    let mut ready: BTreeSet<_> = none.map(|(_, at)| key(at)).collect();
    let mut order = Vec::new();
    while let Some((_, at)) = ready.pop_first() {
        order.push(at);
        for to in onward.get(at).into_iter().flatten() {
            if let Some(count) = awaited.get_mut(*to) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(key(*to));
                }
            }
        }
    }
    order
}

/// The places of the routes that one passes on to, one for each of its shares.
fn onward(
    all: &[Definition<'_>],
    places: &HashMap<(usize, usize), usize>,
    one: &Reached<'_>,
) -> Vec<usize> {
    let shares = all.get(one.route).map_or_else(Vec::new, Definition::shares);
    let shares = shares.into_iter().filter(|it| !it.share.is_zero());
    let places = shares.filter_map(|it| places.get(&(it.route, one.asset)));
    places.copied().collect()
}

impl Resolved {
    /// The shares of a stream.
    pub(in crate::parse) fn shares(&self, shares: &Shares, asset: usize) -> Vec<RouteShare> {
        resolved(&self.places, shares, asset)
    }
}
