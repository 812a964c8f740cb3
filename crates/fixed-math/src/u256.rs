//! The 256-bit unsigned integer, wide enough for the product of two 128-bit ones.

mod wide;

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use crate::{decimal, limb, Error, ParseError, Rounding};

/// An unsigned integer of 256 bits, for the exact product of two u128 and for totals of amount ×
/// time.
///
/// ```
/// use tokenomics_fixed_math::{Rounding, U256};
///
/// let weight = U256::product(u128::MAX, 604_800);
/// assert_eq!(weight.checked_div(604_800, Rounding::Floor)?.to_u128()?, u128::MAX);
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Uint256", "wide"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct U256 {
    // The order of the fields is the order of comparison.
    high: u128,
    low: u128,
}

impl U256 {
    /// The integer 0.
    pub const ZERO: Self = Self::new(0, 0);
    /// The integer 1.
    pub const ONE: Self = Self::new(0, 1);
    /// The largest integer, 2^256 − 1.
    pub const MAX: Self = Self::new(u128::MAX, u128::MAX);

    /// Creates the integer high·2^128 + low.
    #[must_use]
    pub const fn new(high: u128, low: u128) -> Self {
        Self { high, low }
    }

    /// Returns the upper 128 bits.
    #[must_use]
    pub const fn high(self) -> u128 {
        self.high
    }

    /// Returns the lower 128 bits.
    #[must_use]
    pub const fn low(self) -> u128 {
        self.low
    }

    /// Multiplies two u128; the product always fits.
    #[doc(alias("full_mul", "widening_mul"))]
    #[must_use]
    #[inline]
    pub fn product(a: u128, b: u128) -> Self {
        let (high, low) = limb::widening_mul(a, b);
        Self { high, low }
    }

    /// Compares a·b with c·d, both exact; so a/d is compared with c/b, without a division.
    ///
    /// ```
    /// # use core::cmp::Ordering;
    /// # use tokenomics_fixed_math::U256;
    /// assert_eq!(U256::cmp_products(u128::MAX, 3, u128::MAX - 1, 3), Ordering::Greater);
    /// ```
    #[must_use]
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn cmp_products(a: u128, b: u128, c: u128, d: u128) -> Ordering {
        limb::cmp_products(a, b, c, d)
    }

    /// Returns the length in bits: 0 for zero.
    ///
    /// ```
    /// # use tokenomics_fixed_math::U256;
    /// let numbers = [U256::ZERO, U256::ONE, U256::new(1, 0), U256::MAX];
    /// assert_eq!(numbers.map(U256::bits), [0, 1, 129, 256]);
    /// ```
    #[must_use]
    pub const fn bits(self) -> u32 {
        // At most 128 leading zeros each.
        match self.high {
            0 => 128_u32.wrapping_sub(self.low.leading_zeros()),
            high => 256_u32.wrapping_sub(high.leading_zeros()),
        }
    }

    /// Returns `true` if the integer is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.high == 0 && self.low == 0
    }

    /// Adds the two integers.
    ///
    /// # Errors
    /// [`Error::Wide`] above 2^256 − 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Error, U256};
    ///
    /// let below = U256::new(0, u128::MAX);
    /// assert_eq!(below.checked_add(U256::ONE)?, U256::new(1, 0));
    /// let above = U256::MAX.checked_add(U256::ONE);
    /// assert_eq!(above, Err(Error::Wide { left_bits: 256, right_bits: 1 }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        let (low, carry) = self.low.overflowing_add(rhs.low);
        let (high, over) = self.high.overflowing_add(rhs.high);
        let (high, over_again) = high.overflowing_add(u128::from(carry));
        if over || over_again {
            return Err(Error::Wide {
                left_bits: self.bits(),
                right_bits: rhs.bits(),
            });
        }
        Ok(Self { high, low })
    }

    /// Subtracts `rhs` from the integer.
    ///
    /// # Errors
    /// [`Error::Wide`] below 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    ///
    /// assert_eq!(U256::new(1, 0).checked_sub(U256::ONE)?, U256::new(0, u128::MAX));
    /// assert!(U256::ONE.checked_sub(U256::new(1, 0)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        let (low, borrow) = self.low.overflowing_sub(rhs.low);
        let (high, under) = self.high.overflowing_sub(rhs.high);
        let (high, under_again) = high.overflowing_sub(u128::from(borrow));
        if under || under_again {
            return Err(Error::Wide {
                left_bits: self.bits(),
                right_bits: rhs.bits(),
            });
        }
        Ok(Self { high, low })
    }

    /// Multiplies the integer by a 128-bit factor.
    ///
    /// # Errors
    /// [`Error::Wide`] above 2^256 − 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    ///
    /// assert_eq!(U256::new(1, 1).checked_mul(3)?, U256::new(3, 3));
    /// assert!(U256::new(1 << 127, 0).checked_mul(2).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_mul(self, rhs: u128) -> Result<Self, Error> {
        let low = Self::product(self.low, rhs);
        let high = Self::product(self.high, rhs);
        if high.high != 0 {
            return Err(Error::Wide {
                left_bits: self.bits(),
                right_bits: Self::from(rhs).bits(),
            });
        }
        Self {
            high: high.low,
            low: 0,
        }
        .checked_add(low)
        .map_err(|_| Error::Wide {
            left_bits: self.bits(),
            right_bits: Self::from(rhs).bits(),
        })
    }

    /// Divides the integer by a 128-bit divisor, into the quotient and the remainder.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a divisor of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    ///
    /// // A reward of 1,000 over 3 epochs: nothing is lost.
    /// let (each, carried) = U256::from(1_000).div_rem(3)?;
    /// assert_eq!((each, carried), (U256::from(333), 1));
    /// assert!(U256::from(1_000).div_rem(0).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn div_rem(self, divisor: u128) -> Result<(Self, u128), Error> {
        let limb::Quotient { high, low, rest } = self.divide(divisor)?;
        Ok((Self { high, low }, rest))
    }

    /// Divides the integer by a 128-bit divisor, with one rounding.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`] for a divisor of 0. Rounding up can't overflow: a quotient of
    /// 2^256 − 1 has divisor 1 and no remainder.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, U256};
    ///
    /// let total = U256::product(1_000, u128::MAX);
    /// assert_eq!(total.checked_div(u128::MAX, Rounding::Floor)?, U256::from(1_000));
    /// assert_eq!(U256::from(7).checked_div(2, Rounding::Ceil)?, U256::from(4));
    /// assert!(total.checked_div(0, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_div(self, divisor: u128, rounding: Rounding) -> Result<Self, Error> {
        let (high, low) = self.divide(divisor)?.rounded(divisor, rounding);
        Ok(Self { high, low })
    }

    /// Divides the integer by 10^18: a product of two numbers with 18 decimals, back to units of
    /// one.
    ///
    /// # Rounding
    /// As the caller says.
    #[inline]
    pub(crate) fn div_wad(self, rounding: Rounding) -> Self {
        let wad = limb::Reciprocal::WAD;
        let quotient = wad.divide(self.high, self.low);
        let (high, low) = quotient.rounded(wad.value(), rounding);
        Self { high, low }
    }

    #[inline]
    fn divide(self, divisor: u128) -> Result<limb::Quotient<u128>, Error> {
        limb::divide(self.high, self.low, divisor).ok_or(Error::DivisionByZero)
    }

    /// Shifts the integer left by `by` bits, if no set bit is lost.
    ///
    /// # Errors
    /// [`Error::Wide`] if a set bit would leave the 256 bits.
    ///
    /// # Laws
    /// `checked_shl(n) = Ok(v)` implies `v.shr_floor(n) = self`: the check whose absence cost Cetus
    /// $223M in May 2025.
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    ///
    /// assert_eq!(U256::from(3).checked_shl(128)?, U256::new(3, 0));
    /// assert!(U256::new(3, 0).checked_shl(127).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn checked_shl(self, by: u32) -> Result<Self, Error> {
        let shifted = self.shl_truncating(by);
        if shifted.shr_floor(by) == self {
            Ok(shifted)
        } else {
            Err(Error::Wide {
                left_bits: self.bits(),
                right_bits: by,
            })
        }
    }

    /// Shifts the integer right by `by` bits: the quotient by 2^by, and 0 from 256 bits on.
    ///
    /// # Rounding
    /// Floor.
    #[doc(alias("shr", "checked_shr"))]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn shr_floor(self, by: u32) -> Self {
        let shift = |limb: u128, by: u32| limb.checked_shr(by).unwrap_or(0);
        match by.checked_sub(128) {
            Some(beyond) => Self {
                high: 0,
                low: shift(self.high, beyond),
            },
            None => {
                // 128 − by lies in 1..=128 here; a shift by 128 gives 0.
                let down = self.high.checked_shl(128_u32.wrapping_sub(by)).unwrap_or(0);
                Self {
                    high: shift(self.high, by),
                    low: shift(self.low, by) | down,
                }
            }
        }
    }

    pub(crate) fn shl_truncating(self, by: u32) -> Self {
        let shift = |limb: u128, by: u32| limb.checked_shl(by).unwrap_or(0);
        match by.checked_sub(128) {
            Some(beyond) => Self {
                high: shift(self.low, beyond),
                low: 0,
            },
            None => {
                // As in `shr_floor`: 128 − by lies in 1..=128.
                let up = self.low.checked_shr(128_u32.wrapping_sub(by)).unwrap_or(0);
                Self {
                    high: shift(self.high, by) | up,
                    low: shift(self.low, by),
                }
            }
        }
    }

    /// Converts the integer to a u128.
    ///
    /// # Errors
    /// [`Error::Overflow`] above `u128::MAX`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Error, U256};
    ///
    /// assert_eq!(U256::new(0, 42).to_u128()?, 42);
    /// assert_eq!(U256::new(1, 0).to_u128(), Err(Error::Overflow { bits: 129, max: u128::MAX }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[inline]
    pub fn to_u128(self) -> Result<u128, Error> {
        match self.high {
            0 => Ok(self.low),
            // At most 127 leading zeros.
            high => Err(Error::Overflow {
                bits: 256_u32.wrapping_sub(high.leading_zeros()),
                max: u128::MAX,
            }),
        }
    }
}

impl From<u128> for U256 {
    fn from(low: u128) -> Self {
        Self { high: 0, low }
    }
}

impl fmt::Display for U256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::fmt(*self, 0, true, f)
    }
}

impl FromStr for U256 {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        decimal::parse(text, 0, Self::MAX)
    }
}
