//! Unsigned numbers with 18 decimals.

use core::fmt;
use core::str::FromStr;

use crate::{decimal, mul_div, Error, Fraction, ParseError, Rounding, U256};

/// A growth factor, a multiplier or a price: an unsigned number with 18 decimals in a u128, up to
/// about 3.4e20.
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
        match integer.checked_mul(Self::SCALE) {
            Some(raw) => Ok(Self(raw)),
            None => Err(Error::OutOfRange {
                what: "an integer with 18 decimals",
                value: integer,
                min: 0,
                max: u128::MAX / Self::SCALE,
            }),
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
            None => {
                let value = U256::new(1, self.0.wrapping_add(rhs.0));
                Err(Error::Overflow {
                    value,
                    max: u128::MAX,
                })
            }
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

    /// The product.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        mul_div(self.0, rhs.0, Self::SCALE, rounding).map(Self)
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
}

impl From<Fraction> for Wad {
    fn from(fraction: Fraction) -> Self {
        Self(fraction.raw().into())
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
        decimal::parse(text, Self::DECIMALS, u128::MAX.into()).map(|raw| Self(raw.low()))
    }
}
