//! `[[emission]]`: what is minted.

use std::collections::BTreeSet;

use tokenomics_emission_curves::{Curve as _, GeometricEpochs};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

use super::allocations::unique_name;
use super::start;
use crate::calendar;
use crate::design::section::{Section, Wrong};
use crate::design::{schedule, value, Destination, Emission};
use crate::problem::Problem;

pub(super) fn emissions(
    root: &mut Section<'_>,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Vec<Emission> {
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
) -> Option<Emission> {
    let name = unique_name(section, "emission", names);
    let kind = section.required("kind", |v| {
        value::one_of(v, &["geometric-epochs"], |name| name)
    });
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let to = section.optional("to", value::destination);
    let start = start(section, context.genesis, "genesis");
    let tick = section
        .optional("tick", value::fixed_period)
        .map_or(1, |at| at.value);
    let rate = section.required("rate", |v| value::positive(v, context.decimals));
    let epoch = section.required("epoch", |v| ticks(v, tick));
    let decay = section.required("decay", value::ratio);
    let most = u64::from(u32::MAX);
    let max_epochs = section.optional("max_epochs", |v| value::integer(v, 1, most));
    let max_epochs = max_epochs.and_then(|at| u32::try_from(at.value).ok());
    kind?;
    let (rate, epoch, decay) = (rate?.value, Span::new(epoch?.value), decay?);
    let curve =
        GeometricEpochs::<Vec<_>>::new(Timestamp::ZERO, epoch, rate, decay.value, max_epochs)
            .map_err(|error| {
                let message = format!("{} cannot be: {error}", section.name);
                let help = "a decay below 1 ends by itself; any other needs `max_epochs`";
                section
                    .problems
                    .push(Problem::new(decay.span, message, "here", help));
            });
    let to = to.map_or(Destination::Circulating, |at| at.value);
    let (name, stakeholder, start) = (name?, stakeholder?.value, start?);
    Some(Emission {
        name,
        stakeholder,
        to,
        start,
        tick,
        curve: curve.ok()?,
    })
}

/// A number of ticks: an integer, or a length of time that is a whole number of them.
fn ticks(v: &toml::de::DeValue<'_>, tick: u64) -> Result<u64, Wrong> {
    if v.is_integer() {
        return value::integer(v, 1, u64::MAX);
    }
    let seconds = value::fixed_period(v)?;
    if seconds % tick != 0 {
        let message = format!("{seconds}s is not a whole number of ticks of {tick}s");
        return Err(Wrong::new(message, "an integer counts ticks"));
    }
    Ok(seconds / tick)
}

impl Emission {
    /// All that it will ever mint.
    #[must_use]
    pub fn cap(&self) -> Amount {
        self.curve.cap()
    }

    /// What it has minted by `at`.
    #[must_use]
    pub fn emitted_at(&self, at: Timestamp) -> Amount {
        let Some(elapsed) = at.since(self.start) else {
            return Amount::ZERO;
        };
        self.curve
            .emitted_at(Timestamp::new(elapsed.get() / self.tick))
    }

    /// What it mints from one point to another.
    #[must_use]
    pub fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        self.emitted_at(to)
            .checked_sub(self.emitted_at(from))
            .unwrap_or(Amount::ZERO)
    }

    /// When the last unit is minted; the end of the calendar if that is later.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        let ticks = self.curve.end().get();
        let seconds = ticks.checked_mul(self.tick).map(Span::new);
        let end = seconds.and_then(|span| self.start.checked_add(span).ok());
        end.unwrap_or(calendar::LAST).min(calendar::LAST)
    }
}
