//! A proportional-integral-derivative controller that can't wind up, jump or be kicked.

mod params;
mod state;

use tokenomics_fixed_math::{mul_div, Rounding, SignedWad, Span, Timestamp, Wad, U256};

use self::params::signed;
pub use self::params::PidParams;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use self::params::LARGEST;
pub use self::state::PidState;
use crate::check::elapsed;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::Error;

/// 10^18, with a sign.
const ONE: i128 = SignedWad::SCALE;

/// An output that follows the distance of a measurement from its setpoint: what it is, what it has
/// come to over time, and how fast it changes.
///
/// With the error e = setpoint − measurement, the output is bias + proportional · e + integral · Σ e ·
/// Δt + derivative · e', within a range:
///
/// - the integral part stops at `windup`, so that it has nothing to unwind when the error turns,
/// - e' is that of the error through a low pass of first order, so that noise isn't multiplied,
/// - an error within the dead band moves nothing,
/// - and the output moves at most by `slew` in a unit of the clock.
///
/// The measurement that a call passes is the one since the call before. A call that comes late finds
/// the integral of timely calls to the bit, and the filter's state within a unit and two parts in 10^18
/// of the error's change a call, so also the output, as long as the measurement was the same and there
/// is no `slew`. With one, the output
/// depends on the way that it was held back on: a late call may move by as much at once, and a timely
/// one may have turned midway. A second call at the same time changes nothing.
///
/// # Rounding
/// Toward zero for the proportional and the derivative part and for what is left in the filter, floor
/// for the integral part; the integral is exact.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call` (without `slew`), `twice_in_a_second_is_once`,
/// `monotone_response` (at once; later too without a derivative, which takes back what it gave).
///
/// ```
/// use tokenomics_rate_controllers::{Pid, PidParams};
/// use tokenomics_fixed_math::{signed_wad, wad, Span, Timestamp};
///
/// // A redemption rate that pulls a price of 1.02 back to 1.
/// let params = PidParams {
///     setpoint: signed_wad!("1"),
///     largest_error: wad!("0.5"),
///     dead_band: wad!("0.005"),
///     proportional: wad!("0.2"),
///     integral: wad!("0.000001"),
///     windup: wad!("0.05"),
///     derivative: wad!("60"),
///     filter: Span::new(600),
///     bias: signed_wad!("0"),
///     min: signed_wad!("-0.1"),
///     max: signed_wad!("0.1"),
///     slew: None,
/// };
/// let mut pid = Pid::new(params, signed_wad!("1"), signed_wad!("0"), Timestamp::ZERO)?;
/// // An error of 0.015 beyond the band, for ten minutes: 0.2 of it, 600 millionths of it, and a
/// // tenth of the 1/e of 0.02 that is still to pass the filter.
/// let output = pid.update(Timestamp::new(600), signed_wad!("1.02"))?;
/// assert_eq!(output, signed_wad!("-0.003744758882342884"));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Åström and Murray, Feedback Systems, 10: the filtered derivative, and windup, here by clamping the
/// integral. Reflexer's RAI has the first two parts, Yield Basis all of them but `slew`.
#[doc(alias("feedback", "controller"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pid {
    params: PidParams,
    // gain · error · time in 10^-36; at most the windup.
    integral: i128,
    // The error that has passed the filter; at most the largest.
    filtered: i128,
    // Within the range.
    output: SignedWad,
    last: Timestamp,
}

impl Pid {
    /// Creates one at this output, with this last measured, from `last` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter, or an output, outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Error, Pid, PidParams};
    ///
    /// let (none, zero) = (wad!("0"), signed_wad!("0"));
    /// let params = PidParams {
    ///     setpoint: signed_wad!("1"), largest_error: wad!("1"), dead_band: none,
    ///     proportional: wad!("0.5"), integral: none, windup: none, derivative: none,
    ///     filter: Span::new(1), bias: zero, min: signed_wad!("-1"), max: signed_wad!("1"),
    ///     slew: None,
    /// };
    /// let start = |output| Pid::new(params, params.setpoint, output, Timestamp::ZERO);
    /// assert_eq!(start(signed_wad!("0.3"))?.output(), signed_wad!("0.3"));
    /// assert!(matches!(start(signed_wad!("2")), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        params: PidParams,
        measured: SignedWad,
        output: SignedWad,
        last: Timestamp,
    ) -> Result<Self, Error> {
        params.check()?;
        let filtered = SignedWad::from_raw(params.error(measured));
        Self::restore(
            params,
            PidState {
                integral: SignedWad::ZERO,
                filtered,
                output,
                last,
            },
        )
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> PidParams {
        self.params
    }

    /// Returns the output as of the last call.
    #[must_use]
    pub const fn output(&self) -> SignedWad {
        self.output
    }

    /// Returns the time up to which the measurements are counted.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Returns the integral part of the output.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn integral_part(&self) -> SignedWad {
        SignedWad::from_raw(self.integral.checked_div_euclid(ONE).unwrap_or(0))
    }

    /// Returns the error that has passed the filter.
    #[must_use]
    pub const fn filtered(&self) -> SignedWad {
        SignedWad::from_raw(self.filtered)
    }

    /// Counts the time since the last call, in which this was measured. Returns the output.
    ///
    /// # Rounding
    /// Toward zero for each part, floor for the integral part.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Pid, PidParams};
    ///
    /// let (none, zero) = (wad!("0"), signed_wad!("0"));
    /// let params = PidParams {
    ///     setpoint: signed_wad!("1"), largest_error: wad!("1"), dead_band: none,
    ///     proportional: wad!("0.5"), integral: none, windup: none, derivative: none,
    ///     filter: Span::new(1), bias: zero, min: signed_wad!("-1"), max: signed_wad!("1"),
    ///     slew: None,
    /// };
    /// let mut pid = Pid::new(params, params.setpoint, params.bias, Timestamp::ZERO)?;
    /// let output = pid.update(Timestamp::new(60), signed_wad!("0.4"))?;
    /// assert_eq!(output, signed_wad!("0.3"));
    /// assert!(pid.update(Timestamp::new(59), signed_wad!("0.4")).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn update(&mut self, at: Timestamp, measured: SignedWad) -> Result<SignedWad, Error> {
        let units = elapsed(self.last, at)?;
        if units.is_zero() {
            return Ok(self.output);
        }
        let error = self.params.error(measured);
        let mut next = *self;
        next.integral = self.integrated(self.params.outside(error), units)?;
        let lag = self.lag(error, units)?;
        // The error less what of the change hasn't passed yet: between the error and what had passed.
        next.filtered = error.wrapping_sub(lag);
        let target = next.target(error, lag)?;
        next.output = self.slewed(target, units);
        next.last = at;
        *self = next;
        Ok(next.output)
    }

    /// Computes the integral after an error for so long.
    fn integrated(&self, error: i128, units: Span) -> Result<i128, Error> {
        let windup = self.params.windup();
        let gain = self.params.integral.raw();
        // At most 10^54 · 2^64. From one end to the other it is twice the windup.
        let grown = U256::product(gain, error.unsigned_abs()).checked_mul(units.get().into())?;
        let grown = grown.to_u128().unwrap_or(u128::MAX);
        let step = signed(grown.min(windup.wrapping_mul(2)), error < 0);
        let most = signed(windup, false);
        // At most three windups, 1.5 · 10^38.
        let sum = self.integral.wrapping_add(step);
        Ok(sum.max(most.wrapping_neg()).min(most))
    }

    /// Computes the part of the error that hasn't passed the filter after so long: toward zero.
    fn lag(&self, error: i128, units: Span) -> Result<i128, Error> {
        // Of two at most 10^30.
        let change = error.wrapping_sub(self.filtered);
        let (units, filter) = (units.get().into(), self.params.filter.get().into());
        // At most 2^64 · 10^18, which fits the signed type.
        let exponent = mul_div(units, Wad::SCALE, filter, Rounding::Ceil)?;
        let exponent = SignedWad::from_raw(signed(exponent, true));
        let left = exponent.exp(Rounding::Floor)?.raw();
        let lag = mul_div(change.unsigned_abs(), left, Wad::SCALE, Rounding::Floor)?;
        Ok(signed(lag, change < 0))
    }

    /// Computes the output without a limit to its moves.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn target(&self, error: i128, lag: i128) -> Result<SignedWad, Error> {
        let params = &self.params;
        let outside = params.outside(error);
        let gained = |&(gain, of, over): &(Wad, i128, u128)| {
            // At most 10^24 · 2 · 10^30 / 10^18.
            let part = mul_div(gain.raw(), of.unsigned_abs(), over, Rounding::Floor);
            part.map(|part| signed(part, of < 0))
        };
        let proportional = gained(&(params.proportional, outside, Wad::SCALE))?;
        // Two of 64 bits.
        let time = Wad::SCALE.wrapping_mul(params.filter.get().into());
        let derivative = gained(&(params.derivative, lag, time))?;
        // 10^36, 2 · 10^36, 10^20 and 10^30 at most.
        let sum = proportional
            .wrapping_add(derivative)
            .wrapping_add(self.integral_part().raw())
            .wrapping_add(params.bias.raw());
        Ok(SignedWad::from_raw(sum).max(params.min).min(params.max))
    }

    /// Computes the output on its way to this one, as far as it may move.
    fn slewed(&self, target: SignedWad, units: Span) -> SignedWad {
        let Some(slew) = self.params.slew else {
            return target;
        };
        let far = self.output.abs_diff(target).raw();
        let most = slew.raw().checked_mul(units.get().into());
        // No further than the target.
        let step = signed(far.min(most.unwrap_or(far)), target < self.output);
        SignedWad::from_raw(self.output.raw().wrapping_add(step))
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Pid {
    fn from_seed(
        [setpoint, largest, band, kp, ki, windup, kd, filter, bias, one, other, slew, last]: Seed,
    ) -> Option<Self> {
        let figure = |number| seed::figure(number, LARGEST);
        let gain = |number| seed::wad(number, 0, Wad::SCALE.saturating_mul(1_000_000));
        let largest_error = seed::wad(largest, 0, LARGEST);
        let (one, other) = (figure(one)?, figure(other)?);
        let params = PidParams {
            setpoint: figure(setpoint)?,
            largest_error,
            dead_band: seed::wad(band, 0, largest_error.raw()),
            proportional: gain(kp),
            integral: gain(ki),
            windup: seed::wad(windup, 0, Wad::SCALE.saturating_mul(50)),
            derivative: gain(kd),
            filter: Span::new(seed::fit64(filter, 1, u64::MAX)),
            bias: figure(bias)?,
            min: one.min(other),
            max: one.max(other),
            // Every third is without a limit.
            slew: (slew.checked_rem(3)? > 0).then_some(seed::wad(slew, 0, LARGEST)),
        };
        Self::new(params, figure(band)?, one, seed::time(last)).ok()
    }
}
