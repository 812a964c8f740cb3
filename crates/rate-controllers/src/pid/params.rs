//! The parameters of a proportional-integral-derivative controller, and the error that they make of a
//! measurement.

use tokenomics_fixed_math::{SignedWad, Span, Wad};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The parameters of a [`Pid`](crate::Pid), which [`Pid::new`](crate::Pid::new) checks.
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
pub struct PidParams {
    /// The measurement that is aimed at. Like every figure here but those that say otherwise, at most
    /// 10^12 from 0.
    pub setpoint: SignedWad,
    /// An error beyond this, either way, is taken for this.
    pub largest_error: Wad,
    /// An error of at most this, either way, is taken for none by the proportional and the integral
    /// part; of a larger one this much is taken off, so that nothing jumps at the edge.
    pub dead_band: Wad,
    /// Output per unit of error; at most 10^6.
    pub proportional: Wad,
    /// Output per unit of error and unit of the clock; at most 10^6.
    pub integral: Wad,
    /// The most that the integral part comes to, either way; at most 50.
    pub windup: Wad,
    /// Output per unit of error gained in a unit of the clock; at most 10^6.
    pub derivative: Wad,
    /// The time in which all but a part of 1/e of a change in the error has passed the derivative's
    /// filter; at least 1.
    pub filter: Span,
    /// The output without any error: the feed-forward.
    pub bias: SignedWad,
    /// The least output.
    pub min: SignedWad,
    /// The largest output.
    pub max: SignedWad,
    /// The most that the output moves in a unit of the clock, if there is such a limit.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub slew: Option<Wad>,
}

/// 10^12: sums of a few of them, and their products with a gain, fit 128 bits with a sign.
pub(super) const LARGEST: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// 10^6.
const LARGEST_GAIN: u128 = 1_000_000_000_000_000_000_000_000;

/// 50: three of them as integrals, in 10^-36, fit 128 bits with a sign.
const LARGEST_WINDUP: u128 = 50_000_000_000_000_000_000;

impl PidParams {
    pub(super) fn check(&self) -> Result<(), Error> {
        let within = |what, value: SignedWad| in_range(what, value.abs().raw(), 0, LARGEST);
        within(Quantity::Setpoint, self.setpoint)?;
        within(Quantity::Bias, self.bias)?;
        within(Quantity::LeastOutput, self.min)?;
        within(Quantity::LargestOutput, self.max)?;
        let (min, max) = (height(self.min), height(self.max));
        in_range(Quantity::LeastOutputOffset, min, 0, max)?;
        let largest = self.largest_error.raw();
        in_range(Quantity::LargestError, largest, 0, LARGEST)?;
        in_range(Quantity::DeadBand, self.dead_band.raw(), 0, largest)?;
        let gain = |what, gain: Wad| in_range(what, gain.raw(), 0, LARGEST_GAIN);
        gain(Quantity::ProportionalGain, self.proportional)?;
        gain(Quantity::IntegralGain, self.integral)?;
        gain(Quantity::DerivativeGain, self.derivative)?;
        in_range(Quantity::Windup, self.windup.raw(), 0, LARGEST_WINDUP)?;
        let filter = self.filter.get().into();
        in_range(Quantity::FilterTime, filter, 1, u64::MAX.into())?;
        let slew = self.slew.unwrap_or(Wad::ZERO).raw();
        in_range(Quantity::Slew, slew, 0, LARGEST)
    }

    /// Returns the setpoint less the measurement, no larger than the largest error.
    pub(super) fn error(&self, measured: SignedWad) -> i128 {
        let setpoint = self.setpoint;
        let distance = setpoint.abs_diff(measured).min(self.largest_error);
        signed(distance.raw(), measured > setpoint)
    }

    /// Returns the error without the dead band.
    pub(super) fn outside(&self, error: i128) -> i128 {
        let beyond = error.unsigned_abs().saturating_sub(self.dead_band.raw());
        signed(beyond, error < 0)
    }

    /// Returns the most that the integral comes to: at most 5 · 10^37.
    pub(super) fn windup(&self) -> u128 {
        self.windup.raw().wrapping_mul(Wad::SCALE)
    }
}

/// Returns the offset from −10^12 of a number that isn't further than that from 0.
pub(super) fn height(number: SignedWad) -> u128 {
    let above = number.raw().wrapping_add(signed(LARGEST, false));
    u128::try_from(above).unwrap_or(0)
}

/// Returns a magnitude below 2^127 with its sign.
pub(super) fn signed(magnitude: u128, negative: bool) -> i128 {
    let magnitude = i128::try_from(magnitude).unwrap_or(i128::MAX);
    if negative {
        magnitude.wrapping_neg()
    } else {
        magnitude
    }
}
