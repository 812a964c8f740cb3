//! The state at evenly spaced instants, for charts.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Reader;
use crate::{Cause, Row, Totals, VaultFigures};
use tokenomics_design::{Design, Window};

/// The most distances between points that a curve of a known length has.
const MOST: u16 = 1_000;

/// Windows up to this long are drawn whole, whatever happens in them.
const DRAWN_WHOLE: u64 = 30 * 31_556_952;

/// The state at one instant, as charts show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The instant.
    pub time: Timestamp,
    /// The sums.
    pub totals: Totals,
    /// Minted so far, for each emission.
    pub minted: Vec<Amount>,
    /// The relative weight of each gauge, in 10^−18.
    pub gauge_weights: Vec<u64>,
    /// The votes under each programme of locks.
    pub votes: Vec<Amount>,
    /// Revenue so far, for each of [`Run::flows`](crate::Run::flows), in its asset.
    pub flows: Vec<Amount>,
    /// The figures of each vault.
    pub vaults: Vec<VaultFigures>,
    /// The end of the last revenue period of any stream, or `time` where there is no revenue.
    pub revenue_until: Timestamp,
}

/// The state at evenly spaced instants and at the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curve {
    /// The points of the window.
    pub whole: Vec<Point>,
    /// The points of its eventful part, where next to nothing happens in most of it.
    pub eventful: Option<Vec<Point>>,
}

/// Reads points as close as their number allows: whenever there are too many, every second is
/// dropped, and from then on they are taken at twice the distance.
#[derive(Debug)]
struct Thinned {
    points: Vec<Point>,
    start: Timestamp,
    distance: u64,
    next: Timestamp,
}

impl Thinned {
    fn new(window: Window) -> Self {
        let length = window.end.get().saturating_sub(window.start.get());
        Self {
            points: Vec::new(),
            start: window.start,
            distance: length.div_ceil(MOST.into()).max(1),
            next: window.start,
        }
    }

    fn read(&mut self, row: &Row) {
        self.points.push(point(row));
        if self.points.len() > usize::from(MOST) + 1 {
            let mut index = 0;
            self.points.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.distance = self.distance.saturating_mul(2);
        }
        let passed = (row.time.get().saturating_sub(self.start.get())) / self.distance;
        let next = (passed + 1).saturating_mul(self.distance);
        self.next = Timestamp::new(self.start.get().saturating_add(next));
    }
}

fn point(row: &Row) -> Point {
    Point {
        time: row.time,
        totals: row.totals,
        minted: row.minted.clone(),
        gauge_weights: row.gauge_weights.clone(),
        votes: row.votes.clone(),
        flows: row.flows.clone(),
        vaults: row.vaults.clone(),
        revenue_until: row.revenue_until,
    }
}

/// Reads the curve of a run.
#[derive(Debug)]
pub(crate) struct Sampler {
    window: Window,
    whole: Thinned,
    /// Emissions that halve for centuries would leave the years that matter a thin strip at the left, so
    /// that these are read by themselves.
    eventful: Option<Eventful>,
    done: bool,
}

#[derive(Debug)]
struct Eventful {
    points: Thinned,
    /// The most that may be outstanding where next to nothing happens any more.
    little: Amount,
    end: Option<Timestamp>,
}

impl Sampler {
    pub(crate) fn new(design: &Design) -> Self {
        let window = design.window;
        let length = window.end.get().saturating_sub(window.start.get());
        let eventful = design.max_supply().filter(|_| length > DRAWN_WHOLE);
        let eventful = eventful.map(|max| Eventful {
            points: Thinned::new(Window {
                end: Timestamp::new(window.start.get() + length / 64),
                ..window
            }),
            little: Amount::new(max.get() / 100),
            end: None,
        });
        Self {
            window,
            whole: Thinned::new(window),
            eventful,
            done: false,
        }
    }

    pub(crate) fn finish(self) -> Curve {
        let (start, end) = (self.window.start.get(), self.window.end.get());
        let eventful = self.eventful.and_then(|eventful| {
            // Not where nothing is left from the beginning, nor for less than half of the window.
            let until = eventful.end?.get();
            let worth = until > start && until - start <= (end - start) / 2;
            worth.then_some(eventful.points.points)
        });
        Curve {
            whole: self.whole.points,
            eventful,
        }
    }
}

impl Eventful {
    /// The next instant, if it isn't beyond the end.
    fn next(&self) -> Option<Timestamp> {
        let next = self.points.next;
        self.end.is_none_or(|end| next <= end).then_some(next)
    }

    /// Reads a point, and sets the end a tenth later than the first at which little is outstanding.
    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        self.points.read(row);
        let totals = row.totals;
        let parts = [totals.unminted, totals.unvested, totals.claimable];
        if self.end.is_none() && Amount::try_sum(parts)? <= self.little {
            let (from, at) = (self.points.start.get(), row.time.get());
            self.end = Some(Timestamp::new(at.saturating_add((at - from) / 10)));
        }
        Ok(())
    }
}

impl Reader for Sampler {
    fn next(&self) -> Option<Timestamp> {
        if self.done {
            return None;
        }
        let eventful = self.eventful.as_ref().and_then(Eventful::next);
        let next = eventful.map_or(self.whole.next, |next| next.min(self.whole.next));
        Some(next.min(self.window.end))
    }

    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        self.done = row.time >= self.window.end;
        if self.whole.next <= row.time || self.done {
            self.whole.read(row);
        }
        if let Some(eventful) = &mut self.eventful {
            if eventful.next().is_some_and(|next| next <= row.time) {
                eventful.read(row)?;
            }
        }
        Ok(())
    }
}
