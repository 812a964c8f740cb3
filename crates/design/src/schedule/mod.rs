//! The `schedule` of an allocation: one table, or an array of tables with an amount each.

mod combined;
mod curves;
mod gates;
mod instalments;
mod lists;

use tokenomics_fixed_math::{Amount, Decimals, Rounding, Timestamp};
use tokenomics_vesting::{Cliff, NestedSchedule, Schedule as _};
use toml::de::DeValue;

use super::section::{At, Section, Wrong};
use super::value;
use crate::calendar;
use crate::problem::Problem;

/// A kind of schedule: its name in a design file, and what reads the keys that it has.
#[derive(Clone, Copy)]
struct Kind(
    &'static str,
    fn(&mut Section<'_>, Of) -> Option<NestedSchedule>,
);

/// Returns all kinds, in the order of the documentation. Any but a cliff, which is one, may stand
/// behind a gate.
fn kinds() -> Vec<Kind> {
    let lists = [
        &[Kind("cliff", cliff)],
        curves::KINDS,
        instalments::KINDS,
        lists::KINDS,
        combined::KINDS,
    ];
    lists.concat()
}

/// The surroundings that a schedule needs to know.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) genesis: Timestamp,
    pub(super) decimals: Decimals,
}

/// The depth to which schedules may stand in schedules.
const MOST_DEEP: u8 = 8;

/// The amount that one schedule is of.
#[derive(Clone, Copy)]
struct Of {
    /// `None` where what says it is wrong itself, and sums can't be judged.
    amount: Option<Amount>,
    context: Context,
    /// The number of schedules that it stands in.
    depth: u8,
}

impl Of {
    /// Something to read on with where it isn't known.
    fn amount(self) -> Amount {
        self.amount.unwrap_or(Amount::ZERO)
    }

    fn inside(self, amount: Option<Amount>) -> Self {
        Self {
            amount,
            depth: self.depth.saturating_add(1),
            ..self
        }
    }
}

/// Returns `true` if the amounts stand in the schedules, so that the allocation needs none of its own.
pub(super) fn has_own_amounts(allocation: &mut Section<'_>) -> bool {
    matches!(
        allocation.raw("schedule").map(toml::Spanned::get_ref),
        Some(DeValue::Array(_))
    )
}

/// The schedules of an allocation that is an array of them, each with an amount.
pub(super) fn list(allocation: &mut Section<'_>, context: Context) -> Vec<Option<NestedSchedule>> {
    let name = format!("a schedule of {}", allocation.name);
    let sections = allocation.sections("schedule", &name);
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
    let read = |section| with_amount(section, context, 0);
    sections.into_iter().map(read).collect()
}

/// A table that says its own amount.
fn with_amount(mut section: Section<'_>, context: Context, depth: u8) -> Option<NestedSchedule> {
    let amount = section.required("amount", |v| value::amount(v, context.decimals));
    let amount = amount.map(|at| at.value);
    let of = Of {
        amount,
        context,
        depth,
    };
    one(section, of).filter(|_| amount.is_some())
}

/// The schedules of an allocation of `amount`: what it has at genesis, and the one that it gives for
/// the rest; all of it at genesis if there is none.
pub(super) fn single(
    allocation: &mut Section<'_>,
    amount: Option<Amount>,
    context: Context,
) -> Vec<Option<NestedSchedule>> {
    let of = Of {
        amount,
        context,
        depth: 0,
    };
    let name = format!("the schedule of {}", allocation.name);
    if !allocation.has("schedule") {
        allocation.raw("schedule");
        return vec![Some(Cliff::new(context.genesis, of.amount()).into())];
    }
    let at_once = if AT_GENESIS.is_in(allocation) {
        let at_once = AT_GENESIS.read(allocation, of);
        at_once.map(|at_once| Some(Cliff::new(context.genesis, at_once).into()))
    } else {
        AT_GENESIS.leave_out(allocation);
        None
    };
    let rest = |at_once: Amount| amount.and_then(|amount| amount.checked_sub(at_once).ok());
    let rest = rest(
        at_once
            .iter()
            .flatten()
            .map(NestedSchedule::total)
            .next()
            .unwrap_or(Amount::ZERO),
    );
    let section = allocation.section("schedule", &name);
    let rest = section.and_then(|section| one(section, Of { amount: rest, ..of }));
    at_once.into_iter().chain([rest]).collect()
}

/// Reads one table to its end, so that all its problems are noted even where the amount is wrong.
fn one(mut section: Section<'_>, of: Of) -> Option<NestedSchedule> {
    if of.depth > MOST_DEEP {
        let message = format!("{} stands in more than {MOST_DEEP} others", section.name);
        let help = "combine fewer schedules, or join sums and minima into one";
        let problem = Problem::new(section.span.clone(), message, "too deep", help);
        section.problems.push(problem);
        return None;
    }
    // Which keys there may be depends on the kind, so without one the others are not judged.
    let kind = section.required("kind", |v| value::one_of(v, &kinds(), |Kind(name, _)| name))?;
    let Kind(name, read) = kind.value;
    let read = read(&mut section, of);
    let read = if name == "cliff" {
        read
    } else {
        gates::gated(&mut section, read, of.context)
    };
    let read = read.and_then(|plan| by_the_last_year(&section, plan));
    section.finish();
    read
}

/// Reports write years of four digits.
fn by_the_last_year(section: &Section<'_>, plan: NestedSchedule) -> Option<NestedSchedule> {
    if plan.end() <= calendar::LAST {
        return Some(plan);
    }
    let message = format!("{} ends past the year 9999", section.name);
    let problem = Problem::new(section.span.clone(), message, "too late", "");
    section.problems.push(problem);
    None
}

fn cliff(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let genesis = of.context.genesis;
    let at = section.said("at", |v| value::date_or_after(v, genesis))?;
    let at = at.map_or(genesis, |at| at.value);
    Some(Cliff::new(at, of.amount()).into())
}

/// A part of an amount, in tokens under one key or as a share under another.
struct PartKeys {
    tokens: &'static str,
    share: &'static str,
    /// The amount of the part.
    what: &'static str,
}

const AT_GENESIS: PartKeys = PartKeys {
    tokens: "at_genesis",
    share: "at_genesis_share",
    what: "part at genesis",
};

impl PartKeys {
    fn is_in(&self, section: &Section<'_>) -> bool {
        section.has(self.tokens) || section.has(self.share)
    }

    /// If neither is there, both are keys that there might have been.
    fn leave_out(&self, section: &mut Section<'_>) {
        section.raw(self.tokens);
        section.raw(self.share);
    }

    fn read(&self, section: &mut Section<'_>, of: Of) -> Option<Amount> {
        let (tokens_key, share_key) = (self.tokens, self.share);
        let tokens = section.optional(tokens_key, |v| self.tokens(v, of));
        let share = section.optional(share_key, value::fraction);
        match (section.has(tokens_key), section.has(share_key)) {
            (true, false) => tokens.map(|at| at.value),
            (false, true) => share.map(|at| of.amount().mul_fraction(at.value, Rounding::Floor)),
            (false, false) => {
                let help = format!("give `{tokens_key}` in tokens, or `{share_key}` from 0 to 1");
                section.missing(tokens_key, &help);
                None
            }
            (true, true) => {
                let span = section.key_span(share_key);
                let message = format!("{} has both `{tokens_key}` and `{share_key}`", section.name);
                let problem = Problem::new(span, message, "one of the two", "keep one");
                section.problems.push(problem);
                None
            }
        }
    }

    fn tokens(&self, value: &DeValue<'_>, of: Of) -> Result<Amount, Wrong> {
        let decimals = of.context.decimals;
        let part = value::amount(value, decimals)?;
        let Some(all) = of.amount.filter(|all| part > *all) else {
            return Ok(part);
        };
        let (what, all) = (self.what, all.display(decimals));
        let message = format!(
            "the {what} of {} is beyond the {all} of its schedule",
            part.display(decimals)
        );
        Err(Wrong::new(message, format!("a {what} is from 0 to {all}")))
    }
}

/// `start`, genesis if not said, and `None` only if what is said is wrong.
fn start(section: &mut Section<'_>, context: Context) -> Option<Timestamp> {
    let start = section.said("start", |v| value::date_or_after(v, context.genesis))?;
    Some(start.map_or(context.genesis, |at| at.value))
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

/// The error of a mechanism about its own parameters.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_that_the_documentation_lists() {
        let page = include_str!("../../../../docs/design-file.md");
        let (_, table) = page.split_once("| `kind` | keys | what vests |").unwrap();
        let (table, _) = table.split_once("\n\n").unwrap();
        let rows = table.split("\n| `\"").skip(1);
        let listed = rows.map(|row| row.split_once('"').unwrap().0);
        assert!(listed.eq(kinds().iter().map(|Kind(name, _)| *name)));
    }
}
