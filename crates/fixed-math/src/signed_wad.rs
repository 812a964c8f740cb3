//! Signed numbers with 18 decimals.

use core::fmt;
use core::str::FromStr;

use crate::{decimal, limb, Error, ParseError, Rounding, Wad, U256};

/// An exponent, a logarithm or a rate that may be negative: 18 decimals in an i128.
///
/// # Laws
/// `bracket`, about zero too: Floor goes toward −∞ and Ceil toward +∞ whatever the sign.
/// `round_trip`.
///
/// ```
/// use tokenomics_fixed_math::{Rounding, SignedWad};
///
/// let (minus_one, three): (SignedWad, SignedWad) = ("-1".parse()?, "3".parse()?);
/// assert_eq!(format!("{}", minus_one.div(three, Rounding::Floor)?), "-0.333333333333333334");
/// assert_eq!(format!("{}", minus_one.div(three, Rounding::Ceil)?), "-0.333333333333333333");
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SignedWad(i128);

impl SignedWad {
    /// How many raw units make 1.
    pub const SCALE: i128 = 1_000_000_000_000_000_000;
    /// Digits after the point.
    pub const DECIMALS: u8 = 18;
    /// 0.
    pub const ZERO: Self = Self(0);
    /// 1.
    pub const ONE: Self = Self(Self::SCALE);
    /// The least value, −2^127 units.
    pub const MIN: Self = Self(i128::MIN);
    /// The largest value, 2^127 − 1 units.
    pub const MAX: Self = Self(i128::MAX);

    /// From units of 1e-18.
    #[must_use]
    pub const fn from_raw(raw: i128) -> Self {
        Self(raw)
    }

    /// The number of units of 1e-18.
    #[must_use]
    pub const fn raw(self) -> i128 {
        self.0
    }

    /// Whether it is below 0.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The distance from 0.
    #[must_use]
    pub const fn abs(self) -> Wad {
        Wad::from_raw(self.0.unsigned_abs())
    }

    /// With the other sign.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] for [`SignedWad::MIN`].
    pub fn checked_neg(self) -> Result<Self, Error> {
        Self::from_parts(!self.is_negative(), self.0.unsigned_abs().into())
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`].
    pub fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        self.0
            .checked_add(rhs.0)
            .map(Self)
            .ok_or_else(|| self.sum_out_of_range(rhs.0.unsigned_abs()))
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`].
    pub fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        self.0
            .checked_sub(rhs.0)
            .map(Self)
            .ok_or_else(|| self.sum_out_of_range(rhs.0.unsigned_abs()))
    }

    /// A sum leaves the range only when both terms point away from zero the same way.
    fn sum_out_of_range(self, other: u128) -> Error {
        // Two magnitudes of at most 2^127 sum to at most 2^128: the carry is one bit.
        let (low, carry) = self.0.unsigned_abs().overflowing_add(other);
        Self::out_of_range(self.is_negative(), U256::new(carry.into(), low))
    }

    /// The product.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`].
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        self.mul_div(rhs.0, Self::SCALE, rounding)
    }

    /// The quotient.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`], [`Error::SignedOverflow`].
    pub fn div(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        self.mul_div(Self::SCALE, rhs.0, rounding)
    }

    fn mul_div(self, factor: i128, divisor: i128, rounding: Rounding) -> Result<Self, Error> {
        let negative = self.is_negative() ^ (factor < 0) ^ (divisor < 0);
        let rounding = if negative {
            rounding.for_negative_magnitude()
        } else {
            rounding
        };
        let (a, b, c) = (
            self.0.unsigned_abs(),
            factor.unsigned_abs(),
            divisor.unsigned_abs(),
        );
        let magnitude = match limb::mul_div(a, b, c, rounding) {
            Some(magnitude) => magnitude.into(),
            None => U256::product(a, b).checked_div(c, rounding)?,
        };
        Self::from_parts(negative, magnitude)
    }

    pub(crate) fn from_parts(negative: bool, magnitude: U256) -> Result<Self, Error> {
        let out_of_range = || Self::out_of_range(negative, magnitude);
        let magnitude = magnitude.to_u128().map_err(|_| out_of_range())?;
        let raw = if negative {
            0_i128.checked_sub_unsigned(magnitude)
        } else {
            0_i128.checked_add_unsigned(magnitude)
        };
        raw.map(Self).ok_or_else(out_of_range)
    }

    fn out_of_range(negative: bool, magnitude: U256) -> Error {
        Error::SignedOverflow {
            negative,
            magnitude,
            min: i128::MIN,
            max: i128::MAX,
        }
    }
}

impl TryFrom<Wad> for SignedWad {
    type Error = Error;

    fn try_from(wad: Wad) -> Result<Self, Error> {
        Self::from_parts(false, wad.raw().into())
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
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let limit = if negative { i128::MIN } else { i128::MAX }.unsigned_abs();
        let magnitude = decimal::parse(digits, Self::DECIMALS, limit.into())
            .map_err(|error| shift(error, usize::from(negative)))?;
        let too_large = ParseError::TooLarge {
            max: limit.into(),
            decimals: Self::DECIMALS,
        };
        Self::from_parts(negative, magnitude).map_err(|_| too_large)
    }
}

/// Counts the sign in the place of an error. A second sign is a stray character.
fn shift(error: ParseError, by: usize) -> ParseError {
    match error {
        ParseError::Unexpected { at } => ParseError::Unexpected {
            at: at.saturating_add(by),
        },
        ParseError::Negative => ParseError::Unexpected { at: by },
        other => other,
    }
}
