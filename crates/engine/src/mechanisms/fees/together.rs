//! Periods that are settled as one: those of which none is held back by a balance, or all find nothing,
//! and between which nothing else happens.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::flow::Settlement;
use super::routes::State;
use super::streams::Stream;
use super::{Fees, Sight};
use crate::error::Cause;

impl Fees<'_> {
    /// Returns the number of periods, at least one, of the design's one stream that pay the same, where
    /// `held` is there for the first, of which `paid` is.
    pub(super) fn together(
        &self,
        sight: &Sight<'_>,
        [held, paid]: [Amount; 2],
    ) -> Result<u64, Cause> {
        let stream = &self.streams[0];
        let most = self.alike(sight, stream);
        if !self.takes_together || most == 1 {
            return Ok(1);
        }
        let most = if sight.accounts.fees.assets[stream.plan.asset].is_some() {
            most
        } else if paid == stream.plan.revenue {
            most.min(self.paid_in_full(sight, [held, paid])?)
        } else if held.is_zero() {
            return self.within_headroom(sight, stream, most, true);
        } else {
            1
        };
        self.within_headroom(sight, stream, most, false)
    }

    /// The number of periods, at least one, that this balance pays in full whatever comes in.
    fn paid_in_full(&self, sight: &Sight<'_>, [held, paid]: [Amount; 2]) -> Result<u64, Cause> {
        let spare = held.checked_sub(paid)?;
        // What lockers are paid comes back in the same instant, and what goes from one holder to
        // another never leaves.
        let mut once = Settlement::new(self, sight);
        once.pay_stream(0, &self.streams[0].parts_of(paid)?, 1)?;
        let drain = once.moves.drain(sight.accounts.circulating);
        let more = match spare.get().checked_div(drain.get()) {
            Some(more) => u64::try_from(more).unwrap_or(u64::MAX),
            None => u64::MAX,
        };
        Ok(more.saturating_add(1))
    }

    /// The number of periods, at least one, that end by the horizon, and have lockers or not as this
    /// one has.
    fn alike(&self, sight: &Sight<'_>, stream: &Stream<'_>) -> u64 {
        let had_lockers = sight.had_lockers();
        let waits = |state: &State| match state {
            State::Lockers(lockers) => lockers.unallocated() != Ok(Amount::ZERO),
            _ => false,
        };
        let waiting = had_lockers && self.books.states.iter().any(waits);
        if waiting || had_lockers != sight.has_lockers || sight.horizon <= sight.at {
            return 1;
        }
        let until = sight.horizon.min(stream.plan.end);
        let ended = stream.plan.per.count_between(stream.plan.start, until);
        let left = ended.saturating_sub(stream.periods);
        left.min(stream.countable()).max(1)
    }

    /// The number of periods, at least one and at most `most`, after which no more has come in than
    /// there is headroom for, and nothing at all where they are to find `nothing`.
    fn within_headroom(
        &self,
        sight: &Sight<'_>,
        stream: &Stream<'_>,
        most: u64,
        nothing: bool,
    ) -> Result<u64, Cause> {
        if sight.headroom == Amount::MAX && !nothing {
            return Ok(most);
        }
        largest(stream, most, |end| {
            let inflow = (sight.inflow)(end)?;
            let fits = sight.headroom == Amount::MAX || inflow < sight.headroom;
            Ok(fits && (!nothing || inflow.is_zero()))
        })
    }
}

/// The largest number of periods, at least one and at most `most`, at whose end `holds` does; it
/// holds up to some end, and not after it.
fn largest(
    stream: &Stream<'_>,
    most: u64,
    holds: impl Fn(Timestamp) -> Result<bool, Cause>,
) -> Result<u64, Cause> {
    let (mut least, mut above) = (1, most.saturating_add(1));
    while above - least > 1 {
        // The largest is asked for first, as it mostly holds.
        let middle = if above == most.saturating_add(1) {
            most
        } else {
            u64::midpoint(least, above)
        };
        let end = stream.end_of(stream.periods.saturating_add(middle));
        if holds(end.unwrap_or(Timestamp::MAX))? {
            least = middle;
        } else {
            above = middle;
        }
    }
    Ok(least)
}
