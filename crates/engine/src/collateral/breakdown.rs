//! The amount that each rule takes of what is held, and adds to what is owed.

use tokenomics_design::{CollateralDebt, CollateralHolding};
use tokenomics_fixed_math::Amount;
use tokenomics_haircut_collateral::{Debt, Error, Haircut, Holding, Margin, Portfolio};

use super::haircuts::{add_on_steps, haircut_steps, HaircutStep, Observed};

/// The amount that one rule takes of a holding's value, or adds to a debt's, in quote base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleAmount {
    /// The rule, with the haircut or add-on after it.
    pub step: HaircutStep,
    /// The amount to open a position.
    pub initial: Amount,
    /// The amount to stay open.
    pub maintenance: Amount,
}

/// The value of a holding, what each rule takes of it, and what is left to count; or that of a debt, what
/// each rule adds, and what it counts for.
///
/// # Laws
/// `breakdown_sums`: for each margin, the amounts of the rules sum exactly to what is between the value and
/// what counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// The value, in quote base units.
    pub value: Amount,
    /// The static haircut or add-on, or that of the group, and then each rule in its order.
    pub rules: Vec<RuleAmount>,
    /// The amount that counts to open a position.
    pub initial: Amount,
    /// The amount that counts to stay open.
    pub maintenance: Amount,
}

/// Computes what each rule takes of a holding, as the design declares it.
///
/// # Rounding
/// Value and credit are floored after each rule, so that no amount between two is rounded.
///
/// # Errors
/// [`Error::Overflow`] for a value above [`Amount::MAX`], and as [`haircut_steps`].
pub fn breakdown_of_holding(holding: &CollateralHolding) -> Result<Breakdown, Error> {
    let steps = haircut_steps(holding, &Observed::declared(holding))?;
    let counted = |haircut, margin| {
        let held = [Holding::new(holding.amount, holding.price, haircut)];
        Portfolio::new(&held, &[]).credit(margin)
    };
    breakdown(steps, counted, |before, after| before.checked_sub(after))
}

/// Computes what each rule adds to a debt.
///
/// # Rounding
/// Ceiled after each rule, so that no amount between two is rounded.
///
/// # Errors
/// [`Error::Overflow`] for a debt above [`Amount::MAX`], and as [`add_on_steps`].
pub fn breakdown_of_debt(debt: &CollateralDebt) -> Result<Breakdown, Error> {
    let counted = |add_on, margin| {
        let owed = [Debt::new(debt.amount, debt.price, add_on)?];
        Portfolio::new(&[], &owed).owed(margin)
    };
    breakdown(add_on_steps(debt)?, counted, |before, after| {
        after.checked_sub(before)
    })
}

/// Computes the amounts of rules from what counts after each.
fn breakdown(
    steps: Vec<HaircutStep>,
    counted: impl Fn(Haircut, Margin) -> Result<Amount, Error>,
    between: impl Fn(Amount, Amount) -> Result<Amount, tokenomics_fixed_math::Error>,
) -> Result<Breakdown, Error> {
    let value = counted(Haircut::NONE, Margin::Maintenance)?;
    let (mut initial, mut maintenance) = (value, value);
    let mut rules = Vec::with_capacity(steps.len());
    for step in steps {
        let after = [
            counted(step.after, Margin::Initial)?,
            counted(step.after, Margin::Maintenance)?,
        ];
        // A rule never makes a haircut or an add-on smaller.
        rules.push(RuleAmount {
            step,
            initial: between(initial, after[0])?,
            maintenance: between(maintenance, after[1])?,
        });
        [initial, maintenance] = after;
    }
    Ok(Breakdown {
        value,
        rules,
        initial,
        maintenance,
    })
}
