//! Claims of a holder, and what nobody claimed in time.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, U256};

use super::{ClosedEpoch, EpochCursor, EpochPayment, EpochPot, EpochWeights, Epochs, Step};
use crate::check::{in_range, units_up};
use crate::{Error, Quantity, Store};

impl<S: Store<Entry = EpochPot>> Epochs<S> {
    /// Returns the place of a holder that weighed nothing before `since`: after all entries that are over
    /// by the last call, and whose weights are read earlier.
    ///
    /// From the last call's time on, it is the place of one that has claimed all there is.
    ///
    /// # Errors
    /// [`Error::Missing`] if the store has lost an entry.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// // Epochs of 10, read at 0, 10 and 20; the last isn't over.
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 3]);
    /// for at in [5, 15, 25] {
    ///     epochs.fund(Amount::new(1), Timestamp::new(at))?;
    /// }
    /// assert_eq!(epochs.cursor_since(Timestamp::new(10))?.next(), 1);
    /// assert_eq!(epochs.cursor_since(Timestamp::new(25))?.next(), 2);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn cursor_since(&self, since: Timestamp) -> Result<EpochCursor, Error> {
        let terms = self.state.terms;
        let is_in = |entry: &EpochPot| {
            !self.is_over(entry) || terms.read_at(entry.epoch) >= since.get().into()
        };
        let next = self.first(self.state.swept, self.state.entries, is_in)?;
        Ok(EpochCursor::restore(next, U256::ZERO))
    }

    /// Claims a holder's shares of epochs that are over, from its cursor on, in at most `limit` steps of
    /// one epoch each. Returns the amount to be paid out, and whether the cursor has come to the last
    /// epoch that is over.
    ///
    /// Epochs that can't be claimed any more are passed over at once. Where the total of an epoch hasn't
    /// been read, the claim reads it first; of one before the cursor, that is a step of its own.
    ///
    /// # Rounding
    /// Floor of each share to 2^-128 of a unit, and of their sum to a unit; the fraction stays in the
    /// cursor.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for a cursor that this
    /// distribution can't have made; [`Error::Overweight`] if the weights of the first epoch exceed its
    /// total, [`Error::Missing`] if the store has lost it, and [`Error::OutOfRange`] or [`Error::Overflow`]
    /// if its pot is more than was funded. Of a later epoch, the call ends before it.
    ///
    /// # Laws
    /// `epochs_claim_pattern`, `epochs_conserve`, `epochs_advance`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, Error,
    /// #     ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 3]);
    /// for at in [5, 15] {
    ///     epochs.fund(Amount::new(1), Timestamp::new(at))?;
    /// }
    /// // Half of a unit, and another half.
    /// let weights = (|_| U256::from(2), |_| U256::ONE);
    /// let mut cursor = EpochCursor::new();
    /// let claimed = epochs.claim(&mut cursor, &weights, Timestamp::new(20), 1)?;
    /// assert_eq!((claimed.amount, claimed.is_done), (Amount::ZERO, false));
    /// let claimed = epochs.claim(&mut cursor, &weights, Timestamp::new(20), 1)?;
    /// assert_eq!((claimed.amount, claimed.is_done), (Amount::new(1), true));
    ///
    /// // A holder can't weigh more than all do.
    /// let weights = (|_| U256::from(2), |_| U256::from(3));
    /// let refused = epochs.claim(&mut EpochCursor::new(), &weights, Timestamp::new(20), 1);
    /// assert_eq!(refused, Err(Error::Overweight { epoch: 0 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    ///
    /// # Source
    /// Autonolas's first staking checkpoint began again at the same place at each call.
    #[doc(alias("claim_many", "getReward", "harvest"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn claim(
        &mut self,
        cursor: &mut EpochCursor,
        weights: &impl EpochWeights,
        at: Timestamp,
        limit: u32,
    ) -> Result<EpochPayment, Error> {
        self.check(cursor)?;
        let mut place = *cursor;
        place.next = self.first_claimable(cursor.next, at)?;
        self.walk(at, limit, |epochs| epochs.claim_next(&mut place, weights))?;
        let amount = self.state.pay(&mut place)?;
        *cursor = place;
        let is_done = !self.has(place.next, |entry| self.is_over(entry));
        Ok(EpochPayment { amount, is_done })
    }

    /// Returns what [`claim`](Self::claim) would pay and say now.
    ///
    /// # Rounding
    /// As [`claim`](Self::claim).
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 3]);
    /// epochs.fund(Amount::new(9), Timestamp::new(5))?;
    /// let weights = (|_| U256::from(2), |_| U256::ONE);
    /// let claimable = |now| epochs.claimable(&EpochCursor::new(), &weights, Timestamp::new(now), 9);
    /// assert_eq!(claimable(9)?.amount, Amount::ZERO); // it isn't over
    /// assert_eq!(claimable(10)?.amount, Amount::new(4)); // of 4.5
    /// assert!(claimable(4).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn claimable(
        &self,
        cursor: &EpochCursor,
        weights: &impl EpochWeights,
        at: Timestamp,
        limit: u32,
    ) -> Result<EpochPayment, Error> {
        let (state, entries) = (self.state, Unwritten(&self.entries));
        let mut place = *cursor;
        Epochs { state, entries }.claim(&mut place, weights, at, limit)
    }

    /// Takes what nobody claimed in time, for a place of the caller's choice, in at most `limit` steps:
    /// reading a total is one, and taking what is left of an epoch another. Returns the amount, and whether
    /// there is no more.
    ///
    /// It may come at any time: what wasn't claimed in time can't be claimed any more, taken or not.
    ///
    /// # Rounding
    /// Floor of the sum; the fraction stays for the next time.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::Missing`] if the store has lost the entry, and
    /// [`Error::OutOfRange`] or [`Error::Overflow`] if its pot is more than was funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: Some(Span::new(30)),
    /// # })?;
    /// // Epochs of 10, each to be claimed within 30 from its end on.
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 3]);
    /// epochs.fund(Amount::new(9), Timestamp::new(5))?;
    /// let weights = (|_| U256::from(2), |_| U256::ONE);
    /// let (mut alice, mut bob) = (EpochCursor::new(), EpochCursor::new());
    /// let claimed = epochs.claim(&mut alice, &weights, Timestamp::new(39), 9)?;
    /// assert_eq!(claimed.amount, Amount::new(4)); // of 4.5
    /// let claimed = epochs.claim(&mut bob, &weights, Timestamp::new(40), 9)?;
    /// assert_eq!(claimed.amount, Amount::ZERO);
    ///
    /// let expired = epochs.sweep(|_| U256::from(2), Timestamp::new(40), 9)?;
    /// assert_eq!((expired.amount, expired.is_done), (Amount::new(4), true)); // of 4.5
    /// assert!(epochs.sweep(|_| U256::from(2), Timestamp::new(39), 9).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("recover", "reclaim", "expire"))]
    pub fn sweep(
        &mut self,
        total: impl Fn(ClosedEpoch) -> U256,
        at: Timestamp,
        limit: u32,
    ) -> Result<EpochPayment, Error> {
        let before = self.state.expired;
        self.walk(at, limit, |epochs| epochs.sweep_next(&total))?;
        let amount = self.state.expired.abs_diff(before);
        let is_done = !self.has(self.state.swept, |entry| self.is_expired(entry, at));
        Ok(EpochPayment { amount, is_done })
    }

    /// Takes one step of a claim: reads a total, or the holder's weight.
    fn claim_next(
        &mut self,
        place: &mut EpochCursor,
        weights: &impl EpochWeights,
    ) -> Result<bool, Error> {
        let step = if place.next < self.state.read {
            Some(Step {
                after: self.state,
                index: place.next,
                entry: self.entry(place.next)?,
            })
        } else if self.has(place.next, |entry| self.is_over(entry)) {
            self.with_total(|epoch| weights.total(epoch))?
        } else {
            None
        };
        let Some(mut step) = step else {
            return Ok(false);
        };
        if step.index == place.next {
            let share = step.share(weights)?;
            place.owed = place.owed.checked_add(share)?;
            place.next = place.next.saturating_add(1);
        }
        self.write(step);
        Ok(true)
    }

    /// Takes one step of a sweep: reads a total, or takes what is left of an entry.
    fn sweep_next(&mut self, total: impl Fn(ClosedEpoch) -> U256) -> Result<bool, Error> {
        let (mut after, index) = (self.state, self.state.swept);
        if !self.has(index, |entry| self.is_expired(entry, after.clock)) {
            return Ok(false);
        }
        if index == after.read {
            return self.read_next(total);
        }
        let left = self.entry(index)?.left;
        let left = left.checked_add(after.expired_rest.get().into())?;
        after.expired = after.expired.checked_add(Amount::new(left.high()))?;
        after.expired_rest = Amount::new(left.low());
        after.swept = index.saturating_add(1);
        after.check_sums()?;
        self.state = after;
        Ok(true)
    }

    /// Checks that a cursor can be one of this distribution.
    pub(super) fn check(&self, cursor: &EpochCursor) -> Result<(), Error> {
        let (next, all) = (cursor.next, self.state.owed);
        in_range(
            Quantity::EpochEntries,
            next.into(),
            0,
            self.state.entries.into(),
        )?;
        if cursor.owed > all {
            // Rounded apart, the one is above the other as well.
            let (value, bound) = (units_up(cursor.owed), all.high());
            let what = Quantity::Owed;
            return Err(Error::OutOfRange { what, value, bound });
        }
        Ok(())
    }

    /// Returns the first entry from `next` on that can still be claimed.
    fn first_claimable(&self, next: u32, at: Timestamp) -> Result<u32, Error> {
        let next = next.max(self.state.swept);
        if !self.has(next, |entry| self.is_expired(entry, at)) {
            return Ok(next);
        }
        self.first(next, self.state.entries, |entry| {
            !self.is_expired(entry, at)
        })
    }

    fn is_expired(&self, entry: &EpochPot, at: Timestamp) -> bool {
        self.state.terms.is_expired(entry.epoch, at)
    }
}

impl Step {
    /// Moves the holder's share of the entry to what holders are owed, and returns it in units of
    /// 2^-128.
    fn share(&mut self, weights: &impl EpochWeights) -> Result<U256, Error> {
        let EpochPot { epoch, pot, .. } = self.entry;
        if pot.is_zero() {
            return Ok(U256::ZERO);
        }
        let (weight, total) = (
            weights.holder(self.after.terms.closed(epoch, self.after.clock)?),
            self.entry.weight,
        );
        if weight > total {
            return Err(Error::Overweight { epoch });
        }
        let share = U256::new(pot.get(), 0).mul_div(weight, total, Rounding::Floor)?;
        let left = self.entry.left.checked_sub(share);
        self.entry.left = left.map_err(|_| Error::Overweight { epoch })?;
        self.after.owed = self.after.owed.checked_add(share)?;
        self.after.check_sums()?;
        Ok(share)
    }
}

/// A store that is only looked at. A claim reads no entry that it has written.
struct Unwritten<'a, S>(&'a S);

impl<S: Store> Store for Unwritten<'_, S> {
    type Entry = S::Entry;

    fn get(&self, index: u32) -> Option<S::Entry> {
        self.0.get(index)
    }

    fn set(&mut self, _: u32, _: S::Entry) {}

    fn capacity(&self) -> u32 {
        self.0.capacity()
    }
}
