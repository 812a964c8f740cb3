//! The state that a pool is stored as.

use tokenomics_fixed_math::Amount;

use super::ConstantProduct;
use crate::check::in_range;
use crate::{Error, Fee, Quantity};

/// The state of a [`ConstantProduct`], as a host keeps it in its own storage.
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
pub struct ConstantProductState {
    /// The reserve of Token0.
    pub reserve0: Amount,
    /// The reserve of Token1.
    pub reserve1: Amount,
    /// The number of all shares.
    pub shares: Amount,
    /// The fee.
    pub fee: Fee,
}

impl ConstantProduct {
    /// Restores a pool from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless both reserves and the shares are 0, or none is.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, ConstantProductState, Fee};
    ///
    /// let pool = ConstantProduct::new(Amount::new(400), Amount::new(900), Fee::NONE)?;
    /// assert_eq!(ConstantProduct::restore(pool.state())?, pool);
    /// let none = ConstantProductState { shares: Amount::ZERO, ..pool.state() };
    /// assert!(ConstantProduct::restore(none).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: ConstantProductState) -> Result<Self, Error> {
        let ConstantProductState {
            reserve0,
            reserve1,
            shares,
            fee,
        } = state;
        let (least, most) = if shares.is_zero() {
            (0, 0)
        } else {
            (1, u128::MAX)
        };
        for reserve in [reserve0, reserve1] {
            in_range(Quantity::Reserve, reserve.get(), least, most)?;
        }
        Ok(Self {
            reserve0,
            reserve1,
            shares,
            fee,
        })
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> ConstantProductState {
        ConstantProductState {
            reserve0: self.reserve0,
            reserve1: self.reserve1,
            shares: self.shares,
            fee: self.fee,
        }
    }
}

tokenomics_internals::checked_codec! {
    ConstantProduct::restore(ConstantProductState) as RawConstantProduct {
        reserve0: Amount = ConstantProduct::reserve0,
        reserve1: Amount = ConstantProduct::reserve1,
        shares: Amount = ConstantProduct::shares,
        fee: Fee = ConstantProduct::fee,
    }
}
