//! Products and quotients, rounded once.

use super::of_magnitude;
use crate::{Error, Rounding, SignedWad, U256};

impl SignedWad {
    /// Multiplies the two numbers.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::SignedOverflow`] below [`SignedWad::MIN`] or above [`SignedWad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Rounding, SignedWad};
    ///
    /// let (least, half) = (SignedWad::from_raw(-1), signed_wad!("0.5"));
    /// assert_eq!(least.mul(half, Rounding::Floor)?, least);
    /// assert_eq!(least.mul(half, Rounding::Ceil)?, SignedWad::ZERO);
    /// assert!(SignedWad::MIN.mul(signed_wad!("-1"), Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        let negative = self.is_negative() ^ rhs.is_negative();
        let product = U256::product(self.0.unsigned_abs(), rhs.0.unsigned_abs());
        Self::from_parts(negative, product.div_wad(of_magnitude(negative, rounding)))
    }

    /// Divides the number by `rhs`.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] if the divisor is 0, [`Error::SignedOverflow`] below
    /// [`SignedWad::MIN`] or above [`SignedWad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Error, Rounding, SignedWad};
    ///
    /// let (loss, years) = (signed_wad!("-0.2"), signed_wad!("3"));
    /// assert_eq!(loss.div(years, Rounding::Floor)?, signed_wad!("-0.066666666666666667"));
    /// let by_zero = loss.div(SignedWad::ZERO, Rounding::Floor);
    /// assert_eq!(by_zero, Err(Error::DivisionByZero));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn div(self, rhs: Self, rounding: Rounding) -> Result<Self, Error> {
        self.mul_div(Self::ONE, rhs, rounding)
    }

    /// Computes `self · numerator / denominator`, with the full 256-bit product and one rounding.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] if the denominator is 0, [`Error::SignedOverflow`] below
    /// [`SignedWad::MIN`] or above [`SignedWad::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Rounding, SignedWad};
    ///
    /// let (two, three) = (signed_wad!("2"), signed_wad!("3"));
    /// let part = signed_wad!("-1").mul_div(two, three, Rounding::Ceil)?;
    /// assert_eq!(part, signed_wad!("-0.666666666666666666"));
    /// // Only the result has to fit, and not the product.
    /// assert_eq!(SignedWad::MIN.mul_div(three, three, Rounding::Floor)?, SignedWad::MIN);
    /// assert!(SignedWad::MIN.mul_div(three, two, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_div(
        self,
        numerator: Self,
        denominator: Self,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        let negative = self.is_negative() ^ numerator.is_negative() ^ denominator.is_negative();
        let rounding = of_magnitude(negative, rounding);
        let [a, b, c] = [self, numerator, denominator].map(|factor| factor.0.unsigned_abs());
        Self::from_parts(negative, U256::product(a, b).checked_div(c, rounding)?)
    }

    /// Divides 1 by the number.
    ///
    /// # Rounding
    /// As the caller says, of the signed value.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for 0. The reciprocal of anything else fits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Rounding, SignedWad};
    ///
    /// assert_eq!(signed_wad!("-1.6").recip(Rounding::Floor)?, signed_wad!("-0.625"));
    /// assert!(SignedWad::ZERO.recip(Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("inverse", "reciprocal", "inv"))]
    pub fn recip(self, rounding: Rounding) -> Result<Self, Error> {
        Self::ONE.div(self, rounding)
    }
}
