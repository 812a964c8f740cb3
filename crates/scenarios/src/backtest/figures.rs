//! The rules that stand beside each other, and the figures of each.

use tokenomics_fixed_math::{
    wad, Amount, Decimals, Fraction, Ratio, Rounding, Span, Timestamp, Wad,
};
use tokenomics_haircut_collateral::{
    unit_price, CloseFactor, FixedIncentive, Haircut, Incentive, LiquidationTerms, Margin,
};

use super::course::Course;
use super::openings::{openings, MOST_WORK};
use super::path::{Fall, PricePath};
use super::position::{Liquidators, Outcome, Row};
use super::volatility::Returns;
use super::{BacktestError, Listed};

/// A row as it is seen: its price, and the volatility up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The time.
    pub at: Timestamp,
    /// The price of a base unit of the asset, in base units of the quote.
    pub price: Ratio,
    /// The standard deviation of a day's return, up to this row.
    pub deviation: Wad,
}

/// A rule of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The design's.
    Design,
    /// None: all of the value is lent on, and may be used up.
    NoHaircut,
    /// A loan-to-value and a threshold that don't move.
    Static(Listed),
    /// No loan at all.
    NoCredit,
}

/// All that a backtest is told beside the path and the design's haircuts.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The total that all accounts hold, which is the position's, in base units.
    pub total: Amount,
    /// Those who liquidate.
    pub liquidators: Liquidators,
    /// A static rule to stand beside the design's.
    pub listed: Option<Listed>,
}

/// The figures of one rule on one path.
#[derive(Debug, Clone)]
pub struct RuleFigures {
    /// The rule.
    pub rule: Rule,
    /// The credit that it gives at each row, as a part of the value.
    pub credits: Vec<Fraction>,
    /// Their mean, floored.
    pub mean_credit: Fraction,
    /// The rows from one opening to the next: 1, or a power of two where opening at each row takes more
    /// work than is done.
    pub step: usize,
    /// The part of the debt that is bad at last, of a position opened at each row, ceiled; of the last
    /// opening up to it where there is none at the row.
    pub bad_debts: Vec<Fraction>,
    /// The position that was opened at the top.
    pub at_top: Outcome,
    /// The position that was opened before the worst day.
    pub before_worst_day: Outcome,
    /// The position that left most bad debt for what it borrowed, the first of equals.
    pub worst: Outcome,
}

/// The figures of each rule on one path.
#[derive(Debug, Clone)]
pub struct Backtest {
    /// The index of the top: the highest price before the lowest.
    pub top: usize,
    /// The index of the lowest price.
    pub lowest: usize,
    /// The fall of the 24 hours after the top.
    pub after_top: Fall,
    /// The fall of the worst 24 hours.
    pub worst_day: Fall,
    /// The rules: the design's, none, the static one if there is one, and no loan.
    pub rules: Vec<RuleFigures>,
}

impl RuleFigures {
    /// Returns by how much a fall passes the haircut at its first row: the part of the value that the
    /// credit would then be above it. 0 where the haircut is enough.
    #[must_use]
    pub fn uncovered(&self, fall: Fall) -> Fraction {
        let haircut = self.credits[fall.from].complement();
        fall.loss.checked_sub(haircut).unwrap_or_default()
    }

    /// Returns the bad debt of a position as a part of what it borrowed.
    ///
    /// # Rounding
    /// Ceil.
    #[must_use]
    pub fn bad_debt(&self, outcome: &Outcome) -> Fraction {
        self.bad_debts[outcome.row]
    }
}

/// Returns the terms of liquidation where a design has none: to a health of 1.05, all of the debt if
/// that needs it, for 5%.
///
/// # Errors
/// None, as they are in range.
pub fn default_terms() -> Result<LiquidationTerms, BacktestError> {
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
    let target = wad!("1.05");
    Ok(LiquidationTerms::new(
        target,
        CloseFactor::WHOLE,
        incentive,
        Amount::ZERO,
    )?)
}

/// Returns what is seen at each row of a path of an asset: of the windows of volatility, that which shows
/// most.
///
/// # Errors
/// [`BacktestError::Refused`] for a price that can't be counted in base units.
pub fn seen(
    path: &PricePath,
    asset: Decimals,
    quote: Decimals,
    windows: &[Span],
) -> Result<Vec<Seen>, BacktestError> {
    let returns = Returns::of(path.points());
    let row = |(index, point): (usize, &super::Point)| {
        let deviations = windows
            .iter()
            .map(|window| returns.deviation(index, *window));
        Ok(Seen {
            at: point.at,
            price: unit_price(point.price, asset, quote)?,
            deviation: deviations.max().unwrap_or(Wad::ZERO),
        })
    };
    path.points().iter().enumerate().map(row).collect()
}

/// Walks a path under each rule. `haircuts` are the design's, at each row.
///
/// # Errors
/// [`BacktestError`] for figures that can't be counted.
pub fn backtest(
    path: &PricePath,
    seen: &[Seen],
    haircuts: &[Haircut],
    setting: &Setting,
) -> Result<Backtest, BacktestError> {
    let (top, worst_day) = (path.top(), path.worst_day());
    let mut rules = vec![(Rule::Design, haircuts.to_vec())];
    rules.push((Rule::NoHaircut, vec![Haircut::NONE; seen.len()]));
    if let Some(listed) = &setting.listed {
        rules.push((
            Rule::Static(listed.clone()),
            vec![listed.haircut; seen.len()],
        ));
    }
    rules.push((Rule::NoCredit, vec![Haircut::FULL; seen.len()]));
    let figures = rules
        .into_iter()
        .map(|(rule, haircuts)| of_rule(rule, seen, &haircuts, setting, [top, worst_day.from]));
    Ok(Backtest {
        top,
        lowest: path.lowest(),
        after_top: path.fall_after(top),
        worst_day,
        rules: figures.collect::<Result<_, _>>()?,
    })
}

/// Opens positions along the path, and keeps those that are told of.
fn of_rule(
    rule: Rule,
    seen: &[Seen],
    haircuts: &[Haircut],
    setting: &Setting,
    told: [usize; 2],
) -> Result<RuleFigures, BacktestError> {
    let rows: Vec<Row> = seen
        .iter()
        .zip(haircuts)
        .map(|(seen, haircut)| Row {
            at: seen.at,
            price: seen.price,
            haircut: *haircut,
        })
        .collect();
    let liquidators = liquidators(&rule, setting)?;
    let course = Course::of(&rows);
    let openings = openings(&course, &liquidators, setting.total, &told, MOST_WORK)?;
    let credits: Vec<Fraction> = rows
        .iter()
        .map(|row| row.haircut.weight(Margin::Initial))
        .collect();
    let [at_top, before_worst_day] = openings.told;
    Ok(RuleFigures {
        rule,
        mean_credit: mean(&credits),
        credits,
        step: openings.step,
        bad_debts: openings.bad_debts,
        worst: openings.worst,
        at_top,
        before_worst_day,
    })
}

/// A static rule that tells an incentive of its own is liquidated by that.
fn liquidators(rule: &Rule, setting: &Setting) -> Result<Liquidators, BacktestError> {
    let mut liquidators = setting.liquidators.clone();
    if let Rule::Static(Listed {
        bonus: Some(bonus), ..
    }) = rule
    {
        let factor = Wad::ONE.checked_add(Wad::from(*bonus))?;
        let incentive = Incentive::Fixed(FixedIncentive::new(factor)?);
        liquidators.terms = liquidators.terms.with_incentive(incentive);
    }
    Ok(liquidators)
}

/// Bad debt over what was borrowed, ceiled.
pub(super) fn share(outcome: &Outcome) -> Fraction {
    let (bad, borrowed) = (outcome.bad_debt().get(), outcome.borrowed.get());
    match borrowed {
        0 => Fraction::ZERO,
        _ => Fraction::from_ratio(bad, borrowed, Rounding::Ceil).unwrap_or(Fraction::ONE),
    }
}

fn mean(credits: &[Fraction]) -> Fraction {
    let sum: u128 = credits.iter().map(|credit| u128::from(credit.raw())).sum();
    let mean = u64::try_from(sum / credits.len().max(1) as u128);
    mean.ok()
        .and_then(|raw| Fraction::from_raw(raw).ok())
        .unwrap_or_default()
}
