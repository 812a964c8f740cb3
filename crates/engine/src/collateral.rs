//! The worth of a design's collateral, and how far prices can fall before it is not enough.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Wad};
use tokenomics_haircut_collateral::{Basket, Error, Holding, Margin};

use tokenomics_design::CollateralPlan;

/// A basket of collateral against its debts, at given and at fallen prices.
#[derive(Debug, Clone)]
pub struct CollateralView {
    /// The worth of the holdings, in quote base units.
    pub value: Amount,
    /// The part of it that counts for borrowing more.
    pub initial_credit: Amount,
    /// The part of it that counts for staying open.
    pub maintenance_credit: Amount,
    /// The sum of the debts.
    pub owed: Amount,
    /// True if more could be borrowed.
    pub healthy_initial: bool,
    /// True if it may stay open.
    pub healthy: bool,
    /// Maintenance credit over what is owed; `None` without debts.
    pub health: Option<Ratio>,
    /// The largest fall of all holdings' prices at once, in basis points, that it survives; `None`
    /// if it doesn't even survive today's.
    pub survives_fall_bps: Option<u64>,
    /// The maintenance credit at falls of 0%, 10% … 90%, and whether it is healthy there.
    pub falls: Vec<(u64, Amount, bool)>,
}

pub(crate) fn view(plan: &CollateralPlan) -> Result<CollateralView, Error> {
    let basket = Basket::new(&plan.holdings, &plan.debts);
    let falls = (0..10).map(|tenth| {
        let bps = tenth * 1_000;
        let fallen = fallen(&plan.holdings, bps);
        let basket = Basket::new(&fallen, &plan.debts);
        let credit = basket.credit(Margin::Maintenance)?;
        Ok((bps, credit, basket.is_healthy(Margin::Maintenance)))
    });
    Ok(CollateralView {
        value: basket.value()?,
        initial_credit: basket.credit(Margin::Initial)?,
        maintenance_credit: basket.credit(Margin::Maintenance)?,
        owed: basket.owed(Margin::Maintenance)?,
        healthy_initial: basket.is_healthy(Margin::Initial),
        healthy: basket.is_healthy(Margin::Maintenance),
        health: basket.health(Margin::Maintenance)?,
        survives_fall_bps: survived_fall(plan),
        falls: falls.collect::<Result<_, Error>>()?,
    })
}

/// The holdings with all prices lower by `bps`, at most 10,000, rounded down.
fn fallen(holdings: &[Holding], bps: u64) -> Vec<Holding> {
    let left = Fraction::from_bps(bps)
        .unwrap_or(Fraction::ONE)
        .complement();
    let lower = |holding: &Holding| {
        // At most the price it was.
        let price = holding.price().mul(Wad::from(left), Rounding::Floor);
        Holding::new(
            holding.amount(),
            price.unwrap_or(holding.price()),
            holding.haircut(),
        )
    };
    holdings.iter().map(lower).collect()
}

/// Bisection: a lower price never makes a basket healthier.
fn survived_fall(plan: &CollateralPlan) -> Option<u64> {
    let healthy = |bps: u64| {
        Basket::new(&fallen(&plan.holdings, bps), &plan.debts).is_healthy(Margin::Maintenance)
    };
    if !healthy(0) {
        return None;
    }
    let (mut survived, mut broken) = (0, 10_001);
    while survived + 1 < broken {
        let middle = u64::midpoint(survived, broken);
        if healthy(middle) {
            survived = middle;
        } else {
            broken = middle;
        }
    }
    Some(survived)
}
