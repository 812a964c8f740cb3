//! A share between nothing and all.

use core::fmt;
use core::str::FromStr;

use crate::{decimal, Error, ParseError, Quantity, Rounding, Wad, U256};

/// A share, a haircut or a fee: a number in [0, 1] with 18 decimals, in one u64. It can't exceed
/// 1 by construction.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Fraction};
///
/// const FEE: Fraction = fraction!("0.003");
/// assert_eq!(Fraction::from_bps(30)?, FEE);
/// assert_eq!(FEE.complement().to_string(), "0.997");
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(scale_info::TypeInfo))]
pub struct Fraction(u64);

impl Fraction {
    /// How many raw units make 1.
    pub const SCALE: u64 = 1_000_000_000_000_000_000;
    /// Digits after the point.
    pub const DECIMALS: u8 = 18;
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// All.
    pub const ONE: Self = Self(Self::SCALE);

    /// From units of 1e-18.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 1.
    pub const fn from_raw(raw: u64) -> Result<Self, Error> {
        Self::scaled(Quantity::Fraction, raw, Self::SCALE)
    }

    /// From basis points, 1/10,000.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 10,000.
    pub const fn from_bps(bps: u64) -> Result<Self, Error> {
        Self::scaled(Quantity::FractionInBps, bps, 10_000)
    }

    /// From whole percent.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 100.
    pub const fn from_percent(percent: u64) -> Result<Self, Error> {
        Self::scaled(Quantity::FractionInPercent, percent, 100)
    }

    /// numerator / denominator, of two integers: the share that a part is of its whole.
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
    pub fn from_ratio(
        numerator: u128,
        denominator: u128,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        if numerator > denominator {
            return Err(Error::OutOfRange {
                what: Quantity::FractionNumerator,
                value: numerator,
                bound: denominator,
            });
        }
        let raw = crate::mul_div(numerator, Self::SCALE.into(), denominator, rounding)?;
        // At most 1, so it is representable and the fallback is never taken.
        Ok(u64::try_from(raw).map_or(Self::ONE, Self))
    }

    /// `count` of the `per_one` equal parts of 1; `per_one` divides the scale.
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

    /// Reads a decimal number, such as `0.003`: the `const` form of [`str::parse`]. For a literal
    /// see [`fraction!`](crate::fraction).
    ///
    /// # Errors
    /// [`ParseError`]: not a plain decimal number, more than 18 digits after the point, negative,
    /// or above 1.
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

    /// The number of units of 1e-18.
    #[must_use]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// What is left of 1.
    #[must_use]
    pub const fn complement(self) -> Self {
        // At most SCALE by construction, so this can't wrap.
        Self(Self::SCALE.wrapping_sub(self.0))
    }

    /// The product, a share of a share.
    ///
    /// # Rounding
    /// As the caller says.
    #[must_use]
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Self {
        let product = U256::product(self.0.into(), rhs.0.into()).div_wad(rounding);
        // At most the smaller of the two, so it is representable and the fallback is never taken.
        u64::try_from(product.low()).map_or(self, Self)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above 1.
    pub fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        // Both are at most 1e18, so the sum is below 2^63.
        Self::from_raw(self.0.wrapping_add(rhs.0))
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Error::Underflow`] below 0.
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
