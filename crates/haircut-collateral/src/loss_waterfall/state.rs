//! The state of a loss waterfall.

use tokenomics_fixed_math::Amount;

use super::LossWaterfall;
use crate::loss_book::LossBook;
use crate::{Error, TrancheState};

/// The state of a [`LossWaterfall`]: what it is stored as, and restored from by
/// [`LossWaterfall::restore`], which checks it.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::{LossWaterfall, LossWaterfallState};
///
/// let state = LossWaterfallState::<0> { insurance: Amount::new(5), tranches: [] };
/// assert_eq!(LossWaterfall::restore(state)?.insurance(), Amount::new(5));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "LossWaterfall", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; insurance: (Amount), tranches: ([TrancheState; N]))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "LossWaterfall_for_{N}")
)]
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("LossWaterfallState", "LossWaterfall"))
)]
pub struct LossWaterfallState<const N: usize> {
    /// The amount of the insurance fund.
    pub insurance: Amount,
    /// The tranches, the most junior first.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<TrancheState, N>")
    )]
    pub tranches: [TrancheState; N],
}

impl<const N: usize> LossWaterfall<N> {
    /// Restores a waterfall from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless each tranche has between 2^32 and 2^64 shares of each unit.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{LossShares, LossWaterfall, TrancheState};
    /// let mut waterfall = LossWaterfall::<1>::new();
    /// waterfall.deposit(0, &mut LossShares::default(), Amount::new(7))?;
    /// let mut state = waterfall.state();
    /// assert_eq!(LossWaterfall::restore(state)?, waterfall);
    /// state.tranches = [TrancheState { shares: U256::ONE, ..state.tranches[0] }];
    /// assert!(LossWaterfall::restore(state).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: LossWaterfallState<N>) -> Result<Self, Error> {
        let mut tranches = [LossBook::EMPTY; N];
        for (tranche, stored) in tranches.iter_mut().zip(state.tranches) {
            *tranche = LossBook::restore(stored)?;
        }
        Ok(Self {
            insurance: state.insurance,
            tranches,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub fn state(&self) -> LossWaterfallState<N> {
        LossWaterfallState {
            insurance: self.insurance,
            tranches: self.tranches.map(|tranche| tranche.state()),
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&LossWaterfall<N>> for LossWaterfallState<N> {
    fn from(waterfall: &LossWaterfall<N>) -> Self {
        waterfall.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<LossWaterfallState<N>> for LossWaterfall<N> {
    type Error = Error;

    fn try_from(state: LossWaterfallState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] LossWaterfall<N> as LossWaterfallState<N>: MaxEncodedLen
}
