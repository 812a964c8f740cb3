//! The changes of locks.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Escrow;
use crate::check::{in_order, in_range, units};
use crate::{Cooldown, Cooling, Error, Exit, ExitPenalty, Lock, LockKind, Quantity, Totals};

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
    /// [`Error::Overflow`] if more than [`Amount::MAX`] would be held.
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
    /// last change.
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
    /// longer time, or a permanent one. It is never freed earlier.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an earlier end and as [`create`](Self::create); [`Error::Permanent`]
    /// for a lock that is: [`end_permanence`](Self::end_permanence) ends that; [`Error::Ended`];
    /// [`Error::NotHeld`]; [`Error::Backdated`] before the last change.
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
    /// [`Error::Backdated`] before the last change.
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
    /// Floor, of the end to the granule, as [`Terms::end_for`](crate::Terms::end_for); what it weighs
    /// less with each unit of time is floored to 10^−18 if its level isn't that of a multiplier.
    ///
    /// # Errors
    /// [`Error::NotPermanent`]; [`Error::OtherKind`] for one that grows, which
    /// [cools down](Self::start_cooldown); [`Error::NotHeld`]; [`Error::Backdated`] before the last
    /// change; [`Error::Overflow`] past the last timestamp.
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
        self.change_kind(now, lock, LockKind::Decaying { rate, end })
    }

    /// Gives back the whole amount of a lock that has ended. The caller discards the lock.
    ///
    /// # Errors
    /// [`Error::NotEnded`]; [`Error::Permanent`]; [`Error::NotHeld`]; [`Error::Backdated`] before the
    /// last change.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let end = Timestamp::new(500);
    /// let kind = terms.decaying(wad!("1"), end)?;
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), kind)?;
    /// let at = Timestamp::new(499);
    /// assert_eq!(escrow.withdraw(at, lock), Err(Error::NotEnded { end, at }));
    /// assert_eq!(escrow.withdraw(end, lock)?, Amount::new(100));
    ///
    /// // Twice is refused: nothing is held until that end any more.
    /// let (amount, held) = (Amount::new(100), Amount::ZERO);
    /// let twice = escrow.withdraw(end, lock);
    /// assert_eq!(twice, Err(Error::NotHeld { end, amount, held }));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("unlock", "claim"))]
    pub fn withdraw(&mut self, now: Timestamp, lock: Lock) -> Result<Amount, Error> {
        in_order(self.clock, now)?;
        let end = lock.end().ok_or(Error::Permanent)?;
        if !lock.has_ended(now) {
            return Err(Error::NotEnded { end, at: now });
        }
        let locked = self.without(&lock)?;
        self.totals.release(now, lock.into())?;
        self.clock = now;
        self.locked = locked;
        Ok(lock.amount())
    }

    /// Leaves a lock before its end, for a penalty. The caller discards the lock, and sends the
    /// penalty to the sink of its choice.
    ///
    /// # Rounding
    /// Ceil for the penalty, as [`ExitPenalty::of`].
    ///
    /// # Errors
    /// [`Error::Ended`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Escrow, Exit, ExitPenalty, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Fraction, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(500))?;
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(101), kind)?;
    /// let penalty = ExitPenalty::linear(terms.max(), Fraction::ONE)?;
    /// let exit = escrow.exit(Timestamp::new(250), lock, penalty)?;
    /// // A quarter of the longest time is left: 25.25.
    /// assert_eq!(exit, Exit { returned: Amount::new(75), penalty: Amount::new(26) });
    /// assert!(escrow.exit(Timestamp::new(250), lock, penalty).is_err());
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("quitLock", "emergencyWithdraw", "early_exit"))]
    pub fn exit(
        &mut self,
        now: Timestamp,
        lock: Lock,
        penalty: ExitPenalty,
    ) -> Result<Exit, Error> {
        self.check_live(now, &lock)?;
        let locked = self.without(&lock)?;
        self.replace(now, Some(lock), None, locked)?;
        Ok(penalty.of(&lock, now))
    }

    /// Begins to leave a lock that has no end: it weighs nothing from now on, and can be withdrawn in
    /// its window. The caller keeps what is returned in place of the lock.
    ///
    /// # Errors
    /// [`Error::NotPermanent`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change;
    /// [`Error::Overflow`] if the window opens past the last timestamp.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Cooldown, Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(100), terms.permanent(wad!("1"))?)?;
    /// let cooldown = Cooldown::new(Span::new(20), Span::new(2))?;
    /// let cooling = escrow.start_cooldown(Timestamp::new(50), lock, cooldown)?;
    /// assert_eq!(escrow.total_weight_at(Timestamp::new(50))?, Amount::ZERO);
    /// assert!(escrow.withdraw_cooled(Timestamp::new(69), cooling).is_err());
    /// assert_eq!(escrow.withdraw_cooled(Timestamp::new(70), cooling)?, Amount::new(100));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("cooldown", "unbond", "unstake"))]
    pub fn start_cooldown(
        &mut self,
        now: Timestamp,
        lock: Lock,
        cooldown: Cooldown,
    ) -> Result<Cooling, Error> {
        if let Some(end) = lock.end() {
            return Err(Error::NotPermanent { end });
        }
        let cooling = cooldown.cooling(lock.amount(), now)?;
        // At most what is held.
        let sum = self.cooling.checked_add(lock.amount())?;
        self.replace(now, Some(lock), None, self.locked)?;
        self.cooling = sum;
        Ok(cooling)
    }

    /// Gives back an amount that has cooled down, within its window. The caller discards it.
    ///
    /// # Errors
    /// [`Error::OutsideWindow`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Cooldown, Error, Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(9), terms.permanent(wad!("1"))?)?;
    /// let at_once = Cooldown::new(Span::ZERO, Span::new(2))?;
    /// let cooling = escrow.start_cooldown(Timestamp::new(50), lock, at_once)?;
    /// assert_eq!(escrow.withdraw_cooled(Timestamp::new(51), cooling)?, Amount::new(9));
    /// let twice = escrow.withdraw_cooled(Timestamp::new(51), cooling);
    /// let (end, amount, held) = (Timestamp::MAX, Amount::new(9), Amount::ZERO);
    /// assert_eq!(twice, Err(Error::NotHeld { end, amount, held }));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn withdraw_cooled(&mut self, now: Timestamp, cooling: Cooling) -> Result<Amount, Error> {
        in_order(self.clock, now)?;
        cooling.check_open(now)?;
        let left = self.without_cooling(cooling)?;
        // What cools down is a part of it.
        self.locked = self.locked.checked_sub(cooling.amount)?;
        self.cooling = left;
        self.clock = now;
        Ok(cooling.amount)
    }

    /// Locks an amount that cools down again, at any time: before its window, in it, or after it.
    ///
    /// # Errors
    /// As [`create`](Self::create); [`Error::NotHeld`].
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Cooldown, Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let kind = terms.permanent(wad!("1"))?;
    /// let lock = escrow.create(Timestamp::ZERO, Amount::new(9), kind)?;
    /// let cooldown = Cooldown::new(Span::new(20), Span::new(2))?;
    /// let cooling = escrow.start_cooldown(Timestamp::new(50), lock, cooldown)?;
    /// // The window is missed.
    /// let lock = escrow.relock(Timestamp::new(99), cooling, kind)?;
    /// assert_eq!((escrow.cooling(), escrow.locked()), (Amount::ZERO, lock.amount()));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn relock(
        &mut self,
        now: Timestamp,
        cooling: Cooling,
        kind: LockKind,
    ) -> Result<Lock, Error> {
        in_order(self.clock, now)?;
        let left = self.without_cooling(cooling)?;
        let lock = Lock::new(cooling.amount, kind)?;
        self.terms.check_kind(now, kind)?;
        self.replace(now, None, Some(lock), self.locked)?;
        self.cooling = left;
        Ok(lock)
    }

    /// Returns what is held without a lock.
    fn without(&self, lock: &Lock) -> Result<Amount, Error> {
        let (amount, held) = (lock.amount(), self.locked);
        let left = held.checked_sub(amount);
        left.map_err(|_| Error::not_held(lock.end(), amount, held))
    }

    fn without_cooling(&self, cooling: Cooling) -> Result<Amount, Error> {
        let (amount, held) = (cooling.amount, self.cooling);
        let left = held.checked_sub(amount);
        left.map_err(|_| Error::not_held(None, amount, held))
    }

    fn change_kind(&mut self, now: Timestamp, lock: Lock, kind: LockKind) -> Result<Lock, Error> {
        self.terms.check_kind(now, kind)?;
        let changed = Lock::new(lock.amount(), kind)?;
        self.replace(now, Some(lock), Some(changed), self.locked)?;
        Ok(changed)
    }
}
