//! Unsigned numbers with 18 decimals.

use core::fmt;
use core::str::FromStr;

use crate::{
    decimal, mul_div, Decimals, Error, Fraction, ParseError, Quantity, Rounding, SignedWad, U256,
};

/// A growth factor, a multiplier or a price: an unsigned number with 18 decimals in a u128, up to
/// about 3.4e20.
///
/// `Display` is exact: `{:.2}` writes at least two digits after the point, and all that the value has.
/// To write fewer, see [`Wad::round_to`].
///
/// # Laws
/// `bracket`: floor ≤ exact ≤ ceil and ceil − floor ≤ 1 ulp. `round_trip`.
///
/// ```
/// use tokenomics_fixed_math::{Rounding, Wad};
///
/// let third = Wad::ONE.div(Wad::from_integer(3)?, Rounding::Floor)?;
/// assert_eq!(format!("{third}"), "0.333333333333333333");
/// assert_eq!("1.5".parse::<Wad>()?.mul(third, Rounding::Ceil)?, "0.5".parse()?);
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(scale_info::TypeInfo))]
pub struct Wad(u128);

impl Wad {
    /// How many raw units make 1.
    pub const SCALE: u128 = 1_000_000_000_000_000_000;
    /// Digits after the point.
    pub const DECIMALS: u8 = 18;
    /// 0.
    pub const ZERO: Self = Self(0);
    /// 1.
    pub const ONE: Self = Self(Self::SCALE);
    /// The largest value, 2^128 − 1 units.
    pub const MAX: Self = Self(u128::MAX);

    /// From units of 1e-18.
    #[must_use]
    pub const fn from_raw(raw: u128) -> Self {
        Self(raw)
    }

    /// From an integer.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 340,282,366,920,938,463,463.
    pub const fn from_integer(integer: u128) -> Result<Self, Error> {
        Self::scaled(Quantity::Integer, integer, Self::SCALE)
    }

    /// From whole percent.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 34,028,236,692,093,846,346,337.
    pub const fn from_percent(percent: u128) -> Result<Self, Error> {
        Self::scaled(Quantity::Percent, percent, Self::SCALE / 100)
    }

    /// From basis points, 1/10,000.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 3,402,823,669,209,384,634,633,746.
    pub const fn from_bps(bps: u128) -> Result<Self, Error> {
        Self::scaled(Quantity::Bps, bps, Self::SCALE / 10_000)
    }

    /// `count` of `unit` raw units.
    const fn scaled(what: Quantity, count: u128, unit: u128) -> Result<Self, Error> {
        match count.checked_mul(unit) {
            Some(raw) => Ok(Self(raw)),
            None => Err(Error::OutOfRange {
                what,
                value: count,
                // Never the fallback: a product with 0 fits.
                bound: match u128::MAX.checked_div(unit) {
                    Some(max) => max,
                    None => u128::MAX,
                },
            }),
        }
    }

    /// numerator / denominator, of two integers.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`]; [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let rate = Wad::from_ratio(2, 3, Rounding::Floor)?;
    /// assert_eq!(rate, "0.666666666666666666".parse()?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn from_ratio(
        numerator: u128,
        denominator: u128,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        mul_div(numerator, Self::SCALE, denominator, rounding).map(Self)
    }

    /// Reads a decimal number, such as `1.5`: the `const` form of [`str::parse`]. For a literal see
    /// [`wad!`](crate::wad).
    ///
    /// # Errors
    /// [`ParseError`]: not a plain decimal number, more than 18 digits after the point, negative,
    /// or above [`Wad::MAX`].
    pub const fn parse_decimal(text: &str) -> Result<Self, ParseError> {
        // `parse` keeps to the maximum, which has no upper half.
        match decimal::parse(text, Self::DECIMALS, U256::new(0, u128::MAX)) {
            Ok(raw) => Ok(Self(raw.low())),
            Err(error) => Err(error),
        }
    }

    /// The number of units of 1e-18.
    #[must_use]
    pub const fn raw(self) -> u128 {
        self.0
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    pub const fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        match self.0.checked_add(rhs.0) {
            Some(sum) => Ok(Self(sum)),
            // The carry of two 128-bit numbers is one bit.
            None => Err(Error::Overflow {
                bits: 129,
                max: u128::MAX,
            }),
        }
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Error::Underflow`] below 0.
    pub const fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        match self.0.checked_sub(rhs.0) {
            Some(rest) => Ok(Self(rest)),
            None => Err(Error::Underflow {
                minuend: self.0,
                subtrahend: rhs.0,
            }),
        }
    }

    /// The distance between the two, whichever is larger.
    #[must_use]
    pub const fn abs_diff(self, rhs: Self) -> Self {
        Self(self.0.abs_diff(rhs.0))
    }

    /// The integer next to it: with `Floor` its whole part.
    ///
    /// # Rounding
    /// As the caller says.
    #[must_use]
    pub fn to_integer(self, rounding: Rounding) -> u128 {
        U256::from(self.0).div_wad(rounding).low()
    }

    /// The nearest value with at most `decimals` digits after the point, such as a price at its
    /// tick or a rate for people to read. `Display` itself never rounds.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the value is rounded up past [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Decimals, Rounding, Wad};
    ///
    /// let rate: Wad = "0.123456".parse()?;
    /// let shown = rate.round_to(Decimals::new(4)?, Rounding::HalfEven)?;
    /// assert_eq!(shown.to_string(), "0.1235");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn round_to(self, decimals: Decimals, rounding: Rounding) -> Result<Self, Error> {
        let unit = decimals.unit_in(Self::DECIMALS);
        let units = mul_div(self.0, 1, unit, rounding)?;
        U256::product(units, unit).to_u128().map(Self)
    }

    /// The product.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        let product = U256::product(self.0, rhs.0).div_wad(rounding);
        product.to_u128().map(Self)
    }

    /// The quotient.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`]; [`Error::Overflow`] above [`Wad::MAX`].
    pub fn div(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        mul_div(self.0, Self::SCALE, rhs.0, rounding).map(Self)
    }

    /// `self · numerator / denominator`, with the full product and one rounding.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`]; [`Error::Overflow`] above [`Wad::MAX`].
    pub fn mul_div(
        self,
        numerator: Self,
        denominator: Self,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        mul_div(self.0, numerator.0, denominator.0, rounding).map(Self)
    }

    /// The share `fraction` of it. Never more than it, so it can't fail.
    ///
    /// # Rounding
    /// As the caller says.
    #[must_use]
    pub fn mul_fraction(self, fraction: Fraction, rounding: Rounding) -> Self {
        // A fraction is at most 1, so the exact product is at most `self`, and so is its rounding.
        let product = U256::product(self.0, fraction.raw().into());
        Self(product.div_wad(rounding).low())
    }

    /// 1 divided by it.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`].
    pub fn recip(self, rounding: Rounding) -> Result<Self, Error> {
        Self::ONE.div(self, rounding)
    }
}

impl From<Fraction> for Wad {
    fn from(fraction: Fraction) -> Self {
        Self(fraction.raw().into())
    }
}

/// # Errors
/// [`Error::Underflow`] below 0.
impl TryFrom<SignedWad> for Wad {
    type Error = Error;

    fn try_from(signed: SignedWad) -> Result<Self, Error> {
        if signed.is_negative() {
            return Err(Error::Underflow {
                minuend: 0,
                subtrahend: signed.abs().raw(),
            });
        }
        Ok(signed.abs())
    }
}

impl fmt::Display for Wad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::fmt(self.0.into(), Self::DECIMALS, true, f)
    }
}

impl FromStr for Wad {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse_decimal(text)
    }
}
