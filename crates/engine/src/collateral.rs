//! The worth of a design's collateral, and how far prices can fall before it is not enough.

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Ratio, Rounding};
use tokenomics_haircut_collateral::{Debt, Error, Holding, LiquidationTerms, Margin, Portfolio};

use tokenomics_design::CollateralPlan;

mod breakdown;
mod haircuts;
mod ladder;

pub use breakdown::{breakdown_of_debt, breakdown_of_holding, Breakdown, RuleAmount};
pub use haircuts::{
    add_on_steps, debts, haircut_steps, holdings, price_of_whole, HaircutStep, Observed,
};
pub use ladder::{ladder, Certificates, Ladder, Rung, MOST_LIQUIDATIONS};

/// A portfolio of collateral against its debts, at given and at fallen prices.
#[derive(Debug, Clone)]
pub struct CollateralView {
    /// The worth of the holdings, in quote base units.
    pub value: Amount,
    /// The part of it that counts for borrowing more.
    pub initial_credit: Amount,
    /// The part of it that counts for staying open.
    pub maintenance_credit: Amount,
    /// The amount that the debts count for to borrow more.
    pub initial_owed: Amount,
    /// The amount that they count for to stay open.
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
    /// The value of each holding, and what each rule takes of it.
    pub holdings: Vec<Breakdown>,
    /// The value of each debt, and what each rule adds to it.
    pub debts: Vec<Breakdown>,
    /// The lowest price of each holding at which it may stay open if all else stays, in base units; `None` if
    /// none is enough. Empty without terms of liquidation.
    pub liquidation_prices: Vec<Option<Ratio>>,
    /// The liquidations while all prices fall, and then while that of each holding does. Empty without
    /// terms of liquidation.
    pub ladders: Vec<Ladder>,
}

pub(crate) fn view(plan: &CollateralPlan) -> Result<CollateralView, Error> {
    let (held, owed) = (holdings(plan)?, debts(plan)?);
    let portfolio = Portfolio::new(&held, &owed);
    let falls = (0..10).map(|tenth| {
        let bps = tenth * 1_000;
        let fallen = fallen(&held, bps);
        let portfolio = Portfolio::new(&fallen, &owed);
        let credit = portfolio.credit(Margin::Maintenance)?;
        Ok((bps, credit, portfolio.is_healthy(Margin::Maintenance)))
    });
    Ok(CollateralView {
        value: portfolio.value()?,
        initial_credit: portfolio.credit(Margin::Initial)?,
        maintenance_credit: portfolio.credit(Margin::Maintenance)?,
        initial_owed: portfolio.owed(Margin::Initial)?,
        owed: portfolio.owed(Margin::Maintenance)?,
        healthy_initial: portfolio.is_healthy(Margin::Initial),
        healthy: portfolio.is_healthy(Margin::Maintenance),
        health: portfolio.health(Margin::Maintenance),
        survives_fall_bps: survived_fall(&held, &owed),
        falls: falls.collect::<Result<_, Error>>()?,
        holdings: plan
            .holdings
            .iter()
            .map(breakdown_of_holding)
            .collect::<Result<_, _>>()?,
        debts: plan
            .debts
            .iter()
            .map(breakdown_of_debt)
            .collect::<Result<_, _>>()?,
        liquidation_prices: match plan.liquidation {
            Some(_) => liquidation_prices(&portfolio)?,
            None => Vec::new(),
        },
        ladders: match &plan.liquidation {
            Some(terms) => ladders(terms, &held, &owed)?,
            None => Vec::new(),
        },
    })
}

fn liquidation_prices(portfolio: &Portfolio<'_>) -> Result<Vec<Option<Ratio>>, Error> {
    let each = 0..portfolio.holdings().len();
    each.map(|index| portfolio.liquidation_price(index, Margin::Maintenance))
        .collect()
}

/// The ladder of all holdings, and then of each.
fn ladders(
    terms: &LiquidationTerms,
    held: &[Holding],
    owed: &[Debt],
) -> Result<Vec<Ladder>, Error> {
    let falling = std::iter::once(None).chain((0..held.len()).map(Some));
    falling
        .map(|falling| ladder(terms, held, owed, falling))
        .collect()
}

/// The holdings with all prices lower by `bps`, at most 10,000, rounded down.
fn fallen(holdings: &[Holding], bps: u64) -> Vec<Holding> {
    let left = Fraction::from_bps(bps)
        .unwrap_or(Fraction::ONE)
        .complement();
    let lower = |holding: &Holding| {
        // At most the price it was, in the units of its numerator.
        let price = holding.price();
        let lower = Ratio::from(left);
        let numerator = mul_div(
            price.numerator(),
            lower.numerator(),
            lower.denominator(),
            Rounding::Floor,
        );
        let fallen = numerator.and_then(|numerator| Ratio::new(numerator, price.denominator()));
        Holding::new(holding.amount(), fallen.unwrap_or(price), holding.haircut())
    };
    holdings.iter().map(lower).collect()
}

/// Bisection: a lower price never makes a portfolio healthier.
fn survived_fall(held: &[Holding], owed: &[Debt]) -> Option<u64> {
    let healthy =
        |bps: u64| Portfolio::new(&fallen(held, bps), owed).is_healthy(Margin::Maintenance);
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
