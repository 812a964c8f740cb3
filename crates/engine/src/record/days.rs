//! The days of the window on which most unlocks.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Reader;
use crate::{Cause, Row};
use tokenomics_design::calendar;
use tokenomics_design::Design;

/// The number of days that are kept.
const MOST: usize = 12;

/// The amounts that vest on one day in UTC, as far as it lies in the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlock {
    /// The day's first second.
    pub day: Timestamp,
    /// The amount of each allocation of which anything unlocks, by its index.
    pub parts: Vec<(usize, Amount)>,
    /// The sum.
    pub amount: Amount,
}

/// Reads the days, and keeps the largest.
#[derive(Debug)]
pub(crate) struct Days {
    largest: Vec<Unlock>,
    end: Timestamp,
    next: Option<Timestamp>,
    /// True if the next instant ends a day of the window, and not the time before it.
    open: bool,
    vested: Vec<Amount>,
    total: Amount,
}

impl Days {
    pub(crate) fn new(design: &Design) -> Self {
        let (genesis, window) = (design.token.genesis, design.window);
        let begin = window.start.max(genesis);
        let any = begin <= window.end && !design.allocations.is_empty();
        let mut days = Self {
            largest: Vec::new(),
            end: window.end,
            next: None,
            open: window.start <= genesis,
            vested: vec![Amount::ZERO; design.allocations.len()],
            total: Amount::ZERO,
        };
        // The day of genesis begins with nothing; a later one with what vested before it.
        days.next = any.then(|| match days.open {
            true => days.last_of(begin),
            false => Timestamp::new(begin.get() - 1),
        });
        days
    }

    /// The last second of the day that `at` lies in, or the window's end.
    fn last_of(&self, at: Timestamp) -> Timestamp {
        let last = calendar::day_of(at).get().saturating_add(86_399);
        Timestamp::new(last).min(self.end)
    }

    /// The largest first, and the earliest of equals.
    pub(crate) fn finish(self) -> Vec<Unlock> {
        self.largest
    }

    fn insert(&mut self, unlock: Unlock) {
        let larger = |one: &Unlock| one.amount >= unlock.amount;
        let at = self.largest.partition_point(larger);
        self.largest.insert(at, unlock);
        self.largest.truncate(MOST);
    }

    fn is_large(&self, amount: Amount) -> bool {
        let least = self.largest.last().filter(|_| self.largest.len() == MOST);
        !amount.is_zero() && least.is_none_or(|least| amount > least.amount)
    }
}

impl Reader for Days {
    fn next(&self) -> Option<Timestamp> {
        self.next
    }

    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        let day = calendar::day_of(row.time);
        let amount = row.totals.vested.checked_sub(self.total)?;
        if self.open && self.is_large(amount) {
            let mut parts = Vec::new();
            for (index, (before, now)) in self.vested.iter().zip(&row.vested).enumerate() {
                let newly = now.checked_sub(*before)?;
                if !newly.is_zero() {
                    parts.push((index, newly));
                }
            }
            self.insert(Unlock { day, parts, amount });
        }
        self.vested.copy_from_slice(&row.vested);
        self.total = row.totals.vested;
        self.open = true;
        let next = Timestamp::new(row.time.get().saturating_add(1));
        let more = row.time < self.end && !row.totals.unvested.is_zero();
        self.next = more.then(|| self.last_of(next));
        Ok(())
    }
}
