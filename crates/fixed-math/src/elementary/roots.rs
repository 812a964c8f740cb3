//! Roots of any degree.

use super::power::power;
use super::rational::{Denominator, Rational};
use crate::{Error, Quantity, Rounding, SignedWad, Wad};

impl Wad {
    /// Computes the root of the given degree.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once. The root of a perfect power is the
    /// same in all directions.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a degree of 0.
    ///
    /// # Laws
    /// `bracket`: rootⁿ ≤ self if floored, and ≥ self if ceiled. `monotone`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let number = Wad::from_integer(32)?;
    /// assert_eq!(number.nth_root(5, Rounding::Floor)?, Wad::from_integer(2)?);
    /// // The weekly rate of 10% a year, floored.
    /// let growth: Wad = "1.1".parse()?;
    /// assert_eq!(growth.nth_root(52, Rounding::Floor)?.to_string(), "1.001834568839232956");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// As [`pow`](Self::pow), with a rational exponent.
    #[doc(alias("root", "radical"))]
    pub fn nth_root(self, degree: u32, rounding: Rounding) -> Result<Self, Error> {
        if degree == 0 {
            return Err(Error::OutOfRange {
                what: Quantity::RootDegree,
                value: 0,
                bound: 1,
            });
        }
        Ok(self.root(degree, rounding))
    }

    /// Computes the cube root.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Laws
    /// As [`nth_root`](Self::nth_root).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let number: Wad = "0.027".parse()?;
    /// assert_eq!(number.cbrt(Rounding::Ceil).to_string(), "0.3");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[must_use]
    pub fn cbrt(self, rounding: Rounding) -> Self {
        self.root(3, rounding)
    }

    /// Computes the root of a degree above 0.
    fn root(self, degree: u32, rounding: Rounding) -> Self {
        let rational = Rational {
            numerator: 1,
            denominator: if degree == 1 {
                Denominator::One
            } else {
                Denominator::Degree(degree)
            },
        };
        // Between the number and 1, so it fits.
        power(self, false, rational, rounding).unwrap_or(self)
    }
}

impl SignedWad {
    /// Computes the root of the given degree, which is odd for a number below 0.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a degree of 0, [`Error::Domain`] for an even root of a number
    /// below 0.
    ///
    /// # Laws
    /// `bracket`, about zero too.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let minus_32: SignedWad = "-32".parse()?;
    /// assert_eq!(minus_32.nth_root(5, Rounding::Floor)?.to_string(), "-2");
    /// assert!(minus_32.nth_root(2, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("root", "radical"))]
    pub fn nth_root(self, degree: u32, rounding: Rounding) -> Result<Self, Error> {
        if self.is_negative() && degree & 1 == 0 {
            return Err(Error::Domain {
                what: Quantity::Radicand,
                value: self,
                bound: Self::ZERO,
            });
        }
        self.of_magnitude(self.is_negative(), rounding, |magnitude, rounding| {
            magnitude.nth_root(degree, rounding)
        })
    }

    /// Computes the cube root, which has the sign of the number.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Laws
    /// As [`nth_root`](Self::nth_root).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let minus_two: SignedWad = "-2".parse()?;
    /// assert_eq!(minus_two.cbrt(Rounding::Floor).to_string(), "-1.259921049894873165");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[must_use]
    pub fn cbrt(self, rounding: Rounding) -> Self {
        // Between the number and ±1, so it fits; 3 is an odd degree.
        self.nth_root(3, rounding).unwrap_or(self)
    }
}
