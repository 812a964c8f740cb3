//! The state of a waterfall, and the checks that payments could have led to it.

use tokenomics_fixed_math::Amount;

use super::{Filling, Tier, Waterfall};
use crate::check::in_range;
use crate::{Error, Quantity, SplitStream, SplitStreamState, WeightedSplit};

/// The state of one tier of a [`Waterfall`].
///
/// ```
/// use tokenomics_fee_split::{Tier, TierState, Waterfall, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// let tier = Tier::new(Amount::new(9), [1, 2])?;
/// let waterfall = Waterfall::new([tier], WeightedSplit::new([1, 1])?)?;
/// let state = TierState { cap: Amount::new(9), filled: Amount::ZERO, weights: [1, 2] };
/// assert_eq!(waterfall.state().tiers, [state]);
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
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; cap: (Amount), filled: (Amount), weights: ([u64; M]))),
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
pub struct TierState<const M: usize> {
    /// The most that the tier takes.
    pub cap: Amount,
    /// The amount that is in it, at most the cap.
    pub filled: Amount,
    /// The weights of the parties, not all 0.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::integers")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(
            with = "tokenomics_fixed_math::schema::Entries<tokenomics_fixed_math::schema::Integer, M>"
        )
    )]
    pub weights: [u64; M],
}

/// An empty tier of nobody, which no waterfall has: a place for one that is read.
impl<const M: usize> Default for TierState<M> {
    fn default() -> Self {
        Self {
            cap: Amount::ZERO,
            filled: Amount::ZERO,
            weights: [0; M],
        }
    }
}

/// The state of a [`Waterfall`]: what it is stored as, and restored from by [`Waterfall::restore`], which
/// checks it.
///
/// ```
/// use tokenomics_fee_split::{SplitStream, Waterfall, WaterfallState, WeightedSplit};
///
/// let waterfall = Waterfall::new([], WeightedSplit::new([1, 3])?)?;
/// let residual = SplitStream::new([1, 3])?.state();
/// assert_eq!(waterfall.state(), WaterfallState { tiers: [], residual });
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Waterfall", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; tiers: ([TierState<M>; T]), residual: (SplitStreamState<M>))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Waterfall_for_{T}_and_{M}")
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("WaterfallState", "Waterfall"))
)]
pub struct WaterfallState<const T: usize, const M: usize> {
    /// The tiers, the most senior first; one that isn't empty follows full ones only.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<TierState<M>, T>")
    )]
    pub tiers: [TierState<M>; T],
    /// The split of the rest, which holds nothing before all tiers are full.
    pub residual: SplitStreamState<M>,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const T: usize, const M: usize> From<&Waterfall<T, M>> for WaterfallState<T, M> {
    fn from(waterfall: &Waterfall<T, M>) -> Self {
        waterfall.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const T: usize, const M: usize> TryFrom<WaterfallState<T, M>> for Waterfall<T, M> {
    type Error = Error;

    fn try_from(state: WaterfallState<T, M>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl<const T: usize, const M: usize> Waterfall<T, M> {
    /// Restores a waterfall from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for weights that sum to zero, for a tier with more than its cap, for one with
    /// anything while one ahead of it isn't full, and for a residual that can't be or that holds anything
    /// before all tiers are full.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Tier, Waterfall, WeightedSplit};
    /// # use tokenomics_fixed_math::Amount;
    /// let tier = Tier::new(Amount::new(9), [1, 2])?;
    /// let mut waterfall = Waterfall::new([tier], WeightedSplit::new([1, 1])?)?;
    /// waterfall.distribute(Amount::new(10))?;
    /// let mut state = waterfall.state();
    /// assert_eq!(Waterfall::restore(state)?, waterfall);
    /// state.tiers[0].filled = Amount::new(10);
    /// assert!(Waterfall::restore(state).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: WaterfallState<T, M>) -> Result<Self, Error> {
        let residual = SplitStream::restore(state.residual)?;
        // Each is set below.
        let split = WeightedSplit::new(state.residual.weights)?;
        let cap = Amount::ZERO;
        let mut tiers = [Filling::new(Tier { cap, split }); T];
        let mut reached = u128::MAX;
        for (filling, tier) in tiers.iter_mut().zip(state.tiers) {
            let most = tier.cap.get().min(reached);
            in_range(Quantity::TierFilled, tier.filled.get(), 0, most)?;
            let split = WeightedSplit::new(tier.weights)?;
            filling.tier = Tier {
                cap: tier.cap,
                split,
            };
            filling.filled = tier.filled;
            // Nothing comes to the tiers after one that isn't full.
            reached = if filling.is_full() { reached } else { 0 };
        }
        let is_fresh = residual == SplitStream::new(residual.weights())?;
        let held = u128::from(!is_fresh);
        in_range(Quantity::ResidualHeld, held, 0, reached)?;
        Ok(Self { tiers, residual })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub fn state(&self) -> WaterfallState<T, M> {
        WaterfallState {
            tiers: self.tiers.map(|Filling { tier, filled }| TierState {
                cap: tier.cap,
                filled,
                weights: tier.split.weights(),
            }),
            residual: self.residual.state(),
        }
    }
}
