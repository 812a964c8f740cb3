//! A rate that moves itself to where the utilisation is on target: Morpho's AdaptiveCurveIRM.

mod params;
mod state;

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding, Timestamp, Wad, U256};

pub use self::params::AdaptiveRateParams;
pub use self::state::AdaptiveRateState;
use crate::check::{elapsed, in_range};
use crate::interest::{accrue, growth, mean_growth, owed};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{Error, Quantity};

/// A borrowing rate whose curve goes up as long as the utilisation is above its target, and down as
/// long as it is below, exponentially, and the interest that it comes to.
///
/// With the error e = (u − target) / (1 − target) above the target, and (u − target) / target below,
/// the rate at the target, r, grows by e^(speed · e) a year within its range, and the rate is
/// r · (1 + (steepness − 1) · e) above, r · (1 + (1 − 1 / steepness) · e) below.
///
/// The utilisation that a call passes is the one since the call before. The state is the logarithm of
/// r, as an integer that every unit of the clock moves by a whole number, so a call that comes late
/// finds the rate of timely calls, to the bit, as long as the utilisation was the same. The interest is
/// the exact integral of r over the interval, also where it runs into a bound midway; cut into calls
/// it is the same but for what each of them rounds up. A second call at the same time changes nothing.
///
/// # Rounding
/// Toward zero for what the logarithm moves by in a unit of the clock, in 10^−18 a year. Ceil for
/// rates, interest and what is owed.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call` (the interest within 10^−15 of itself and a few
/// units a call), `twice_in_a_second_is_once`, `monotone_response`.
///
/// ```
/// use tokenomics_rate_controllers::{AdaptiveRate, AdaptiveRateParams};
/// use tokenomics_fixed_math::{fraction, wad, Timestamp};
///
/// let params = AdaptiveRateParams::MORPHO;
/// let mut irm = AdaptiveRate::new(params, wad!("0.04"), Timestamp::ZERO)?;
/// // Five days in which all was lent: the rate at the target doubles, almost.
/// let average = irm.update(Timestamp::new(5 * 86_400), fraction!("1"))?;
/// assert_eq!(irm.rate_at_target().to_string()[..8], *"0.079345");
/// assert_eq!(average.to_string()[..8], *"0.229777");
/// assert_eq!(irm.rate(fraction!("0.9")), irm.rate_at_target());
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Morpho, `AdaptiveCurveIrm`. There the exponential is a parabola that is up to 0.9% off, the average is
/// taken by the trapezoidal rule over two halves, and each call's end is clamped before it is averaged,
/// so that both depend on how often it is called.
#[doc(alias("interest_rate", "utilization", "Morpho", "irm"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AdaptiveRate {
    params: AdaptiveRateParams,
    // ln(rate at the target / the least) in 10^-18, times the length of a year.
    exponent: u128,
    // The largest exponent, of the largest rate; at most 4.7 · 10^29.
    largest: u128,
    accrued: u128,
    last: Timestamp,
}

impl AdaptiveRate {
    /// Creates one with this rate a year at the target and no interest yet, from `last` on.
    ///
    /// # Rounding
    /// Floor, to a logarithm of 18 decimals: the rate is within 10^−18 of itself and two units.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter, or a rate, outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Timestamp};
    /// use tokenomics_rate_controllers::{AdaptiveRate, AdaptiveRateParams, Error};
    /// let start = |rate| AdaptiveRate::new(AdaptiveRateParams::MORPHO, rate, Timestamp::ZERO);
    /// assert_eq!(start(wad!("0.001"))?.rate_at_target(), wad!("0.001"));
    /// assert!(matches!(start(wad!("2.1")), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(
        params: AdaptiveRateParams,
        rate_at_target: Wad,
        last: Timestamp,
    ) -> Result<Self, Error> {
        params.check()?;
        let (min, max) = (params.min.raw(), params.max.raw());
        in_range(Quantity::RateAtTarget, rate_at_target.raw(), min, max)?;
        let exponent = Amount::new(params.logarithm(rate_at_target)?);
        Self::restore(
            params,
            AdaptiveRateState {
                exponent,
                accrued: Amount::ZERO,
                last,
            },
        )
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> AdaptiveRateParams {
        self.params
    }

    /// Returns the time up to which interest has accrued.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Returns the sum of the rate over time, in 10^−18 a year times units of the clock: a debt keeps
    /// it of the time it began, for [`owed`](Self::owed).
    #[must_use]
    pub const fn accrued(&self) -> u128 {
        self.accrued
    }

    /// Returns the rate a year at the target, now.
    ///
    /// # Rounding
    /// Ceil, and never above the largest.
    #[must_use]
    pub fn rate_at_target(&self) -> Wad {
        Wad::from_raw(self.rate_of(self.exponent))
    }

    /// Computes what borrowers pay a year with this part of the pool lent, now.
    ///
    /// # Rounding
    /// Ceil.
    #[doc(alias("borrow_rate", "apr"))]
    #[must_use]
    pub fn rate(&self, utilisation: Fraction) -> Wad {
        let curve = self.params.curve(utilisation);
        // At most 10^20 · 10^20 / 10^18.
        let rate = mul_div(
            self.rate_of(self.exponent),
            curve,
            Wad::SCALE,
            Rounding::Ceil,
        );
        Wad::from_raw(rate.unwrap_or(u128::MAX))
    }

    /// Lets the rate move and interest accrue for the time since the last call, in which this part of
    /// the pool was lent. Returns the average rate of that time, or the rate now if there was none.
    ///
    /// # Rounding
    /// Ceil for the average and for the interest.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one; [`Error::OutOfRange`] once a debt has grown
    /// by a factor of e^46.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Timestamp};
    /// use tokenomics_rate_controllers::{AdaptiveRate, AdaptiveRateParams};
    /// let mut irm = AdaptiveRate::new(AdaptiveRateParams::MORPHO, wad!("0.001"), Timestamp::ZERO)?;
    /// // The rate at the target is the least already.
    /// let average = irm.update(Timestamp::new(86_400), fraction!("0"))?;
    /// assert_eq!(average, wad!("0.00025"));
    /// assert_eq!(irm.rate_at_target(), wad!("0.001"));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[doc(alias("accrue", "accrue_interest"))]
    pub fn update(&mut self, at: Timestamp, utilisation: Fraction) -> Result<Wad, Error> {
        let units = elapsed(self.last, at)?.get();
        if units == 0 {
            return Ok(self.rate(utilisation));
        }
        let (exponent, integral) = self.run(units, utilisation)?;
        let curve = self.params.curve(utilisation);
        let interest =
            integral.and_then(|integral| mul_div(integral, curve, Wad::SCALE, Rounding::Ceil).ok());
        self.accrued = accrue(self.accrued, interest, self.params.year)?;
        (self.exponent, self.last) = (exponent, at);
        let interest = interest.unwrap_or(u128::MAX);
        let average = mul_div(interest, 1, units.into(), Rounding::Ceil)?;
        Ok(Wad::from_raw(average))
    }

    /// Computes what a debt of one has become since the first moment.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// None for what has accrued here: it is at most e^46.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Timestamp};
    /// use tokenomics_rate_controllers::{AdaptiveRate, AdaptiveRateParams};
    /// let mut irm = AdaptiveRate::new(AdaptiveRateParams::MORPHO, wad!("0.001"), Timestamp::ZERO)?;
    /// irm.update(Timestamp::new(31_536_000), fraction!("0.9"))?;
    /// assert_eq!(irm.index()?.to_string()[..10], *"1.00100050"); // e^0.001
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[doc(alias("borrow_index", "apy"))]
    pub fn index(&self) -> Result<Wad, Error> {
        growth(self.accrued, self.params.year)
    }

    /// Computes what a debt has become that was `principal` when `since` had
    /// [`accrued`](Self::accrued).
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if less than that has accrued; [`Error::Overflow`] for more than
    /// the largest amount.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Timestamp};
    /// use tokenomics_rate_controllers::{AdaptiveRate, AdaptiveRateParams};
    /// let mut irm = AdaptiveRate::new(AdaptiveRateParams::MORPHO, wad!("0.001"), Timestamp::ZERO)?;
    /// irm.update(Timestamp::new(31_536_000), fraction!("0.9"))?;
    /// assert_eq!(irm.owed(Amount::new(1_000_000), 0)?, Amount::new(1_001_001));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[doc(alias("debt", "accrued_interest"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn owed(&self, principal: Amount, since: u128) -> Result<Amount, Error> {
        owed(principal, since, self.accrued, self.params.year)
    }

    /// Computes the exponent after so many units of the clock, and the integral of the rate at the
    /// target over them, from above; `None` if that is more than 128 bits.
    fn run(&self, units: u64, utilisation: Fraction) -> Result<(u128, Option<u128>), Error> {
        let (step, rises) = self.params.step(utilisation)?;
        let (start, count) = (self.exponent, u128::from(units));
        if step == 0 {
            return Ok((start, self.rate_of(start).checked_mul(count)));
        }
        let bound = if rises { self.largest } else { 0 };
        let travel = U256::product(step, count);
        let way = travel
            .to_u128()
            .unwrap_or(u128::MAX)
            .min(start.abs_diff(bound));
        // No further than the bound.
        let end = if rises {
            start.wrapping_add(way)
        } else {
            start.wrapping_sub(way)
        };
        let low = start.min(end);
        let high = self.rate_of(low.saturating_add(way));
        let average = self.average(low, way)?.min(high);
        // The way takes way / step units, and the rest of them are spent at the bound.
        let rest = travel.checked_sub(U256::from(way))?;
        let moving = U256::product(average, way);
        let sum = rest.checked_mul(self.rate_of(end))?.checked_add(moving)?;
        let integral = sum.checked_div(step, Rounding::Ceil)?;
        Ok((end, integral.to_u128().ok()))
    }

    /// Computes the average rate at the target between two exponents so far apart, from above: the
    /// lower one's times (e^z − 1) / z.
    fn average(&self, low: u128, way: u128) -> Result<u128, Error> {
        let year = self.params.year.get().into();
        let distance = Wad::from_raw(mul_div(way, 1, year, Rounding::Ceil)?);
        // Both factors before the least rate, which can be a few units, so that it is rounded once.
        let low = growth(low, self.params.year)?.raw();
        let mean = mul_div(low, mean_growth(distance)?, Wad::SCALE, Rounding::Ceil)?;
        let rate = mul_div(self.params.min.raw(), mean, Wad::SCALE, Rounding::Ceil)?;
        Ok(rate)
    }

    /// Computes the rate at the target of an exponent, from above.
    fn rate_of(&self, exponent: u128) -> u128 {
        // The exponential of at most ln(max / min) can't fail, and the least rate times it is at most
        // two units and 10^-17 of itself above the largest.
        growth(exponent, self.params.year)
            .ok()
            .and_then(|growth| growth.mul(self.params.min, Rounding::Ceil).ok())
            .unwrap_or(self.params.max)
            .min(self.params.max)
            .raw()
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for AdaptiveRate {
    fn from_seed(
        [target, steepness, speed, min, max, start, length, last, ..]: Seed,
    ) -> Option<Self> {
        let max = seed::wad(max, 1, seed::ONE.saturating_mul(100));
        let min = seed::wad(min, 1, max.raw());
        let params = AdaptiveRateParams {
            target: seed::part(target, 1, Fraction::ONE.raw().saturating_sub(1))?,
            steepness: seed::wad(steepness, seed::ONE, seed::ONE.saturating_mul(100)),
            speed: seed::wad(speed, 0, seed::ONE.saturating_mul(1_000)),
            min,
            max,
            year: seed::year(length),
        };
        let start = seed::wad(start, min.raw(), max.raw());
        Self::new(params, start, seed::time(last)).ok()
    }
}
