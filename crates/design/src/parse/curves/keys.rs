//! The keys that curves of several kinds share.

use std::fmt::Display;

use tokenomics_emission_curves::Decay;
use tokenomics_fixed_math::{Amount, Ratio, Span};
use toml::de::DeValue;

use super::clock::Clock;
use crate::calendar;
use crate::problem::Problem;
use crate::section::Section;
use crate::value;

/// A list of tables under a key that must be there and not be empty.
pub(super) fn list<'a>(
    section: &mut Section<'a>,
    key: &'static str,
    name: &str,
) -> Vec<Section<'a>> {
    let tables = section.sections(key, name);
    if !section.has(key) {
        section.missing(key, "a list of tables");
    } else if matches!(section.raw(key).map(toml::Spanned::get_ref), Some(DeValue::Array(all)) if all.is_empty())
    {
        let message = format!("{} has none in its list", section.name);
        section.problems.push(Problem::new(
            section.key_span(key),
            message,
            "an empty list",
            "give at least one",
        ));
    }
    tables
}

/// `end`, in ticks: `None` if it is wrong, `Some(None)` if it isn't said.
pub(super) fn end(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<Option<u64>> {
    let Some(end) = section.said("end", |v| clock.at(v, from))? else {
        return Some(None);
    };
    if end.value <= from {
        let message = format!(
            "{} ends at {}, which does not follow its start at {}",
            section.name,
            calendar::rfc3339(clock.date(end.value)),
            calendar::rfc3339(clock.date(from))
        );
        section
            .problems
            .push(Problem::new(end.span, message, "not later", ""));
        return None;
    }
    Some(Some(end.value))
}

/// `end`, where there must be one.
pub(super) fn needed_end(section: &mut Section<'_>, clock: Clock, from: u64) -> Option<u64> {
    if !section.has("end") {
        section.raw("end");
        section.missing("end", "a date, or a length of time after the start");
        return None;
    }
    end(section, clock, from)?
}

/// `from`, a date or a length of time after the first phase begins.
pub(super) fn phase_start(
    section: &mut Section<'_>,
    clock: Clock,
    first: u64,
    last: Option<u64>,
) -> Option<u64> {
    let Some(from) = section.said("from", |v| clock.at(v, first))? else {
        if last.is_some() {
            section.missing("from", "only the first begins at the emission's start");
            return None;
        }
        return Some(first);
    };
    if from.value < first || last.is_some_and(|last| from.value <= last) {
        let message = format!("{} doesn't begin after the one before it", section.name);
        let help = "phases stand in the order in which they begin";
        section
            .problems
            .push(Problem::new(from.span, message, "too early", help));
        return None;
    }
    Some(from.value)
}

/// The amount that is emitted over a stretch of time.
pub(super) enum HowMuch {
    /// The amount in all.
    Total(Amount),
    /// The base units a tick.
    Rate(Ratio),
}

/// `total`, or `rate` and `per`.
pub(super) fn how_much(section: &mut Section<'_>, clock: Clock) -> Option<HowMuch> {
    if !section.has("total") {
        let rate = section.optional("rate", |v| clock.amount(v));
        let per = per(section, clock);
        if !section.has("rate") {
            section.missing("rate", "or a `total` over its whole length");
        }
        let (rate, per) = (rate?.value, per?);
        return Ratio::new(rate.get(), per.into()).ok().map(HowMuch::Rate);
    }
    let total = section.optional("total", |v| clock.amount(v));
    for key in ["rate", "per"] {
        if section.raw(key).is_some() {
            both(section, key, "total");
        }
    }
    total.map(|at| HowMuch::Total(at.value))
}

/// Notes a key that says again what another one says.
fn both(section: &Section<'_>, key: &str, other: &str) {
    let message = format!("{} has both `{other}` and `{key}`", section.name);
    let span = section.key_span(key);
    section
        .problems
        .push(Problem::new(span, message, "one of the two", "keep one"));
}

/// `rate` and `per`, where the rate is a pure number.
pub(super) fn rate_per(section: &mut Section<'_>, clock: Clock) -> Option<Ratio> {
    let rate = section.optional("rate", value::ratio);
    let per = per(section, clock);
    let (rate, per) = (rate?, per?);
    let (n, d) = (rate.value.numerator(), rate.value.denominator());
    let ratio = d
        .checked_mul(per.into())
        .and_then(|d| Ratio::new(n, d).ok());
    if ratio.is_none() {
        let message = format!("{} in {per} ticks is finer than can be kept", rate.value);
        section.problems.push(Problem::new(
            rate.span,
            message,
            "here",
            "write it with fewer digits, or for a shorter `per`",
        ));
    }
    ratio
}

/// `per`, in ticks: how long the rate's tokens take.
pub(super) fn per(section: &mut Section<'_>, clock: Clock) -> Option<u64> {
    let per = section.said("per", |v| clock.ticks(v))?;
    Some(per.map_or(1, |per| per.value))
}

/// The error of a mechanism about its own parameters.
pub(super) fn built<T>(
    section: &Section<'_>,
    key: &str,
    result: Result<T, impl Display>,
) -> Option<T> {
    let noted = result.map_err(|error| {
        let message = format!("{} cannot be: {error}", section.name);
        section
            .problems
            .push(Problem::new(section.key_span(key), message, "here", ""));
    });
    noted.ok()
}

/// The rate at which what is left falls, and the key that says so: one of three.
pub(super) fn decay(section: &mut Section<'_>, clock: Clock) -> (&'static str, Option<Decay>) {
    const KEYS: [&str; 3] = ["half_life", "decay", "rate"];
    let mut said = KEYS.into_iter().filter(|key| section.has(key));
    let (first, second) = (said.next(), said.next());
    if let (Some(first), Some(second)) = (first, second) {
        both(section, second, first);
        section.raw(second);
    }
    let key = first.unwrap_or("half_life");
    let decay = match key {
        "decay" => section
            .optional("decay", value::ratio)
            .map(|at| Decay::PerUnit(at.value)),
        "rate" => rate_per(section, clock).map(Decay::Continuous),
        _ => section
            .required("half_life", |v| clock.ticks(v))
            .map(|at| Decay::HalfLife(Span::new(at.value))),
    };
    (key, decay)
}
