//! Unsigned numbers with 18 decimals.

use core::fmt;
use core::str::FromStr;

use crate::{
    checked, decimal, mul_div, Decimals, Error, Fraction, ParseError, Quantity, Rounding,
    SignedWad, U256,
};

/// An unsigned number with 18 decimals, in a u128 and up to about 3.4e20: a growth factor, a
/// multiplier or a price.
///
/// The name is DSMath's, for a number in units of 1e-18. `Display` is exact: `{:.2}` writes at
/// least two digits after the point, and all that the value has. To write fewer, see
/// [`Wad::round_to`].
///
/// # Laws
/// `bracket`: floor ≤ exact ≤ ceil and ceil − floor ≤ 1 unit of 1e-18. `round_trip`: parse ∘
/// display is the identity.
///
/// ```
/// use tokenomics_fixed_math::{Rounding, Wad};
///
/// let third = Wad::ONE.div(Wad::from_integer(3)?, Rounding::Floor)?;
/// assert_eq!(format!("{third}"), "0.333333333333333333");
/// assert_eq!("1.5".parse::<Wad>()?.mul(third, Rounding::Ceil)?, "0.5".parse()?);
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Decimal", "FixedU128", "UD60x18", "fixed_point", "1e18"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::CompactAs))]
pub struct Wad(u128);

impl Wad {
    /// The number of raw units in 1.
    pub const SCALE: u128 = 1_000_000_000_000_000_000;
    /// The number of digits after the point.
    pub const DECIMALS: u8 = 18;
    /// The number 0.
    pub const ZERO: Self = Self(0);
    /// The number 1.
    pub const ONE: Self = Self(Self::SCALE);
    /// The largest number, 2^128 − 1 units of 1e-18.
    pub const MAX: Self = Self(u128::MAX);

    /// Creates a number of `raw` units of 1e-18.
    #[doc(alias("new", "from_inner"))]
    #[must_use]
    pub const fn from_raw(raw: u128) -> Self {
        Self(raw)
    }

    /// Converts an integer to a number with 18 decimals.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 340,282,366,920,938,463,463.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Wad};
    ///
    /// assert_eq!(Wad::from_integer(3)?, wad!("3"));
    /// assert!(Wad::from_integer(u128::MAX).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("from_int", "from_u128"))]
    pub const fn from_integer(integer: u128) -> Result<Self, Error> {
        Self::scaled(Quantity::Integer, integer, Self::SCALE)
    }

    /// Converts a number of whole percent.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 34,028,236,692,093,846,346,337.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Wad};
    ///
    /// // A multiplier, so it may be above 100%.
    /// assert_eq!(Wad::from_percent(250)?, wad!("2.5"));
    /// assert!(Wad::from_percent(u128::MAX).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("percent", "percentage", "apr", "apy"))]
    pub const fn from_percent(percent: u128) -> Result<Self, Error> {
        Self::scaled(Quantity::Percent, percent, Self::SCALE / 100)
    }

    /// Converts a number of basis points, each 1/10,000.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 3,402,823,669,209,384,634,633,746.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Wad};
    ///
    /// assert_eq!(Wad::from_bps(12_500)?, wad!("1.25"));
    /// assert!(Wad::from_bps(u128::MAX).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("bps", "basis_points"))]
    pub const fn from_bps(bps: u128) -> Result<Self, Error> {
        Self::scaled(Quantity::Bps, bps, Self::SCALE / 10_000)
    }

    /// Returns `count` times `unit` raw units.
    const fn scaled(what: Quantity, count: u128, unit: u128) -> Result<Self, Error> {
        match checked::scale(what, count, unit) {
            Ok(raw) => Ok(Self(raw)),
            Err(error) => Err(error),
        }
    }

    /// Computes numerator / denominator, of two integers.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a denominator of 0, [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let rate = Wad::from_ratio(2, 3, Rounding::Floor)?;
    /// assert_eq!(rate, "0.666666666666666666".parse()?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("from_rational"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn from_ratio(
        numerator: u128,
        denominator: u128,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        mul_div(numerator, Self::SCALE, denominator, rounding).map(Self)
    }

    /// Reads a decimal number, such as `1.5`: the `const` form of [`str::parse`].
    ///
    /// For a literal see [`wad!`](crate::wad).
    ///
    /// # Errors
    /// [`ParseError`] for a text that is not a plain decimal number, has more than 18 digits after
    /// the point, is negative, or is above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{ParseError, Wad};
    ///
    /// assert_eq!(Wad::parse_decimal("1.5")?, Wad::from_raw(1_500_000_000_000_000_000));
    /// assert_eq!(Wad::parse_decimal("-1.5"), Err(ParseError::Negative));
    /// assert_eq!(Wad::parse_decimal("1e3"), Err(ParseError::Unexpected { at: 1 }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn parse_decimal(text: &str) -> Result<Self, ParseError> {
        // `parse` keeps to the maximum, which has no upper half.
        match decimal::parse(text, Self::DECIMALS, U256::new(0, u128::MAX)) {
            Ok(raw) => Ok(Self(raw.low())),
            Err(error) => Err(error),
        }
    }

    /// Returns the number of units of 1e-18.
    #[doc(alias("value", "get", "into_inner"))]
    #[must_use]
    pub const fn raw(self) -> u128 {
        self.0
    }

    /// Returns `true` if the number is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Adds the two numbers.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Wad};
    ///
    /// assert_eq!(wad!("1.5").checked_add(wad!("0.75"))?, wad!("2.25"));
    /// assert!(Wad::MAX.checked_add(Wad::from_raw(1)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        match checked::add(self.0, rhs.0) {
            Ok(sum) => Ok(Self(sum)),
            Err(error) => Err(error),
        }
    }

    /// Subtracts `rhs` from the number.
    ///
    /// # Errors
    /// [`Error::Underflow`] below 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::wad;
    ///
    /// assert_eq!(wad!("1.5").checked_sub(wad!("0.75"))?, wad!("0.75"));
    /// assert!(wad!("0.75").checked_sub(wad!("1.5")).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        match checked::sub(self.0, rhs.0) {
            Ok(rest) => Ok(Self(rest)),
            Err(error) => Err(error),
        }
    }

    /// Computes the distance between the two numbers, whichever is larger.
    #[must_use]
    pub const fn abs_diff(self, rhs: Self) -> Self {
        Self(self.0.abs_diff(rhs.0))
    }

    /// Rounds the number to an integer: with `Floor` to its whole part.
    ///
    /// # Rounding
    /// As the caller says.
    #[doc(alias("floor", "ceil", "round", "trunc"))]
    #[must_use]
    pub fn to_integer(self, rounding: Rounding) -> u128 {
        U256::from(self.0).div_wad(rounding).low()
    }

    /// Rounds the number to at most `decimals` digits after the point, such as a price to its tick
    /// or a rate for people to read.
    ///
    /// `Display` itself never rounds.
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
    #[doc(alias("precision", "display_rounded"))]
    pub fn round_to(self, decimals: Decimals, rounding: Rounding) -> Result<Self, Error> {
        let unit = decimals.unit_in(Self::DECIMALS);
        let units = mul_div(self.0, 1, unit, rounding)?;
        U256::product(units, unit).to_u128().map(Self)
    }

    /// Multiplies the two numbers.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Rounding, Wad};
    ///
    /// let rate = wad!("0.333333333333333333");
    /// assert_eq!(rate.mul(wad!("0.1"), Rounding::Floor)?, wad!("0.033333333333333333"));
    /// assert_eq!(rate.mul(wad!("0.1"), Rounding::Ceil)?, wad!("0.033333333333333334"));
    /// assert!(Wad::MAX.mul(wad!("1.1"), Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("wmul", "mulWad"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        let product = U256::product(self.0, rhs.0).div_wad(rounding);
        product.to_u128().map(Self)
    }

    /// Divides the number by `rhs`.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] if the divisor is 0, [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Error, Rounding, Wad};
    ///
    /// assert_eq!(wad!("2").div(wad!("3"), Rounding::Ceil)?, wad!("0.666666666666666667"));
    /// let by_zero = wad!("2").div(Wad::ZERO, Rounding::Ceil);
    /// assert_eq!(by_zero, Err(Error::DivisionByZero));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("wdiv", "divWad"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn div(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        mul_div(self.0, Self::SCALE, rhs.0, rounding).map(Self)
    }

    /// Computes `self · numerator / denominator`, with the full 256-bit product and one rounding.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] if the denominator is 0, [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Rounding, Wad};
    ///
    /// let third_of_thrice = wad!("1").mul_div(wad!("3"), wad!("3"), Rounding::Floor)?;
    /// assert_eq!(third_of_thrice, wad!("1"));
    /// // Only the result has to fit, and not the product.
    /// assert_eq!(Wad::MAX.mul_div(wad!("7"), wad!("7"), Rounding::Floor)?, Wad::MAX);
    /// assert!(Wad::MAX.mul_div(wad!("7"), wad!("6"), Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("mulDiv", "mul_div_floor"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_div(
        self,
        numerator: Self,
        denominator: Self,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        mul_div(self.0, numerator.0, denominator.0, rounding).map(Self)
    }

    /// Computes the share `fraction` of the number.
    ///
    /// The share is never more than the number, so this can't fail.
    ///
    /// # Rounding
    /// As the caller says.
    #[must_use]
    pub fn mul_fraction(self, fraction: Fraction, rounding: Rounding) -> Self {
        // A fraction is at most 1, so the exact product is at most `self`, and so is its rounding.
        let product = U256::product(self.0, fraction.raw().into());
        Self(product.div_wad(rounding).low())
    }

    /// Divides 1 by the number.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for 0. The reciprocal of anything else fits: that of the least,
    /// 1e-18, is 1e18.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Rounding, Wad};
    ///
    /// // The price of A in B from that of B in A.
    /// assert_eq!(wad!("1.6").recip(Rounding::Floor)?, wad!("0.625"));
    /// assert!(Wad::ZERO.recip(Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("inverse", "reciprocal", "inv"))]
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
