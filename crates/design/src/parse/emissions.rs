//! `[[emission]]`: what is minted.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fixed_math::Timestamp;

use super::allocations::unique_name;
use super::curves::{self, Clock, Ending};
use super::start;
use crate::problem::Problem;
use crate::section::Section;
use crate::{calendar, schedule, value, Destination, Emission};

/// An emission, how it ends, and how far what it mints can be counted.
pub(super) struct Read {
    pub(super) emission: Emission,
    pub(super) ending: Ending,
    counted_until: Option<u64>,
    span: Range<usize>,
}

impl Read {
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
    let to = to.map_or(Destination::Circulating, |at| at.value);
    let (name, stakeholder, start, shape) = (name?, stakeholder?.value, start?, shape?);
    let max = shape.max();
    Some(Read {
        emission: Emission {
            name,
            stakeholder,
            to,
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
