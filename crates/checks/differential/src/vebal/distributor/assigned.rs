//! The weeks that the contract assigns what it receives to.

use std::collections::BTreeMap;

use super::tally::{Difference, Tally};
use super::weeks::part as part_of;
use super::WEEKS_A_CALL;
use crate::vebal::{to_week, WEEK};

/// A call of a user in the week of the last checkpoint makes another one only so near to its end.
const NEAR: u64 = 86_400;

/// What the contract has assigned to weeks, and what it never will.
#[derive(Default)]
pub struct Assigned {
    weeks: BTreeMap<u64, u128>,
    /// When it last looked at its balance.
    pub cursor: Option<u64>,
    /// What it hasn't seen yet.
    unseen: u128,
    /// What it has seen and assigned to no week.
    pub forgotten: u128,
}

impl Assigned {
    pub fn in_week(&self, week: u64) -> u128 {
        self.weeks.get(&week).copied().unwrap_or(0)
    }

    pub fn receive(&mut self, amount: u128) {
        self.unseen += amount;
    }

    /// Spreads what is new over the time since the last look: over 20 weeks at most.
    pub fn checkpoint(&mut self, now: u64, is_forced: bool, tally: &mut Tally) {
        let last = self.cursor.unwrap_or(now);
        let is_same_week = self.cursor.is_some() && to_week(last) == to_week(now);
        let is_near = to_week(now + WEEK - 1) - now < NEAR;
        if !is_forced && is_same_week && !is_near {
            return;
        }
        self.cursor = Some(now);
        let amount = std::mem::take(&mut self.unseen);
        let forgotten = amount - self.spread(amount, last, now);
        self.forgotten += forgotten;
        if amount > 0 && to_week(last) != to_week(now) {
            tally.note(Difference::Spread);
        }
        if amount > 0 && now > to_week(last) + WEEKS_A_CALL * WEEK {
            tally.note(Difference::Forgotten);
        } else if forgotten > 0 {
            tally.note(Difference::Cut);
        }
    }

    /// Returns how much of it was assigned.
    fn spread(&mut self, amount: u128, last: u64, now: u64) -> u128 {
        let (mut from, mut sum) = (last, 0);
        for _ in 0..WEEKS_A_CALL {
            let next = to_week(from) + WEEK;
            let (part, all) = (next.min(now) - from, now - last);
            let part = match all {
                0 => amount,
                _ => part_of(amount, part.into(), all.into()).to(),
            };
            *self.weeks.entry(to_week(from)).or_default() += part;
            sum += part;
            if now < next {
                break;
            }
            from = next;
        }
        sum
    }
}
