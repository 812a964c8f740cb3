//! The state that a pool is stored as.

use tokenomics_fixed_math::Amount;

use super::{StableSwap, RATE};
use crate::check::in_range;
use crate::{Amplification, Error, Fee, Quantity};

/// The state of a [`StableSwap`], as a host keeps it in its own storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; reserves: ([Amount; N]), rates: ([u128; N]), amplification: (Amplification), fee: (Fee), shares: (Amount))),
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
pub struct StableSwapState<const N: usize> {
    /// The reserves.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub reserves: [Amount; N],
    /// The factor that each reserve is multiplied by, in 1e-18.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::wide_integers")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(
            with = "tokenomics_fixed_math::schema::Entries<tokenomics_fixed_math::schema::Integer, N>"
        )
    )]
    pub rates: [u128; N],
    /// The amplification.
    pub amplification: Amplification,
    /// The fee.
    pub fee: Fee,
    /// The number of all shares.
    pub shares: Amount,
}

impl<const N: usize> StableSwap<N> {
    /// Restores a pool from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for fewer than 2 coins or more than 8, a rate below 1, and unless all
    /// reserves and the shares are 0, or none is.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap, StableSwapState};
    ///
    /// let reserves = [Amount::new(1_000), Amount::new(1_100)];
    /// let pool = StableSwap::new(Amplification::new(100)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// assert_eq!(StableSwap::restore(pool.state())?, pool);
    /// let none = StableSwapState { shares: Amount::ZERO, ..pool.state() };
    /// assert!(StableSwap::restore(none).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: StableSwapState<N>) -> Result<Self, Error> {
        let StableSwapState {
            reserves,
            rates,
            amplification,
            fee,
            shares,
        } = state;
        check(&reserves, &rates, shares)?;
        Ok(Self {
            reserves,
            rates,
            amplification,
            fee,
            shares,
        })
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> StableSwapState<N> {
        StableSwapState {
            reserves: self.reserves,
            rates: self.rates,
            amplification: self.amplification,
            fee: self.fee,
            shares: self.shares,
        }
    }
}

/// Checks what of a state has a range.
fn check<const N: usize>(
    reserves: &[Amount; N],
    rates: &[u128; N],
    shares: Amount,
) -> Result<(), Error> {
    let coins = u128::try_from(N).unwrap_or(u128::MAX);
    in_range(Quantity::Tokens, coins, 2, 8)?;
    for &rate in rates {
        in_range(Quantity::Rate, rate, RATE, u128::MAX)?;
    }
    let (least, most) = if shares.is_zero() {
        (0, 0)
    } else {
        (1, u128::MAX)
    };
    for reserve in reserves {
        in_range(Quantity::Reserve, reserve.get(), least, most)?;
    }
    Ok(())
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
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; reserves: ([Amount; N]), rates: ([Amount; N]), amplification: (Amplification), fee: (Fee), shares: (Amount))),
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawStableSwap", "StableSwap"))
)]
pub(crate) struct RawStableSwap<const N: usize> {
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    reserves: [Amount; N],
    /// Amounts of 1e-18, for numbers as text.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    rates: [Amount; N],
    amplification: Amplification,
    fee: Fee,
    shares: Amount,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&StableSwap<N>> for RawStableSwap<N> {
    fn from(pool: &StableSwap<N>) -> Self {
        Self {
            reserves: pool.reserves,
            rates: pool.rates.map(Amount::new),
            amplification: pool.amplification,
            fee: pool.fee,
            shares: pool.shares,
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RawStableSwap<N>> for StableSwap<N> {
    type Error = Error;

    fn try_from(raw: RawStableSwap<N>) -> Result<Self, Error> {
        Self::restore(StableSwapState {
            reserves: raw.reserves,
            rates: raw.rates.map(Amount::get),
            amplification: raw.amplification,
            fee: raw.fee,
            shares: raw.shares,
        })
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] StableSwap<N> as RawStableSwap<N>: MaxEncodedLen
}
