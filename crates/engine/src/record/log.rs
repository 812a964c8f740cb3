//! The events of a run.

use tokenomics_fixed_math::{Amount, Error, Timestamp};

/// The most stretches of unpaid revenue of a stream that are told one by one; all after them are told as the last.
const MOST_STRETCHES: usize = 1_000;

/// An event of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The instant.
    pub at: Timestamp,
    /// The kind.
    pub kind: EventKind,
}

/// A kind of event, in the order in which events of one instant happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EventKind {
    /// The issue of the genesis supply.
    Issued,
    /// The first instant at which so much of an allocation has vested.
    Vested {
        /// The allocation, by its index.
        allocation: usize,
        /// The part of it that has vested.
        part: Part,
    },
    /// The first instant at which an emission that has a maximum has minted all of it.
    Minted {
        /// The emission, by its index.
        emission: usize,
    },
    /// The end of the first period of a stream of revenue.
    FirstRevenue {
        /// The stream, by its index.
        stream: usize,
    },
    /// The end of the last period that a stream of revenue has.
    LastRevenue {
        /// The stream, by its index.
        stream: usize,
    },
    /// The end of the first of successive periods of a stream in the token that were not paid in full.
    Unpaid(Unpaid),
    /// The first instant at which so much of all that will ever exist circulates.
    Circulating {
        /// The share that circulates, in hundredths.
        percent: u8,
    },
}

/// A part of an allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Its first unit.
    First,
    /// Half of it, rounded up.
    Half,
    /// All of it.
    All,
}

impl Part {
    /// All parts, in the order in which they vest.
    pub const EACH: [Self; 3] = [Self::First, Self::Half, Self::All];
}

/// Revenue in the token that holders had nothing left to pay with, which lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Unpaid {
    /// The stream, by its index.
    pub stream: usize,
    /// The number of periods that were not paid in full.
    pub periods: u64,
    /// The end of the last of them.
    pub until: Timestamp,
    /// The sum that was not paid.
    pub amount: Amount,
}

impl Unpaid {
    fn join(&mut self, later: Self) -> Result<(), Error> {
        self.amount = self.amount.checked_add(later.amount)?;
        self.periods = self.periods.saturating_add(later.periods);
        self.until = later.until;
        Ok(())
    }
}

/// All revenue of a run that was not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shortfall {
    /// The number of periods that were not paid in full.
    pub periods: u64,
    /// The end of the first of them; 0 where there is none.
    pub first: Timestamp,
    /// The end of the last of them; 0 where there is none.
    pub last: Timestamp,
    /// The sum that was not paid.
    pub amount: Amount,
}

impl Shortfall {
    /// All that neither stream paid.
    fn with(self, other: Self) -> Self {
        // What can't be counted of several streams is refused before, when it is counted in the books.
        let amount = self.amount.checked_add(other.amount);
        Self {
            periods: self.periods.saturating_add(other.periods),
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            amount: amount.unwrap_or(Amount::MAX),
        }
    }

    fn add(&mut self, first: Timestamp, unpaid: Unpaid) -> Result<(), Error> {
        self.amount = self.amount.checked_add(unpaid.amount)?;
        if self.periods == 0 {
            self.first = first;
        }
        self.last = unpaid.until;
        self.periods = self.periods.saturating_add(unpaid.periods);
        Ok(())
    }
}

/// The instants at which an allocation's first unit, its half and all of it had vested; `None` for what
/// has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The first instant at which anything had vested: genesis, for what had vested before it.
    pub first: Option<Timestamp>,
    /// The first instant at which half had.
    pub half: Option<Timestamp>,
    /// The first instant at which all had.
    pub all: Option<Timestamp>,
}

impl Progress {
    fn of(&mut self, part: Part) -> &mut Option<Timestamp> {
        match part {
            Part::First => &mut self.first,
            Part::Half => &mut self.half,
            Part::All => &mut self.all,
        }
    }
}

/// The events of a run, in the order in which they happened.
///
/// Whatever is said of a date comes from here. The log grows by three events an allocation, by one
/// an emission, and by two and at most a thousand stretches of unpaid revenue a stream.
///
/// # Laws
/// `step_independent`: at which instants a run is looked at changes no event.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::{run, EventKind};
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let run = run(&design)?;
/// let first = run.log.events()[0];
/// assert_eq!((first.at, first.kind), (design.token.genesis, EventKind::Issued));
/// assert!(run.log.events().windows(2).all(|pair| pair[0] < pair[1]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    events: Vec<Event>,
    /// The number of events from the first that are in order.
    ordered: usize,
    /// The stretches of unpaid revenue of each stream.
    stretches: Vec<Stretches>,
}

/// The stretches of unpaid revenue of one stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Stretches {
    shortfall: Shortfall,
    /// Their number, and the index of the last.
    count: usize,
    last: usize,
    /// True if the stream's last period belongs to it.
    is_unpaid: bool,
}

impl Log {
    /// Returns all events.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns when so many hundredths of all that will ever exist first circulated; `None` where they
    /// have not, where there is no maximum, or where nobody looks for that share: 50 and 90 are.
    #[must_use]
    pub fn circulating(&self, percent: u8) -> Option<Timestamp> {
        self.first(EventKind::Circulating { percent })
    }

    /// Returns the end of the first period of a stream and the end of the last that it has; `None` for
    /// what has not come.
    #[must_use]
    pub fn revenue(&self, stream: usize) -> [Option<Timestamp>; 2] {
        let kinds = [
            EventKind::FirstRevenue { stream },
            EventKind::LastRevenue { stream },
        ];
        kinds.map(|kind| self.first(kind))
    }

    fn first(&self, kind: EventKind) -> Option<Timestamp> {
        let found = self.events.iter().find(|event| event.kind == kind);
        found.map(|event| event.at)
    }

    /// Returns how far each of so many allocations has come.
    #[must_use]
    pub fn progress(&self, allocations: usize) -> Vec<Progress> {
        let mut all = vec![Progress::default(); allocations];
        for event in &self.events {
            let EventKind::Vested { allocation, part } = event.kind else {
                continue;
            };
            if let Some(progress) = all.get_mut(allocation) {
                *progress.of(part) = Some(event.at);
            }
        }
        all
    }

    /// Returns when each of so many emissions had minted all of its maximum; `None` for one that had
    /// not, or has none.
    #[must_use]
    pub fn minted(&self, emissions: usize) -> Vec<Option<Timestamp>> {
        let mut all = vec![None; emissions];
        for event in &self.events {
            let EventKind::Minted { emission } = event.kind else {
                continue;
            };
            if let Some(minted) = all.get_mut(emission) {
                *minted = Some(event.at);
            }
        }
        all
    }

    /// Returns the revenue that was not paid, of all streams together.
    #[must_use]
    pub fn shortfall(&self) -> Shortfall {
        let each = self.stretches.iter().map(|stream| stream.shortfall);
        let some = each.filter(|shortfall| shortfall.periods > 0);
        some.reduce(Shortfall::with).unwrap_or_default()
    }

    /// Returns the revenue of a stream that was not paid, all stretches together.
    #[must_use]
    pub fn shortfall_of(&self, stream: usize) -> Shortfall {
        let stretches = self.stretches.get(stream);
        stretches.map_or_else(Shortfall::default, |stretches| stretches.shortfall)
    }

    /// Writes an event. Of those found together, a later one may be written first: [`order`](Self::order)
    /// puts them in their places.
    pub(crate) fn write(&mut self, at: Timestamp, kind: EventKind) {
        self.events.push(Event { at, kind });
    }

    /// Puts what was written since the last call in its place.
    pub(crate) fn order(&mut self) {
        let (before, new) = self.events.split_at(self.ordered);
        if let Some(earliest) = new.iter().min() {
            let start = before.partition_point(|event| event < earliest);
            self.events[start..].sort_unstable();
            for (stream, stretches) in self.stretches.iter_mut().enumerate() {
                if start <= stretches.last {
                    let is_it = |event: &Event| match event.kind {
                        EventKind::Unpaid(unpaid) => unpaid.stream == stream,
                        _ => false,
                    };
                    stretches.last = self.events.iter().rposition(is_it).unwrap_or(0);
                }
            }
        }
        self.ordered = self.events.len();
    }

    /// Notes that a stream was paid in full.
    pub(crate) fn note_paid(&mut self, stream: usize) {
        if let Some(stretches) = self.stretches.get_mut(stream) {
            stretches.is_unpaid = false;
        }
    }

    /// Notes revenue that was not paid, of periods of which the first ended at `at`. Successive ones
    /// are one event.
    pub(crate) fn note_unpaid(&mut self, at: Timestamp, unpaid: Unpaid) -> Result<(), Error> {
        if self.stretches.len() <= unpaid.stream {
            let count = unpaid.stream.saturating_add(1);
            self.stretches.resize_with(count, Stretches::default);
        }
        let stretches = &mut self.stretches[unpaid.stream];
        stretches.shortfall.add(at, unpaid)?;
        let is_new = !stretches.is_unpaid && stretches.count < MOST_STRETCHES;
        stretches.is_unpaid = true;
        if is_new {
            stretches.count += 1;
            stretches.last = self.events.len();
            self.write(at, EventKind::Unpaid(unpaid));
            return Ok(());
        }
        match &mut self.events[stretches.last].kind {
            EventKind::Unpaid(before) => before.join(unpaid),
            // `write` and `order` keep the index at a stretch.
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
