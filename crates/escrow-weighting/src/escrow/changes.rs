//! The making and the changes of locks.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Escrow;
use crate::check::{in_order, in_range, units};
use crate::{Error, Lock, LockKind, Quantity, Totals};

impl<T: Totals> Escrow<T> {
    /// Locks `amount` from `now` on, and returns the lock for its holder to keep.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an amount of 0, for an end that isn't between the shortest and the
    /// longest lock from now, for more than the largest multiplier, and for a bonus that began to grow
    /// later than now; [`Error::OffGranule`]; [`Error::Backdated`] before the last change;
    /// [`Error::Overflow`] if more than [`Amount::MAX`] would be held; [`Error::Full`].
    /// [`Terms::end_for`](crate::Terms::end_for) gives an end that is in range.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Quantity, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let now = Timestamp::new(200);
    /// let until = |end| terms.decaying(wad!("1"), Timestamp::new(end));
    /// let lock = escrow.create(now, Amount::new(100), until(700)?)?;
    /// assert_eq!(escrow.total_weight_at(now)?, Amount::new(50)); // half of the longest time
    ///
    /// // The longest lock made now ends at 1,200.
    /// let refused = escrow.create(now, Amount::new(100), until(1_210)?);
    /// let (what, value, bound) = (Quantity::End, 1_210, 1_200);
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    /// assert_eq!(escrow.locked(), lock.amount());
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("create_lock", "deposit", "stake"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn create(
        &mut self,
        now: Timestamp,
        amount: Amount,
        kind: LockKind,
    ) -> Result<Lock, Error> {
        in_order(self.clock, now)?;
        let lock = Lock::new(amount, kind)?;
        self.terms.check_kind(now, kind)?;
        let locked = self.locked.checked_add(amount)?;
        self.replace(now, None, Some(lock), locked)?;
        Ok(lock)
    }

    /// Adds `extra` to a lock, until its end, and returns the lock as it is from now on.
    ///
    /// A lock that grows has no such change: the extra would be as old as the rest. Make another.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an extra of 0; [`Error::OtherKind`] for a lock that grows;
    /// [`Error::Ended`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change;
    /// [`Error::Overflow`] if more than [`Amount::MAX`] would be held; [`Error::Full`].
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let end = Timestamp::new(1_000);
    /// let kind = terms.decaying(wad!("1"), end)?;
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), kind)?;
    /// let lock = escrow.increase(Timestamp::new(500), lock, Amount::new(20))?;
    /// assert_eq!(lock.amount(), Amount::new(120));
    /// assert_eq!(escrow.total_weight_at(Timestamp::new(500))?, Amount::new(60));
    ///
    /// let too_late = escrow.increase(end, lock, Amount::new(1));
    /// assert_eq!(too_late, Err(Error::Ended { end, at: end }));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("increase_amount", "deposit_for"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn increase(&mut self, now: Timestamp, lock: Lock, extra: Amount) -> Result<Lock, Error> {
        self.check_live(now, &lock)?;
        if matches!(lock.kind(), LockKind::Growing { .. }) {
            return Err(Error::OtherKind);
        }
        let more = lock.merge(Lock::new(extra, lock.kind())?)?;
        let locked = self.locked.checked_add(extra)?;
        self.replace(now, Some(lock), Some(more), locked)?;
        Ok(more)
    }

    /// Moves the end of a lock to a later one, and returns the lock as it is from now on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless end < new_end ≤ now + max; [`Error::OffGranule`];
    /// [`Error::Permanent`]; [`Error::Ended`]; [`Error::NotHeld`]; [`Error::Backdated`] before the
    /// last change; [`Error::Full`].
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(500))?;
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), kind)?;
    /// let now = Timestamp::new(250);
    /// let lock = escrow.extend(now, lock, Timestamp::new(1_250))?;
    /// assert_eq!(escrow.total_weight_at(now)?, Amount::new(100));
    ///
    /// // A lock never gets shorter.
    /// let shorter = escrow.extend(now, lock, Timestamp::new(1_240));
    /// assert!(matches!(shorter, Err(Error::OutOfRange { .. })));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("increase_unlock_time"))]
    pub fn extend(
        &mut self,
        now: Timestamp,
        lock: Lock,
        new_end: Timestamp,
    ) -> Result<Lock, Error> {
        let end = lock.end().ok_or(Error::Permanent)?;
        let least = units(end.get()).saturating_add(1);
        in_range(Quantity::End, units(new_end.get()), least, u128::MAX)?;
        self.convert(now, lock, lock.kind().until(new_end))
    }

    /// Gives a lock another kind, and returns the lock as it is from now on: another multiplier for a
    /// longer time, or a permanent one. Its end is never earlier; a host that lets permanent locks
    /// [cool down](Self::start_cooldown) lets out those that were made permanent too.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an earlier end and as [`create`](Self::create); [`Error::Permanent`]
    /// for a lock that is: [`end_permanence`](Self::end_permanence) ends that; [`Error::Ended`];
    /// [`Error::NotHeld`]; [`Error::Backdated`] before the last change; [`Error::Full`].
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Escrow, LengthTable, Terms, TermsParams};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let (max, granule) = (Span::from_days(32 * 7), Span::from_days(1));
    /// let params = TermsParams { max, granule, min: granule, most: wad!("6") };
    /// let terms = Terms::from_params(params)?;
    /// let table = LengthTable::conviction(Span::from_weeks(1))?;
    /// let for_weeks = |weeks| {
    ///     let length = Span::from_weeks(weeks);
    ///     terms.constant(table.multiplier_for(length), terms.end_for(Timestamp::ZERO, length)?)
    /// };
    /// let mut escrow = Escrow::new(terms);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(10), for_weeks(2)?)?;
    /// assert_eq!(escrow.total_weight_at(Timestamp::ZERO)?, Amount::new(20));
    /// let lock = escrow.convert(Timestamp::ZERO, lock, for_weeks(16)?)?;
    /// assert_eq!(escrow.total_weight_at(Timestamp::ZERO)?, Amount::new(50));
    /// assert!(escrow.convert(Timestamp::ZERO, lock, for_weeks(8)?).is_err());
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn convert(&mut self, now: Timestamp, lock: Lock, kind: LockKind) -> Result<Lock, Error> {
        self.check_live(now, &lock)?;
        let end = lock.end().ok_or(Error::Permanent)?;
        if let Some(new_end) = kind.end() {
            let (least, new_end) = (units(end.get()), units(new_end.get()));
            in_range(Quantity::End, new_end, least, u128::MAX)?;
        }
        self.change_kind(now, lock, kind)
    }

    /// Makes a lock that decays permanent, with the weight that the longest lock has at its start, and
    /// returns the lock as it is from now on.
    ///
    /// # Errors
    /// [`Error::Permanent`] if it is; [`Error::OtherKind`] for one that doesn't decay, which
    /// [`convert`](Self::convert) gives another kind; [`Error::Ended`]; [`Error::NotHeld`];
    /// [`Error::Backdated`] before the last change; [`Error::Full`].
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(500))?;
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), kind)?;
    /// let lock = escrow.make_permanent(Timestamp::new(100), lock)?;
    /// assert_eq!(lock.end(), None);
    /// assert_eq!(escrow.total_weight_at(Timestamp::new(9_999))?, Amount::new(100));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("lockPermanent"))]
    pub fn make_permanent(&mut self, now: Timestamp, lock: Lock) -> Result<Lock, Error> {
        match lock.kind() {
            LockKind::Decaying { rate, .. } => {
                // The terms have seen that it fits, for every multiplier that they allow.
                let level = rate.saturating_mul(self.terms.max().get().into());
                self.convert(now, lock, LockKind::Constant { level, end: None })
            }
            kind if kind.end().is_none() => Err(Error::Permanent),
            _ => Err(Error::OtherKind),
        }
    }

    /// Ends the permanence of a lock: it decays from now on, over the longest time there is, and is
    /// returned as it is from now on.
    ///
    /// # Rounding
    /// Floor, of the end to the granule, which may come to less than the shortest lock; what it weighs
    /// less with each unit of time is floored to 10^−18 if its level isn't that of a multiplier.
    ///
    /// # Errors
    /// [`Error::NotPermanent`]; [`Error::OtherKind`] for one that grows, which
    /// [cools down](Self::start_cooldown); [`Error::NotHeld`]; [`Error::Backdated`] before the last
    /// change; [`Error::Overflow`] past the last timestamp; [`Error::Full`].
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), terms.permanent(wad!("1"))?)?;
    /// let lock = escrow.end_permanence(Timestamp::new(305), lock)?;
    /// assert_eq!(lock.end(), Some(Timestamp::new(1_300)));
    /// assert!(escrow.end_permanence(Timestamp::new(305), lock).is_err());
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("unlockPermanent"))]
    pub fn end_permanence(&mut self, now: Timestamp, lock: Lock) -> Result<Lock, Error> {
        if let Some(end) = lock.end() {
            return Err(Error::NotPermanent { end });
        }
        let LockKind::Constant { level, .. } = lock.kind() else {
            return Err(Error::OtherKind);
        };
        // The longest lock isn't 0.
        let rate = level
            .checked_div(units(self.terms.max().get()))
            .unwrap_or(0);
        let end = self.terms.end_for(now, self.terms.max())?;
        let changed = Lock::new(lock.amount(), LockKind::Decaying { rate, end })?;
        self.replace(now, Some(lock), Some(changed), self.locked)?;
        Ok(changed)
    }

    fn change_kind(&mut self, now: Timestamp, lock: Lock, kind: LockKind) -> Result<Lock, Error> {
        self.terms.check_kind(now, kind)?;
        let changed = Lock::new(lock.amount(), kind)?;
        self.replace(now, Some(lock), Some(changed), self.locked)?;
        Ok(changed)
    }
}
