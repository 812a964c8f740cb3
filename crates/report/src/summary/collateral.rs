//! The part of the summary on collateral.

use serde::Serialize;
use tokenomics_design::CollateralPlan;
use tokenomics_engine::collateral::{price_of_whole, Breakdown, Ladder, RuleAmount, Rung};
use tokenomics_engine::{CollateralView, Run};
use tokenomics_fixed_math::{Amount, Decimals, Rounding};
use tokenomics_haircut_collateral::Margin;

/// Collateral against debts, in the quote.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CollateralSummary {
    pub quote: String,
    pub value: String,
    pub initial_credit: String,
    pub maintenance_credit: String,
    /// The amount that the debts count for to borrow more.
    pub initial_owed: String,
    /// The amount that they count for to stay open.
    pub owed: String,
    pub healthy: bool,
    /// The largest fall of all prices at once that it survives, in basis points.
    pub survives_fall_bps: Option<u64>,
    /// The value of each asset, and what each rule takes of it or adds to it; left out where a design has
    /// neither rules nor groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breakdown: Option<BreakdownSummary>,
    /// The liquidations at falls of prices; left out where a design has no terms for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liquidation: Option<LiquidationSummary>,
}

/// The value of each asset, and what each rule takes of it or adds to it.
#[derive(Debug, Serialize)]
pub struct BreakdownSummary {
    /// The assets held: the amounts of the rules are taken from the value.
    pub holdings: Vec<AssetSummary>,
    /// The debts: the amounts of the rules are added to the value.
    pub debts: Vec<AssetSummary>,
}

/// The value of an asset, its rules, and what it counts for.
#[derive(Debug, Serialize)]
pub struct AssetSummary {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The static haircut or add-on, or that of the group, and then each rule in its order.
    pub rules: Vec<RuleSummary>,
    /// The amount that it counts for to open a position.
    pub initial: String,
    /// The amount that it counts for to stay open.
    pub maintenance: String,
}

/// A rule, for each margin its own haircut or add-on, that of it and all before it, and the amount that it takes
/// or adds.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct RuleSummary {
    /// Its kind, as a design file writes it; `static` or `group` of the first.
    pub kind: &'static str,
    /// The names of the groups, of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    pub initial: MarginSummary,
    pub maintenance: MarginSummary,
}

/// A rule under one margin.
#[derive(Debug, Serialize)]
pub struct MarginSummary {
    /// The haircut or add-on of the rule alone.
    pub alone: String,
    /// That of it and of all before it.
    pub after: String,
    /// The amount that it takes or adds, in the quote.
    pub amount: String,
}

/// The liquidations at falls of prices.
#[derive(Debug, Serialize)]
pub struct LiquidationSummary {
    /// The lowest price of each holding at which the position may stay open if all else stays, rounded up;
    /// `null` where none is enough.
    pub lowest_prices: Vec<PriceSummary>,
    /// The position while all prices fall, and then while that of each holding does.
    pub ladders: Vec<LadderSummary>,
}

/// A price of an asset.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PriceSummary {
    pub name: String,
    pub price: Option<String>,
}

/// The position at one fall of prices after the other.
#[derive(Debug, Serialize)]
pub struct LadderSummary {
    /// The holding whose price alone falls; `null` where all do.
    pub falling: Option<String>,
    /// The smallest fall, in basis points, at which it can be liquidated; `null` if at none.
    pub liquidatable_from_bps: Option<u64>,
    /// The falls of 0% to 95%.
    pub falls: Vec<FallSummary>,
}

/// The position at one fall, and what its liquidation does.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FallSummary {
    pub fall_bps: u64,
    /// The credit to stay open, before.
    pub credit: String,
    /// The amount that the debts count for, before.
    pub owed: String,
    pub healthy: bool,
    /// The number of liquidations that raise health, that close all, and that leave a bad debt.
    pub improves: u64,
    pub full_close: u64,
    pub bad_debts: u64,
    /// The amounts repaid, of the debts of which any is.
    pub repaid: Vec<PartSummary>,
    /// The value of all that is repaid, in the quote.
    pub repaid_value: String,
    /// The amounts seized, of the holdings of which any is.
    pub seized: Vec<PartSummary>,
    /// The value of all that is seized, in the quote, at the fallen price.
    pub seized_value: String,
    /// The value that stays owed, the bad debt with it.
    pub left_owed: String,
    pub bad_debt: String,
    /// False where it can be liquidated still.
    pub ended: bool,
}

/// An amount of an asset, in its own unit.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PartSummary {
    pub name: String,
    pub amount: String,
}

pub(super) fn collateral(run: &Run<'_>) -> Option<CollateralSummary> {
    let (plan, view) = (run.design.collateral.as_ref()?, run.collateral.as_ref()?);
    let show = |amount: Amount| amount.display(plan.decimals).to_string();
    Some(CollateralSummary {
        quote: plan.quote.clone(),
        value: show(view.value),
        initial_credit: show(view.initial_credit),
        maintenance_credit: show(view.maintenance_credit),
        initial_owed: show(view.initial_owed),
        owed: show(view.owed),
        healthy: view.healthy,
        survives_fall_bps: view.survives_fall_bps,
        breakdown: plan.has_rules().then(|| breakdown(plan, view)),
        liquidation: plan.liquidation.is_some().then(|| liquidation(plan, view)),
    })
}

fn breakdown(plan: &CollateralPlan, view: &CollateralView) -> BreakdownSummary {
    let held = plan.holdings.iter().zip(&view.holdings);
    let owed = plan.debts.iter().zip(&view.debts);
    let quote = plan.decimals;
    BreakdownSummary {
        holdings: held
            .map(|(plan, it)| asset(&plan.name, it, quote))
            .collect(),
        debts: owed
            .map(|(plan, it)| asset(&plan.name, it, quote))
            .collect(),
    }
}

fn asset(name: &str, asset: &Breakdown, quote: Decimals) -> AssetSummary {
    let show = |amount: Amount| amount.display(quote).to_string();
    AssetSummary {
        name: name.to_owned(),
        value: show(asset.value),
        rules: asset.rules.iter().map(|it| rule(it, quote)).collect(),
        initial: show(asset.initial),
        maintenance: show(asset.maintenance),
    }
}

fn rule(rule: &RuleAmount, quote: Decimals) -> RuleSummary {
    let of = |margin, amount: Amount| MarginSummary {
        alone: rule.step.alone.fraction(margin).to_string(),
        after: rule.step.after.fraction(margin).to_string(),
        amount: amount.display(quote).to_string(),
    };
    RuleSummary {
        kind: rule.step.kind,
        group: rule.step.group.clone(),
        initial: of(Margin::Initial, rule.initial),
        maintenance: of(Margin::Maintenance, rule.maintenance),
    }
}

fn liquidation(plan: &CollateralPlan, view: &CollateralView) -> LiquidationSummary {
    let prices = plan.holdings.iter().zip(&view.liquidation_prices);
    let prices = prices.map(|(holding, lowest)| PriceSummary {
        name: holding.name.clone(),
        price: lowest.map(|it| price_of_whole(it, holding.par, Rounding::Ceil).to_string()),
    });
    LiquidationSummary {
        lowest_prices: prices.collect(),
        ladders: view.ladders.iter().map(|it| ladder(plan, it)).collect(),
    }
}

fn ladder(plan: &CollateralPlan, ladder: &Ladder) -> LadderSummary {
    let falling = ladder.falling.and_then(|index| plan.holdings.get(index));
    LadderSummary {
        falling: falling.map(|holding| holding.name.clone()),
        liquidatable_from_bps: ladder.liquidatable_from_bps,
        falls: ladder.rungs.iter().map(|rung| fall(plan, rung)).collect(),
    }
}

fn fall(plan: &CollateralPlan, rung: &Rung) -> FallSummary {
    let show = |amount: Amount| amount.display(plan.decimals).to_string();
    let held = plan.holdings.iter().map(|it| (&*it.name, it.decimals));
    let owed = plan.debts.iter().map(|it| (&*it.name, it.decimals));
    FallSummary {
        fall_bps: rung.fall_bps,
        credit: show(rung.credit),
        owed: show(rung.owed),
        healthy: rung.healthy,
        improves: rung.certificates.improves,
        full_close: rung.certificates.full_close,
        bad_debts: rung.certificates.bad_debt,
        repaid: parts(owed, &rung.repaid),
        repaid_value: show(rung.repaid_value),
        seized: parts(held, &rung.seized),
        seized_value: show(rung.seized_value),
        left_owed: show(rung.left_value),
        bad_debt: show(rung.bad_debt),
        ended: rung.ended,
    }
}

/// The amounts of which there is any.
fn parts<'n>(
    names: impl Iterator<Item = (&'n str, Decimals)>,
    amounts: &[Amount],
) -> Vec<PartSummary> {
    let any = names.zip(amounts).filter(|(_, amount)| !amount.is_zero());
    any.map(|((name, decimals), amount)| PartSummary {
        name: name.to_owned(),
        amount: amount.display(decimals).to_string(),
    })
    .collect()
}
