//! Periods that are settled as one: those of which none is held back by a balance, or all find nothing,
//! and between which nothing else happens.

use tokenomics_fixed_math::{Amount, Error, Rounding, Timestamp};

use super::{Fees, Sight, BURN, LOCKERS};
use crate::error::Cause;

impl Fees<'_> {
    /// The number of periods, at least one, that this balance pays in full whatever comes in.
    pub(super) fn paid_in_full(&self, sight: &Sight<'_>, held: Amount) -> Result<u64, Cause> {
        let spare = held.checked_sub(self.plan.revenue)?;
        // What lockers are paid comes back in the same instant, and what goes from one holder to
        // another never leaves.
        let drained = if sight.had_lockers { 1 } else { LOCKERS };
        let drain = Amount::try_sum(self.parts[drained..=BURN].iter().copied())?;
        let more = match spare.get().checked_div(drain.get()) {
            Some(more) => u64::try_from(more).unwrap_or(u64::MAX),
            None => u64::MAX,
        };
        self.alike(sight, more.saturating_add(1))
    }

    /// The number of periods, at least one, of which the first finds nothing, and during which nothing
    /// comes in.
    pub(super) fn without_inflow(&self, sight: &Sight<'_>) -> Result<u64, Cause> {
        let most = self.alike(sight, u64::MAX)?;
        self.largest(most, |end| Ok((sight.inflow)(end)?.is_zero()))
    }

    /// The number of periods, at least one and at most `most`, that end by the horizon, have lockers
    /// or not as this one has, and after which no more has come in than there is headroom for.
    pub(super) fn alike(&self, sight: &Sight<'_>, most: u64) -> Result<u64, Cause> {
        let waiting = sight.had_lockers && !self.books.pool.unallocated().is_zero();
        if waiting || sight.had_lockers != sight.has_lockers || sight.horizon <= sight.at {
            return Ok(1);
        }
        let until = sight.horizon.min(self.plan.end);
        let ended = self.plan.per.count_between(self.plan.start, until);
        let most = most.min(self.countable());
        let most = ended.saturating_sub(self.periods).min(most).max(1);
        if sight.headroom == Amount::MAX {
            return Ok(most);
        }
        self.largest(most, |end| Ok((sight.inflow)(end)? < sight.headroom))
    }

    /// All revenue of so many periods from the first on, paid or not. So each sum of it fits.
    pub(super) fn due(&self, periods: u64) -> Result<Amount, Error> {
        let revenue = self.plan.revenue;
        revenue.mul_div(periods.into(), 1, Rounding::Floor)
    }

    /// The number of periods whose revenue can be counted with all before it. The one that can't is
    /// refused in its own instant, however many are taken together.
    fn countable(&self) -> u64 {
        let all = Amount::MAX.get().checked_div(self.plan.revenue.get());
        let all = all.map_or(u64::MAX, |all| u64::try_from(all).unwrap_or(u64::MAX));
        all.saturating_sub(self.periods)
    }

    /// The largest number of periods, at least one and at most `most`, at whose end `holds` does; it
    /// holds up to some end, and not after it.
    fn largest(
        &self,
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
            let end = self.end_of(self.periods.saturating_add(middle));
            if holds(end.unwrap_or(Timestamp::MAX))? {
                least = middle;
            } else {
                above = middle;
            }
        }
        Ok(least)
    }
}

/// The parts of so many periods together.
pub(super) fn times(mut parts: [Amount; 8], periods: u64) -> Result<[Amount; 8], Error> {
    if periods > 1 {
        for part in &mut parts {
            *part = part.mul_div(periods.into(), 1, Rounding::Floor)?;
        }
    }
    Ok(parts)
}
