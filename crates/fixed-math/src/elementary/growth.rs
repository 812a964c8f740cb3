//! Growth and decay at a constant rate, over any time at once: an amount times a power.

mod quotient;
mod settle;

use self::quotient::Quotient;
use super::approximate::{exp2_mantissa, shl_exact, EXP2_ERROR};
use super::decide::decide;
use super::wide::Precision;
use crate::{limb, Amount, Error, Quantity, Ratio, Rounding, Span, U256};

/// A growth or a decay at a rate that is known exactly: by a factor of e^rate in each unit of time,
/// by any other factor, or by a doubling in each period.
///
/// An amount is scaled by it over any time in one step, and the result is the exact real number,
/// rounded once: ten years of seconds are no less exact than one second, and cost the same. The
/// logarithm of the factor is worked out in the constructor, which takes some microseconds; from
/// then on a result takes some tens of nanoseconds.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Span};
///
/// // 5% a year, compounded continuously, on a clock of seconds, for ten years.
/// let rate = Ratio::new(5, 100 * 31_536_000)?;
/// let owed = Growth::continuous(rate)?.of(Amount::new(1_000_000), 315_360_000, Rounding::Ceil)?;
/// assert_eq!(owed, Amount::new(1_648_722));
///
/// // Half is left after every 4 years, and the fourth root of a half after one.
/// let decay = Growth::doubling(Span::new(4 * 31_536_000))?.inverse();
/// let left = decay.of(Amount::new(1_000_000), 31_536_000, Rounding::Floor)?;
/// assert_eq!(left, Amount::new(840_896));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
///
/// # Laws
/// `growth_over_time`: the exact real number, rounded once, in all four roundings.
///
/// # Source
/// Ziv's method and the tables of [`SignedWad::exp`](crate::SignedWad::exp).
#[doc(alias("decay", "half_life", "compound", "apr", "apy", "interest"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Growth {
    base: Base,
    falls: bool,
    // log2 of the base, which is never below 1, in units of 2^-192, cut off.
    log: U256,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Base {
    /// The base as e to this power.
    Exp(Ratio),
    /// The base as 2 to this power, which is 1 over a whole number.
    Exp2(Ratio),
    /// The base itself, in lowest terms, and at least 1.
    Factor(Ratio),
}

impl Growth {
    /// Creates the growth by a factor of e^`rate` in each unit of time: interest compounded
    /// continuously.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a rate of 2^63 or more.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding};
    ///
    /// // 5% a year, on a clock of years.
    /// let growth = Growth::continuous(Ratio::new(5, 100)?)?;
    /// let owed = growth.of(Amount::new(1_000_000), 1, Rounding::Ceil)?;
    /// assert_eq!(owed, Amount::new(1_051_272)); // and not 1,050,000
    /// assert!(Growth::continuous(Ratio::from_integer(1 << 63)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("apr", "exp"))]
    pub fn continuous(rate: Ratio) -> Result<Self, Error> {
        let whole = rate.numerator().checked_div(rate.denominator());
        let (value, max) = (whole.unwrap_or(0), (1 << 63) - 1);
        if value > max {
            return Err(Error::OutOfRange {
                what: Quantity::ContinuousRate,
                value,
                bound: max,
            });
        }
        Ok(Self::new(Base::Exp(rate), false))
    }

    /// Creates the growth by a `factor` in each unit of time; with a factor below 1 it is a decay.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a factor of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding};
    /// let kept = Growth::per_unit(Ratio::new(99, 100)?)?;
    /// assert_eq!(kept.of(Amount::new(1_000), 69, Rounding::Floor)?, Amount::new(499));
    /// assert_eq!(kept.inverse(), Growth::per_unit(Ratio::new(100, 99)?)?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("apy", "compound"))]
    pub fn per_unit(factor: Ratio) -> Result<Self, Error> {
        let (factor, inverse) = (factor.reduced(), factor.recip()?.reduced());
        Ok(if factor < inverse {
            Self::new(Base::Factor(inverse), true)
        } else {
            Self::new(Base::Factor(factor), false)
        })
    }

    /// Creates the growth that doubles an amount in each `period`.
    ///
    /// Its [`inverse`](Self::inverse) is the decay with that half-life: a halving in each period.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a period of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Growth, Rounding, Span};
    ///
    /// // A reward of 50 coins of 8 decimals that decays smoothly, by half in 210,000 blocks.
    /// let halving = Growth::doubling(Span::new(210_000))?.inverse();
    /// let reward = Amount::new(5_000_000_000);
    /// assert_eq!(halving.of(reward, 420_000, Rounding::Floor)?, Amount::new(1_250_000_000));
    /// assert!(Growth::doubling(Span::ZERO).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("half_life", "halving"))]
    pub fn doubling(period: Span) -> Result<Self, Error> {
        Ok(Self::new(
            Base::Exp2(Ratio::new(1, period.get().into())?),
            false,
        ))
    }

    fn new(base: Base, falls: bool) -> Self {
        let log = base.log2_of_power(Ratio::ONE, Precision::HIGHEST).magnitude;
        // Below 2^64, so 192 bits behind the point are two limbs.
        let (high, rest) = log.shl(64).split();
        let low = rest.shl(128).split().0;
        Self {
            base,
            falls,
            log: U256::new(high, low),
        }
    }

    /// Returns the growth that undoes this one: a decay by as much, and from a decay the growth.
    #[doc(alias("decay"))]
    #[must_use]
    pub const fn inverse(self) -> Self {
        Self {
            falls: !self.falls,
            ..self
        }
    }

    /// Computes the amount to which `amount` grows, or decays, over so many units of time.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Growth`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `growth_over_time`, as for the type.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Error, Growth, Ratio, Rounding};
    ///
    /// // 10% more in each unit of time.
    /// let growth = Growth::per_unit(Ratio::new(11, 10)?)?;
    /// assert_eq!(growth.of(Amount::new(1_000), 2, Rounding::Floor)?, Amount::new(1_210));
    /// let above = growth.of(Amount::new(1_000), 1_000, Rounding::Floor);
    /// assert_eq!(above, Err(Error::Growth { units: Ratio::from_integer(1_000) }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn of(&self, amount: Amount, units: u64, rounding: Rounding) -> Result<Amount, Error> {
        let units = Ratio::from_integer(units.into());
        self.mul_div(amount.get().into(), 1, units, rounding)
            .map(Amount::new)
    }

    /// Computes numerator / denominator · growth over `units` of time, which may be parts of a
    /// unit.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Growth`] above `u128::MAX`; [`Error::DivisionByZero`] for a denominator of 0.
    ///
    /// # Laws
    /// `growth_over_time`, as for the type.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Growth, Ratio, Rounding, U256};
    ///
    /// // 2^254 / 2^127 · 4^(-3/2).
    /// let quarter = Growth::per_unit(Ratio::new(1, 4)?)?;
    /// let result = quarter.mul_div(
    ///     U256::new(1 << 126, 0), 1 << 127, Ratio::new(3, 2)?, Rounding::Floor,
    /// )?;
    /// assert_eq!(result, 1 << 124);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_div(
        &self,
        numerator: U256,
        denominator: u128,
        units: Ratio,
        rounding: Rounding,
    ) -> Result<u128, Error> {
        let Some(quotient) = Quotient::new(numerator, denominator) else {
            // 0, or a division by it.
            return numerator.checked_div(denominator, rounding)?.to_u128();
        };
        let result = self.times(&quotient, &units, rounding);
        result.ok_or(Error::Growth { units })
    }

    fn times(&self, quotient: &Quotient, units: &Ratio, rounding: Rounding) -> Option<u128> {
        match self.approximate(quotient, units, rounding) {
            Near::Is(result) => Some(result),
            Near::TooLarge => None,
            Near::InDoubt => self.settle(quotient, units, rounding),
        }
    }

    /// Decides the result by the fast path: 128 bits of the quotient and of the power.
    fn approximate(&self, quotient: &Quotient, units: &Ratio, rounding: Rounding) -> Near {
        let Some((whole, fraction, error)) = self.exponent(*units) else {
            return Near::far(self.falls, rounding);
        };
        let (above_one, digit) = quotient.first_digit();
        // In units of 2^-127, from 1 up to 2.
        let (mantissa, exponent) = if above_one {
            (1 << 127 | digit >> 1, quotient.exponent)
        } else {
            (digit, quotient.exponent.wrapping_sub(1))
        };
        // In units of 2^-126, from 1 up to 4. The first mantissa is a unit of 2^-127 off, twice
        // which is one here; so are all the units of the second; and one is cut off.
        let product = limb::widening_mul(mantissa, exp2_mantissa(fraction)).0;
        let error = error.saturating_add(EXP2_ERROR).saturating_add(2);
        // Places behind the point: all terms are far below 2^31.
        let point = 126_i32.wrapping_sub(exponent).wrapping_sub(whole);
        if point < -3 {
            return Near::TooLarge;
        }
        if point > 140 {
            // Between 0 and 2^-12, without either.
            return Near::far(true, rounding);
        }
        let Ok(point) = u32::try_from(point) else {
            return Near::InDoubt;
        };
        let decided = match 128_u32.checked_sub(point) {
            Some(up) => shl_exact(error, up).and_then(|error| {
                let fraction = product.checked_shl(up).unwrap_or(0);
                decide(
                    product.checked_shr(point).unwrap_or(0),
                    fraction,
                    error,
                    rounding,
                )
            }),
            None => {
                let down = point.wrapping_sub(128);
                decide(
                    0,
                    product.checked_shr(down).unwrap_or(0),
                    error.checked_shr(down).unwrap_or(0).saturating_add(2),
                    rounding,
                )
            }
        };
        decided.map_or(Near::InDoubt, Near::Is)
    }

    /// Returns ± log2 of the growth over `units`, as an integer and units of 2^-128 above it, and
    /// how many of them it may be off; `None` where it is beyond ± 2^10.
    fn exponent(&self, units: Ratio) -> Option<(i32, u128, u128)> {
        let (n, d) = (units.numerator(), units.denominator());
        // Three limbs, in units of 2^-192: the middle sum carries at most once.
        let (low, high) = (
            U256::product(self.log.low(), n),
            U256::product(self.log.high(), n),
        );
        let upper = high.checked_add(low.high().into()).ok()?;
        let (top, middle, low) = if d == 1 {
            (upper.high(), upper.low(), low.low())
        } else {
            let upper = limb::divide(upper.high(), upper.low(), d)?;
            let lower = limb::divide(upper.rest, low.low(), d)?;
            (upper.high, upper.low, lower.low)
        };
        if top != 0 || middle >> 74 != 0 {
            return None;
        }
        let whole = i32::try_from(middle >> 64).ok()?;
        let fraction = middle << 64 | low >> 64;
        // The logarithm is less than a unit of 2^-192 off, and less than one of 2^-128 is cut off.
        let time = if d == 1 { n } else { n.checked_div(d)? };
        let error = (time >> 64).saturating_add(2);
        Some(match (self.falls, fraction) {
            (false, _) => (whole, fraction, error),
            (true, 0) => (whole.wrapping_neg(), 0, error),
            // −(w + f) = (−w − 1) + (1 − f), and −w − 1 is !w.
            (true, _) => (!whole, fraction.wrapping_neg(), error),
        })
    }
}

/// The finding of the fast path.
enum Near {
    Is(u128),
    TooLarge,
    InDoubt,
}

impl Near {
    /// Returns the finding for a number above all, or between 0 and all.
    fn far(falls: bool, rounding: Rounding) -> Self {
        if falls {
            Self::Is(u128::from(rounding == Rounding::Ceil))
        } else {
            Self::TooLarge
        }
    }
}

#[cfg(test)]
mod tests;
