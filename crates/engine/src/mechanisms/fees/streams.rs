//! The streams of revenue: when periods end, and what is due.

use tokenomics_design::FeeStream;
use tokenomics_fixed_math::{Amount, Error, Rounding, Timestamp};

use super::routes::Exits;
use crate::error::Cause;

/// The periods of a stream that are settled.
#[derive(Debug)]
pub(super) struct Stream<'d> {
    pub(super) plan: &'d FeeStream,
    pub(super) exits: Exits,
    /// True for each route that anything of it may come to.
    pub(super) reached: Vec<bool>,
    /// One period's revenue for each exit: the same each period.
    parts: Vec<Amount>,
    /// The number of periods that are settled, and the end of the one that comes next.
    pub(super) periods: u64,
    pub(super) next: Timestamp,
}

impl<'d> Stream<'d> {
    pub(super) fn new(
        plan: &'d FeeStream,
        exits: Exits,
        reached: Vec<bool>,
    ) -> Result<Self, Cause> {
        let mut stream = Self {
            plan,
            parts: exits.split(plan.revenue)?,
            exits,
            reached,
            periods: 0,
            next: Timestamp::MAX,
        };
        stream.schedule();
        Ok(stream)
    }

    /// Returns what each exit gets where so much is paid of one period.
    pub(super) fn parts_of(&self, paid: Amount) -> Result<Vec<Amount>, Cause> {
        if paid == self.plan.revenue {
            return Ok(self.parts.clone());
        }
        self.exits.split(paid)
    }

    /// Returns the end of the last period that is settled, if revenue comes at `at`.
    pub(super) fn known_until(&self, at: Timestamp) -> Option<Timestamp> {
        if self.next == Timestamp::MAX || at < self.plan.start {
            return None;
        }
        self.end_of(self.periods)
    }

    /// Counts periods as settled.
    pub(super) fn advance(&mut self, periods: u64) {
        self.periods += periods;
        self.schedule();
    }

    fn schedule(&mut self) {
        let next = self.end_of(self.periods.saturating_add(1));
        self.next = next
            .filter(|end| *end <= self.plan.end)
            .unwrap_or(Timestamp::MAX);
    }

    pub(super) fn end_of(&self, period: u64) -> Option<Timestamp> {
        self.plan.per.after(self.plan.start, period)
    }

    /// Returns the revenue of the next so many periods. All from the first on is counted with it, so
    /// that each sum of it fits.
    pub(super) fn asked(&self, periods: u64) -> Result<Amount, Error> {
        let before = self.due(self.periods)?;
        let all = self.due(self.periods.saturating_add(periods))?;
        all.checked_sub(before)
    }

    fn due(&self, periods: u64) -> Result<Amount, Error> {
        let revenue = self.plan.revenue;
        revenue.mul_div(periods.into(), 1, Rounding::Floor)
    }

    /// Returns the number of periods whose revenue can be counted with all before it. The one that
    /// can't is refused in its own instant, however many are taken together.
    pub(super) fn countable(&self) -> u64 {
        let all = Amount::MAX.get().checked_div(self.plan.revenue.get());
        let all = all.map_or(u64::MAX, |all| u64::try_from(all).unwrap_or(u64::MAX));
        all.saturating_sub(self.periods)
    }
}
