//! The state of a PID controller.

use tokenomics_fixed_math::{SignedWad, Timestamp};

use super::params::{height, LARGEST};
use super::{Pid, PidParams};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a [`Pid`] besides its parameters.
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
pub struct PidState {
    /// Gain · error · time, in units of 10^−36.
    pub integral: SignedWad,
    /// The error that has passed the filter.
    pub filtered: SignedWad,
    /// The output as of the last call.
    pub output: SignedWad,
    /// The time up to which the measurements are counted.
    pub last: Timestamp,
}

impl Pid {
    /// Restores a controller that was kept elsewhere, from what [`params`](Self::params) and
    /// [`state`](Self::state) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range, and for a state that no calls lead
    /// to.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Pid, PidParams, PidState};
    ///
    /// let (none, zero) = (wad!("0"), signed_wad!("0"));
    /// let params = PidParams {
    ///     setpoint: signed_wad!("1"), largest_error: wad!("1"), dead_band: none,
    ///     proportional: wad!("0.5"), integral: none, windup: none, derivative: none,
    ///     filter: Span::new(1), bias: zero, min: signed_wad!("-1"), max: signed_wad!("1"),
    ///     slew: None,
    /// };
    /// let mut pid = Pid::new(params, params.setpoint, zero, Timestamp::ZERO)?;
    /// pid.update(Timestamp::new(60), signed_wad!("1.25"))?;
    ///
    /// let state = pid.state();
    /// assert_eq!(Pid::restore(params, state)?, pid);
    /// let forged = PidState { output: signed_wad!("1.5"), ..state };
    /// assert!(Pid::restore(params, forged).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn restore(params: PidParams, state: PidState) -> Result<Self, Error> {
        let PidState {
            integral,
            filtered,
            output,
            last,
        } = state;
        params.check()?;
        let windup = params.windup();
        in_range(Quantity::Integral, integral.abs().raw(), 0, windup)?;
        let largest = params.largest_error.raw();
        in_range(Quantity::FilteredError, filtered.abs().raw(), 0, largest)?;
        in_range(Quantity::Output, output.abs().raw(), 0, LARGEST)?;
        let (min, max) = (height(params.min), height(params.max));
        in_range(Quantity::OutputOffset, height(output), min, max)?;
        Ok(Self {
            params,
            integral: integral.raw(),
            filtered: filtered.raw(),
            output,
            last,
        })
    }

    /// Returns the state, to be stored beside the parameters.
    #[must_use]
    pub const fn state(&self) -> PidState {
        PidState {
            integral: SignedWad::from_raw(self.integral),
            filtered: SignedWad::from_raw(self.filtered),
            output: self.output,
            last: self.last,
        }
    }

    /// Creates the controller of what it is written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(
        params: PidParams,
        integral: SignedWad,
        filtered: SignedWad,
        output: SignedWad,
        last: Timestamp,
    ) -> Result<Self, Error> {
        let state = PidState {
            integral,
            filtered,
            output,
            last,
        };
        Self::restore(params, state)
    }

    /// Returns gain · error · time in units of 10^−36.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    pub(crate) const fn integral(&self) -> SignedWad {
        SignedWad::from_raw(self.integral)
    }
}

tokenomics_internals::checked_codec! {
    Pid::of as RawPid {
        params: PidParams = Pid::params,
        integral: SignedWad = Pid::integral,
        filtered: SignedWad = Pid::filtered,
        output: SignedWad = Pid::output,
        last: Timestamp = Pid::last,
    }
}
