//! The state of a kinked rate.

use tokenomics_fixed_math::{Amount, Timestamp, Wad};

use super::{KinkedRate, KinkedRateParams};
use crate::check::{in_range, year, yearly};
use crate::interest::accrue;
use crate::{Error, Quantity};

/// The state of a [`KinkedRate`] besides its parameters.
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
pub struct KinkedRateState {
    /// The sum of the rate over time, in 10^−18 a year times units of the clock.
    pub accrued: Amount,
    /// The time up to which interest has accrued.
    pub last: Timestamp,
}

impl KinkedRate {
    /// Restores a controller that was kept elsewhere, from what [`params`](Self::params) and
    /// [`state`](Self::state) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range, and for a state that no calls lead
    /// to.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
    /// use tokenomics_rate_controllers::{KinkedRate, KinkedRateParams, KinkedRateState};
    ///
    /// let params = KinkedRateParams {
    ///     optimal: fraction!("0.9"),
    ///     base: wad!("0"),
    ///     slope1: wad!("0.04"),
    ///     slope2: wad!("0.75"),
    ///     year: Span::new(31_536_000),
    /// };
    /// let mut pool = KinkedRate::new(params, Timestamp::ZERO)?;
    /// pool.update(Timestamp::new(86_400), fraction!("0.45"))?;
    ///
    /// let state = pool.state();
    /// assert_eq!(KinkedRate::restore(params, state)?, pool);
    /// let forged = KinkedRateState { accrued: Amount::MAX, ..state };
    /// assert!(KinkedRate::restore(params, forged).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn restore(params: KinkedRateParams, state: KinkedRateState) -> Result<Self, Error> {
        let KinkedRateState { accrued, last } = state;
        in_range(
            Quantity::Optimum,
            params.optimal.raw().into(),
            1,
            Wad::SCALE,
        )?;
        yearly(Quantity::BaseRate, params.base)?;
        yearly(Quantity::Slope1, params.slope1)?;
        yearly(Quantity::Slope2, params.slope2)?;
        year(params.year)?;
        let accrued = accrue(0, Some(accrued.get()), params.year)?;
        Ok(Self {
            params,
            accrued,
            last,
        })
    }

    /// Returns the state, to be stored beside the parameters.
    #[must_use]
    pub const fn state(&self) -> KinkedRateState {
        KinkedRateState {
            accrued: Amount::new(self.accrued),
            last: self.last,
        }
    }

    /// Creates the controller of what it is written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(params: KinkedRateParams, accrued: Amount, last: Timestamp) -> Result<Self, Error> {
        let state = KinkedRateState { accrued, last };
        Self::restore(params, state)
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn interest(&self) -> Amount {
        Amount::new(self.accrued)
    }
}

tokenomics_internals::checked_codec! {
    KinkedRate::of as RawKinkedRate {
        params: KinkedRateParams = KinkedRate::params,
        accrued: Amount = KinkedRate::interest,
        last: Timestamp = KinkedRate::last,
    }
}
