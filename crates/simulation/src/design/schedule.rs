//! The `schedule` of an allocation: one table, or an array of tables with an amount each.

use tokenomics_fixed_math::{Amount, Decimals, Rounding, Span, Timestamp};
use tokenomics_vesting::{Allocation, AnySchedule, Cliff, Gate, Linear, LumpLinear, Step};
use toml::de::DeValue;

use super::section::{At, Section, Wrong};
use super::value;
use crate::calendar;
use crate::problem::Problem;

#[derive(Clone, Copy)]
enum Kind {
    Cliff,
    Linear,
    Step,
    LumpLinear,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Cliff, Self::Linear, Self::Step, Self::LumpLinear];

    const fn name(self) -> &'static str {
        match self {
            Self::Cliff => "cliff",
            Self::Linear => "linear",
            Self::Step => "step",
            Self::LumpLinear => "lump-linear",
        }
    }
}

/// What a schedule needs to know of its surroundings.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) genesis: Timestamp,
    pub(super) decimals: Decimals,
}

/// Whether the amounts stand in the schedules, so that the allocation needs none of its own.
pub(super) fn has_own_amounts(allocation: &mut Section<'_>) -> bool {
    matches!(
        allocation.raw("schedule").map(toml::Spanned::get_ref),
        Some(DeValue::Array(_))
    )
}

/// The schedules of an allocation that is an array of them, each with an amount.
pub(super) fn list(allocation: &mut Section<'_>, context: Context) -> Vec<Option<AnySchedule>> {
    let name = format!("a schedule of {}", allocation.name);
    let mut sections = allocation.sections("schedule", &name);
    if sections.is_empty() {
        let message = format!("{} has no schedule in its list", allocation.name);
        let label = "an empty list";
        let span = allocation.key_span("schedule");
        allocation.problems.push(Problem::new(
            span,
            message,
            label,
            "leave `schedule` out, or give one",
        ));
    }
    let read = |mut section: Section<'_>| {
        let amount = section.required("amount", |v| value::amount(v, context.decimals));
        one(section, amount.map(|at| at.value), context)
    };
    sections.drain(..).map(read).collect()
}

/// The one schedule of an allocation of `amount`; all of it at genesis if there is none.
pub(super) fn single(
    allocation: &mut Section<'_>,
    amount: Amount,
    context: Context,
) -> Option<AnySchedule> {
    let name = format!("the schedule of {}", allocation.name);
    if !allocation.has("schedule") {
        allocation.raw("schedule");
        return Some(Cliff::new(context.genesis, amount).into());
    }
    let section = allocation.section("schedule", &name)?;
    one(section, Some(amount), context)
}

/// Reads one table to its end, so that all its problems are noted even where the amount is wrong.
fn one(mut section: Section<'_>, amount: Option<Amount>, context: Context) -> Option<AnySchedule> {
    let kind = section.required("kind", |v| value::one_of(v, &Kind::ALL, Kind::name));
    let amount = amount.unwrap_or(Amount::ZERO);
    let Some(kind) = kind else {
        // Which keys there may be depends on the kind, so the others are not judged.
        return None;
    };
    let read = match kind.value {
        Kind::Cliff => cliff(&mut section, amount, context),
        Kind::Linear => linear(&mut section, amount, context),
        Kind::Step => step(&mut section, amount, context),
        Kind::LumpLinear => lump_linear(&mut section, amount, context),
    };
    section.finish();
    read
}

fn cliff(section: &mut Section<'_>, amount: Amount, context: Context) -> Option<AnySchedule> {
    let had = section.has("at");
    let at = section.optional("at", |v| value::date_or_after(v, context.genesis));
    let at = match at {
        Some(at) => at.value,
        None if had => return None,
        None => context.genesis,
    };
    Some(Cliff::new(at, amount).into())
}

fn linear(section: &mut Section<'_>, amount: Amount, context: Context) -> Option<AnySchedule> {
    let start = start(section, context);
    let end = end(section, start);
    let gate = gate(section, start);
    let (start, end) = (start?, end?);
    let linear = built(section, "end", Linear::new(start, end.value, amount))?;
    gated(section, gate, end.value, linear.into(), |until| {
        Gate::new(linear, until).into()
    })
}

fn step(section: &mut Section<'_>, amount: Amount, context: Context) -> Option<AnySchedule> {
    let start = start(section, context);
    let period = section.required("period", value::fixed_period);
    let count = section.required("count", |v| value::integer(v, 1, u64::from(u32::MAX)));
    let gate = gate(section, start);
    let (start, period, count) = (start?, Span::new(period?.value), count?);
    let number = u32::try_from(count.value).ok()?;
    let rule = Allocation::CumulativeRoundDown;
    let step = Step::new(start, period, number, amount, rule);
    let step = built(section, "count", step)?;
    let end = period
        .checked_mul(count.value)
        .and_then(|all| start.checked_add(all))
        .ok()?;
    if end > calendar::LAST {
        section.problems.push(Problem::new(
            count.span,
            format!("{number} such steps end past the year 9999"),
            "too many steps",
            "make the steps fewer or shorter",
        ));
        return None;
    }
    gated(section, gate, end, step.into(), |until| {
        Gate::new(step, until).into()
    })
}

fn lump_linear(section: &mut Section<'_>, amount: Amount, context: Context) -> Option<AnySchedule> {
    let start = start(section, context);
    let anchor = start.unwrap_or(context.genesis);
    let cliff = section.required("cliff", |v| value::date_or_after(v, anchor));
    let end = end(section, start);
    let lump = lump(section, amount, context);
    let (cliff, end, lump) = (cliff?, end?, lump?);
    if cliff.value >= end.value {
        backward(section, &end, "end", cliff.value, "the cliff");
        return None;
    }
    let schedule = LumpLinear::new(cliff.value, end.value, lump, amount);
    built(section, "cliff", schedule).map(Into::into)
}

/// `lump` in tokens, or `lump_share` of the allocation.
fn lump(section: &mut Section<'_>, amount: Amount, context: Context) -> Option<Amount> {
    let tokens = section.optional("lump", |v| {
        let lump = value::amount(v, context.decimals)?;
        if lump > amount {
            let all = amount.display(context.decimals);
            let message = format!(
                "the lump of {} is beyond the {all} of its schedule",
                lump.display(context.decimals)
            );
            return Err(Wrong::new(message, format!("a lump is from 0 to {all}")));
        }
        Ok(lump)
    });
    let share = section.optional("lump_share", value::fraction);
    match (section.has("lump"), section.has("lump_share")) {
        (true, false) => tokens.map(|at| at.value),
        (false, true) => share.map(|at| amount.mul_fraction(at.value, Rounding::Floor)),
        (false, false) => {
            section.missing("lump", "give `lump` in tokens, or `lump_share` from 0 to 1");
            None
        }
        (true, true) => {
            let span = section.key_span("lump_share");
            let message = format!("{} has both `lump` and `lump_share`", section.name);
            section
                .problems
                .push(Problem::new(span, message, "one of the two", "keep one"));
            None
        }
    }
}

/// `start`, genesis if not said, and `None` only if what is said is wrong.
fn start(section: &mut Section<'_>, context: Context) -> Option<Timestamp> {
    let had = section.has("start");
    match section.optional("start", |v| value::date_or_after(v, context.genesis)) {
        Some(at) => Some(at.value),
        None if had => None,
        None => Some(context.genesis),
    }
}

/// `end`, which must lie after `start`.
fn end(section: &mut Section<'_>, start: Option<Timestamp>) -> Option<At<Timestamp>> {
    let anchor = start.unwrap_or(Timestamp::ZERO);
    let end = section.required("end", |v| value::date_or_after(v, anchor))?;
    if start.is_some_and(|start| end.value <= start) {
        backward(section, &end, "end", anchor, "the start");
        return None;
    }
    Some(end)
}

/// `gate`: nothing before it, then all that the schedule says.
fn gate(section: &mut Section<'_>, start: Option<Timestamp>) -> Option<At<Timestamp>> {
    let anchor = start.unwrap_or(Timestamp::ZERO);
    let gate = section.optional("gate", |v| value::date_or_after(v, anchor))?;
    if start.is_some_and(|start| gate.value < start) {
        backward(section, &gate, "gate", anchor, "the start");
    }
    Some(gate)
}

fn gated(
    section: &Section<'_>,
    gate: Option<At<Timestamp>>,
    end: Timestamp,
    open: AnySchedule,
    gated: impl FnOnce(Timestamp) -> AnySchedule,
) -> Option<AnySchedule> {
    let Some(gate) = gate else { return Some(open) };
    if gate.value > end {
        let message = format!(
            "the gate at {} lies after the end of {}, {}",
            calendar::rfc3339(gate.value),
            section.name,
            calendar::rfc3339(end)
        );
        let help = "a gate lies between the start and the end; for one unlock at a date use kind = \"cliff\"";
        section
            .problems
            .push(Problem::new(gate.span, message, "after the end", help));
        return None;
    }
    Some(gated(gate.value))
}

/// Notes a date that lies before or on the one it must follow.
fn backward(section: &Section<'_>, at: &At<Timestamp>, key: &str, earlier: Timestamp, what: &str) {
    let message = format!(
        "`{key}` of {} is {}, which does not follow {what} at {}",
        section.name,
        calendar::rfc3339(at.value),
        calendar::rfc3339(earlier)
    );
    let help = format!(
        "`{key}` must be later than {what}; a length of time such as \"4y\" counts from the start"
    );
    section
        .problems
        .push(Problem::new(at.span.clone(), message, "not later", help));
}

/// What a mechanism says of its own parameters.
fn built<T>(
    section: &Section<'_>,
    key: &str,
    result: Result<T, tokenomics_vesting::Error>,
) -> Option<T> {
    result
        .map_err(|error| {
            let message = format!("{} cannot be: {error}", section.name);
            section
                .problems
                .push(Problem::new(section.key_span(key), message, "here", ""));
        })
        .ok()
}
