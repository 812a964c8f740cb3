//! The part of the summary on revenue.

use serde::Serialize;
use tokenomics_design::{calendar, FeePlan, FeeRoute, FlowPoint, Stakeholder};
use tokenomics_engine::Run;
use tokenomics_fixed_math::Amount;

use crate::accrual::{accruals, Accrued};
use crate::flows::Place;
use crate::revenue::{asset, assets, kind_name, levels, programmes, stakeholder};

/// Revenue of the whole run. Amounts are in the asset that is named with them, or else in the one asset
/// that all revenue is in.
#[derive(Debug, Serialize)]
pub struct FeeSummary {
    /// The asset that all revenue is in; none where it is in several.
    pub asset: Option<String>,
    /// Each stream, in the order of the file.
    pub streams: Vec<StreamSummary>,
    /// Each route by the last point, in the order in which they pass revenue on.
    pub routes: Vec<RouteSummary>,
    /// Each flow between them, and to the lockers of each programme.
    pub flows: Vec<FlowSummary>,
    /// Waiting for lockers, in the one asset; none where revenue is in several.
    pub unallocated: Option<String>,
    /// Revenue in the token that nobody had anything left to pay with.
    pub unpaid: String,
    /// The number of periods that were not paid in full.
    pub unpaid_periods: u64,
    /// The end of the first of them.
    pub unpaid_first: Option<String>,
    /// The end of the last of them.
    pub unpaid_last: Option<String>,
    /// Tokens bought and kept.
    pub bought: String,
    /// The value that came to holders, in each asset.
    pub value_accrued: Vec<ValueAccruedSummary>,
}

/// A stream of revenue.
#[derive(Debug, Serialize)]
pub struct StreamSummary {
    /// Its name; `Fees` where `[fees]` has no others.
    pub stream: String,
    /// Its asset.
    pub asset: String,
    /// Revenue so far.
    pub amount: String,
    /// Revenue in the token that holders had nothing left to pay with.
    pub unpaid: String,
    /// The number of periods that were not paid in full.
    pub unpaid_periods: u64,
}

/// A route of revenue.
#[derive(Debug, Serialize)]
pub struct RouteSummary {
    /// Its name.
    pub route: String,
    /// Its asset.
    pub asset: String,
    /// Its kind, as a design file writes it.
    pub kind: &'static str,
    /// All that came to it.
    pub amount: String,
    /// The part of that which it has not passed on to another route.
    pub kept: String,
    /// The level of a buffer, or of each tier of a waterfall.
    pub levels: Vec<LevelSummary>,
}

/// A buffer or a tier, and how far it is filled.
#[derive(Debug, Serialize)]
pub struct LevelSummary {
    /// The name of the buffer or tier.
    pub name: String,
    /// The amount that it holds, or has been paid.
    pub amount: String,
    /// The most that it may.
    pub most: String,
}

/// A flow of revenue.
#[derive(Debug, Serialize)]
pub struct FlowSummary {
    /// The stream or route that it came from.
    pub from: String,
    /// The route or programme that it went to.
    pub to: String,
    /// Its asset.
    pub asset: String,
    /// The amount so far.
    pub amount: String,
}

/// The value that came to holders of the token in one asset.
#[derive(Debug, Serialize)]
pub struct ValueAccruedSummary {
    /// The asset.
    pub asset: String,
    /// Paid to lockers in the window.
    pub to_lockers: String,
    /// Spent on the token in the window.
    pub spent_on_token: String,
    /// Burned in the window: the token itself.
    pub burned: String,
    /// The sum over the window's months of what came in each, for each token that circulated as it began;
    /// none where none did, and for more than can be told.
    pub per_token: Option<String>,
}

pub(super) fn summary(run: &Run<'_>) -> Option<FeeSummary> {
    let plan = run.design.fees.as_ref()?;
    let (totals, shortfall) = (run.last.totals, run.log.shortfall());
    let date = |at| (shortfall.periods > 0).then(|| calendar::rfc3339(at));
    let token = run.design.token.decimals;
    let alone = match plan.assets.len() {
        1 => Some(asset(run.design, plan, 0)),
        _ => None,
    };
    let unallocated = Amount::try_sum(run.last.unallocated.iter().copied()).ok();
    let unallocated = alone.zip(unallocated);
    Some(FeeSummary {
        asset: alone.map(|asset| asset.symbol.to_owned()),
        streams: streams(run, plan),
        routes: plan
            .routes
            .iter()
            .enumerate()
            .map(|it| route(run, plan, it))
            .collect(),
        flows: flows(run, plan),
        unallocated: unallocated.map(|(asset, sum)| sum.display(asset.decimals).to_string()),
        unpaid: totals.unpaid.display(token).to_string(),
        unpaid_periods: shortfall.periods,
        unpaid_first: date(shortfall.first),
        unpaid_last: date(shortfall.last),
        bought: totals.bought.display(token).to_string(),
        value_accrued: value_accrued(run, plan),
    })
}

/// Returns what a kind of stakeholder is paid of the revenue, where that is in one asset.
pub(super) fn paid_to(run: &Run<'_>, who: Stakeholder) -> Option<String> {
    let plan = run.design.fees.as_ref()?;
    let own = plan.routes.iter().zip(&run.last.received);
    let own: Vec<_> = own
        .filter(|(route, _)| stakeholder(route) == Some(who))
        .collect();
    let place = own.first().map_or(0, |(route, _)| route.asset);
    if own.iter().any(|(route, _)| route.asset != place) {
        return None;
    }
    let sum = Amount::try_sum(own.iter().map(|(_, amount)| **amount)).ok()?;
    let asset = asset(run.design, plan, place);
    Some(sum.display(asset.decimals).to_string())
}

/// Returns what came to each route of revenue and has not gone on to another, in the order of the plan.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::run;
/// use tokenomics_report::kept_revenue;
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let run = run(&design)?;
/// // It has no route that passes anything on.
/// assert_eq!(kept_revenue(&run), run.last.received);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn kept_revenue(run: &Run<'_>) -> Vec<Amount> {
    let mut kept = run.last.received.clone();
    for (flow, amount) in run.flows().iter().zip(&run.last.flows) {
        let (FlowPoint::Route(from), FlowPoint::Route(_)) = (flow.from, flow.to) else {
            continue;
        };
        // A run keeps its books: no more is passed on than came.
        kept[from] = kept[from].checked_sub(*amount).unwrap_or_default();
    }
    kept
}

fn streams(run: &Run<'_>, plan: &FeePlan) -> Vec<StreamSummary> {
    let streams = plan.streams.iter().zip(&run.last.revenue).enumerate();
    let told = streams.map(|(index, (stream, amount))| {
        let asset = asset(run.design, plan, stream.asset);
        let shortfall = run.log.shortfall_of(index);
        StreamSummary {
            stream: stream.name.clone(),
            asset: asset.symbol.to_owned(),
            amount: amount.display(asset.decimals).to_string(),
            unpaid: shortfall.amount.display(asset.decimals).to_string(),
            unpaid_periods: shortfall.periods,
        }
    });
    told.collect()
}

fn route(run: &Run<'_>, plan: &FeePlan, (index, route): (usize, &FeeRoute)) -> RouteSummary {
    let asset = asset(run.design, plan, route.asset);
    let show = |amount: Amount| amount.display(asset.decimals).to_string();
    let came = run.last.received[index];
    let kept = kept_revenue(run)[index];
    let told = levels(route, [came, kept]).into_iter();
    let told = told.map(|(name, amount, most)| LevelSummary {
        name: name.to_owned(),
        amount: show(amount),
        most: show(most),
    });
    RouteSummary {
        route: route.name.clone(),
        asset: asset.symbol.to_owned(),
        kind: kind_name(&route.kind),
        amount: show(came),
        kept: show(kept),
        levels: told.collect(),
    }
}

fn flows(run: &Run<'_>, plan: &FeePlan) -> Vec<FlowSummary> {
    let programmes = programmes(run.design);
    let name = |place: Place| match place {
        Place::Stream(index) => plan.streams[index].name.clone(),
        Place::Programme(index) => programmes[index].to_owned(),
        Place::Route(index) | Place::Kept(index) | Place::Before(index) => {
            plan.routes[index].name.clone()
        }
    };
    let flows = run.flows().into_iter().zip(&run.last.flows);
    let told = flows.map(|(flow, amount)| {
        let asset = asset(run.design, plan, flow.asset);
        FlowSummary {
            from: name(flow.from.into()),
            to: name(flow.to.into()),
            asset: asset.symbol.to_owned(),
            amount: amount.display(asset.decimals).to_string(),
        }
    });
    told.collect()
}

fn value_accrued(run: &Run<'_>, plan: &FeePlan) -> Vec<ValueAccruedSummary> {
    let told = assets(run.design, plan).into_iter().map(|asset| {
        let Accrued { sum, per_token } = accruals(run, asset);
        let show = |amount: Amount| amount.display(asset.decimals).to_string();
        ValueAccruedSummary {
            asset: asset.symbol.to_owned(),
            to_lockers: show(sum.to_lockers),
            spent_on_token: show(sum.spent),
            burned: show(sum.burned),
            per_token: per_token.map(|value| value.to_string()),
        }
    });
    told.collect()
}
