//! Powers of any exponent, and compound growth.

use super::approximate::{self, full_product, shl_exact, Exponent};
use super::exact::{checked_power, half_units_over, lowest_terms, perfect_root};
use super::middle::{self, high_product_wide, CloseExponent};
use super::precise::{self, Precise, Verdict};
use super::rational::{Denominator, Rational};
use super::wide::Precision;
use super::{scaled_power, Argument};
use crate::{limb, Error, Fraction, Quantity, Rounding, SignedWad, Wad, U256};

/// The power (base / 10^18)^± exponent, for a base other than 0 and 1.
pub(super) struct Power {
    pub(super) base: u128,
    pub(super) negative: bool,
    pub(super) exponent: Rational,
}

impl Argument for Power {
    fn approximate(&self) -> Exponent {
        let log = approximate::log2(self.base);
        let negative = log.negative != self.negative;
        let (factor, places, off) = self.exponent.normalized();
        // A base other than 1 has a logarithm of 2^82 units or more, so this is below 46.
        let zeros = limb::leading_zeros_wide(log.magnitude);
        let magnitude = log.magnitude.wrapping_shl(zeros);
        let error = log.error.wrapping_shl(zeros);
        let (high, low) = full_product(magnitude, factor);
        // A unit of either is below a unit of the high half, and one more is cut off.
        let error = error.saturating_add(off).saturating_add(2);
        // The product, of 254 bits or more, is in units of 2^-point: where these are above 2^-246 it is
        // beyond all results, and of smaller ones as many bits are cut off.
        let point = log.bits.wrapping_add(zeros).wrapping_add(places);
        let Some(cut) = point.checked_sub(246) else {
            return Exponent::extreme(negative);
        };
        let product = U256::new(high, low).shr_floor(cut);
        let error = error.checked_shr(cut).unwrap_or(0).saturating_add(2);
        let whole = i32::try_from(product.high() >> 118).unwrap_or(i32::MAX);
        let fraction = product.high() << 10 | product.low() >> 118;
        let error = shl_exact(error, 10).unwrap_or(u128::MAX);
        Exponent::of_scaled(negative, whole, fraction, error)
    }

    fn close(&self) -> Option<CloseExponent> {
        let (factor, places, bits) = self.exponent.close()?;
        let log = middle::log2(self.base);
        let product = high_product_wide(log.magnitude, factor);
        let negative = log.negative != self.negative;
        let exponent =
            CloseExponent::of_scaled_product(negative, product, places.wrapping_add(120))?;
        // The logarithm's error times the exponent, and as much again for what the products cut off.
        let error = shl_exact(middle::LOG2_ERROR << 1, bits)?;
        Some(CloseExponent { error, ..exponent })
    }

    fn precise(&self, precision: Precision) -> Precise {
        let log = precise::log2(self.base, precision);
        let mut magnitude = log
            .magnitude
            .mul(precision.integer(self.exponent.numerator));
        let mut denominator_bits = 0_u32;
        for divisor in self.exponent.divisors() {
            magnitude = magnitude.div(divisor);
            denominator_bits =
                denominator_bits.wrapping_add(63_u32.wrapping_sub(divisor.leading_zeros().min(63)));
        }
        let numerator_bits = 128_u32.wrapping_sub(self.exponent.numerator.leading_zeros());
        // The logarithm's doubt times the exponent, and what the divisions cut off.
        let doubt = log
            .doubt
            .wrapping_add(numerator_bits)
            .saturating_sub(denominator_bits);
        Precise {
            negative: log.negative != self.negative,
            magnitude,
            doubt: doubt.max(2).wrapping_add(1),
        }
    }

    /// The power is rational if and only if both terms of the base are perfect powers of the
    /// exponent's denominator; it is a number of half units only if the denominator's power divides
    /// 2·10^18.
    fn exact(&self) -> Option<Verdict> {
        let (numerator, degree) = self.exponent.reduced();
        if degree > 127 {
            // Of 128 bits only 1 has such a root, and both terms are 1 only of the base 1.
            return None;
        }
        let (above, below) = lowest_terms(self.base);
        let above = perfect_root(above, degree)?;
        let below = perfect_root(below.into(), degree)?;
        let (above, below) = if self.negative {
            (below, above)
        } else {
            (above, below)
        };
        let scale = half_units_over(checked_power(below, numerator)?)?;
        // 2·10^18 is no power but its first, so where this is 1 so is the numerator, and the next power
        // fits; of those that don't, 2^128 and more, it makes 2^129 half units and more.
        let Some(power) = checked_power(above, numerator) else {
            return Some(Verdict::TooLarge);
        };
        Some(match limb::widening_mul(scale.into(), power) {
            (carry @ (0 | 1), halves) => Verdict::Near(halves, carry == 1),
            _ => Verdict::TooLarge,
        })
    }
}

/// Computes base^± exponent: `None` above the type, or for 0 to an exponent below 0.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn power(
    base: Wad,
    negative: bool,
    exponent: Rational,
    rounding: Rounding,
) -> Option<Wad> {
    if exponent.numerator == 0 || base == Wad::ONE {
        return Some(Wad::ONE);
    }
    if base.is_zero() {
        return (!negative).then_some(Wad::ZERO);
    }
    let power = Power {
        base: base.raw(),
        negative,
        exponent,
    };
    scaled_power(&power, rounding).map(Wad::from_raw)
}

/// Returns the error of a power that isn't there.
#[cold]
fn why_not(base: Wad, exponent: SignedWad) -> Error {
    if base.is_zero() {
        Error::DivisionByZero
    } else {
        Error::Power { base, exponent }
    }
}

/// Converts a whole exponent to a number with 18 decimals: 2^64·10^18 is below 2^127.
fn whole(exponent: i128) -> SignedWad {
    SignedWad::from_raw(exponent.wrapping_mul(SignedWad::SCALE))
}

impl Wad {
    /// Raises the number to the power of `exponent`.
    ///
    /// 0^0 is 1, and so is any other number to the power of 0.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once. A power that is itself a number of
    /// units is the same in all directions.
    ///
    /// # Errors
    /// [`Error::Power`] above [`Wad::MAX`]; [`Error::DivisionByZero`] for 0 to an exponent below 0.
    ///
    /// # Laws
    /// `bracket`; `monotone` in the base, upward for an exponent above 0 and downward below.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let (two, half) = (Wad::from_integer(2)?, "0.5".parse()?);
    /// assert_eq!(two.pow(half, Rounding::Floor)?.to_string(), "1.414213562373095048");
    /// let four = Wad::from_integer(4)?;
    /// assert_eq!(four.pow(half, Rounding::Ceil)?, two);
    /// assert_eq!(four.pow("-1.5".parse()?, Rounding::Ceil)?.to_string(), "0.125");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// 2 to the exponent times the logarithm to base 2, each as at [`ln`](Self::ln) and
    /// [`SignedWad::exp`]. The exact cases are those of Lauter and Lefèvre, An efficient rounding
    /// boundary test for pow(x, y) in double precision (IEEE Trans. Comp. 58, 2009), for a scale
    /// of 10^18.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn pow(self, exponent: SignedWad, rounding: Rounding) -> Result<Self, Error> {
        let rational = Rational {
            numerator: exponent.raw().unsigned_abs(),
            denominator: Denominator::Scale,
        };
        let result = power(self, exponent.is_negative(), rational, rounding);
        result.ok_or_else(|| why_not(self, exponent))
    }

    /// Raises the number to the power of a whole `exponent`, such as a number of periods.
    ///
    /// It takes as long for a billion periods as for two. 0^0 is 1.
    ///
    /// # Rounding
    /// As the caller says: the exact number, rounded once and not at each multiplication.
    ///
    /// # Errors
    /// [`Error::Power`] above [`Wad::MAX`]; [`Error::DivisionByZero`] for 0 to an exponent below 0.
    ///
    /// # Laws
    /// `bracket`; `monotone`; equal to [`pow`](Self::pow) of the same exponent.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// // 3 billionths a second, for a year of seconds.
    /// let a_second: Wad = "1.000000003".parse()?;
    /// assert_eq!(a_second.powi(31_536_000, Rounding::Floor)?.to_string(), "1.099227873176850228");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// As [`pow`](Self::pow).
    #[doc(alias("rpow", "powu"))]
    pub fn powi(self, exponent: i64, rounding: Rounding) -> Result<Self, Error> {
        let rational = Rational {
            numerator: exponent.unsigned_abs().into(),
            denominator: Denominator::One,
        };
        let result = power(self, exponent < 0, rational, rounding);
        result.ok_or_else(|| why_not(self, whole(exponent.into())))
    }

    /// Computes (1 + self)^periods: the growth factor that a rate of self a period compounds to.
    ///
    /// # Rounding
    /// As the caller says: the exact number, rounded once and not at each period.
    ///
    /// # Errors
    /// [`Error::Overflow`] or [`Error::Power`] above [`Wad::MAX`]; never for 0 periods.
    ///
    /// # Laws
    /// `bracket`; `monotone` in the rate and in the periods.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let rate = Wad::from_percent(5)?;
    /// assert_eq!(rate.compound(2, Rounding::Floor)?.to_string(), "1.1025");
    /// assert!(rate.compound(1_000, Rounding::Floor).is_err()); // about 1.5e21
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("apr", "apy", "compound_interest"))]
    pub fn compound(self, periods: u64, rounding: Rounding) -> Result<Self, Error> {
        if periods == 0 {
            // Whatever the base, and even where it leaves the type.
            return Ok(Self::ONE);
        }
        let base = self.checked_add(Self::ONE)?;
        let rational = Rational {
            numerator: periods.into(),
            denominator: Denominator::One,
        };
        let result = power(base, false, rational, rounding);
        result.ok_or_else(|| why_not(base, whole(periods.into())))
    }
}

impl SignedWad {
    /// Raises the number to the power of `exponent`.
    ///
    /// A number below 0 has such a power only for a whole exponent: a positive one if that is even
    /// and a negative one if it is odd. 0^0 is 1, and so is any other number to the power of 0.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] for a base below 0 and an exponent that is not whole; otherwise those of
    /// [`powi`](Self::powi).
    ///
    /// # Laws
    /// `bracket`, about zero too.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let (base, three): (SignedWad, SignedWad) = ("-1.5".parse()?, "3".parse()?);
    /// assert_eq!(base.pow(three, Rounding::Floor)?.to_string(), "-3.375");
    /// assert!(base.pow("0.5".parse()?, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn pow(self, exponent: Self, rounding: Rounding) -> Result<Self, Error> {
        // By truncation: a rest of 0 is a whole exponent.
        let rest = exponent.raw().checked_rem(Self::SCALE).unwrap_or(0);
        if self.is_negative() && rest != 0 {
            return Err(Error::Domain {
                what: Quantity::PowerBase,
                value: self,
                bound: Self::ZERO,
            });
        }
        let quotient = exponent.raw().checked_div(Self::SCALE).unwrap_or(0);
        let negative = self.is_negative() && quotient & 1 == 1;
        self.of_magnitude(negative, rounding, |base, rounding| {
            base.pow(exponent, rounding)
        })
    }

    /// Raises the number to the power of a whole `exponent`.
    ///
    /// Below 0, an even exponent gives a positive number and an odd one a negative. 0^0 is 1.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact number, rounded once.
    ///
    /// # Errors
    /// [`Error::Power`] of the magnitude or [`Error::SignedOverflow`] outside of the type's range;
    /// [`Error::DivisionByZero`] for 0 to an exponent below 0.
    ///
    /// # Laws
    /// `bracket`, about zero too.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let base: SignedWad = "-0.1".parse()?;
    /// assert_eq!(base.powi(3, Rounding::Floor)?.to_string(), "-0.001");
    /// assert_eq!(base.powi(-2, Rounding::Floor)?.to_string(), "100");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn powi(self, exponent: i64, rounding: Rounding) -> Result<Self, Error> {
        let negative = self.is_negative() && exponent & 1 == 1;
        self.of_magnitude(negative, rounding, |base, rounding| {
            base.powi(exponent, rounding)
        })
    }

    /// Applies a function to the magnitude, and a sign to its result, so that the signed value is
    /// rounded as `rounding` says.
    pub(super) fn of_magnitude(
        self,
        negative: bool,
        rounding: Rounding,
        function: impl FnOnce(Wad, Rounding) -> Result<Wad, Error>,
    ) -> Result<Self, Error> {
        let rounding = if negative {
            rounding.for_negative_magnitude()
        } else {
            rounding
        };
        let magnitude = function(self.abs(), rounding)?;
        Self::from_parts(negative, magnitude.raw().into())
    }
}

impl Fraction {
    /// Raises the fraction to the power of `exponent`: the share that is left after as many equal
    /// losses.
    ///
    /// 0^0 is 1.
    ///
    /// # Rounding
    /// As the caller says: the exact number, rounded once and not at each multiplication.
    ///
    /// # Laws
    /// `bracket`; `monotone` in the base, and downward in the exponent.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Fraction, Rounding};
    ///
    /// // 1% lost a day, for a year.
    /// let kept = Fraction::from_percent(99)?;
    /// assert_eq!(kept.powi(365, Rounding::Floor).to_string(), "0.02551796445229121");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("pow"))]
    #[must_use]
    pub fn powi(self, exponent: u64, rounding: Rounding) -> Self {
        let rational = Rational {
            numerator: exponent.into(),
            denominator: Denominator::One,
        };
        let result = power(self.into(), false, rational, rounding);
        // At most 1, as the base is.
        result
            .and_then(|wad| u64::try_from(wad.raw()).ok())
            .and_then(|raw| Self::from_raw(raw).ok())
            .unwrap_or(self)
    }
}
