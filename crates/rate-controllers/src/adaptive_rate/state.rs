//! The state of an adaptive rate.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::{AdaptiveRate, AdaptiveRateParams};
use crate::check::in_range;
use crate::interest::accrue;
use crate::{Error, Quantity};

/// The state of a [`AdaptiveRate`] besides its parameters.
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
pub struct AdaptiveRateState {
    /// The logarithm of the rate at the target over the least rate, in 10^−18 a year times units of the
    /// clock.
    pub exponent: Amount,
    /// The sum of the rate over time, in 10^−18 a year times units of the clock.
    pub accrued: Amount,
    /// The time up to which interest has accrued.
    pub last: Timestamp,
}

impl AdaptiveRate {
    /// Restores a controller that was kept elsewhere, from what [`params`](Self::params) and
    /// [`state`](Self::state) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range, and for a state that no calls lead
    /// to.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Timestamp};
    /// use tokenomics_rate_controllers::{AdaptiveRate, AdaptiveRateParams, AdaptiveRateState};
    ///
    /// let params = AdaptiveRateParams::MORPHO;
    /// let mut irm = AdaptiveRate::new(params, wad!("0.04"), Timestamp::ZERO)?;
    /// irm.update(Timestamp::new(86_400), fraction!("1"))?;
    ///
    /// let state = irm.state();
    /// assert_eq!(AdaptiveRate::restore(params, state)?, irm);
    /// let forged = AdaptiveRateState { exponent: Amount::MAX, ..state };
    /// assert!(AdaptiveRate::restore(params, forged).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn restore(params: AdaptiveRateParams, state: AdaptiveRateState) -> Result<Self, Error> {
        let AdaptiveRateState {
            exponent,
            accrued,
            last,
        } = state;
        params.check()?;
        let largest = params.logarithm(params.max)?;
        in_range(Quantity::RateLogarithm, exponent.get(), 0, largest)?;
        let accrued = accrue(0, Some(accrued.get()), params.year)?;
        Ok(Self {
            params,
            exponent: exponent.get(),
            largest,
            accrued,
            last,
        })
    }

    /// Returns the state, to be stored beside the parameters.
    #[must_use]
    pub const fn state(&self) -> AdaptiveRateState {
        AdaptiveRateState {
            exponent: Amount::new(self.exponent),
            accrued: Amount::new(self.accrued),
            last: self.last,
        }
    }

    /// Creates the controller of what it is written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(
        params: AdaptiveRateParams,
        exponent: Amount,
        accrued: Amount,
        last: Timestamp,
    ) -> Result<Self, Error> {
        let state = AdaptiveRateState {
            exponent,
            accrued,
            last,
        };
        Self::restore(params, state)
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn interest(&self) -> Amount {
        Amount::new(self.accrued)
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn exponent(&self) -> Amount {
        Amount::new(self.exponent)
    }
}

tokenomics_internals::checked_codec! {
    AdaptiveRate::of as RawAdaptiveRate {
        params: AdaptiveRateParams = AdaptiveRate::params,
        exponent: Amount = AdaptiveRate::exponent,
        accrued: Amount = AdaptiveRate::interest,
        last: Timestamp = AdaptiveRate::last,
    }
}
