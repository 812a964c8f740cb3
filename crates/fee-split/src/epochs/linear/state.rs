//! Claims over many epochs, and the state that is stored.

use tokenomics_fixed_math::{Timestamp, U256};

use super::{sum_before, Claimed, EpochSum, LinearEpochs, WeightLine};
use crate::check::{in_range, units_up};
use crate::epochs::{EpochCursor, EpochPayment, EpochPot, Epochs, EpochsState};
use crate::{Error, Quantity, Store};

/// The state of [`LinearEpochs`] beside the entries and the sums, of fixed size: what a host keeps with
/// its stores, and restores from by [`LinearEpochs::restore`], which checks it.
///
/// What is left of the entries stands here, and not with each of them.
///
/// ```
/// use tokenomics_fee_split::{
///     EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs, ZeroWeight,
/// };
/// use tokenomics_fixed_math::{Span, Timestamp, U256};
///
/// let terms = EpochTerms::new(EpochTermsParams {
///     start: Timestamp::ZERO,
///     length: Span::new(10),
///     reading: EpochReading::First,
///     zero_weight: ZeroWeight::Carry,
///     claim_within: None,
/// })?;
/// let epochs = LinearEpochs::new(terms, [EpochPot::EMPTY; 1], [EpochSum::ZERO; 1])?;
/// assert_eq!(epochs.state().left, U256::ZERO);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct LinearEpochsState {
    /// The state of the epochs.
    pub epochs: EpochsState,
    /// What nobody has claimed of the pots whose totals were read, in 2^-128 units.
    pub left: U256,
}

impl<S, T> LinearEpochs<S, T>
where
    S: Store<Entry = EpochPot>,
    T: Store<Entry = EpochSum>,
{
    /// Restores a distribution from its state and its stores.
    ///
    /// # Errors
    /// As [`LinearEpochs::new`] and [`Epochs::restore`]; [`Error::OutOfRange`] if more is left than was
    /// funded and isn't paid.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, LinearEpochs,
    /// #     LinearEpochsState, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Carry,
    /// #     claim_within: None,
    /// # })?;
    /// let (entries, sums) = ([EpochPot::EMPTY; 1], [EpochSum::ZERO; 1]);
    /// let state = LinearEpochs::new(terms, entries, sums)?.state();
    /// assert!(LinearEpochs::restore(state, entries, sums).is_ok());
    /// let left = U256::ONE;
    /// let wrong = LinearEpochsState { left, ..state };
    /// assert!(LinearEpochs::restore(wrong, entries, sums).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: LinearEpochsState, entries: S, sums: T) -> Result<Self, Error> {
        let LinearEpochsState { epochs, left } = state;
        let held = epochs.held()?;
        let sum = left.checked_add(epochs.owed)?;
        in_range(Quantity::EpochLeft, units_up(sum), 0, held.get())?;
        Self::of(Epochs::restore(epochs, entries)?, sums, left)
    }

    /// Returns the state beside the stores, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> LinearEpochsState {
        LinearEpochsState {
            epochs: self.epochs.state,
            left: self.left,
        }
    }

    /// Returns the store of the entries, and that of the sums.
    #[must_use]
    pub const fn stores(&self) -> (&S, &T) {
        (&self.epochs.entries, &self.sums)
    }

    /// Computes a claim, and changes nothing.
    pub(super) fn claimed(
        &self,
        cursor: EpochCursor,
        line: &WeightLine,
        now: Timestamp,
    ) -> Result<Claimed, Error> {
        self.epochs.check(&cursor)?;
        let (mut state, mut place) = (self.epochs.state, cursor);
        state.advance(now)?;
        place.next = self.end_of(line, cursor.next)?;
        let share = self.share(line, cursor.next, place.next)?;
        let left = self.left.checked_sub(share);
        let left = left.or_else(|_| self.overweight(cursor.next))?;
        place.owed = place.owed.checked_add(share)?;
        state.owed = state.owed.checked_add(share)?;
        let amount = state.pay(&mut place)?;
        let is_over = |entry: &EpochPot| state.terms.closed(entry.epoch, now).is_ok();
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
