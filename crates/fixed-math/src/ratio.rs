//! Exact ratios of two integers.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use crate::{decimal, Error, Fraction, Wad, U256};

/// A price or an exchange rate: a u128 over a u128 that isn't 0, kept as it was given.
///
/// Equality and order are those of the exact values, found by cross-multiplication and not by a
/// division: 1/2 equals 2/4, and their hashes agree. `Display` and `FromStr` write and read `2/3`;
/// one integer reads as that over 1.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, Rounding};
///
/// let price = Ratio::new(2, 3)?;
/// assert_eq!(price, Ratio::new(4, 6)?);
/// assert!(price < Ratio::new(667, 1_000)?);
/// assert_eq!(Amount::new(100).mul_ratio(price, Rounding::Floor)?, Amount::new(66));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Price", "Rational", "exchange_rate"))]
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    feature = "scale",
    derive(scale_info::TypeInfo),
    scale_info(crate = crate::scale_metadata)
)]
pub struct Ratio {
    numerator: u128,
    // Never 0: the only doors are `new`, which checks, and those with a constant denominator.
    denominator: u128,
}

impl Ratio {
    /// The ratio 0/1.
    pub const ZERO: Self = Self::from_integer(0);
    /// The ratio 1/1.
    pub const ONE: Self = Self::from_integer(1);
    /// The largest ratio, 2^128 − 1 over 1.
    pub const MAX: Self = Self::from_integer(u128::MAX);

    /// Creates the ratio numerator / denominator, kept as given.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a zero denominator.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Error, Ratio};
    ///
    /// let price = Ratio::new(2, 4)?;
    /// assert_eq!((price.numerator(), price.denominator()), (2, 4));
    /// assert_eq!(Ratio::new(2, 0), Err(Error::DivisionByZero));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn new(numerator: u128, denominator: u128) -> Result<Self, Error> {
        if denominator == 0 {
            return Err(Error::DivisionByZero);
        }
        Ok(Self {
            numerator,
            denominator,
        })
    }

    /// Creates the ratio integer / 1.
    #[must_use]
    pub const fn from_integer(integer: u128) -> Self {
        Self {
            numerator: integer,
            denominator: 1,
        }
    }

    /// Returns `true` if the ratio is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Returns the numerator, as given.
    #[must_use]
    pub const fn numerator(self) -> u128 {
        self.numerator
    }

    /// Returns the denominator, as given; it is never 0.
    #[must_use]
    pub const fn denominator(self) -> u128 {
        self.denominator
    }

    /// Swaps the numerator and the denominator: from the price of A in B, that of B in A.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a ratio of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::Ratio;
    ///
    /// assert_eq!(Ratio::new(2, 3)?.recip()?, Ratio::new(3, 2)?);
    /// assert!(Ratio::ZERO.recip().is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("inverse", "reciprocal", "inv"))]
    pub const fn recip(self) -> Result<Self, Error> {
        Self::new(self.denominator, self.numerator)
    }

    /// Multiplies the two ratios exactly: the price of A in B and that of B in C give the price of
    /// A in C.
    ///
    /// The terms are multiplied as they stand, and reduced only if the product doesn't fit
    /// otherwise.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the numerator or the denominator is above `u128::MAX` even in lowest
    /// terms; it holds the length of that one.
    ///
    /// ```
    /// use tokenomics_fixed_math::Ratio;
    ///
    /// let (staked_in_plain, plain_in_cents) = (Ratio::new(6, 5)?, Ratio::new(300_000, 1)?);
    /// assert_eq!(staked_in_plain.checked_mul(plain_in_cents)?, Ratio::new(360_000, 1)?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_mul(self, rhs: Self) -> Result<Self, Error> {
        self.times(rhs).or_else(|_| {
            // What a numerator shares with the other's denominator cancels too, and then nothing
            // is left to cancel.
            let (x, y) = (self.reduced(), rhs.reduced());
            let cross = |numerator, denominator| Self {
                numerator,
                denominator,
            };
            let near = cross(x.numerator, y.denominator).reduced();
            near.times(cross(y.numerator, x.denominator).reduced())
        })
    }

    fn times(self, rhs: Self) -> Result<Self, Error> {
        Self::new(
            U256::product(self.numerator, rhs.numerator).to_u128()?,
            U256::product(self.denominator, rhs.denominator).to_u128()?,
        )
    }

    /// Reduces the ratio to lowest terms.
    #[doc(alias("gcd", "simplify", "lowest_terms"))]
    #[must_use]
    pub fn reduced(self) -> Self {
        let (mut a, mut b) = (self.numerator, self.denominator);
        // Euclid's algorithm; the remainder is `None` only when b is 0, which ends it.
        while let Some(rest) = a.checked_rem(b) {
            (a, b) = (b, rest);
        }
        let by = |value: u128| value.checked_div(a).unwrap_or(value);
        Self {
            numerator: by(self.numerator),
            denominator: by(self.denominator),
        }
    }
}

impl From<Fraction> for Ratio {
    fn from(fraction: Fraction) -> Self {
        Self {
            numerator: fraction.raw().into(),
            denominator: Fraction::SCALE.into(),
        }
    }
}

impl From<Wad> for Ratio {
    fn from(wad: Wad) -> Self {
        Self {
            numerator: wad.raw(),
            denominator: Wad::SCALE,
        }
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        U256::cmp_products(
            self.numerator,
            other.denominator,
            other.numerator,
            self.denominator,
        )
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl Hash for Ratio {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            numerator,
            denominator,
        } = self.reduced();
        (numerator, denominator).hash(state);
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = decimal::Text::new();
        // Written from its end.
        text.push_number(self.denominator.into(), 0, 0)?;
        text.push(b'/');
        text.push_number(self.numerator.into(), 0, 0)?;
        text.pad(true, f)
    }
}

/// Reads `numerator/denominator`, or one integer.
///
/// # Errors
/// [`Error::Parse`] for terms that aren't plain integers up to `u128::MAX`,
/// [`Error::DivisionByZero`] for a denominator of 0.
///
/// ```
/// use tokenomics_fixed_math::Ratio;
///
/// assert_eq!("6/4".parse::<Ratio>()?, Ratio::new(3, 2)?);
/// assert_eq!("6".parse::<Ratio>()?, Ratio::from_integer(6));
/// assert!("6/0".parse::<Ratio>().is_err());
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
impl FromStr for Ratio {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let integer = |before: usize, digits: &str| {
            let max = u128::MAX.into();
            decimal::parse_after(before, digits.as_bytes(), 0, max).map(U256::low)
        };
        let after_slash = numerator.len().saturating_add(1);
        Self::new(integer(0, numerator)?, integer(after_slash, denominator)?)
    }
}
