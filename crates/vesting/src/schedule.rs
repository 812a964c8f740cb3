//! The trait of all schedules.

use tokenomics_fixed_math::{earliest, Amount, Timestamp};
use tokenomics_internals::difference;

/// A vesting schedule: a total, and the part of it that has vested by any time.
///
/// Every answer is a pure function of the parameters and the time asked about, in closed form, and
/// none fails: constructors prove that no evaluation can overflow. [`Grant`](crate::Grant) relies
/// on the laws below, so an implementation of your own must keep them.
///
/// # Rounding
/// Floor: what has vested is paid out, so a fraction of a unit has not vested yet.
///
/// # Laws
/// - `monotone`: a ≤ b implies `vested_at(a)` ≤ `vested_at(b)`.
/// - `complete`: `vested_at(t)` ≤ `total()`, 0 for t < `start()`, and `total()` for t ≥ `end()`.
/// - `non_expansive`: of two schedules that differ in their total only, the larger vests at any
///   time at least as much as the smaller, and at most the difference of the totals more.
/// - `inverse_is_tight`: `time_of(x)` is the earliest t with `vested_at(t)` ≥ x.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Schedule};
///
/// let schedule = Linear::new(Timestamp::new(100), Timestamp::new(400), Amount::new(1_000))?;
/// assert_eq!(schedule.vested_at(Timestamp::new(200)), Amount::new(333));
/// assert_eq!(schedule.time_of(Amount::new(334)), Some(Timestamp::new(201)));
/// assert_eq!(schedule.next_unlock_after(Timestamp::new(200)), Some(Timestamp::new(201)));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub trait Schedule {
    /// Returns the total: all that ever vests, in base units.
    fn total(&self) -> Amount;

    /// Returns the time before which nothing has vested.
    ///
    /// It is where the schedule begins to run, not always where the first unit vests: a
    /// [`Step`](crate::Step) unlocks one period later, and a [`Linear`](crate::Linear) has vested 0
    /// at its start. For the first unit see [`time_of`](Schedule::time_of).
    fn start(&self) -> Timestamp;

    /// Returns a time from which on the whole total has vested.
    ///
    /// It is where the schedule stops running, which need not be the earliest such time: the last
    /// instalment of a [`Step`](crate::Step) can be 0. For the last unit see
    /// [`time_of`](Schedule::time_of).
    fn end(&self) -> Timestamp;

    /// Returns how much has vested by `at`, counted from the beginning and including what vests at
    /// `at` itself.
    ///
    /// # Rounding
    /// Floor.
    #[doc(alias("vested", "vestedAmount", "unlocked"))]
    fn vested_at(&self, at: Timestamp) -> Amount;

    /// Returns the earliest time by which at least `amount` has vested, or `None` for more than the
    /// total.
    ///
    /// For an amount of 0 that is [`Timestamp::ZERO`], since 0 has vested at every time.
    ///
    /// # Rounding
    /// Ceil: no earlier time would do.
    #[doc(alias("inverse", "unlock_time"))]
    fn time_of(&self, amount: Amount) -> Option<Timestamp>;

    /// Returns the earliest time after `at` by which more has vested than by `at`, or `None` when
    /// nothing is left to vest.
    fn next_unlock_after(&self, at: Timestamp) -> Option<Timestamp> {
        // The earliest time of one unit more. By `monotone` it lies after `at`.
        let more = self.vested_at(at).checked_add(Amount::new(1)).ok()?;
        self.time_of(more)
    }

    /// Returns how much is still to vest after `at`: the total less
    /// [`vested_at`](Schedule::vested_at).
    ///
    /// # Rounding
    /// Ceil: a unit that has vested in part is still unvested.
    #[doc(alias("locked", "unvested"))]
    fn unvested_at(&self, at: Timestamp) -> Amount {
        difference(self.total(), self.vested_at(at))
    }

    /// Returns how much vests after `from` and by `to`, or zero if `to` is not after `from`.
    ///
    /// It is exactly additive: for a ≤ b ≤ c, what vests between a and b and between b and c sums
    /// to what vests between a and c.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Linear, Schedule};
    ///
    /// let at = Timestamp::new;
    /// let schedule = Linear::new(at(0), at(3), Amount::new(10))?;
    /// assert_eq!(schedule.vested_between(at(1), at(2)), Amount::new(3));
    /// assert_eq!(schedule.vested_between(at(2), at(3)), Amount::new(4));
    /// assert_eq!(schedule.vested_between(at(1), at(3)), Amount::new(7));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    fn vested_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        difference(self.vested_at(to), self.vested_at(from))
    }
}

/// Returns `time_of` of a schedule that only knows what has vested by when, by a search of at most
/// 65 evaluations.
pub(crate) fn search(schedule: &impl Schedule, amount: Amount) -> Option<Timestamp> {
    if amount.is_zero() {
        return Some(Timestamp::ZERO);
    }
    if amount > schedule.total() {
        return None;
    }
    let reached = |at| schedule.vested_at(at) >= amount;
    Some(earliest(schedule.start(), schedule.end(), reached))
}

impl<S: Schedule + ?Sized> Schedule for &S {
    fn total(&self) -> Amount {
        (**self).total()
    }

    fn start(&self) -> Timestamp {
        (**self).start()
    }

    fn end(&self) -> Timestamp {
        (**self).end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        (**self).vested_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        (**self).time_of(amount)
    }

    fn next_unlock_after(&self, at: Timestamp) -> Option<Timestamp> {
        (**self).next_unlock_after(at)
    }

    fn unvested_at(&self, at: Timestamp) -> Amount {
        (**self).unvested_at(at)
    }

    fn vested_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        (**self).vested_between(from, to)
    }
}
