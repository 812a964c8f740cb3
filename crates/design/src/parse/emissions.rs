//! `[[emission]]`: what is minted.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fixed_math::Timestamp;
use toml::de::DeValue;

use super::allocations::unique_name;
use super::curves::{self, Clock, Ending};
use super::start;
use crate::calendar::Period;
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::{calendar, schedule, value, Destination, Emission};

/// An emission, how it ends, and how far what it mints can be counted.
pub(super) struct Read {
    pub(super) emission: Emission,
    pub(super) ending: Ending,
    counted_until: Option<u64>,
    span: Range<usize>,
}

impl Read {
    /// Returns what is wrong where gauges get what it mints, and there are none.
    pub(super) fn without_gauges(&self) -> Option<Problem> {
        self.emission.gauges?;
        let message = format!(
            "emission `{}` goes to gauges, and there are none",
            self.emission.name
        );
        let help = "say in [[gauge]] who gets which share of the votes";
        Some(Problem::new(
            self.span.clone(),
            message,
            "no [[gauge]]",
            help,
        ))
    }

    /// Returns what is wrong where it mints more than can be counted before the end of the run.
    pub(super) fn uncounted(&self, end: Timestamp) -> Option<Problem> {
        let counted = self.counted_until?;
        let reached = self.emission.clock_at(end)?;
        if reached <= counted {
            return None;
        }
        let last = self.emission.time_of(counted).unwrap_or(calendar::LAST);
        let message = format!(
            "emission `{}` mints more than can be counted after {}, and the run ends at {}",
            self.emission.name,
            calendar::rfc3339(last),
            calendar::rfc3339(end)
        );
        let help = "give it a `cap` or an `end`, or the simulation an earlier one";
        let span = self.span.clone();
        Some(Problem::new(span, message, "for ever", help))
    }
}

pub(super) fn emissions(
    root: &mut Section<'_>,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Vec<Read> {
    let sections = root.sections("emission", "[[emission]]");
    let read = |mut section| {
        let emission = emission(&mut section, context, names);
        section.finish();
        emission
    };
    sections.into_iter().filter_map(read).collect()
}

fn emission(
    section: &mut Section<'_>,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Option<Read> {
    let name = unique_name(section, "emission", names);
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let to = section.optional("to", value::destination);
    let gauges = gauges(section);
    let start = start(section, context.genesis, "genesis");
    let tick = section
        .optional("tick", value::fixed_period)
        .map_or(1, |at| at.value);
    let clock = Clock {
        start: start.unwrap_or(context.genesis),
        tick,
        decimals: context.decimals,
    };
    let shape = curves::curve(section, clock, 0);
    let gauges = gauges?;
    let unsaid = match gauges {
        Some(_) => Destination::Treasury,
        None => Destination::Circulating,
    };
    let to = to.map_or(unsaid, |at| at.value);
    let (name, stakeholder, start, shape) = (name?, stakeholder?.value, start?, shape?);
    let max = shape.max();
    Some(Read {
        emission: Emission {
            name,
            stakeholder,
            to,
            gauges,
            start,
            tick,
            source: shape.source,
            never_ends: shape.ending != Ending::Ends,
            max,
        },
        ending: shape.ending,
        counted_until: shape.counted_until,
        span: section.span.clone(),
    })
}

/// `gauges`: the length of an epoch, or `true` for one of a week. `Some(None)` where votes don't direct it.
fn gauges(section: &mut Section<'_>) -> Option<Option<Period>> {
    let epoch = |v: &DeValue<'_>| match v {
        DeValue::Boolean(said) => Ok(said.then_some(Period::Seconds(604_800))),
        DeValue::String(_) => value::period(v).map(Some),
        other => Err(Wrong::kind(
            other,
            "true, false, or the length of an epoch in quotes, such as \"1w\"",
        )),
    };
    let said = section.said("gauges", epoch)?;
    Some(said.and_then(|said| said.value))
}
