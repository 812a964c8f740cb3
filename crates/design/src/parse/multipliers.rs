//! Multipliers of locks: single ones, and tables of them by the length of a lock.

use tokenomics_escrow_weighting::LengthTable;
use tokenomics_fixed_math::{Span, Wad};
use toml::de::DeValue;

use super::escrow::refuse;
use crate::problem::Problem;
use crate::section::{At, Section, Wrong};
use crate::value;

/// The periods of the longest conviction.
const LONGEST_CONVICTION: u64 = 32;

/// A length, and the multiplier of locks that are no shorter.
pub(super) type Row = (Span, At<Wad>);

pub(super) fn rows(section: &mut Section<'_>) -> Option<Vec<Row>> {
    let raw = section.raw("multipliers")?;
    if let DeValue::Array(_) = raw.get_ref() {
        return listed(section);
    }
    let word = |v: &DeValue<'_>| match v {
        DeValue::String(_) => value::one_of(v, &["conviction"], |word| word),
        other => Err(Wrong::kind(
            other,
            "\"conviction\" or a list of tables with a `length` and a `multiplier`",
        )),
    };
    let Some(table) = section.optional("multipliers", word) else {
        section.leave_unjudged();
        return None;
    };
    let period = section.required("period", value::fixed_period)?;
    let rows = LengthTable::conviction(Span::new(period.value));
    let rows = rows.map_err(|_| too_long(section, &period)).ok()?;
    let rows = rows.rows().iter().map(|&(length, value)| {
        let span = table.span.clone();
        (length, At { value, span })
    });
    Some(rows.collect())
}

/// Notes a period of which the longest conviction can't be counted: of 0 there is none.
fn too_long(section: &Section<'_>, period: &At<u64>) {
    let message = format!(
        "`period` of {}: {LONGEST_CONVICTION} periods of {}s are more seconds than can be counted",
        section.name, period.value
    );
    let most = u64::MAX / LONGEST_CONVICTION;
    refuse(
        section,
        period,
        message,
        &format!("a period has 1s to {most}s"),
    );
}

fn listed(section: &mut Section<'_>) -> Option<Vec<Row>> {
    let name = format!("`multipliers` of {}", section.name);
    let tables = section.sections("multipliers", &name);
    if section.is_empty_list("multipliers") {
        let span = section.key_span("multipliers");
        let help = "write a table with a `length` and a `multiplier` for each";
        let problem = Problem::new(span, format!("{name} has no lengths"), "here", help);
        section.problems.push(problem);
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    for mut table in tables {
        let length = table.required("length", value::fixed_period);
        let multiplier = table.required("multiplier", multiplier);
        table.finish();
        let (length, multiplier) = (length?, multiplier?);
        let before = rows.last().map_or(0, |(before, _)| before.get());
        if length.value <= before {
            let message = format!("a length of {}s after one of {before}s", length.value);
            refuse(section, &length, message, "lengths rise from row to row");
            return None;
        }
        rows.push((Span::new(length.value), multiplier));
    }
    Some(rows)
}

pub(super) fn any_multiplier(value: &DeValue<'_>) -> Result<Wad, Wrong> {
    let help = "a multiplier is a number from 0 up with at most 18 decimals, such as 2.5";
    value::number(value, "the multiplier", help)
}

/// A multiplier above nothing.
pub(super) fn multiplier(value: &DeValue<'_>) -> Result<Wad, Wrong> {
    let read = any_multiplier(value)?;
    if read.is_zero() {
        return Err(Wrong::new("this multiplier is zero", "write one above 0"));
    }
    Ok(read)
}
