//! The gates that hold back a schedule: a date, and milestones.

use tokenomics_fixed_math::Timestamp;
use tokenomics_vesting::{AnySchedule, Gate, Milestones, Min, Point, Schedule as _, Tranches};
use toml::de::DeValue;

use super::{backward, built, calendar, value, Context, NestedSchedule, Problem, Section, Wrong};

/// The schedule behind its `gate` and its `milestones`, where there are such.
pub(super) fn gated(
    section: &mut Section<'_>,
    plan: Option<NestedSchedule>,
    context: Context,
) -> Option<NestedSchedule> {
    let plan = dated(section, plan, context);
    reached(section, plan, context)
}

/// `gate`: nothing before it, then all that the schedule says.
fn dated(
    section: &mut Section<'_>,
    plan: Option<NestedSchedule>,
    context: Context,
) -> Option<NestedSchedule> {
    let anchor = plan.as_ref().map_or(context.genesis, NestedSchedule::start);
    let gate = section.said("gate", |v| value::date_or_after(v, anchor));
    let plan = plan?;
    let Some(gate) = gate? else {
        return Some(plan);
    };
    let end = plan.end();
    if gate.value < anchor {
        backward(section, &gate, "gate", anchor, "the start");
        return None;
    }
    if gate.value > end {
        let message = format!(
            "the gate at {} lies after the end of {}, {}",
            calendar::rfc3339(gate.value),
            section.name,
            calendar::rfc3339(end)
        );
        let help = "a gate lies between the start and the end; for one unlock at a date use kind = \"cliff\"";
        let problem = Problem::new(gate.span, message, "after the end", help);
        section.problems.push(problem);
        return None;
    }
    let gate = Gate::new(plan, gate.value);
    Some(NestedSchedule::from(AnySchedule::Gate(gate)))
}

/// `milestones`: nothing until so many of them are reached, or as large a part as are.
fn reached(
    section: &mut Section<'_>,
    plan: Option<NestedSchedule>,
    context: Context,
) -> Option<NestedSchedule> {
    if !section.has("milestones") {
        section.raw("milestones");
        return plan;
    }
    let name = format!("the milestones of {}", section.name);
    let mut table = section.section("milestones", &name)?;
    let dates = table.required("reached", |v| dates(v, context.genesis));
    let needed = table.required("needed", |v| value::integer(v, 1, 128));
    let graded = table.said("graded", value::truth);
    let dates = dates.map(|at| at.value);
    let needed = needed.zip(dates.as_ref()).and_then(|(needed, dates)| {
        if needed.value <= dates.len() as u64 {
            return u8::try_from(needed.value).ok();
        }
        let message = format!(
            "{} needs {} milestones, but only {} are reached",
            section.name,
            needed.value,
            dates.len()
        );
        let help =
            "give as many dates under `reached`: what never vests is no part of an allocation";
        let problem = Problem::new(needed.span, message, "never reached", help);
        table.problems.push(problem);
        None
    });
    table.finish();
    let graded = graded?.is_some_and(|at| at.value);
    let (plan, mut dates, needed) = (plan?, dates?, needed?);
    dates.sort_unstable();
    let limit = limit(&plan, needed, &dates, graded);
    let limit = built(section, "milestones", limit)?;
    Some(NestedSchedule::from(AnySchedule::Min(Min::new(
        plan, limit,
    ))))
}

/// The part that the milestones let through, as they are reached one after the other: claims within it come
/// to the less of it and of what has vested, so the two together are their minimum.
fn limit(
    plan: &NestedSchedule,
    needed: u8,
    dates: &[Timestamp],
    graded: bool,
) -> Result<NestedSchedule, tokenomics_vesting::Error> {
    let total = plan.total();
    let count = u8::try_from(dates.len()).unwrap_or(u8::MAX);
    let mut milestones = Milestones::new(needed, count)?;
    let mut points = Vec::new();
    for (index, at) in (0..count).zip(dates) {
        milestones.reach(index)?;
        let limit = if graded {
            milestones.graded_limit(total)
        } else {
            milestones.limit(total)
        };
        points.push(Point::new(*at, limit));
    }
    Ok(Tranches::new(points)?.into())
}

fn dates(found: &DeValue<'_>, genesis: Timestamp) -> Result<Vec<Timestamp>, Wrong> {
    let DeValue::Array(values) = found else {
        return Err(Wrong::kind(found, "an array of dates"));
    };
    if values.len() > 128 {
        let message = format!("{} milestones are out of range", values.len());
        return Err(Wrong::new(message, "at most 128"));
    }
    let date = |value: &toml::Spanned<DeValue<'_>>| value::date_or_after(value.get_ref(), genesis);
    values.iter().map(date).collect()
}
