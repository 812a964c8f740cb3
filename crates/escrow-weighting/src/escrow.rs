//! The total weight of all locks through time.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use crate::check::in_order;
use crate::schedule::{Schedule, Sums};
use crate::{Error, Lock, Terms};

mod state;
pub use state::EscrowState;

/// A vote escrow: the total weight of all locks at any past, present or future time.
///
/// It keeps sums and no holders: each [`Lock`] is kept by whoever holds it, and handed in to be
/// changed. What is handed in must be one of the locks it made, in its latest version; a lock that
/// it can't have made is an error, but one that equals part of another holder's is not, since there
/// is nothing here to tell them apart. On chain, that is what the account or storage slot that
/// holds the lock is for.
///
/// The clock of the changes must not run backwards. Each change and each read costs O(log n), with
/// at most 64 nodes touched; after a silence of any length there is nothing to catch up with. One
/// checkpoint is kept for each distinct time at which someone changed something.
///
/// # Laws
/// `sum_is_total`: at every time, Σ of the undivided weights of the locks that existed then is
/// [`total_at`](Self::total_at), exactly. `bounded`: the total weight is at most what was locked.
/// `independent`: no change alters the weight of any lock but the one it is about.
///
/// ```
/// use tokenomics_escrow_weighting::{Escrow, Terms};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
///
/// let mut escrow = Escrow::new(Terms::new(Span::new(1_000), Span::new(10))?);
/// let at = Timestamp::new;
///
/// let alice = escrow.create(at(0), Amount::new(500), at(1_000))?;
/// let bob = escrow.create(at(200), Amount::new(100), at(700))?;
/// assert_eq!(escrow.total_weight_at(at(100)), Amount::new(450));
/// assert_eq!(escrow.total_weight_at(at(200)), Amount::new(450)); // 400 and 50
/// assert_eq!(escrow.total_at(at(699)), U256::from(500 * 301 + 100));
///
/// let bob = escrow.extend(at(300), bob, at(1_000))?;
/// assert_eq!(escrow.total_weight_at(at(250)), Amount::new(420)); // the past stays as it was
/// assert_eq!(escrow.withdraw(at(9_999), bob)?, Amount::new(100));
/// assert_eq!(escrow.locked(), alice.amount());
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Curve VotingEscrow (2020). There the total is brought up to date by a loop over at most 255
/// weeks: after a longer silence it stays wrong for good, and at 208 weeks the loop costs 14.7M
/// gas, to be paid by whoever comes first. Here ends that have passed are never changed again, so
/// one pair of sums at each change answers for all times up to the next.
#[doc(alias("VotingEscrow", "veCRV", "vote_escrow"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escrow {
    terms: Terms,
    clock: Timestamp,
    // All locks ever made by their end, as of the last change; those that ended stay.
    schedule: Schedule,
    // Strictly increasing in time, and never decreasing in either sum: making, increasing and
    // extending add, and nothing takes away.
    checkpoints: Vec<Checkpoint>,
    // What wasn't withdrawn yet, by its end; no entry is 0, and they sum to `locked`.
    held: BTreeMap<Timestamp, Amount>,
    locked: Amount,
}

/// The sums over all locks ever made, from this time on until the next checkpoint's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Checkpoint {
    at: Timestamp,
    issued: Sums,
}

impl Escrow {
    /// Creates an escrow in which nothing was ever locked.
    #[must_use]
    pub const fn new(terms: Terms) -> Self {
        Self {
            terms,
            clock: Timestamp::ZERO,
            schedule: Schedule::new(),
            checkpoints: Vec::new(),
            held: BTreeMap::new(),
            locked: Amount::ZERO,
        }
    }

    /// Returns the terms on which it locks.
    #[must_use]
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// Returns the time of the last change.
    ///
    /// Totals at earlier times are final; the one at this very time can still change within it, so
    /// a vote should count weights strictly before it opens.
    #[must_use]
    pub const fn clock(&self) -> Timestamp {
        self.clock
    }

    /// Returns the amount that is held: locked, or ended and not yet withdrawn.
    #[must_use]
    pub const fn locked(&self) -> Amount {
        self.locked
    }

    /// Locks `amount` from `now` until `end`, and returns the lock for its holder to keep.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an amount of 0, and unless now < end ≤ now + max;
    /// [`Error::OffGranule`]; [`Error::Backdated`] before the last change; [`Error::Overflow`] if
    /// more than [`Amount::MAX`] would be held. [`Terms::end_for`] gives an end that is in range.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Quantity, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let mut escrow = Escrow::new(Terms::new(Span::new(1_000), Span::new(10))?);
    /// let (now, end) = (Timestamp::new(200), Timestamp::new(700));
    /// let lock = escrow.create(now, Amount::new(100), end)?;
    /// assert_eq!(escrow.total_weight_at(now), Amount::new(50)); // half of the longest time
    ///
    /// // The longest lock made now ends at 1,200.
    /// let refused = escrow.create(now, Amount::new(100), Timestamp::new(1_210));
    /// let (what, value, bound) = (Quantity::End, 1_210, 1_200);
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    /// assert_eq!(escrow.locked(), lock.amount());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("create_lock", "deposit", "stake"))]
    pub fn create(
        &mut self,
        now: Timestamp,
        amount: Amount,
        end: Timestamp,
    ) -> Result<Lock, Error> {
        in_order(self.clock, now)?;
        let lock = Lock::new(amount, end)?;
        self.terms.check_end(now, now, end)?;
        self.issue(now, lock, None)?;
        Ok(lock)
    }

    /// Adds `extra` to a lock, until its end, and returns the lock as it is from now on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an extra of 0; [`Error::Ended`]; [`Error::NotHeld`];
    /// [`Error::Backdated`] before the last change; [`Error::Overflow`] if more than [`Amount::MAX`]
    /// would be held.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let mut escrow = Escrow::new(Terms::new(Span::new(1_000), Span::new(10))?);
    /// let end = Timestamp::new(1_000);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), end)?;
    /// let lock = escrow.increase(Timestamp::new(500), lock, Amount::new(20))?;
    /// assert_eq!(lock.amount(), Amount::new(120));
    /// assert_eq!(escrow.total_weight_at(Timestamp::new(500)), Amount::new(60));
    ///
    /// let too_late = escrow.increase(end, lock, Amount::new(1));
    /// assert_eq!(too_late, Err(Error::Ended { end, at: end }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("increase_amount", "deposit_for"))]
    pub fn increase(&mut self, now: Timestamp, lock: Lock, extra: Amount) -> Result<Lock, Error> {
        self.check_live(now, lock)?;
        let extra = Lock::new(extra, lock.end())?;
        let lock = lock.merge(extra)?;
        self.issue(now, extra, None)?;
        Ok(lock)
    }

    /// Moves the end of a lock to a later one, and returns the lock as it is from now on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless end < new_end ≤ now + max; [`Error::OffGranule`];
    /// [`Error::Ended`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let mut escrow = Escrow::new(Terms::new(Span::new(1_000), Span::new(10))?);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), Timestamp::new(500))?;
    /// let now = Timestamp::new(250);
    /// let lock = escrow.extend(now, lock, Timestamp::new(1_250))?;
    /// assert_eq!(escrow.total_weight_at(now), Amount::new(100));
    ///
    /// // A lock never gets shorter.
    /// let shorter = escrow.extend(now, lock, Timestamp::new(1_240));
    /// assert!(matches!(shorter, Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("increase_unlock_time"))]
    pub fn extend(
        &mut self,
        now: Timestamp,
        lock: Lock,
        new_end: Timestamp,
    ) -> Result<Lock, Error> {
        self.check_live(now, lock)?;
        self.terms.check_end(now, lock.end(), new_end)?;
        let extended = Lock::new(lock.amount(), new_end)?;
        self.issue(now, extended, Some(lock))?;
        Ok(extended)
    }

    /// Gives back the whole amount of a lock that has ended. The caller discards the lock.
    ///
    /// # Errors
    /// [`Error::NotEnded`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let mut escrow = Escrow::new(Terms::new(Span::new(1_000), Span::new(10))?);
    /// let end = Timestamp::new(500);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), end)?;
    /// let at = Timestamp::new(499);
    /// assert_eq!(escrow.withdraw(at, lock), Err(Error::NotEnded { end, at }));
    /// assert_eq!(escrow.withdraw(end, lock)?, Amount::new(100));
    ///
    /// // Twice is refused: nothing is held until that end any more.
    /// let (amount, held) = (Amount::new(100), Amount::ZERO);
    /// assert_eq!(escrow.withdraw(end, lock), Err(Error::NotHeld { end, amount, held }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("unlock", "claim"))]
    pub fn withdraw(&mut self, now: Timestamp, lock: Lock) -> Result<Amount, Error> {
        in_order(self.clock, now)?;
        let end = lock.end();
        if !lock.has_ended(now) {
            return Err(Error::NotEnded { end, at: now });
        }
        let rest = self.held_without(lock)?;
        let locked = self.locked.checked_sub(lock.amount())?;
        self.set_held(end, rest);
        self.locked = locked;
        self.clock = now;
        Ok(lock.amount())
    }

    /// Returns the undivided total, in base units × time: Σ amount·(end − at) over the locks that
    /// existed at `at` and hadn't ended.
    ///
    /// For a time after the last change it is over those that will not have ended, if nothing
    /// changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    ///
    /// # Laws
    /// `sum_is_total`.
    #[doc(alias("total_supply", "totalSupplyAt"))]
    #[must_use]
    pub fn total_at(&self, at: Timestamp) -> U256 {
        // Below 2^128 units are ever locked at a time, so no total has more than 192 bits; and the
        // sums cover the locks that are summed, so no difference is below zero.
        self.sum_at(at).unwrap_or_default()
    }

    /// Returns the total weight in base units of the token: the undivided total over the longest
    /// lock.
    ///
    /// # Rounding
    /// Floor, once, of the exact total.
    ///
    /// # Laws
    /// `bounded`: at most what was locked then.
    #[doc(alias("total_voting_power"))]
    #[must_use]
    pub fn total_weight_at(&self, at: Timestamp) -> Amount {
        // No lock is longer than the longest, so the quotient is at most what was locked.
        self.terms.weight(self.total_at(at)).unwrap_or(Amount::MAX)
    }

    fn sum_at(&self, at: Timestamp) -> Result<U256, Error> {
        // What ended after `at` and was made before it, and what was made since: the schedule
        // holds both. The latter is what the checkpoints have grown by, whatever its ends.
        let known = self.checkpoints.partition_point(|point| point.at <= at);
        let since = self.issued().checked_sub(self.issued_by(known))?;
        let Some(first) = self.terms.granules(at).checked_add(1) else {
            return Ok(U256::ZERO);
        };
        let live = self.schedule.from(first)?.checked_sub(since)?;
        live.weight_at(at)
    }

    /// Returns the sums after the first `count` checkpoints.
    fn issued_by(&self, count: usize) -> Sums {
        count
            .checked_sub(1)
            .and_then(|last| self.checkpoints.get(last))
            .map_or(Sums::default(), |point| point.issued)
    }

    fn issued(&self) -> Sums {
        self.issued_by(self.checkpoints.len())
    }

    /// Counts `new` from now on, in place of `old`, which is live and held.
    fn issue(&mut self, now: Timestamp, new: Lock, old: Option<Lock>) -> Result<(), Error> {
        let (added, removed) = (Sums::of(new), old.map_or(Sums::default(), Sums::of));
        let freed = old.map_or(Amount::ZERO, |old| old.amount());
        let locked = self.locked.checked_sub(freed)?.checked_add(new.amount())?;
        // In this order, so that the schedule has room for both at once.
        let issued = self.issued().checked_add(added)?.checked_sub(removed)?;
        let rest = old.map(|old| self.held_without(old)).transpose()?;

        // All is checked; from here on nothing fails.
        self.schedule.add(self.terms.granules(new.end()), added)?;
        if let (Some(old), Some(rest)) = (old, rest) {
            self.schedule
                .remove(self.terms.granules(old.end()), removed)?;
            self.set_held(old.end(), rest);
        }
        let held = self.held_until(new.end()).checked_add(new.amount())?;
        self.set_held(new.end(), held);
        self.locked = locked;
        self.clock = now;
        self.record(Checkpoint { at: now, issued });
        Ok(())
    }

    /// Keeps one checkpoint a time: a later change at the same time replaces it.
    fn record(&mut self, point: Checkpoint) {
        match self.checkpoints.last_mut() {
            Some(last) if last.at == point.at => *last = point,
            _ => self.checkpoints.push(point),
        }
    }

    fn check_live(&self, now: Timestamp, lock: Lock) -> Result<(), Error> {
        in_order(self.clock, now)?;
        let end = lock.end();
        if lock.has_ended(now) {
            return Err(Error::Ended { end, at: now });
        }
        self.held_without(lock).map(drop)
    }

    fn held_until(&self, end: Timestamp) -> Amount {
        self.held.get(&end).copied().unwrap_or(Amount::ZERO)
    }

    fn held_without(&self, lock: Lock) -> Result<Amount, Error> {
        let (amount, end) = (lock.amount(), lock.end());
        let held = self.held_until(end);
        held.checked_sub(amount)
            .map_err(|_| Error::NotHeld { end, amount, held })
    }

    fn set_held(&mut self, end: Timestamp, amount: Amount) {
        if amount.is_zero() {
            self.held.remove(&end);
        } else {
            self.held.insert(end, amount);
        }
    }
}

tokenomics_internals::checked_codec! {
    [] Escrow as EscrowState
}
