//! Signed numbers with 18 decimals.

mod products;

use core::fmt;
use core::str::FromStr;

use crate::{decimal, mul_div, Decimals, Error, Fraction, ParseError, Rounding, Wad, U256};

/// A signed number with 18 decimals, in an i128 and up to about ± 1.7e20: an exponent, a logarithm
/// or a rate that may be negative.
///
/// `Display` is exact, as that of [`Wad`].
///
/// # Laws
/// `bracket`, about zero too: Floor goes toward −∞ and Ceil toward +∞ whatever the sign.
/// `round_trip`: parse ∘ display is the identity.
///
/// ```
/// use tokenomics_fixed_math::{Rounding, SignedWad};
///
/// let (minus_one, three): (SignedWad, SignedWad) = ("-1".parse()?, "3".parse()?);
/// assert_eq!(format!("{}", minus_one.div(three, Rounding::Floor)?), "-0.333333333333333334");
/// assert_eq!(format!("{}", minus_one.div(three, Rounding::Ceil)?), "-0.333333333333333333");
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("FixedI128", "SD59x18", "SignedDecimal"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SignedWad(i128);

impl SignedWad {
    /// The number of raw units in 1.
    pub const SCALE: i128 = 1_000_000_000_000_000_000;
    /// The number of digits after the point.
    pub const DECIMALS: u8 = 18;
    /// The number 0.
    pub const ZERO: Self = Self(0);
    /// The number 1.
    pub const ONE: Self = Self(Self::SCALE);
    /// The least number, −2^127 units of 1e-18.
    pub const MIN: Self = Self(i128::MIN);
    /// The largest number, 2^127 − 1 units of 1e-18.
    pub const MAX: Self = Self(i128::MAX);

    /// Creates a number of `raw` units of 1e-18.
    #[must_use]
    pub const fn from_raw(raw: i128) -> Self {
        Self(raw)
    }

    /// Converts an integer to a number with 18 decimals.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] beyond ± 170,141,183,460,469,231,731.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(SignedWad::from_integer(-3)?, signed_wad!("-3"));
    /// assert!(SignedWad::from_integer(i128::MIN).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn from_integer(integer: i128) -> Result<Self, Error> {
        Self::scaled(integer, Fraction::SCALE)
    }

    /// Converts a number of whole percent.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] beyond ± 17,014,118,346,046,923,173,168.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(SignedWad::from_percent(-5)?, signed_wad!("-0.05"));
    /// assert!(SignedWad::from_percent(i128::MIN).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("percent", "percentage"))]
    pub const fn from_percent(percent: i128) -> Result<Self, Error> {
        Self::scaled(percent, Fraction::SCALE / 100)
    }

    /// Converts a number of basis points, each 1/10,000.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] beyond ± 1,701,411,834,604,692,317,316,873.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(SignedWad::from_bps(-25)?, signed_wad!("-0.0025"));
    /// assert!(SignedWad::from_bps(i128::MAX).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("bps", "basis_points"))]
    pub const fn from_bps(bps: i128) -> Result<Self, Error> {
        Self::scaled(bps, Fraction::SCALE / 10_000)
    }

    /// Returns `count` times `unit` raw units.
    const fn scaled(count: i128, unit: u64) -> Result<Self, Error> {
        // Below 2^127 · 2^60, so there is always a product.
        match decimal::mul_add(U256::new(0, count.unsigned_abs()), unit, 0) {
            Some(magnitude) => Self::from_parts(count < 0, magnitude),
            None => Ok(Self::ZERO),
        }
    }

    /// Reads a decimal number, such as `-1.5`: the `const` form of [`str::parse`].
    ///
    /// For a literal see [`signed_wad!`](crate::signed_wad).
    ///
    /// # Errors
    /// [`ParseError`] for a text that is not a plain decimal number with at most a `-` before it,
    /// has more than 18 digits after the point, or is out of range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{ParseError, SignedWad};
    ///
    /// let number = SignedWad::parse_decimal("-1.5")?;
    /// assert_eq!(number, SignedWad::from_raw(-1_500_000_000_000_000_000));
    /// assert_eq!(SignedWad::parse_decimal("+1.5"), Err(ParseError::Unexpected { at: 0 }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn parse_decimal(text: &str) -> Result<Self, ParseError> {
        let (negative, before, digits) = match text.as_bytes() {
            [b'-', digits @ ..] => (true, 1, digits),
            digits => (false, 0, digits),
        };
        let limit = if negative { i128::MIN } else { i128::MAX }.unsigned_abs();
        let max = U256::new(0, limit);
        let magnitude = match decimal::parse_after(before, digits, Self::DECIMALS, max) {
            Ok(magnitude) => magnitude,
            Err(error) => return Err(error),
        };
        match Self::from_parts(negative, magnitude) {
            Ok(signed) => Ok(signed),
            // Never so, since the parser keeps to the limit.
            Err(_) => Err(ParseError::TooLarge {
                max: limit,
                decimals: Self::DECIMALS,
            }),
        }
    }

    /// Returns the number of units of 1e-18.
    #[doc(alias("value", "get", "into_inner"))]
    #[must_use]
    pub const fn raw(self) -> i128 {
        self.0
    }

    /// Returns `true` if the number is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns −1, 0 or 1, as the sign of the number.
    #[must_use]
    pub const fn signum(self) -> Self {
        // At most the scale in size, so this can't wrap.
        Self(self.0.signum().wrapping_mul(Self::SCALE))
    }

    /// Returns `true` if the number is below 0.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Returns the distance from 0, which every number has: that of [`SignedWad::MIN`] fits a
    /// [`Wad`].
    #[must_use]
    pub const fn abs(self) -> Wad {
        Wad::from_raw(self.0.unsigned_abs())
    }

    /// Computes the distance between the two numbers, whichever is larger.
    ///
    /// It always fits a [`Wad`], also where the difference doesn't fit a `SignedWad`.
    #[must_use]
    pub const fn abs_diff(self, rhs: Self) -> Wad {
        Wad::from_raw(self.0.abs_diff(rhs.0))
    }

    /// Returns the number with the other sign.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] for [`SignedWad::MIN`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(signed_wad!("0.05").checked_neg()?, signed_wad!("-0.05"));
    /// assert!(SignedWad::MIN.checked_neg().is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("neg", "negate"))]
    pub const fn checked_neg(self) -> Result<Self, Error> {
        match self.0.checked_neg() {
            Some(negated) => Ok(Self(negated)),
            None => Err(out_of_range(false, U256::new(0, self.0.unsigned_abs()))),
        }
    }

    /// Adds the two numbers.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] below [`SignedWad::MIN`] or above [`SignedWad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(signed_wad!("0.05").checked_add(signed_wad!("-0.08"))?, signed_wad!("-0.03"));
    /// assert!(SignedWad::MAX.checked_add(SignedWad::from_raw(1)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        match self.0.checked_add(rhs.0) {
            Some(sum) => Ok(Self(sum)),
            None => Err(self.sum_out_of_range(rhs.0.unsigned_abs())),
        }
    }

    /// Subtracts `rhs` from the number.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] below [`SignedWad::MIN`] or above [`SignedWad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(signed_wad!("0.05").checked_sub(signed_wad!("0.08"))?, signed_wad!("-0.03"));
    /// assert!(SignedWad::MIN.checked_sub(SignedWad::from_raw(1)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        match self.0.checked_sub(rhs.0) {
            Some(rest) => Ok(Self(rest)),
            None => Err(self.sum_out_of_range(rhs.0.unsigned_abs())),
        }
    }

    /// Returns the error of a sum, which leaves the range only when both terms point away from zero
    /// the same way.
    const fn sum_out_of_range(self, other: u128) -> Error {
        let magnitude = self.0.unsigned_abs();
        // Two magnitudes of at most 2^127 sum to at most 2^128, which is all that can carry.
        let sum = match magnitude.checked_add(other) {
            Some(sum) => U256::new(0, sum),
            None => U256::new(1, magnitude.wrapping_add(other)),
        };
        out_of_range(self.is_negative(), sum)
    }

    /// Rounds the number to an integer: with `Floor` to the one toward −∞.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    #[doc(alias("floor", "ceil", "round", "trunc"))]
    #[must_use]
    pub fn to_integer(self, rounding: Rounding) -> i128 {
        let magnitude = self
            .abs()
            .to_integer(of_magnitude(self.is_negative(), rounding));
        // At most 2^127 / 1e18, rounded: far inside of an i128.
        let integer = i128::try_from(magnitude).unwrap_or_default();
        if self.is_negative() {
            integer.wrapping_neg()
        } else {
            integer
        }
    }

    /// Rounds the number to at most `decimals` digits after the point.
    ///
    /// `Display` itself never rounds.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] if the value is rounded past either end.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Decimals, Rounding, SignedWad};
    ///
    /// let (rate, tick) = (signed_wad!("-0.01234"), Decimals::new(3)?);
    /// assert_eq!(rate.round_to(tick, Rounding::Floor)?, signed_wad!("-0.013"));
    /// assert_eq!(rate.round_to(tick, Rounding::Ceil)?, signed_wad!("-0.012"));
    /// assert!(SignedWad::MIN.round_to(tick, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("precision", "display_rounded"))]
    pub fn round_to(self, decimals: Decimals, rounding: Rounding) -> Result<Self, Error> {
        let unit = decimals.unit_in(Self::DECIMALS);
        let units = mul_div(
            self.abs().raw(),
            1,
            unit,
            of_magnitude(self.is_negative(), rounding),
        )?;
        Self::from_parts(self.is_negative(), U256::product(units, unit))
    }

    pub(crate) const fn from_parts(negative: bool, magnitude: U256) -> Result<Self, Error> {
        let raw = if magnitude.high() != 0 {
            None
        } else if negative {
            0_i128.checked_sub_unsigned(magnitude.low())
        } else {
            0_i128.checked_add_unsigned(magnitude.low())
        };
        match raw {
            Some(raw) => Ok(Self(raw)),
            None => Err(out_of_range(negative, magnitude)),
        }
    }
}

/// Returns the direction for the magnitude that rounds the signed value as `rounding` says.
pub(crate) fn of_magnitude(negative: bool, rounding: Rounding) -> Rounding {
    if negative {
        rounding.for_negative_magnitude()
    } else {
        rounding
    }
}

const fn out_of_range(negative: bool, magnitude: U256) -> Error {
    Error::SignedOverflow {
        bits: magnitude.bits(),
        bound: if negative { i128::MIN } else { i128::MAX },
    }
}

impl TryFrom<Wad> for SignedWad {
    type Error = Error;

    fn try_from(wad: Wad) -> Result<Self, Error> {
        Self::from_parts(false, wad.raw().into())
    }
}

impl From<Fraction> for SignedWad {
    fn from(fraction: Fraction) -> Self {
        Self(fraction.raw().into())
    }
}

impl fmt::Display for SignedWad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::fmt(self.0.unsigned_abs().into(), Self::DECIMALS, self.0 >= 0, f)
    }
}

impl FromStr for SignedWad {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse_decimal(text)
    }
}
