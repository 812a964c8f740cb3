//! The plan that a table makes: allocations, and when they unlock.

use std::collections::HashMap;
use std::ops::Range;

use tokenomics_fixed_math::Timestamp;

use super::number::Numeral;
use crate::calendar::Period;

/// The allocations of a token, and what was understood of the table.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) allocations: Vec<Allocation>,
    /// The place of each name among them.
    places: HashMap<String, usize>,
    /// Set if each allocation is a list of dates with what unlocks at each.
    pub(super) is_dated: bool,
    /// The rows that were read.
    pub(super) rows: usize,
    /// Sentences on how the table was read.
    pub(super) notes: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Allocation {
    pub(super) name: String,
    pub(super) schedules: Vec<Schedule>,
}

/// An amount, and when it unlocks.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) size: Size,
    pub(super) kind: Kind,
    /// The row that says so.
    pub(super) place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Tokens(Numeral),
    /// A part of the supply.
    Share(Numeral),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Cliff {
        at: Timestamp,
    },
    Linear {
        start: Timestamp,
        end: Timestamp,
    },
    Step {
        start: Timestamp,
        seconds: u64,
        count: u32,
    },
    /// A part at the start, and the rest after a cliff.
    Terms {
        /// Genesis, where there is none.
        start: Option<Timestamp>,
        /// The part of 1 that unlocks at the start.
        at_start: Numeral,
        rest: Option<Rest>,
    },
}

/// The terms of what doesn't unlock at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    pub(super) cliff: Option<Period>,
    /// None for a cliff alone.
    pub(super) vesting: Option<Period>,
    /// The months between instalments; none for a straight line.
    pub(super) every: Option<u32>,
    /// Set if vesting counts from the start and is held back until the cliff, instead of beginning there.
    pub(super) is_gated: bool,
}

impl Plan {
    pub(super) fn push(&mut self, name: &str, schedule: Schedule) {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => {
                let place = self.allocations.len();
                self.places.insert(name.to_owned(), place);
                let (name, schedules) = (name.to_owned(), Vec::new());
                self.allocations.push(Allocation { name, schedules });
                place
            }
        };
        if let Some(allocation) = self.allocations.get_mut(place) {
            allocation.schedules.push(schedule);
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Adds what unlocks at a date; nothing is nothing.
    pub(super) fn push_tranche(
        &mut self,
        name: &str,
        at: Timestamp,
        amount: Numeral,
        place: Range<usize>,
    ) {
        self.is_dated = true;
        if !amount.is_zero() {
            let (size, kind) = (Size::Tokens(amount), Kind::Cliff { at });
            self.push(name, Schedule { size, kind, place });
        }
    }

    pub(super) fn schedules(&self) -> impl Iterator<Item = &Schedule> {
        self.allocations.iter().flat_map(|one| &one.schedules)
    }

    /// Returns the first date that the table names.
    pub(super) fn first_date(&self) -> Option<Timestamp> {
        self.schedules().filter_map(|one| one.kind.start()).min()
    }
}

impl Kind {
    const fn start(self) -> Option<Timestamp> {
        match self {
            Self::Cliff { at } => Some(at),
            Self::Linear { start, .. } | Self::Step { start, .. } => Some(start),
            Self::Terms { start, .. } => start,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_recipient_is_not_looked_for_among_all_the_others() {
        let begun = Instant::now();
        let mut plan = Plan::default();
        for number in 0..100_000_u64 {
            let at = Timestamp::new(number);
            let schedule = Schedule {
                size: Size::Tokens(Numeral::ZERO),
                kind: Kind::Cliff { at },
                place: 0..0,
            };
            plan.push(&format!("Recipient number {number}"), schedule);
        }
        assert_eq!(plan.schedules().count(), 100_000);
        // Tens of milliseconds; compared one by one, more than a minute.
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
