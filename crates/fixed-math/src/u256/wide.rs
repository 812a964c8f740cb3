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
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_mul_wide(self, rhs: Self) -> Result<Self, Error> {
        product(&[self, rhs])
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
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn div_rem_wide(self, divisor: Self) -> Result<(Self, Self), Error> {
        div_rem(&[self, divisor])
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
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_div_wide(self, divisor: Self, rounding: Rounding) -> Result<Self, Error> {
        quotient(&[self, divisor], rounding)
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
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_div(self, by: Self, divisor: Self, rounding: Rounding) -> Result<Self, Error> {
        mul_div(&[self, by, divisor], rounding)
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
}

// What the methods do, apart, with the operands behind one reference: for a target whose calls take five
// registers, where the methods are always inlined. Elsewhere these are, as if they weren't apart.

#[cfg_attr(not(target_arch = "bpf"), inline(always))]
fn product(&[a, b]: &[U256; 2]) -> Result<U256, Error> {
    let product = match (a.high, b.high) {
        (_, 0) => return a.checked_mul(b.low),
        (0, _) => b.checked_mul(a.low).ok(),
        _ => None,
    };
    product.ok_or_else(|| too_wide(&[a, b]))
}

#[cfg_attr(not(target_arch = "bpf"), inline(always))]
fn div_rem(&[dividend, divisor]: &[U256; 2]) -> Result<(U256, U256), Error> {
    if divisor.high == 0 {
        let (quotient, rest) = dividend.div_rem(divisor.low)?;
        return Ok((quotient, rest.into()));
    }
    let limb::LongQuotient { quotient, rest } = dividend.divide_wide(divisor)?;
    Ok((U256::from_long(quotient), U256::from_long(rest)))
}

#[cfg_attr(not(target_arch = "bpf"), inline(always))]
fn quotient(&[dividend, divisor]: &[U256; 2], rounding: Rounding) -> Result<U256, Error> {
    if divisor.high == 0 {
        return dividend.checked_div(divisor.low, rounding);
    }
    let quotient = dividend.divide_wide(divisor)?;
    let rounded = quotient.rounded(divisor.long(), rounding);
    // The divisor is above 2^128, so the quotient is below.
    Ok(rounded.map_or(U256::MAX, U256::from_long))
}

#[cfg_attr(not(target_arch = "bpf"), inline(always))]
fn mul_div(&[a, by, divisor]: &[U256; 3], rounding: Rounding) -> Result<U256, Error> {
    if a.high | by.high | divisor.high == 0 {
        return U256::product(a.low, by.low).checked_div(divisor.low, rounding);
    }
    let (high, low) = a.long().widening_mul(by.long());
    match limb::Long::divide(high, low, divisor.long()) {
        Some(quotient) => match quotient.rounded(divisor.long(), rounding) {
            Some(rounded) => Ok(U256::from_long(rounded)),
            None => Err(too_wide(&[a, by])),
        },
        None if divisor.is_zero() => Err(Error::DivisionByZero),
        None => Err(too_wide(&[a, by])),
    }
}

#[cold]
fn too_wide([left, right]: &[U256; 2]) -> Error {
    Error::Wide {
        left_bits: left.bits(),
        right_bits: right.bits(),
    }
}
