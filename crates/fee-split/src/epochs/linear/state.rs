//! The state that is stored, and the checks that calls could have led to it.

use tokenomics_fixed_math::U256;

use super::{EpochSum, LinearEpochs};
use crate::check::at_most;
use crate::epochs::{EpochPot, Epochs, EpochsState};
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
///     zero_weight: ZeroWeight::Hold,
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
pub struct LinearEpochsState {
    /// The state of the epochs.
    pub epochs: EpochsState,
    /// The amount that nobody has claimed of the pots whose totals were read, in 2^-128 units.
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
    /// #     zero_weight: ZeroWeight::Hold,
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
        at_most(Quantity::EpochLeft, sum, held.get())?;
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
}
