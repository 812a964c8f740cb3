//! A share between nothing and all.

use core::fmt;
use core::str::FromStr;

use crate::{decimal, limb, Decimals, Error, ParseError, Quantity, Rounding, Wad, U256};

/// A share, a haircut or a fee: a number from 0 to 1 with 18 decimals, in one u64.
///
/// No constructor makes one above 1, so a share of an amount is never more than the amount.
/// `Display` is exact: `{:.2}` writes at least two digits after the point, and all that the value
/// has. To write fewer, see [`Fraction::round_to`].
///
/// ```
/// use tokenomics_fixed_math::{fraction, Fraction};
///
/// const FEE: Fraction = fraction!("0.003");
/// assert_eq!(Fraction::from_bps(30)?, FEE);
/// assert_eq!(FEE.complement().to_string(), "0.997");
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Percent", "percentage", "Permill", "Perbill", "BasisPoints", "rate"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fraction(u64);

impl Fraction {
    /// The number of raw units in 1.
    pub const SCALE: u64 = 1_000_000_000_000_000_000;
    /// The number of digits after the point.
    pub const DECIMALS: u8 = 18;
    /// The fraction 0: nothing.
    pub const ZERO: Self = Self(0);
    /// The fraction 1: all.
    pub const ONE: Self = Self(Self::SCALE);

    /// Creates a fraction of `raw` units of 1e-18.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Fraction};
    ///
    /// assert_eq!(Fraction::from_raw(3_000_000_000_000_000)?, fraction!("0.003"));
    /// assert!(Fraction::from_raw(Fraction::SCALE + 1).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn from_raw(raw: u64) -> Result<Self, Error> {
        Self::scaled(Quantity::Fraction, raw, Self::SCALE)
    }

    /// Lends the number of raw units, for a compact codec.
    #[cfg(feature = "scale")]
    pub(crate) const fn lend_raw(&self) -> &u64 {
        &self.0
    }

    /// Converts a number of basis points, each 1/10,000.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 10,000.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Error, Fraction, Quantity};
    ///
    /// assert_eq!(Fraction::from_bps(30)?, fraction!("0.003"));
    /// let what = Quantity::FractionInBps;
    /// let above = Fraction::from_bps(10_001);
    /// assert_eq!(above, Err(Error::OutOfRange { what, value: 10_001, bound: 10_000 }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("bps", "basis_points"))]
    pub const fn from_bps(bps: u64) -> Result<Self, Error> {
        Self::scaled(Quantity::FractionInBps, bps, 10_000)
    }

    /// Converts a number of whole percent.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 100.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Fraction};
    ///
    /// assert_eq!(Fraction::from_percent(15)?, fraction!("0.15"));
    /// assert!(Fraction::from_percent(101).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("percent", "percentage"))]
    pub const fn from_percent(percent: u64) -> Result<Self, Error> {
        Self::scaled(Quantity::FractionInPercent, percent, 100)
    }

    /// Computes numerator / denominator, of two integers: the share that a part is of its whole.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a numerator above the denominator, [`Error::DivisionByZero`] for
    /// 0 of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Fraction, Rounding};
    ///
    /// let used = Fraction::from_ratio(2, 3, Rounding::Ceil)?;
    /// assert_eq!(used, "0.666666666666666667".parse()?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("from_rational", "proportion"))]
    #[inline(always)]
    pub fn from_ratio(
        numerator: u128,
        denominator: u128,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        if numerator < denominator {
            let share = limb::share(numerator, denominator, Self::SCALE, rounding);
            return Ok(Self(share));
        }
        Self::from_no_part(numerator.into(), denominator.into())
    }

    /// Computes numerator / denominator, of two integers of 256 bits, such as products of amounts and
    /// prices.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// As [`from_ratio`](Self::from_ratio); numbers above 2^128 − 1 are told as that.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Fraction, Rounding, U256};
    ///
    /// let (held, all) = (U256::product(3, u128::MAX), U256::product(4, u128::MAX));
    /// assert_eq!(Fraction::from_wide_ratio(held, all, Rounding::Ceil)?, fraction!("0.75"));
    /// assert!(Fraction::from_wide_ratio(all, held, Rounding::Ceil).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[inline(always)]
    pub fn from_wide_ratio(
        numerator: U256,
        denominator: U256,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        if numerator < denominator {
            return Ok(Self(numerator.share_of(Self::SCALE, denominator, rounding)));
        }
        Self::from_no_part(numerator, denominator)
    }

    /// Returns the share of a numerator that isn't below its denominator, if it is 1.
    #[cold]
    fn from_no_part(numerator: U256, denominator: U256) -> Result<Self, Error> {
        if numerator == denominator {
            return if numerator.is_zero() {
                Err(Error::DivisionByZero)
            } else {
                Ok(Self::ONE)
            };
        }
        let told = |number: U256| number.to_u128().unwrap_or(u128::MAX);
        Err(Error::OutOfRange {
            what: Quantity::FractionNumerator,
            value: told(numerator),
            bound: told(denominator),
        })
    }

    /// Returns `count` of the `per_one` equal parts of 1; `per_one` divides the scale.
    const fn scaled(what: Quantity, count: u64, per_one: u64) -> Result<Self, Error> {
        // A constant of the three callers: never 0.
        let unit = match Self::SCALE.checked_div(per_one) {
            Some(unit) => unit,
            None => 0,
        };
        match count.checked_mul(unit) {
            Some(raw) if count <= per_one => Ok(Self(raw)),
            _ => {
                #[allow(
                    clippy::as_conversions,
                    reason = "u64 to u128 is lossless, in a const fn"
                )]
                let (value, bound) = (count as u128, per_one as u128);
                Err(Error::OutOfRange { what, value, bound })
            }
        }
    }

    /// Reads a decimal number, such as `0.003`: the `const` form of [`str::parse`].
    ///
    /// For a literal see [`fraction!`](crate::fraction).
    ///
    /// # Errors
    /// [`ParseError`] for a text that is not a plain decimal number, has more than 18 digits after
    /// the point, is negative, or is above 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Fraction, ParseError};
    ///
    /// assert_eq!(Fraction::parse_decimal("0.003")?, Fraction::from_bps(30)?);
    /// let (max, decimals) = (Fraction::SCALE.into(), 18);
    /// let above = Fraction::parse_decimal("1.01");
    /// assert_eq!(above, Err(ParseError::TooLarge { max, decimals }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn parse_decimal(text: &str) -> Result<Self, ParseError> {
        #[allow(
            clippy::as_conversions,
            reason = "u64 to u128 is lossless, and the parser keeps to 1, in a const fn"
        )]
        match decimal::parse(text, Self::DECIMALS, U256::new(0, Self::SCALE as u128)) {
            Ok(raw) => Ok(Self(raw.low() as u64)),
            Err(error) => Err(error),
        }
    }

    /// Returns the number of units of 1e-18.
    #[doc(alias("value", "get", "into_inner"))]
    #[must_use]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Returns `true` if the fraction is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns the rest of the whole, 1 − self.
    #[doc(alias("one_minus", "rest"))]
    #[must_use]
    pub const fn complement(self) -> Self {
        // At most SCALE by construction, so this can't wrap.
        Self(Self::SCALE.wrapping_sub(self.0))
    }

    /// Multiplies the two fractions: a share of a share.
    ///
    /// The product is never more than either, so this can't fail.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Rounding};
    ///
    /// // Half of the fee of 0.3% goes to the treasury.
    /// let share = fraction!("0.003").mul(fraction!("0.5"), Rounding::Floor);
    /// assert_eq!(share, fraction!("0.0015"));
    /// ```
    #[must_use]
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Self {
        let wad = limb::Reciprocal::<u128>::WAD;
        let (floor, rest) = wad.mul_div(self.0, rhs.0);
        // A rest is below the scale, so this can't wrap.
        let against_half = rest.cmp(&Self::SCALE.wrapping_sub(rest));
        if rounding.goes_up(floor & 1 == 1, rest != 0, against_half) {
            // The floor of an inexact product is below 1.
            return Self(floor.wrapping_add(1));
        }
        Self(floor)
    }

    /// Rounds the fraction to at most `decimals` digits after the point, such as for people to read.
    ///
    /// `Display` itself never rounds.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Decimals, Rounding};
    ///
    /// let shown = fraction!("0.123456").round_to(Decimals::new(4)?, Rounding::HalfEven);
    /// assert_eq!(format!("{shown:.4}"), "0.1235");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("precision", "display_rounded"))]
    #[must_use]
    pub fn round_to(self, decimals: Decimals, rounding: Rounding) -> Self {
        // It divides the scale, so a fraction is rounded up to 1 at most.
        let unit = decimals.unit_in(Self::DECIMALS);
        let units = crate::mul_div(self.0.into(), 1, unit, rounding);
        let rounded = units.map(|units| U256::product(units, unit).low());
        // Never the fallback: see above.
        rounded.map_or(self, |raw| u64::try_from(raw).map_or(self, Self))
    }

    /// Adds the two fractions.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::fraction;
    ///
    /// assert_eq!(fraction!("0.6").checked_add(fraction!("0.4"))?, fraction!("1"));
    /// assert!(fraction!("0.6").checked_add(fraction!("0.41")).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        // Both are at most 1e18, so the sum is below 2^63.
        Self::from_raw(self.0.wrapping_add(rhs.0))
    }

    /// Subtracts `rhs` from the fraction.
    ///
    /// # Errors
    /// [`Error::Underflow`] below 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::fraction;
    ///
    /// assert_eq!(fraction!("0.6").checked_sub(fraction!("0.4"))?, fraction!("0.2"));
    /// assert!(fraction!("0.4").checked_sub(fraction!("0.6")).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        let (minuend, subtrahend) = (self.0.into(), rhs.0.into());
        self.0.checked_sub(rhs.0).map(Self).ok_or(Error::Underflow {
            minuend,
            subtrahend,
        })
    }
}

/// # Errors
/// [`Error::OutOfRange`] above 1.
impl TryFrom<Wad> for Fraction {
    type Error = Error;

    fn try_from(wad: Wad) -> Result<Self, Error> {
        let above_one = Error::OutOfRange {
            what: Quantity::Fraction,
            value: wad.raw(),
            bound: Self::SCALE.into(),
        };
        let raw = u64::try_from(wad.raw()).map_err(|_| above_one)?;
        Self::from_raw(raw)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::fmt(u128::from(self.0).into(), Self::DECIMALS, true, f)
    }
}

impl FromStr for Fraction {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse_decimal(text)
    }
}
