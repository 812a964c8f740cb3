//! `[[emission]]`: what is minted.

use std::collections::BTreeSet;

use super::allocations::unique_name;
use super::curves::{self, Clock, Ending};
use super::start;
use crate::section::Section;
use crate::{schedule, value, Destination, Emission};

/// An emission, and how it ends.
pub(super) struct Read {
    pub(super) emission: Emission,
    pub(super) ending: Ending,
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
    Some(Read {
        emission: Emission {
            name,
            stakeholder,
            to,
            start,
            tick,
            curve: shape.curve,
            never_ends: shape.ending != Ending::Ends,
            counted_until: None,
        },
        ending: shape.ending,
    })
}
