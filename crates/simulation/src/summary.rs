//! `summary.json`: what a run comes to, for scripts.

use serde::Serialize;
use tokenomics_fixed_math::{Amount, Decimals};

use crate::calendar;
use crate::design::{FeeAsset, Route, Stakeholder};
use crate::run::{ratio, Run};

/// What a run comes to. Amounts are exact decimal token amounts, as text; shares and rates are
/// decimal numbers, as text, rounded down to 18 digits; dates are RFC 3339.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The token's name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// The first point.
    pub start: String,
    /// The last point.
    pub end: String,
    /// How many points, the start included.
    pub steps: usize,
    /// All that will ever exist; emissions without an end are counted to the last point.
    pub max_supply: String,
    /// The emissions without an end.
    pub endless_emissions: Vec<String>,
    /// The state at the last point.
    pub last: Supplies,
    /// The first point at which half of the maximum supply circulates.
    pub date_50_percent_circulating: Option<String>,
    /// The first point at which nine tenths of it circulate.
    pub date_90_percent_circulating: Option<String>,
    /// What vests at genesis itself.
    pub unlocked_at_genesis: String,
    /// The month in which most vests after that.
    pub peak_monthly_unlock: Option<PeakUnlock>,
    /// The month in which most is minted against what there was.
    pub peak_monthly_inflation: Option<PeakInflation>,
    /// Each allocation by the last point.
    pub allocations: Vec<AllocationSummary>,
    /// Each kind of stakeholder by the last point.
    pub stakeholders: Vec<StakeholderSummary>,
    /// Revenue, if there is any.
    pub fees: Option<FeeSummary>,
    /// Collateral, if there is any.
    pub collateral: Option<CollateralSummary>,
    /// Whether every base unit was in exactly one account at every point.
    pub conservation: Conservation,
}

/// Supplies at one point.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Supplies {
    pub total_supply: String,
    pub circulating_supply: String,
    pub emitted: String,
    pub burned: String,
    pub locked: String,
    pub vote_weight: String,
    pub treasury: String,
}

/// The month in which most vests.
#[derive(Debug, Serialize)]
pub struct PeakUnlock {
    /// Year and month.
    pub month: String,
    /// How much.
    pub amount: String,
    /// As a share of the maximum supply.
    pub share_of_max_supply: Option<String>,
}

/// The month in which most is minted against what there was.
#[derive(Debug, Serialize)]
pub struct PeakInflation {
    /// Year and month.
    pub month: String,
    /// Minted in the month over the supply as it began.
    pub rate: String,
}

/// One allocation.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct AllocationSummary {
    pub name: String,
    pub stakeholder: &'static str,
    pub amount: String,
    pub vested: String,
}

/// One kind of stakeholder.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct StakeholderSummary {
    pub stakeholder: &'static str,
    pub allocated: String,
    pub vested: String,
    pub to_be_minted: String,
    pub minted: String,
    pub fees: Option<String>,
}

/// Revenue of the whole run.
#[derive(Debug, Serialize)]
pub struct FeeSummary {
    /// What it is in.
    pub asset: String,
    /// Routed so far, by route; only those with a share.
    pub routes: Vec<RouteSummary>,
    /// Waiting for the first locker.
    pub unallocated: String,
    /// Revenue in the token that nobody had anything left to pay with.
    pub unpaid: String,
    /// Tokens bought and kept.
    pub bought: String,
}

/// What went one way.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct RouteSummary {
    pub route: &'static str,
    pub amount: String,
}

/// Collateral against debts, in the quote.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CollateralSummary {
    pub quote: String,
    pub value: String,
    pub initial_credit: String,
    pub maintenance_credit: String,
    pub owed: String,
    pub healthy: bool,
    /// The largest fall of all prices at once that it survives, in basis points.
    pub survives_fall_bps: Option<u64>,
}

/// The conservation check.
#[derive(Debug, Serialize)]
pub struct Conservation {
    /// How often all accounts were added up and compared with the supply: at every point.
    pub audits: u64,
    /// A run that finds them different stops with an error, so this is true.
    pub holds: bool,
    /// What they sum to: all that will ever exist.
    pub sum_of_accounts: String,
}

impl Summary {
    /// What `run` comes to.
    #[must_use]
    pub fn new(run: &Run<'_>) -> Self {
        let design = run.design;
        let (row, max) = (run.last(), design.max_supply());
        let show = |amount: Amount| amount.display(design.token.decimals).to_string();
        let peak_unlock = run.peak_unlock().map(|(month, amount)| PeakUnlock {
            month: calendar::year_month(month),
            amount: show(amount),
            share_of_max_supply: ratio(amount, max).map(|share| share.to_string()),
        });
        let peak_inflation = run.peak_inflation().map(|(month, rate)| PeakInflation {
            month: calendar::year_month(month),
            rate: rate.to_string(),
        });
        let sum = Amount::try_sum(run.accounts.iter().map(|(_, amount)| *amount));
        let allocation =
            |(allocation, vested): (&crate::design::Allocation, &Amount)| AllocationSummary {
                name: allocation.name.clone(),
                stakeholder: allocation.stakeholder.name(),
                amount: show(allocation.amount),
                vested: show(*vested),
            };
        Self {
            name: design.token.name.clone(),
            symbol: design.token.symbol.clone(),
            start: calendar::rfc3339(design.window.start),
            end: calendar::rfc3339(design.window.end),
            steps: run.rows.len(),
            max_supply: show(max),
            endless_emissions: design
                .emissions
                .iter()
                .filter(|emission| emission.is_endless())
                .map(|emission| emission.name.clone())
                .collect(),
            last: Supplies {
                total_supply: show(row.total_supply),
                circulating_supply: show(row.circulating),
                emitted: show(row.emitted),
                burned: show(row.burned),
                locked: show(row.locked),
                vote_weight: show(row.vote_weight),
                treasury: show(row.treasury),
            },
            date_50_percent_circulating: run.date_circulating(50).map(calendar::rfc3339),
            date_90_percent_circulating: run.date_circulating(90).map(calendar::rfc3339),
            unlocked_at_genesis: show(run.at_genesis),
            peak_monthly_unlock: peak_unlock,
            peak_monthly_inflation: peak_inflation,
            allocations: design
                .allocations
                .iter()
                .zip(&row.vested)
                .map(allocation)
                .collect(),
            stakeholders: Stakeholder::ALL
                .into_iter()
                .map(|who| stakeholder(run, who))
                .collect(),
            fees: fees(run),
            collateral: collateral(run),
            conservation: Conservation {
                audits: run.audits,
                holds: sum.is_ok_and(|sum| sum == max),
                sum_of_accounts: show(sum.unwrap_or(Amount::MAX)),
            },
        }
    }
}

fn stakeholder(run: &Run<'_>, who: Stakeholder) -> StakeholderSummary {
    let totals = run.stakeholder(who);
    let show = |amount: Amount| amount.display(run.design.token.decimals).to_string();
    let fees = fee_decimals(run).map(|(_, decimals)| {
        let at = Route::ALL
            .iter()
            .position(|route| *route == Route::To(who))
            .unwrap_or(0);
        run.last().routed[at].display(decimals).to_string()
    });
    StakeholderSummary {
        stakeholder: who.name(),
        allocated: show(totals.allocated),
        vested: show(totals.vested),
        to_be_minted: show(totals.to_be_minted),
        minted: show(totals.minted),
        fees,
    }
}

/// What revenue is in, and its decimals.
fn fee_decimals(run: &Run<'_>) -> Option<(String, Decimals)> {
    let token = &run.design.token;
    Some(match &run.design.fees.as_ref()?.asset {
        FeeAsset::Token => (token.symbol.clone(), token.decimals),
        FeeAsset::Other {
            symbol, decimals, ..
        } => (symbol.clone(), *decimals),
    })
}

fn fees(run: &Run<'_>) -> Option<FeeSummary> {
    let (asset, decimals) = fee_decimals(run)?;
    let plan = run.design.fees.as_ref()?;
    let shares = Route::ALL.iter().zip(plan.routes).zip(run.last().routed);
    let routes = shares
        .filter(|((_, share), _)| !share.is_zero())
        .map(|((route, _), amount)| RouteSummary {
            route: route.name(),
            amount: amount.display(decimals).to_string(),
        });
    Some(FeeSummary {
        asset,
        routes: routes.collect(),
        unallocated: run.unallocated.display(decimals).to_string(),
        unpaid: run.unpaid.display(run.design.token.decimals).to_string(),
        bought: run.bought.display(run.design.token.decimals).to_string(),
    })
}

fn collateral(run: &Run<'_>) -> Option<CollateralSummary> {
    let (plan, view) = (run.design.collateral.as_ref()?, run.collateral.as_ref()?);
    let show = |amount: Amount| amount.display(plan.decimals).to_string();
    Some(CollateralSummary {
        quote: plan.quote.clone(),
        value: show(view.value),
        initial_credit: show(view.initial_credit),
        maintenance_credit: show(view.maintenance_credit),
        owed: show(view.owed),
        healthy: view.healthy,
        survives_fall_bps: view.survives_fall_bps,
    })
}
