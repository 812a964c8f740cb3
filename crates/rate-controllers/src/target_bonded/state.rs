//! The state of an inflation that follows a bonded share.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::{TargetBonded, TargetBondedParams};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a [`TargetBonded`] besides its parameters.
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
pub struct TargetBondedState {
    /// The inflation a year in 10^−18, times the length of a year.
    pub numerator: Amount,
    /// The remainder that the next call adds to what it mints: less than a base unit, as a numerator
    /// over the parameters' divisor.
    pub carried: Amount,
    /// The time up to which everything is minted.
    pub last: Timestamp,
}

impl TargetBonded {
    /// Restores a controller that was kept elsewhere, from what [`params`](Self::params) and
    /// [`state`](Self::state) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range, and for a state that no calls lead
    /// to.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Timestamp};
    /// use tokenomics_rate_controllers::{Mint, TargetBonded, TargetBondedParams, TargetBondedState};
    ///
    /// let (params, start) = (TargetBondedParams::COSMOS, Timestamp::new(5));
    /// let mut minting = TargetBonded::new(params, wad!("0.1"), start)?;
    /// minting.mint(Timestamp::new(90), fraction!("0.5"), Amount::new(1_000_000_007))?;
    ///
    /// let state = minting.state();
    /// assert_eq!(TargetBonded::restore(params, state)?, minting);
    /// let forged = TargetBondedState { carried: Amount::MAX, ..state };
    /// assert!(TargetBonded::restore(params, forged).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn restore(params: TargetBondedParams, state: TargetBondedState) -> Result<Self, Error> {
        let TargetBondedState {
            numerator,
            carried,
            last,
        } = state;
        params.check()?;
        let (min, max) = (params.numerator(params.min), params.numerator(params.max));
        in_range(Quantity::Inflation, numerator.get(), min, max)?;
        // The divisor is at least 10^18.
        let most = params.divisor().wrapping_sub(1);
        in_range(Quantity::Carried, carried.get(), 0, most)?;
        Ok(Self {
            params,
            numerator: numerator.get(),
            carried: carried.get(),
            last,
        })
    }

    /// Returns the state, to be stored beside the parameters.
    #[must_use]
    pub const fn state(&self) -> TargetBondedState {
        TargetBondedState {
            numerator: Amount::new(self.numerator),
            carried: Amount::new(self.carried),
            last: self.last,
        }
    }

    /// Creates the controller of what it is written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(
        params: TargetBondedParams,
        numerator: Amount,
        carried: Amount,
        last: Timestamp,
    ) -> Result<Self, Error> {
        let state = TargetBondedState {
            numerator,
            carried,
            last,
        };
        Self::restore(params, state)
    }

    /// Returns the inflation in 10^−18, times the length of a year.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn numerator(&self) -> Amount {
        Amount::new(self.numerator)
    }

    /// Returns what wasn't a whole base unit yet.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn carried(&self) -> Amount {
        Amount::new(self.carried)
    }
}

tokenomics_internals::checked_codec! {
    TargetBonded::of as RawTargetBonded {
        params: TargetBondedParams = TargetBonded::params,
        numerator: Amount = TargetBonded::numerator,
        carried: Amount = TargetBonded::carried,
        last: Timestamp = TargetBonded::last,
    }
}
