//! Claims over many epochs.

use tokenomics_fixed_math::{Timestamp, U256};

use super::{sum_before, EpochSum, LinearEpochs, WeightLine};
use crate::check::in_range;
use crate::epochs::{EpochCursor, EpochPayment, EpochPot, EpochsState};
use crate::{Error, Quantity, Store};

/// A claim, and all that there is after it.
struct Claimed {
    state: EpochsState,
    left: U256,
    place: EpochCursor,
    payment: EpochPayment,
}

impl<S, T> LinearEpochs<S, T>
where
    S: Store<Entry = EpochPot>,
    T: Store<Entry = EpochSum>,
{
    /// Claims a holder's shares of all epochs from its cursor on whose totals were read, up to the end of
    /// the line. Returns the amount to be paid out, and whether the cursor has come to the last epoch that
    /// is over: if not, the next line goes on, or [`close`](Self::close) comes first.
    ///
    /// # Rounding
    /// Floor of the sum of the shares, less what [`LinearEpochs`] says; the fraction stays in the cursor.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for a cursor that this
    /// distribution can't have made, and for a line that begins after the first epoch is read, which would
    /// leave it out; [`Error::Overweight`] if the line is above the first or the last total, or more is
    /// claimed than there is; [`Error::Math`] for a line that falls below zero; [`Error::Missing`] if a store
    /// has lost an entry, and [`Error::OutOfRange`] if their pots are more than was funded.
    ///
    /// # Laws
    /// `linear_epochs`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochCursor, EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs,
    /// #     WeightLine, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 2], [EpochSum::ZERO; 2])?;
    /// epochs.fund(Amount::new(5), Timestamp::new(9))?;
    /// epochs.close(|_| U256::from(2), Timestamp::new(10), 100)?;
    /// let (since, until) = (Timestamp::ZERO, Timestamp::MAX);
    /// let (weight, slope) = (U256::ONE, U256::ZERO);
    /// let half = WeightLine { since, until, weight, slope, rises: false };
    /// let mut cursor = EpochCursor::new();
    /// let claimed = epochs.claim(&mut cursor, &half, Timestamp::new(10))?;
    /// assert_eq!(claimed.amount, Amount::new(2)); // of 2.5
    ///
    /// let late = WeightLine { since: Timestamp::new(1), ..half };
    /// assert!(epochs.claim(&mut EpochCursor::new(), &late, Timestamp::new(10)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn claim(
        &mut self,
        cursor: &mut EpochCursor,
        line: &WeightLine,
        at: Timestamp,
    ) -> Result<EpochPayment, Error> {
        let claimed = self.claimed(*cursor, line, at)?;
        (self.epochs.state, self.left) = (claimed.state, claimed.left);
        *cursor = claimed.place;
        Ok(claimed.payment)
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
    /// #     EpochCursor, EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs,
    /// #     WeightLine, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 2], [EpochSum::ZERO; 2])?;
    /// epochs.fund(Amount::new(5), Timestamp::new(9))?;
    /// epochs.close(|_| U256::from(2), Timestamp::new(10), 100)?;
    /// let (since, until) = (Timestamp::ZERO, Timestamp::MAX);
    /// let (weight, slope) = (U256::ONE, U256::ZERO);
    /// let half = WeightLine { since, until, weight, slope, rises: false };
    /// let claimable = |now| epochs.claimable(&EpochCursor::new(), &half, Timestamp::new(now));
    /// assert_eq!(claimable(10)?.amount, Amount::new(2)); // of 2.5
    /// assert!(claimable(9).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn claimable(
        &self,
        cursor: &EpochCursor,
        line: &WeightLine,
        at: Timestamp,
    ) -> Result<EpochPayment, Error> {
        Ok(self.claimed(*cursor, line, at)?.payment)
    }

    /// Computes a claim, and changes nothing.
    fn claimed(
        &self,
        cursor: EpochCursor,
        line: &WeightLine,
        at: Timestamp,
    ) -> Result<Claimed, Error> {
        self.epochs.check(&cursor)?;
        let (mut state, mut place) = (self.epochs.state, cursor);
        state.advance(at)?;
        place.next = self.end_of(line, cursor.next)?;
        let share = self.share(line, cursor.next, place.next)?;
        let left = self.left.checked_sub(share);
        let left = left.or_else(|_| self.overweight(cursor.next))?;
        place.owed = place.owed.checked_add(share)?;
        state.owed = state.owed.checked_add(share)?;
        state.check_sums()?;
        let amount = state.pay(&mut place)?;
        let is_over = |entry: &EpochPot| state.terms.closed(entry.epoch, at).is_ok();
        let is_done = !self.epochs.has(place.next, is_over);
        let payment = EpochPayment { amount, is_done };
        Ok(Claimed {
            state,
            left,
            place,
            payment,
        })
    }

    /// Returns the first entry from `next` on that is read at the end of a line or later, or the first
    /// whose total wasn't read.
    fn end_of(&self, line: &WeightLine, next: u32) -> Result<u32, Error> {
        let EpochsState { terms, read, .. } = self.epochs.state;
        let is_after = |entry: &EpochPot| terms.read_at(entry.epoch) >= line.until.get().into();
        self.epochs.first(next, read, is_after)
    }

    /// Returns the sum of the shares of the entries `from..to`, in units of 2^-128.
    fn share(&self, line: &WeightLine, from: u32, to: u32) -> Result<U256, Error> {
        let Some(last) = to.checked_sub(1).filter(|_| from < to) else {
            return Ok(U256::ZERO);
        };
        let since = line.since.get().into();
        let first_read = self.check_weight(line, from)?;
        in_range(Quantity::LineStart, since, 0, first_read)?;
        self.check_weight(line, last)?;
        let sums = sum_before(&self.sums, to)?.minus(sum_before(&self.sums, from)?);
        line.shares(sums, to.saturating_sub(from))
    }

    /// Checks that a line is at most the total of an entry, and returns when that was read.
    fn check_weight(&self, line: &WeightLine, index: u32) -> Result<u128, Error> {
        let EpochsState { terms, clock, .. } = self.epochs.state;
        let entry = self.epochs.entry(index)?;
        let at = terms.closed(entry.epoch, clock)?.at();
        let weight = line.weight_at(at)?;
        if !entry.pot.is_zero() && weight > entry.weight {
            return self.overweight(index);
        }
        Ok(at.get().into())
    }

    fn overweight<R>(&self, index: u32) -> Result<R, Error> {
        let epoch = self.epochs.entry(index)?.epoch;
        Err(Error::Overweight { epoch })
    }
}
