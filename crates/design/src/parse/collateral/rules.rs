//! `[[collateral.holding.rule]]` and `[[collateral.debt.rule]]`: what a haircut or an add-on comes from.

use tokenomics_fixed_math::{mul_div, Amount, Decimals, Fraction, Ratio, Rounding, Span, Wad};
use tokenomics_haircut_collateral::{
    Composition, ConcentrationCap, ConcentrationThreshold, Confidence, DepthBudget, EarlyExit,
    LiquidityRange, PriceAge, SquareRootSize, TimeToExit, Volatility,
};
use toml::de::DeValue;

use super::built;
use crate::parse::at_most;
use crate::section::{At, Section, Wrong};
use crate::{value, AddOnKind, AddOnRule, HaircutRule, ImpactPool, RuleKind, RuleMargin};
use crate::{VolatilityRule, MOST_RULES};

/// The seconds of the year of a discount.
const YEAR: Span = Span::from_days(365);

/// The time over which a volatility is measured, if not said.
const WINDOW: Span = Span::from_days(30);

/// The decimals that a rule's amounts are read with.
#[derive(Clone, Copy)]
pub(super) struct Units {
    /// The decimals of the asset.
    pub(super) asset: Decimals,
    /// Those of the quote.
    pub(super) quote: Decimals,
}

/// A kind of rule: its name in a file, what reads its keys, and the ways in which it may join the haircut
/// before it, of which the first is meant if not said.
struct Kind<K>(
    &'static str,
    fn(&mut Section<'_>, Units) -> Option<K>,
    &'static [Composition],
);

/// Risks of their own multiply, unless the file says otherwise.
const EITHER: &[Composition] = &[Composition::Product, Composition::Worst];

/// The composition of a rule that holds the haircut before it: the larger of both.
const IN_PLACE: &[Composition] = &[Composition::Worst];

const HAIRCUTS: &[Kind<RuleKind>] = &[
    Kind("depth", depth, EITHER),
    Kind("cap", cap, EITHER),
    Kind("threshold", threshold, IN_PLACE),
    Kind(
        "root",
        |table, units| root(table, units).map(RuleKind::Root),
        EITHER,
    ),
    Kind("impact", impact, EITHER),
    Kind("age", age, EITHER),
    Kind(
        "confidence",
        |table, _| {
            let (rule, interval) = confidence(table)?;
            Some(RuleKind::Confidence { rule, interval })
        },
        EITHER,
    ),
    Kind(
        "volatility",
        |table, _| volatility(table).map(RuleKind::Volatility),
        EITHER,
    ),
    Kind("exit", exit, EITHER),
    Kind("liquidity", liquidity, EITHER),
];

const ADD_ONS: &[Kind<AddOnKind>] = &[
    Kind(
        "confidence",
        |table, _| {
            let (rule, interval) = confidence(table)?;
            Some(AddOnKind::Confidence { rule, interval })
        },
        EITHER,
    ),
    Kind(
        "root",
        |table, units| root(table, units).map(AddOnKind::Root),
        IN_PLACE,
    ),
    Kind(
        "volatility",
        |table, _| volatility(table).map(AddOnKind::Volatility),
        EITHER,
    ),
];

/// Reads the rules of a holding; `None` if one of them can't be taken.
pub(super) fn haircuts(holding: &mut Section<'_>, units: Units) -> Option<Vec<HaircutRule>> {
    let read = all(holding, "[[collateral.holding.rule]]", HAIRCUTS, units)?;
    let rule = |(kind, margin, combine)| HaircutRule {
        kind,
        margin,
        combine,
    };
    Some(read.into_iter().map(rule).collect())
}

/// Reads the rules of a debt; `None` if one of them can't be taken.
pub(super) fn add_ons(debt: &mut Section<'_>, units: Units) -> Option<Vec<AddOnRule>> {
    let read = all(debt, "[[collateral.debt.rule]]", ADD_ONS, units)?;
    let rule = |(kind, margin, combine)| AddOnRule {
        kind,
        margin,
        combine,
    };
    Some(read.into_iter().map(rule).collect())
}

type Rule<K> = (K, RuleMargin, Composition);

fn all<K>(
    asset: &mut Section<'_>,
    name: &str,
    kinds: &[Kind<K>],
    units: Units,
) -> Option<Vec<Rule<K>>> {
    let tables = asset.sections("rule", name);
    at_most(&tables, MOST_RULES, "rules")?;
    // All of them, each for its own problems.
    let read: Vec<_> = tables
        .into_iter()
        .map(|table| one(table, kinds, units))
        .collect();
    read.into_iter().collect()
}

fn one<K>(mut table: Section<'_>, kinds: &[Kind<K>], units: Units) -> Option<Rule<K>> {
    let names: Vec<_> = kinds.iter().map(|kind| kind.0).collect();
    let Some(kind) = table.required("kind", |v| value::one_of(v, &names, |name| name)) else {
        table.leave_unjudged();
        return None;
    };
    let Kind(name, read, ways) = kinds.iter().find(|one| one.0 == kind.value)?;
    table.name = format!("{} of kind \"{name}\"", table.name);
    let read = read(&mut table, units);
    let margin = table.said("margin", |v| {
        value::one_of(v, &RuleMargin::ALL, RuleMargin::name)
    });
    let combine = table.said("combine", |v| value::one_of(v, ways, way));
    table.finish();
    let margin = margin?.map_or(RuleMargin::Both, |at| at.value);
    let combine = combine?.map(|at| at.value).or(ways.first().copied())?;
    Some((read?, margin, combine))
}

/// A composition, as a design file writes it.
const fn way(composition: Composition) -> &'static str {
    match composition {
        Composition::Product => "product",
        Composition::Worst => "worst",
    }
}

fn amount_of(table: &mut Section<'_>, units: Units) -> Option<Amount> {
    let amount = table.required("amount", |v| value::amount(v, units.asset))?;
    Some(amount.value)
}

fn depth(table: &mut Section<'_>, units: Units) -> Option<RuleKind> {
    let amount = amount_of(table, units);
    let cost = table.required("cost", value::fraction);
    let (amount, cost) = (amount?, cost?.value);
    built(table, "cost", DepthBudget::new(amount, cost)).map(RuleKind::Depth)
}

fn cap(table: &mut Section<'_>, units: Units) -> Option<RuleKind> {
    let amount = amount_of(table, units)?;
    Some(RuleKind::Cap(ConcentrationCap::new(amount)))
}

fn threshold(table: &mut Section<'_>, units: Units) -> Option<RuleKind> {
    let amount = amount_of(table, units)?;
    let rule = ConcentrationThreshold::new(amount);
    built(table, "amount", rule).map(RuleKind::Threshold)
}

fn root(table: &mut Section<'_>, units: Units) -> Option<SquareRootSize> {
    let factor = table.required("factor", value::fraction)?;
    Some(SquareRootSize::new(factor.value, units.asset))
}

fn impact(table: &mut Section<'_>, units: Units) -> Option<RuleKind> {
    let asset = table.required("asset", |v| value::positive(v, units.asset));
    let quote = table.required("quote", |v| value::positive(v, units.quote));
    let fee = table.said("fee", below_one);
    let fee = fee?.map_or(Fraction::ZERO, |at| at.value);
    let (asset, quote) = (asset?.value, quote?.value);
    Some(RuleKind::Impact(ImpactPool { asset, quote, fee }))
}

fn below_one(found: &DeValue<'_>) -> Result<Fraction, Wrong> {
    let read = value::fraction(found)?;
    if read == Fraction::ONE {
        let message = "this fee is 1, which leaves nothing";
        return Err(Wrong::new(message, "write a fee below 1"));
    }
    Ok(read)
}

fn age(table: &mut Section<'_>, _: Units) -> Option<RuleKind> {
    let fresh = table.said("fresh", span);
    let stale = table.required("stale", span);
    let age = table.said("age", span);
    let (fresh, stale) = (fresh?.map_or(Span::ZERO, |at| at.value), stale?.value);
    let rule = built(table, "stale", PriceAge::new(fresh, stale))?;
    let age = age?.map_or(Span::ZERO, |at| at.value);
    Some(RuleKind::Age { rule, age })
}

fn confidence(table: &mut Section<'_>) -> Option<(Confidence, Wad)> {
    let multiple = multiple(table);
    let interval = table.required("interval", value::feed_price);
    let (multiple, interval) = (multiple?, interval?.value);
    Some((Confidence::new(multiple), interval))
}

fn multiple(table: &mut Section<'_>) -> Option<Wad> {
    let help = "a multiple is a number from 0 up with at most 18 decimals, such as 2.33";
    let multiple = table.required("multiple", |v| value::number(v, "the multiple", help))?;
    Some(multiple.value)
}

fn volatility(table: &mut Section<'_>) -> Option<VolatilityRule> {
    let multiple = multiple(table);
    let horizon = table.required("horizon", span);
    let window = table.said("window", span);
    let deviation = table.said("deviation", deviation);
    let period = table.said("period", span);
    let floor = table.said("floor", value::fraction);
    if !table.has("window") && !table.has("deviation") {
        let help =
            "a `deviation` with its `period`, or the `window` in which a backtest measures it";
        table.missing("deviation", help);
        return None;
    }
    let (deviation, period) = of_period(table, deviation?, period?)?;
    let floor = floor?.map_or(Fraction::ZERO, |at| at.value);
    let rule = built(table, "period", Volatility::new(multiple?, period, floor));
    let window = window?.map_or(WINDOW, |at| at.value);
    let (rule, horizon) = (rule?, horizon?.value);
    Some(VolatilityRule {
        rule,
        horizon,
        window,
        deviation,
    })
}

/// The deviation and its period, of which there are both or neither.
fn of_period(
    table: &Section<'_>,
    deviation: Option<At<Wad>>,
    period: Option<At<Span>>,
) -> Option<(Wad, Span)> {
    match (deviation, period) {
        (Some(deviation), Some(period)) => Some((deviation.value, period.value)),
        (Some(_), None) => {
            table.missing("period", "the time of which `deviation` is, such as \"1h\"");
            None
        }
        (None, Some(_)) => {
            table.missing("deviation", "that of the returns of a `period`");
            None
        }
        (None, None) => Some((Wad::ZERO, Span::from_hours(1))),
    }
}

fn deviation(found: &DeValue<'_>) -> Result<Wad, Wrong> {
    let help = "a standard deviation is a part of the price, from 0 up, such as 0.01";
    value::number(found, "the deviation", help)
}

fn exit(table: &mut Section<'_>, _: Units) -> Option<RuleKind> {
    let help = "a rate is a part for each year, from 0 up with at most 18 decimals, such as 0.1";
    let rate = table.required("rate", |v| value::number(v, "the rate", help));
    let left = table.required("left", span);
    let penalty = table.said("penalty", value::fraction);
    let wait = table.said("wait", span);
    if table.has("wait") && !table.has("penalty") {
        table.missing("penalty", "that of leaving early: 0 where it costs nothing");
        return None;
    }
    let rule = built(table, "rate", TimeToExit::new(rate?.value, YEAR));
    let wait = wait?.map_or(Span::ZERO, |at| at.value);
    let early = penalty?.map(|at| EarlyExit {
        penalty: at.value,
        wait,
    });
    let (rule, left) = (rule?, left?.value);
    Some(RuleKind::Exit { rule, left, early })
}

fn liquidity(table: &mut Section<'_>, _: Units) -> Option<RuleKind> {
    let price = table.required("price", value::price);
    let lower = table.said("lower", value::ratio);
    let upper = table.said("upper", value::ratio);
    let fall = table.required("fall", value::fraction);
    let variance = variance(table);
    let lower = lower?.map_or(Ratio::ZERO, |at| at.value);
    let upper = upper?.map(|at| at.value);
    let key = if upper.is_some() { "upper" } else { "lower" };
    let range = built(table, key, LiquidityRange::new(lower, upper));
    let (price, fall) = (price?.value, fall?.value);
    let (range, variance) = (range?, variance?);
    Some(RuleKind::Liquidity {
        range,
        price,
        fall,
        variance,
    })
}

/// σ² times the horizon over the period, rounded up: none without a deviation.
fn variance(table: &mut Section<'_>) -> Option<Wad> {
    let deviation = table.said("deviation", deviation);
    let period = table.said("period", span);
    let horizon = table.said("horizon", span);
    let (deviation, horizon) = (deviation?, horizon?);
    if deviation.is_some() != horizon.is_some() {
        let missing = if horizon.is_some() {
            "deviation"
        } else {
            "horizon"
        };
        table.missing(
            missing,
            "`deviation`, `period` and `horizon` say the variance together",
        );
        return None;
    }
    let (deviation, period) = of_period(table, deviation, period?)?;
    let Some(horizon) = horizon else {
        return Some(Wad::ZERO);
    };
    let (time, period) = (horizon.value.get().into(), period.get().into());
    let square = deviation.mul(deviation, Rounding::Ceil);
    let variance = square.and_then(|it| mul_div(it.raw(), time, period, Rounding::Ceil));
    built(table, "deviation", variance.map_err(Into::into)).map(Wad::from_raw)
}

/// A length of time that is always the same.
fn span(found: &DeValue<'_>) -> Result<Span, Wrong> {
    value::fixed_period(found).map(Span::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_that_the_documentation_lists() {
        let page = include_str!("../../../../../docs/design-file.md");
        let (_, table) = page
            .split_once("| `kind` | keys of a holding's rule | cuts |")
            .unwrap();
        let (table, _) = table.split_once("\n\n").unwrap();
        let rows = table.split("\n| `\"").skip(1);
        let listed = rows.map(|row| row.split_once('"').unwrap().0);
        assert!(listed.eq(HAIRCUTS.iter().map(|kind| kind.0)));
        let [first, second, third] = ADD_ONS else {
            panic!("not three kinds");
        };
        let debts = format!(
            "`\"{}\"`, `\"{}\"` and `\"{}\"`",
            first.0, second.0, third.0
        );
        assert!(page.contains(&format!("A debt's rules are {debts}")));
    }
}
