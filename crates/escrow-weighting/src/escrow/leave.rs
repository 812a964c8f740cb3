//! The ways out of a lock.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Escrow;
use crate::check::in_order;
use crate::{Cooldown, Cooling, Error, Exit, ExitPenalty, Lock, LockKind, Totals};

impl<T: Totals> Escrow<T> {
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
    /// [`Error::Ended`]; [`Error::NotHeld`]; [`Error::Backdated`] before the last change;
    /// [`Error::Full`].
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
    /// [`Error::Overflow`] if the window opens past the last timestamp; [`Error::Full`].
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
}
