//! The state that a weighted pool is stored as.

use tokenomics_fixed_math::{Amount, Fraction};

use super::{check_weights, Weighted};
use crate::check::in_range;
use crate::{Error, Fee, Quantity};

/// The state of a [`Weighted`] pool, as a host keeps it in its own storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; reserves: ([Amount; N]), weights: ([Fraction; N]), shares: (Amount), fee: (Fee))),
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
pub struct WeightedState<const N: usize> {
    /// The reserve of each token.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub reserves: [Amount; N],
    /// The weight of each token.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Fraction, N>")
    )]
    pub weights: [Fraction; N],
    /// The number of all shares.
    pub shares: Amount,
    /// The fee.
    pub fee: Fee,
}

impl<const N: usize> Weighted<N> {
    /// Restores a pool from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless all reserves and the shares are 0, or none is, and for weights that
    /// [`Weighted::new`] refuses.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted, WeightedState};
    ///
    /// let weights = [fraction!("0.8"), fraction!("0.2")];
    /// let pool = Weighted::new([400, 900].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(Weighted::restore(pool.state())?, pool);
    /// let none = WeightedState { shares: Amount::ZERO, ..pool.state() };
    /// assert!(Weighted::restore(none).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: WeightedState<N>) -> Result<Self, Error> {
        let WeightedState {
            reserves,
            weights,
            shares,
            fee,
        } = state;
        check_weights(&weights)?;
        let (least, most) = if shares.is_zero() {
            (0, 0)
        } else {
            (1, u128::MAX)
        };
        for reserve in reserves {
            in_range(Quantity::Reserve, reserve.get(), least, most)?;
        }
        Ok(Self {
            reserves,
            weights,
            shares,
            fee,
        })
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> WeightedState<N> {
        WeightedState {
            reserves: self.reserves,
            weights: self.weights,
            shares: self.shares,
            fee: self.fee,
        }
    }
}

/// The state, unchecked.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; reserves: ([Amount; N]), weights: ([Fraction; N]), shares: (Amount), fee: (Fee))),
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawWeighted", "Weighted"))
)]
pub(crate) struct RawWeighted<const N: usize> {
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    reserves: [Amount; N],
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Fraction, N>")
    )]
    weights: [Fraction; N],
    shares: Amount,
    fee: Fee,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&Weighted<N>> for RawWeighted<N> {
    fn from(pool: &Weighted<N>) -> Self {
        let WeightedState {
            reserves,
            weights,
            shares,
            fee,
        } = pool.state();
        Self {
            reserves,
            weights,
            shares,
            fee,
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RawWeighted<N>> for Weighted<N> {
    type Error = Error;

    fn try_from(raw: RawWeighted<N>) -> Result<Self, Error> {
        Self::restore(WeightedState {
            reserves: raw.reserves,
            weights: raw.weights,
            shares: raw.shares,
            fee: raw.fee,
        })
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] Weighted<N> as RawWeighted<N>: MaxEncodedLen
}
