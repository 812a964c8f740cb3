//! `summary.json`: the outcome of a run, for scripts.

mod collateral;
mod fees;

use serde::Serialize;
use tokenomics_fixed_math::{Amount, Wad};

use crate::Notes;
pub use collateral::{
    AssetSummary, BreakdownSummary, CollateralSummary, FallSummary, LadderSummary,
    LiquidationSummary, MarginSummary, PartSummary, PriceSummary, RuleSummary,
};
pub use fees::{
    kept_revenue, FeeSummary, FlowSummary, LevelSummary, RouteSummary, StreamSummary,
    ValueAccruedSummary,
};
use tokenomics_design::calendar;
use tokenomics_design::Stakeholder;
use tokenomics_engine::Month;
use tokenomics_engine::{ratio, Run};

/// The outcome of a run. Amounts are exact decimal token amounts, as text; shares and rates are
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
    /// The distance between points.
    pub step: String,
    /// The number of points, the start included.
    pub steps: u64,
    /// All that will ever exist; none where an emission has no end.
    pub max_supply: Option<String>,
    /// The emissions without an end.
    pub endless_emissions: Vec<String>,
    /// The state at the last point.
    pub last: Supplies,
    /// The date on which half of the maximum supply first circulated, if it did by the last point.
    pub date_50_percent_circulating: Option<String>,
    /// The date on which nine tenths of it first did.
    pub date_90_percent_circulating: Option<String>,
    /// The amount that vests at genesis itself; none where the run ends before it.
    pub unlocked_at_genesis: Option<String>,
    /// The month in which most vests after that.
    pub peak_monthly_unlock: Option<PeakUnlock>,
    /// The month in which most is minted against what there was.
    pub peak_monthly_inflation: Option<PeakInflation>,
    /// Each allocation by the last point.
    pub allocations: Vec<AllocationSummary>,
    /// Each kind of stakeholder by the last point.
    pub stakeholders: Vec<StakeholderSummary>,
    /// Each programme of locks at the last point; one of the name `locks` where `[escrow]` has no others.
    pub programmes: Vec<ProgrammeSummary>,
    /// Each gauge by the last point.
    pub gauges: Vec<GaugeSummary>,
    /// Revenue, if there is any.
    pub fees: Option<FeeSummary>,
    /// Each vault of the token at the last point.
    pub vaults: Vec<VaultSummary>,
    /// Collateral, if there is any.
    pub collateral: Option<CollateralSummary>,
    /// Events that a reader might not expect, and what the run assumes.
    pub notes: Notes,
    /// The check that every base unit was in exactly one account at every point.
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

/// The month in which most vests. What unlocks at genesis itself isn't counted.
#[derive(Debug, Serialize)]
pub struct PeakUnlock {
    /// Year and month.
    pub month: String,
    /// The first instant of it that lies in the run.
    pub from: String,
    /// The end of it, or of the run.
    pub until: String,
    /// The amount that vests.
    pub amount: String,
    /// As a share of the maximum supply.
    pub share_of_max_supply: Option<String>,
}

/// The month in which most is minted against what there was.
#[derive(Debug, Serialize)]
pub struct PeakInflation {
    /// Year and month.
    pub month: String,
    /// The first instant of it that lies in the run.
    pub from: String,
    /// The end of it, or of the run.
    pub until: String,
    /// Minted in that time over the supply as it began.
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
    pub to_be_minted: Option<String>,
    pub minted: String,
    /// Revenue that it is paid, where all that it is paid is in one asset.
    pub fees: Option<String>,
}

/// One programme of locks.
#[derive(Debug, Serialize)]
pub struct ProgrammeSummary {
    /// Its name.
    pub name: String,
    /// The kind of its locks, as a design file writes it.
    pub kind: &'static str,
    /// The tokens that are locked under it.
    pub locked: String,
    /// Their votes.
    pub vote_weight: String,
}

/// One gauge.
#[derive(Debug, Serialize)]
pub struct GaugeSummary {
    /// Its name.
    pub name: String,
    /// The stakeholder who gets what it gets.
    pub stakeholder: &'static str,
    /// The part that it has of the votes for any gauge.
    pub share: String,
    /// The tokens that were directed to it so far.
    pub received: String,
}

/// One vault of the token.
#[derive(Debug, Serialize)]
pub struct VaultSummary {
    /// Its name.
    pub name: String,
    /// The tokens that it holds.
    pub assets: String,
    /// The tokens that a share is worth, of which the first were made for one each.
    pub price: String,
}

/// The conservation check.
#[derive(Debug, Serialize)]
pub struct Conservation {
    /// The number of times that the accounts were compared with the supply: at every event and every point that
    /// was read.
    pub audits: u64,
    /// A run that finds them different stops with an error, so this is true.
    pub holds: bool,
    /// The sum of the accounts: all that will ever exist, emissions without an end counted to the last point.
    pub sum_of_accounts: String,
}

impl Summary {
    /// Creates the summary of a run.
    #[must_use]
    pub fn new(run: &Run<'_>) -> Self {
        let design = run.design;
        let show = |amount: Amount| amount.display(design.token.decimals).to_string();
        let circulating = |percent| run.log.circulating(percent).map(calendar::rfc3339);
        let endless = design.emissions.iter().filter(|one| one.is_endless());
        let began = run.last.time >= design.token.genesis;
        Self {
            name: design.token.name.clone(),
            symbol: design.token.symbol.clone(),
            start: calendar::rfc3339(design.window.start),
            end: calendar::rfc3339(design.window.end),
            step: design.window.step.to_string(),
            steps: run.steps,
            max_supply: run.design.max_supply().map(show),
            endless_emissions: endless.map(|emission| emission.name.clone()).collect(),
            last: supplies(run),
            date_50_percent_circulating: circulating(50),
            date_90_percent_circulating: circulating(90),
            unlocked_at_genesis: began.then(|| show(run.at_genesis)),
            peak_monthly_unlock: run.peak_unlock().map(|month| peak_unlock(run, month)),
            peak_monthly_inflation: run
                .peak_inflation()
                .map(|(month, rate)| peak_inflation(month, rate)),
            allocations: allocations(run),
            stakeholders: Stakeholder::ALL
                .into_iter()
                .map(|who| stakeholder(run, who))
                .collect(),
            programmes: programmes(run),
            gauges: gauges(run),
            fees: fees::summary(run),
            vaults: vaults(run),
            collateral: collateral::collateral(run),
            notes: Notes::new(run),
            conservation: conservation(run),
        }
    }
}

fn supplies(run: &Run<'_>) -> Supplies {
    let show = |amount: Amount| amount.display(run.design.token.decimals).to_string();
    let totals = run.last.totals;
    Supplies {
        total_supply: show(totals.total_supply),
        circulating_supply: show(totals.circulating),
        emitted: show(totals.emitted),
        burned: show(totals.burned),
        locked: show(totals.locked),
        vote_weight: show(totals.vote_weight),
        treasury: show(totals.treasury),
    }
}

fn peak_unlock(run: &Run<'_>, month: &Month) -> PeakUnlock {
    let share = run
        .design
        .max_supply()
        .and_then(|max| ratio(month.total, max));
    PeakUnlock {
        month: calendar::year_month(month.from),
        from: calendar::rfc3339(month.from),
        until: calendar::rfc3339(month.until),
        amount: month.total.display(run.design.token.decimals).to_string(),
        share_of_max_supply: share.map(|share| share.to_string()),
    }
}

fn peak_inflation(month: &Month, rate: Wad) -> PeakInflation {
    PeakInflation {
        month: calendar::year_month(month.from),
        from: calendar::rfc3339(month.from),
        until: calendar::rfc3339(month.until),
        rate: rate.to_string(),
    }
}

fn allocations(run: &Run<'_>) -> Vec<AllocationSummary> {
    let show = |amount: Amount| amount.display(run.design.token.decimals).to_string();
    let allocations = run.design.allocations.iter().zip(&run.last.vested);
    let told = allocations.map(|(allocation, vested)| AllocationSummary {
        name: allocation.name.clone(),
        stakeholder: allocation.stakeholder.name(),
        amount: show(allocation.amount),
        vested: show(*vested),
    });
    told.collect()
}

fn programmes(run: &Run<'_>) -> Vec<ProgrammeSummary> {
    let show = |amount: Amount| amount.display(run.design.token.decimals).to_string();
    let all = run.design.escrow.iter().flat_map(|plan| &plan.programmes);
    let all = all.zip(run.last.locked.iter().zip(&run.last.votes));
    let told = all.map(|(programme, (locked, votes))| ProgrammeSummary {
        name: programme.name.clone(),
        kind: programme.weight.name(),
        locked: show(*locked),
        vote_weight: show(*votes),
    });
    told.collect()
}

fn gauges(run: &Run<'_>) -> Vec<GaugeSummary> {
    let show = |amount: Amount| amount.display(run.design.token.decimals).to_string();
    let got = run.last.gauge_weights.iter().zip(&run.last.gauges);
    let all = run.design.gauges.iter().zip(got);
    let told = all.map(|(gauge, (weight, received))| GaugeSummary {
        name: gauge.name.clone(),
        stakeholder: gauge.stakeholder.name(),
        share: Wad::from_raw((*weight).into()).to_string(),
        received: show(*received),
    });
    told.collect()
}

/// Returns the sum of the accounts, which the ledger has compared with the supply at every event.
fn conservation(run: &Run<'_>) -> Conservation {
    let sum = Amount::try_sum(run.accounts.iter().map(|(_, amount)| *amount));
    let decimals = run.design.token.decimals;
    let told = |sum: Amount| sum.display(decimals).to_string();
    Conservation {
        audits: run.audits,
        holds: sum.is_ok_and(|sum| sum == run.all),
        sum_of_accounts: sum.map_or_else(|error| error.to_string(), told),
    }
}

fn stakeholder(run: &Run<'_>, who: Stakeholder) -> StakeholderSummary {
    let totals = run.stakeholder(who);
    let show = |amount: Amount| amount.display(run.design.token.decimals).to_string();
    StakeholderSummary {
        stakeholder: who.name(),
        allocated: show(totals.allocated),
        vested: show(totals.vested),
        to_be_minted: totals.to_be_minted.map(show),
        minted: show(totals.minted),
        fees: fees::paid_to(run, who),
    }
}

fn vaults(run: &Run<'_>) -> Vec<VaultSummary> {
    let vaults = run.design.vaults.iter().zip(&run.last.vaults);
    let told = vaults.map(|(plan, vault)| VaultSummary {
        name: plan.name.clone(),
        assets: vault.assets.display(run.design.token.decimals).to_string(),
        price: vault.price.to_string(),
    });
    told.collect()
}
