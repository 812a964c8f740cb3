//! The kinds that follow how much is at stake, along a path that the design gives.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Span, Timestamp, Wad};
use tokenomics_rate_controllers::{
    NposInflation, NposInflationParams, SqrtIssuance, SqrtIssuanceParams, TargetBonded,
    TargetBondedParams,
};
use toml::de::DeValue;

use super::clock::Clock;
use super::keys::built;
use super::path::path;
use super::{Ending, Shape};
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::{value, Controller, Followed, Follows, Source, Stage, UnitIssuance};

/// The unit that an issuance by the square root counts to, as Ethereum does: more decimals leave its 64 bits too
/// few tokens.
const GWEI: u8 = 9;

/// The key of what is at stake, and what it is called.
const STAKED: (&str, &str) = ("staked", "stake");

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
    let mint = UnitIssuance {
        issuance: built(section, "factor", issuance)?,
        unit: 10_u128.pow((token.get() - decimals.get()).into()),
    };
    let (path, end) = path?;
    Some(shape(Followed {
        controller: Controller::SqrtIssuance(Follows { mint, path }),
        supply: Amount::ZERO,
        update: None,
        end,
        cap: None,
    }))
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
    let mint = built(section, "goal", mint)?;
    Some(inflation.shape(|path| Controller::TargetBonded(Follows { mint, path })))
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
    let mint = built(section, "ideal", mint)?;
    Some(inflation.shape(|path| Controller::NposInflation(Follows { mint, path })))
}

/// The keys that those kinds have in common that mint a share of the supply.
struct Inflation {
    supply: Amount,
    min: Wad,
    max: Wad,
    year: Span,
    update: u64,
    path: Vec<Stage<Fraction>>,
    end: Option<u64>,
}

fn inflation(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Inflation> {
    let supply = section.required("supply", |v| clock.positive(v));
    let min = section.required("min", value::inflation);
    let max = section.required("max", value::inflation);
    let year = section.required("year", |v| clock.ticks(v));
    let update = section.required("update", |v| clock.ticks(v));
    let path = path(section, clock, from, STAKED, ("share", value::fraction));
    let (min, max) = (min?, max?.value);
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
    Some(Inflation {
        supply: supply?.value,
        min: min.value,
        max,
        year: Span::new(year?.value),
        update: update?.value,
        path,
        end,
    })
}

impl Inflation {
    fn shape(self, controller: impl FnOnce(Vec<Stage<Fraction>>) -> Controller) -> Shape {
        shape(Followed {
            controller: controller(self.path),
            supply: self.supply,
            update: Some(self.update),
            end: self.end,
            cap: None,
        })
    }
}

fn shape(followed: Followed) -> Shape {
    Shape {
        ending: followed.end.map_or(Ending::Endless, |_| Ending::Ends),
        source: Source::Followed(followed),
        counted_until: None,
    }
}
