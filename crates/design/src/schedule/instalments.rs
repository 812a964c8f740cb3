//! Equal instalments, of seconds and of the calendar.

use tokenomics_fixed_math::{Span, Timestamp};
use tokenomics_vesting::{Allocation, Calendar, CalendarParams, Date, Step, StepParams};

use super::{built, start, value, At, Kind, NestedSchedule, Of, Problem, Section, Wrong};
use crate::calendar::{self, Period};

pub(super) const KINDS: &[Kind] = &[Kind("step", step), Kind("calendar", calendar)];

/// The rules for dust, as a file names them.
const RULES: [(Allocation, &str); 7] = [
    (Allocation::CumulativeRoundDown, "cumulative-round-down"),
    (Allocation::CumulativeRounding, "cumulative-rounding"),
    (Allocation::FrontLoaded, "front-loaded"),
    (Allocation::BackLoaded, "back-loaded"),
    (
        Allocation::FrontLoadedToSingleTranche,
        "front-loaded-to-single-tranche",
    ),
    (
        Allocation::BackLoadedToSingleTranche,
        "back-loaded-to-single-tranche",
    ),
    (Allocation::Fractional, "fractional"),
];

/// `dust`: which instalments get the units that don't divide evenly.
pub(super) fn dust(section: &mut Section<'_>) -> Option<Allocation> {
    let rule = section.said("dust", |v| value::one_of(v, &RULES, |rule| rule.1))?;
    Some(rule.map_or(Allocation::CumulativeRoundDown, |rule| rule.value.0))
}

fn count(section: &mut Section<'_>) -> Option<At<u64>> {
    section.required("count", |v| value::integer(v, 1, u64::from(u32::MAX)))
}

fn step(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let period = section.required("period", value::fixed_period);
    let count = count(section);
    let dust = dust(section);
    let (start, period, count) = (start?, Span::new(period?.value), count?);
    let number = u32::try_from(count.value).ok()?;
    let step = Step::new(StepParams {
        start,
        period,
        count: number,
        total: of.amount(),
        allocation: dust?,
    });
    let step = built(section, "count", step)?;
    let end = period
        .checked_mul(count.value)
        .and_then(|all| start.checked_add(all))
        .ok()?;
    if end > calendar::LAST {
        let message = format!("{number} such steps end past the year 9999");
        too_many(section, &count, message, "steps");
        return None;
    }
    Some(step.into())
}

fn too_many(section: &Section<'_>, count: &At<u64>, message: String, what: &str) {
    section.problems.push(Problem::new(
        count.span.clone(),
        message,
        format!("too many {what}"),
        format!("make the {what} fewer or shorter"),
    ));
}

fn calendar(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let start = start(section, of.context);
    let every = section.required("every", months);
    let day = section.said("day", |v| value::integer(v, 1, 31));
    let count = count(section);
    let dust = dust(section);
    let (start, every, count) = (start?, every?.value, count?);
    let day = match day? {
        Some(day) => u8::try_from(day.value).ok()?,
        None => day_of(start)?,
    };
    let number = u32::try_from(count.value).ok()?;
    let Ok(calendar) = Calendar::new(CalendarParams {
        start,
        every,
        day,
        count: number,
        total: of.amount(),
        allocation: dust?,
    }) else {
        // Everything but the last date is in its range.
        let message = format!("{number} such instalments end past the year 9999");
        too_many(section, &count, message, "instalments");
        return None;
    };
    Some(calendar.into())
}

fn day_of(at: Timestamp) -> Option<u8> {
    Date::of(at).ok().map(|date| date.day())
}

/// A length of time of whole months.
fn months(found: &toml::de::DeValue<'_>) -> Result<u16, Wrong> {
    let help = "write months or years: 1mo, 3mo, 1y; for a fixed length use kind = \"step\"";
    match value::period(found)? {
        Period::Months(months) => u16::try_from(months)
            .map_err(|_| Wrong::new(format!("{months} months are out of range"), "at most 65535")),
        fixed @ Period::Seconds(_) => {
            let message = format!("`{fixed}` is no number of calendar months");
            Err(Wrong::new(message, help))
        }
    }
}
