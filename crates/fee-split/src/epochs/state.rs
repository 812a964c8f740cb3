//! The state of a distribution beside its entries, and the checks that calls could have led to it.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::{EpochCursor, EpochPot, EpochTerms, Epochs};
use crate::check::{at_most, in_order, in_range};
use crate::{Error, Quantity, Store};

/// The state of [`Epochs`] beside the entries, of fixed size: what a host keeps with its store, and
/// restores from by [`Epochs::restore`], which checks it.
///
/// funded·2^128 = (paid + expired + unallocated + waiting)·2^128 + owed + expired_rest, what is left of
/// the entries that are read, and the pots of the others.
///
/// ```
/// use tokenomics_fee_split::{
///     EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
/// };
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
///
/// let terms = EpochTerms::new(EpochTermsParams {
///     start: Timestamp::ZERO,
///     length: Span::new(10),
///     reading: EpochReading::First,
///     zero_weight: ZeroWeight::Hold,
///     claim_within: None,
/// })?;
/// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 4]);
/// epochs.fund(Amount::new(5), Timestamp::new(3))?;
/// let state = epochs.state();
/// assert_eq!((state.funded, state.entries, state.read), (Amount::new(5), 1, 0));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct EpochsState {
    /// The terms.
    pub terms: EpochTerms,
    /// The time of the last call.
    pub clock: Timestamp,
    /// The number of entries: epochs that had funds.
    pub entries: u32,
    /// The number of entries of which the total weight was read, the first ones.
    pub read: u32,
    /// The number of entries of which what nobody claimed was taken, the first ones. They aren't
    /// needed any more.
    pub swept: u32,
    /// The amount that was ever funded.
    pub funded: Amount,
    /// The amount that was ever claimed.
    pub paid: Amount,
    /// The amount that wasn't claimed in time, and was taken.
    pub expired: Amount,
    /// The amount that came in while nobody weighed anything, for a sink.
    pub unallocated: Amount,
    /// The amount that came in while nobody weighed anything, and waits for the next epoch with a
    /// pot and a weight.
    pub waiting: Amount,
    /// The sum of what all cursors are owed, in 2^-128 units.
    pub owed: U256,
    /// The fraction of a unit that wasn't claimed in time, in 2^-128 units.
    pub expired_rest: Amount,
}

impl EpochsState {
    pub(super) const fn new(terms: EpochTerms) -> Self {
        Self {
            terms,
            clock: terms.start(),
            entries: 0,
            read: 0,
            swept: 0,
            funded: Amount::ZERO,
            paid: Amount::ZERO,
            expired: Amount::ZERO,
            unallocated: Amount::ZERO,
            waiting: Amount::ZERO,
            owed: U256::ZERO,
            expired_rest: Amount::ZERO,
        }
    }

    /// Moves the clock, and returns the epoch that it is in.
    pub(super) fn advance(&mut self, at: Timestamp) -> Result<u64, Error> {
        in_order(self.clock, at)?;
        self.clock = at;
        self.terms.epoch_at(at)
    }

    /// Pays the whole units that a holder is owed.
    pub(super) fn pay(&mut self, place: &mut EpochCursor) -> Result<Amount, Error> {
        let amount = Amount::new(place.owed.high());
        // A part of what all are owed, which is a part of what was funded.
        let owed = self.owed.checked_sub(U256::new(amount.get(), 0))?;
        self.paid = self.paid.checked_add(amount)?;
        self.owed = owed;
        place.owed = place.owed.low().into();
        Ok(amount)
    }

    /// Returns what is held for holders: all that was funded but what was paid, has expired, is
    /// unallocated or waits.
    pub(super) fn held(&self) -> Result<Amount, Error> {
        let gone = [self.paid, self.expired, self.unallocated, self.waiting];
        let gone = Amount::try_sum(gone)?.get();
        in_range(Quantity::Paid, gone, 0, self.funded.get())?;
        Ok(self.funded.checked_sub(Amount::new(gone))?)
    }

    /// Checks that the sums are parts of what was funded. So they are after any call, unless a store gives
    /// back other entries than it was given: then what those have too much isn't paid.
    pub(super) fn check_sums(&self) -> Result<(), Error> {
        let held = self.held()?.get();
        let fractions = self.owed.checked_add(self.expired_rest.get().into())?;
        at_most(Quantity::Owed, fractions, held)
    }

    /// Checks that the entries are counted in order, and that each can have had an epoch.
    fn check_counts(&self, capacity: u32) -> Result<(), Error> {
        let epoch = u128::from(self.terms.epoch_at(self.clock)?);
        let most = epoch.saturating_add(1).min(capacity.into());
        let count =
            |count: u32, most: u128| in_range(Quantity::EpochEntries, count.into(), 0, most);
        count(self.entries, most)?;
        // Of those that were read each is over.
        count(self.read, epoch.min(self.entries.into()))?;
        count(self.swept, self.read.into())?;
        if self.terms.claim_within().is_none() {
            count(self.swept, 0)?;
        }
        Ok(())
    }
}

impl<S: Store<Entry = EpochPot>> Epochs<S> {
    /// Restores a distribution from its state and the store of its entries. Those that were swept
    /// may be gone.
    ///
    /// It reads two entries, and not all: a call that comes to entries with more than was funded is refused.
    ///
    /// # Errors
    /// [`Error::Backdated`], [`Error::OutOfRange`], [`Error::Overflow`] or [`Error::Math`] unless the
    /// parts sum to at most what was funded and the counts are in order; [`Error::NotClosed`] or
    /// [`Error::OutOfRange`] if the last entry that was read isn't over, or the last of all hasn't
    /// begun or can't have as many before it; [`Error::Missing`] if the store doesn't have those.
    ///
    /// ```
    /// # use tokenomics_fee_split::{
    /// #     EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, EpochsState, ZeroWeight,
    /// # };
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// # let terms = EpochTerms::new(EpochTermsParams {
    /// #     start: Timestamp::ZERO,
    /// #     length: Span::new(10),
    /// #     reading: EpochReading::First,
    /// #     zero_weight: ZeroWeight::Hold,
    /// #     claim_within: None,
    /// # })?;
    /// let mut epochs = Epochs::new(terms, [EpochPot::EMPTY; 4]);
    /// epochs.fund(Amount::new(5), Timestamp::new(3))?;
    /// let (state, entries) = (epochs.state(), *epochs.entries());
    /// assert_eq!(Epochs::restore(state, entries)?, epochs);
    ///
    /// // More than came in can't have been paid.
    /// let paid = Amount::new(6);
    /// assert!(Epochs::restore(EpochsState { paid, ..state }, entries).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: EpochsState, entries: S) -> Result<Self, Error> {
        state.check_sums()?;
        state.check_counts(entries.capacity())?;
        let epochs = Self { state, entries };
        let terms = state.terms;
        if state.entries > state.swept {
            let index = state.entries.saturating_sub(1);
            let last = epochs.entry(index)?.epoch;
            let current = terms.epoch_at(state.clock)?;
            // As many epochs were before it as entries are.
            let what = Quantity::EpochNumber;
            in_range(what, last.into(), index.into(), current.into())?;
        }
        if state.read > state.swept {
            let last = epochs.entry(state.read.saturating_sub(1))?.epoch;
            terms.closed(last, state.clock)?;
        }
        Ok(epochs)
    }

    /// Returns the state beside the entries, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> EpochsState {
        self.state
    }

    /// Returns the store of the entries.
    #[must_use]
    pub const fn entries(&self) -> &S {
        &self.entries
    }
}
