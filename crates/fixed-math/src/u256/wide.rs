//! Products and quotients whose factors and divisors have 256 bits too.

use super::U256;
use crate::{limb, Error, Rounding};

impl U256 {
    /// Multiplies two integers of 256 bits.
    ///
    /// # Errors
    /// [`Error::Wide`] above 2^256 − 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    ///
    /// let (price, shift) = (U256::from(3), U256::new(1, 0));
    /// assert_eq!(price.checked_mul_wide(shift)?, U256::new(3, 0));
    /// assert!(shift.checked_mul_wide(shift).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias = "mul")]
    #[inline]
    pub fn checked_mul_wide(self, rhs: Self) -> Result<Self, Error> {
        let product = match (self.high, rhs.high) {
            (_, 0) => return self.checked_mul(rhs.low),
            (0, _) => rhs.checked_mul(self.low).ok(),
            _ => None,
        };
        product.ok_or_else(|| self.too_wide_with(rhs))
    }

    /// Divides the integer by one of 256 bits, into the quotient and the remainder.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a divisor of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    ///
    /// let (times, left) = U256::new(7, 5).div_rem_wide(U256::new(2, 1))?;
    /// assert_eq!((times, left), (U256::from(3), U256::new(1, 2)));
    /// assert!(U256::MAX.div_rem_wide(U256::ZERO).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[inline]
    pub fn div_rem_wide(self, divisor: Self) -> Result<(Self, Self), Error> {
        if divisor.high == 0 {
            let (quotient, rest) = self.div_rem(divisor.low)?;
            return Ok((quotient, rest.into()));
        }
        let limb::LongQuotient { quotient, rest } = self.divide_wide(divisor)?;
        Ok((Self::from_long(quotient), Self::from_long(rest)))
    }

    /// Divides the integer by one of 256 bits, with one rounding.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a divisor of 0. As with [`checked_div`](Self::checked_div),
    /// rounding up can't overflow.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, U256};
    ///
    /// let (dividend, divisor) = (U256::new(7, 5), U256::new(2, 1));
    /// assert_eq!(dividend.checked_div_wide(divisor, Rounding::Floor)?, U256::from(3));
    /// assert_eq!(dividend.checked_div_wide(divisor, Rounding::Ceil)?, U256::from(4));
    /// assert!(dividend.checked_div_wide(U256::ZERO, Rounding::Ceil).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[inline]
    pub fn checked_div_wide(self, divisor: Self, rounding: Rounding) -> Result<Self, Error> {
        if divisor.high == 0 {
            return self.checked_div(divisor.low, rounding);
        }
        let quotient = self.divide_wide(divisor)?.rounded(divisor.long(), rounding);
        // The divisor is above 2^128, so the quotient is below.
        Ok(quotient.map_or(Self::MAX, Self::from_long))
    }

    /// Computes `self·by / divisor`, with the full 512-bit product and one rounding.
    ///
    /// # Rounding
    /// As the caller says: the exact rational number, rounded once.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a divisor of 0, [`Error::Wide`] if the rounded result is above
    /// 2^256 − 1.
    ///
    /// # Laws
    /// `bracket_of_wides`: floor ≤ exact ≤ ceil and ceil − floor ≤ 1, as for
    /// [`mul_div`](crate::mul_div), which is the same for 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, U256};
    ///
    /// let (a, half) = (U256::MAX, U256::new(1 << 127, 0));
    /// assert_eq!(a.mul_div(half, U256::MAX, Rounding::Floor)?, half);
    /// assert_eq!(a.mul_div(U256::from(3), U256::from(4), Rounding::Ceil)?.bits(), 256);
    /// assert!(a.mul_div(half, half.checked_sub(U256::ONE)?, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// Knuth, The Art of Computer Programming 2, 4.3.1, algorithms M and D.
    #[doc(alias("mulDiv", "mulDivRoundingUp", "full_mul_div"))]
    #[inline]
    pub fn mul_div(self, by: Self, divisor: Self, rounding: Rounding) -> Result<Self, Error> {
        if self.high | by.high | divisor.high == 0 {
            return Self::product(self.low, by.low).checked_div(divisor.low, rounding);
        }
        let (high, low) = self.long().widening_mul(by.long());
        match limb::Long::divide(high, low, divisor.long()) {
            Some(quotient) => match quotient.rounded(divisor.long(), rounding) {
                Some(rounded) => Ok(Self::from_long(rounded)),
                None => Err(self.too_wide_with(by)),
            },
            None if divisor.is_zero() => Err(Error::DivisionByZero),
            None => Err(self.too_wide_with(by)),
        }
    }

    /// Computes `self·by / divisor` for `self < divisor`, which is at most `by`.
    #[inline]
    pub(crate) fn share_of(self, by: u64, divisor: Self, rounding: Rounding) -> u64 {
        if divisor.high == 0 {
            return limb::share(self.low, divisor.low, by, rounding);
        }
        limb::share_of_long(self.long(), divisor.long(), by, rounding)
    }

    #[inline]
    fn divide_wide(self, divisor: Self) -> Result<limb::LongQuotient<u128>, Error> {
        limb::Long::divide(Self::ZERO.long(), self.long(), divisor.long())
            .ok_or(Error::DivisionByZero)
    }

    #[inline]
    const fn long(self) -> limb::Long<u128> {
        let Self { high, low } = self;
        limb::Long { high, low }
    }

    #[inline]
    const fn from_long(long: limb::Long<u128>) -> Self {
        Self::new(long.high, long.low)
    }

    #[cold]
    fn too_wide_with(self, rhs: Self) -> Error {
        Error::Wide {
            left_bits: self.bits(),
            right_bits: rhs.bits(),
        }
    }
}
