//! The number of events of a design, which a run goes through one by one.

use std::collections::HashSet;
use std::ops::Range;

use tokenomics_fixed_math::Timestamp;

use crate::problem::Problem;
use crate::{Allocation, EscrowPlan, FeeAsset, FeePlan, MOST_EVENTS};

/// The events that can't be taken together, and the key that brings most of them.
pub(super) struct Events {
    count: u64,
    most: (u64, String),
}

impl Events {
    pub(super) fn of(
        allocations: &[Allocation],
        escrow: Option<&EscrowPlan>,
        fees: Option<&FeePlan>,
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
        if let Some(plan) = escrow {
            let count = plan.every.count_between(plan.start, end);
            events.add(count, || "re-locking by `every` of [escrow]".to_owned());
        }
        let buys = |plan: &&FeePlan| matches!(plan.asset, FeeAsset::Other { price: Some(_), .. });
        if let Some(plan) = fees.filter(buys) {
            let count = plan.per.count_between(plan.start, end.min(plan.end));
            events.add(count, || "buying by `per` of [fees]".to_owned());
        }
        events
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
