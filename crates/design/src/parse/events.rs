//! The number of events of a design, which a run goes through one by one.

use std::collections::HashSet;
use std::ops::Range;

use tokenomics_fixed_math::Timestamp;

use crate::problem::Problem;
use crate::{
    Allocation, Emission, EscrowPlan, FeePlan, Followed, RouteKind, Source, VaultPlan, MOST_EVENTS,
};

/// The events that can't be taken together, and the key that brings most of them.
pub(super) struct Events {
    count: u64,
    most: (u64, String),
}

impl Events {
    pub(super) fn of<'d>(
        allocations: &[Allocation],
        emissions: &[Emission],
        (escrow, fees, vaults): (
            Option<&EscrowPlan>,
            Option<&FeePlan>,
            impl Iterator<Item = &'d VaultPlan>,
        ),
        (genesis, end): (Timestamp, Timestamp),
    ) -> Self {
        let mut events = Self {
            count: 0,
            most: (0, String::new()),
        };
        let mut seen = HashSet::new();
        for allocation in allocations {
            if let Some(every) = allocation.claim_every.filter(|every| seen.insert(*every)) {
                let count = every.count_between(genesis, end);
                events.add(count, || format!("`claim_every` of {}", allocation.name));
            }
        }
        events.emissions(emissions, end);
        for programme in escrow.iter().flat_map(|plan| &plan.programmes) {
            let count = programme.every.count_between(programme.start, end);
            events.add(count, || "re-locking by `every` of [escrow]".to_owned());
        }
        if let Some(plan) = fees {
            let programmes = escrow.map_or(0, |escrow| escrow.programmes.len());
            events.fees(plan, programmes, (genesis, end));
        }
        for vault in vaults {
            let count = vault.every.count_between(vault.start, end);
            events.add(count, || format!("deposits by `every` of {}", vault.name));
        }
        events
    }

    fn emissions(&mut self, emissions: &[Emission], end: Timestamp) {
        for emission in emissions {
            let until = emission.clock_at(end).unwrap_or(0);
            self.add(followed(&emission.source, until), || {
                format!("`update` of {}", emission.name)
            });
            if let Some(epoch) = emission.gauges {
                let count = epoch.count_between(emission.start, end);
                self.add(count, || format!("`gauges` of {}", emission.name));
            }
        }
    }

    fn fees(&mut self, plan: &FeePlan, programmes: usize, (genesis, end): (Timestamp, Timestamp)) {
        if !plan.takes_periods_together(programmes) {
            for stream in &plan.streams {
                let count = stream.per.count_between(stream.start, end.min(stream.end));
                self.add(count, || format!("`per` of {}", stream.name));
            }
        }
        for route in &plan.routes {
            if let RouteKind::Lockers {
                every: Some(every), ..
            } = route.kind
            {
                let count = every.count_between(genesis, end);
                self.add(count, || format!("`every` of {}", route.name));
            }
        }
    }

    fn add(&mut self, count: u64, key: impl Fn() -> String) {
        self.count = self.count.saturating_add(count);
        if count > self.most.0 {
            self.most = (count, key());
        }
    }

    /// Returns what is wrong where there are too many.
    pub(super) fn problem(&self, span: Range<usize>) -> Option<Problem> {
        let (most, key) = &self.most;
        (self.count > MOST_EVENTS).then(|| {
            let message = format!(
                "{} events are too many, {most} of them by {key}",
                self.count
            );
            let help = format!(
                "at most {MOST_EVENTS}: make the time between them longer, or the end earlier"
            );
            Problem::new(span, message, "in this design", help)
        })
    }
}

/// The changes of what an emission follows, by a time on its clock.
fn followed(source: &Source, until: u64) -> u64 {
    match source {
        Source::Curve(_) => 0,
        Source::Followed(followed) => steps(followed, until),
        Source::Phases(phases) => {
            let ends = phases.stages.iter().skip(1).map(|next| next.from);
            let phases = phases.stages.iter().zip(ends.chain([until]));
            let each = phases.map(|(phase, end)| followed(&phase.value, end.min(until)));
            each.fold(0, |sum, steps| sum.saturating_add(steps).saturating_add(1))
        }
    }
}

fn steps(followed: &Followed, until: u64) -> u64 {
    let until = followed.end.map_or(until, |end| end.min(until));
    let length = until.saturating_sub(followed.controller.start().get());
    let joins = followed
        .update
        .and_then(|update| length.checked_div(update))
        .unwrap_or(0);
    let changes = u64::try_from(followed.controller.changes()).unwrap_or(u64::MAX);
    joins.saturating_add(changes)
}
