//! The kinds that follow how much is at stake, along a path that the design gives.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Span, Timestamp, Wad};
use tokenomics_rate_controllers::{
    Error, NposInflation, NposInflationParams, SqrtIssuance, SqrtIssuanceParams, TargetBonded,
    TargetBondedParams,
};
use toml::de::DeValue;

use super::clock::Clock;
use super::keys::built;
use super::path::path;
use super::Shape;
use crate::emission::AnyCurve;
use crate::path::Stage;
use crate::problem::Problem;
use crate::responsive::{InUnits, Mint, Responsive};
use crate::section::{Section, Wrong};
use crate::value;

/// What an issuance by the square root counts to, as Ethereum does: more decimals leave its 64 bits too
/// few tokens.
const GWEI: u8 = 9;

/// The key of what is at stake, and what it is called.
const STAKED: (&str, &str) = ("staked", "stake");

/// As often as what was minted may join the supply: a row of memory each.
const MOST_JOINS: u64 = 1_000_000;

pub(super) fn sqrt_issuance(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let token = clock.decimals;
    let decimals = Decimals::new(token.get().min(GWEI)).unwrap_or(token);
    let units = |v: &DeValue<'_>| {
        let units = value::positive(v, decimals)?;
        u64::try_from(units.get()).map_err(|_| {
            let most = Amount::from(u64::MAX).display(decimals);
            let message = format!("{} is too much", units.display(decimals));
            Wrong::new(message, format!("allowed is at most {most}"))
        })
    };
    let increment = section.required("increment", units);
    let factor = section.required("factor", |v| value::integer(v, 1, u64::MAX));
    let path = path(section, clock, from, STAKED, ("amount", units));
    let params = SqrtIssuanceParams {
        increment: increment?.value,
        factor: factor?.value,
    };
    let issuance = SqrtIssuance::new(params, Timestamp::new(from));
    let mint = InUnits {
        issuance: built(section, "factor", issuance)?,
        unit: 10_u128.pow((token.get() - decimals.get()).into()),
    };
    let (path, end) = path?;
    shape(section, mint, Amount::ZERO, &path, None, end)
}

pub(super) fn target_bonded(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let initial = section.required("initial", value::inflation);
    let goal = section.required("goal", value::fraction);
    let change = section.required("change", value::inflation);
    let inflation = inflation(section, clock, from);
    let (initial, goal, change) = (initial?, goal?.value, change?.value);
    let inflation = inflation?;
    let (min, max) = (inflation.min, inflation.max);
    if initial.value < min || initial.value > max {
        let message = format!(
            "the inflation of {} at the start is not within {min} to {max}, its `min` and `max`",
            section.name
        );
        section
            .problems
            .push(Problem::new(initial.span, message, "out of range", ""));
        return None;
    }
    let params = TargetBondedParams {
        goal,
        change,
        min,
        max,
        year: inflation.year,
    };
    let mint = TargetBonded::new(params, initial.value, Timestamp::new(from));
    inflation.shape(section, "goal", mint)
}

pub(super) fn npos_inflation(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Shape> {
    let ideal = section.required("ideal", value::fraction);
    let falloff = section.required("falloff", value::fraction);
    let inflation = inflation(section, clock, from);
    let (ideal, falloff, inflation) = (ideal?.value, falloff?.value, inflation?);
    let params = NposInflationParams {
        min: inflation.min,
        max: inflation.max,
        ideal,
        falloff,
        year: inflation.year,
    };
    let mint = NposInflation::new(params, Timestamp::new(from));
    inflation.shape(section, "ideal", mint)
}

/// What the kinds have in common that mint a share of the supply.
struct Inflation {
    supply: Amount,
    min: Wad,
    max: Wad,
    year: Span,
    update: u64,
    path: Vec<Stage<Fraction>>,
    end: u64,
}

fn inflation(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Inflation> {
    let supply = section.required("supply", |v| clock.positive(v));
    let min = section.required("min", value::inflation);
    let max = section.required("max", value::inflation);
    let year = section.required("year", |v| clock.ticks(v));
    let update = section.required("update", |v| clock.ticks(v));
    let path = path(section, clock, from, STAKED, ("share", value::fraction));
    let (update, min, max) = (update?, min?, max?.value);
    let (path, end) = path?;
    if min.value > max {
        let message = format!(
            "the least inflation of {} is above its `max` of {max}",
            section.name
        );
        section
            .problems
            .push(Problem::new(min.span, message, "too high", ""));
        return None;
    }
    let joins = end.saturating_sub(from) / update.value.max(1);
    if joins > MOST_JOINS {
        let message = format!("{} would be updated {joins} times", section.name);
        let help = format!("allowed is at most {MOST_JOINS}: choose a longer `update`");
        section
            .problems
            .push(Problem::new(update.span, message, "too often", help));
        return None;
    }
    Some(Inflation {
        supply: supply?.value,
        min: min.value,
        max,
        year: Span::new(year?.value),
        update: update.value,
        path,
        end,
    })
}

impl Inflation {
    fn shape<M: Mint<Stake = Fraction> + 'static>(
        &self,
        section: &Section<'_>,
        key: &str,
        mint: Result<M, Error>,
    ) -> Option<Shape> {
        let mint = built(section, key, mint)?;
        let update = Some(self.update);
        shape(section, mint, self.supply, &self.path, update, self.end)
    }
}

fn shape<M: Mint + 'static>(
    section: &Section<'_>,
    mint: M,
    supply: Amount,
    path: &[Stage<M::Stake>],
    update: Option<u64>,
    end: u64,
) -> Option<Shape> {
    let curve = Responsive::new(mint, supply, path, update, Timestamp::new(end));
    let curve = AnyCurve::new(built(section, "kind", curve)?);
    Some(Shape::ending(curve))
}
