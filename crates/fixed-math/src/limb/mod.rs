//! The wide kernels, written once over a limb type.
//!
//! A limb is two halves, and a half is two digits. `u128` with halves of 64 and digits of 32 bits
//! is what the crate computes with; a byte with halves of 4 and digits of 2 bits runs the very same
//! code in tests that try every input.
//!
//! There are three pairs of kernels for the product and the quotient, with the same results. `halves`
//! takes the product of two halves and the quotient of a limb by a half from the processor, which
//! of the targets in use only x86-64 has; `digits` and `words` need no more than arithmetic within a
//! half, so that nothing is left of the compiler's 128-bit division, which is 1,200 bytes of
//! code and thousands of instructions. `digits` is the smallest, for wasm and 32 bits; `words` takes the
//! fewest instructions, for SBF, where each is paid for. Tests run all.

#[cfg(test)]
mod byte;
#[cfg(any(
    test,
    all(not(target_arch = "x86_64"), not(target_pointer_width = "64"))
))]
mod digits;
#[cfg(any(test, target_arch = "x86_64"))]
mod halves;
mod inverse;
mod long;
mod reciprocal;
mod roots;
mod share;
#[cfg(test)]
mod tests;
#[cfg(any(test, all(not(target_arch = "x86_64"), target_pointer_width = "64")))]
mod words;

use core::cmp::Ordering;
use core::ops::{BitAnd, BitOr};

#[cfg(all(not(target_arch = "x86_64"), not(target_pointer_width = "64")))]
pub(crate) use digits::{digit, divide, half_of_quotient, product, widening_mul};
#[cfg(target_arch = "x86_64")]
pub(crate) use halves::{
    digit, divide, half_of_quotient, high_product_or_less, product, widening_mul,
};
pub(crate) use inverse::Inverse;
pub(crate) use long::{Long, LongQuotient};
pub(crate) use reciprocal::Reciprocal;
pub(crate) use roots::{cbrt, sqrt, sqrt_wide};
pub(crate) use share::{share, share_of_long};
#[cfg(all(not(target_arch = "x86_64"), target_pointer_width = "64"))]
pub(crate) use words::{
    digit, divide, half_of_quotient, high_product_or_less, mul_div, product, widening_mul,
};

use crate::Rounding;

/// Half of a limb, of an even number of bits.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "digits and halves don't need the same of it")
)]
pub(crate) trait Half: Copy + Ord + BitAnd<Output = Self> + BitOr<Output = Self> {
    const ZERO: Self;
    const ONE: Self;
    const MAX: Self;
    /// The number of bits in a digit, which is half of a half.
    const DIGIT: u32;
    fn wrapping_add(self, rhs: Self) -> Self;
    fn wrapping_sub(self, rhs: Self) -> Self;
    fn wrapping_mul(self, rhs: Self) -> Self;
    /// Divides; `None` for a divisor of 0.
    fn checked_div(self, rhs: Self) -> Option<Self>;
    /// Shifts left, by less than the width.
    fn shl(self, by: u32) -> Self;
    /// Shifts right, by less than the width.
    fn shr(self, by: u32) -> Self;
    fn leading_zeros(self) -> u32;
    /// Computes the square root, floored, and what is left, of a number of which one of the upper two
    /// bits is set.
    fn sqrt_and_rest(self) -> (Self, Self);

    /// Returns all ones if the top bit is set, as it is in a difference that went below zero; else
    /// 0.
    ///
    /// Shifts, and no comparison: what the compiler takes for a condition it may turn into a
    /// branch, and where the data decide it, the processor predicts it wrong.
    #[inline]
    fn sign(self) -> Self {
        let top_bit = self.shr(Self::DIGIT.wrapping_mul(2).wrapping_sub(1));
        Self::ZERO.wrapping_sub(top_bit)
    }

    /// Returns the upper digit.
    #[inline]
    fn high(self) -> Self {
        self.shr(Self::DIGIT)
    }
    /// Returns the lower digit.
    #[inline]
    fn low(self) -> Self {
        self & Self::MAX.high()
    }
}

/// An unsigned integer of two halves.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "digits and halves don't need the same of it")
)]
pub(crate) trait Limb: Copy + Ord + BitOr<Output = Self> {
    type Half: Half;
    const ZERO: Self;
    const ONE: Self;
    const MAX: Self;
    /// The number of bits in half a limb.
    const HALF: u32;
    fn join(high: Self::Half, low: Self::Half) -> Self;
    fn high(self) -> Self::Half;
    fn low(self) -> Self::Half;
    fn wrapping_add(self, rhs: Self) -> Self;
    fn wrapping_sub(self, rhs: Self) -> Self;
    fn wrapping_mul(self, rhs: Self) -> Self;
    fn overflowing_add(self, rhs: Self) -> (Self, bool);
    fn overflowing_sub(self, rhs: Self) -> (Self, bool);
    /// Divides; `None` for a divisor of 0.
    fn checked_div(self, rhs: Self) -> Option<Self>;
    /// Shifts left, by less than the width.
    fn shl(self, by: u32) -> Self;
    /// Shifts right, by less than the width.
    fn shr(self, by: u32) -> Self;
    fn leading_zeros(self) -> u32;
    fn is_odd(self) -> bool;

    fn from_bool(bit: bool) -> Self::Half;
    #[inline]
    fn from_half(half: Self::Half) -> Self {
        Self::join(Self::Half::ZERO, half)
    }
    /// Returns both halves with only the bits of `mask`.
    #[inline]
    fn masked(self, mask: Self::Half) -> Self {
        Self::join(self.high() & mask, self.low() & mask)
    }
}

impl Half for u64 {
    const ZERO: Self = 0;
    const ONE: Self = 1;
    const MAX: Self = u64::MAX;
    const DIGIT: u32 = 32;
    #[inline]
    fn wrapping_add(self, rhs: Self) -> Self {
        self.wrapping_add(rhs)
    }
    #[inline]
    fn wrapping_sub(self, rhs: Self) -> Self {
        self.wrapping_sub(rhs)
    }
    #[inline]
    fn wrapping_mul(self, rhs: Self) -> Self {
        self.wrapping_mul(rhs)
    }
    #[inline]
    fn checked_div(self, rhs: Self) -> Option<Self> {
        self.checked_div(rhs)
    }
    #[inline]
    fn shl(self, by: u32) -> Self {
        self.wrapping_shl(by)
    }
    #[inline]
    fn shr(self, by: u32) -> Self {
        self.wrapping_shr(by)
    }
    #[inline]
    fn leading_zeros(self) -> u32 {
        leading_zeros(self)
    }
    #[inline]
    fn sqrt_and_rest(self) -> (Self, Self) {
        roots::sqrt_and_rest_of_word(self)
    }
}

macro_rules! limb {
    ($int:ty, $half:ty, $truncate:expr, $leading_zeros:expr) => {
        impl Limb for $int {
            type Half = $half;
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const MAX: Self = <$int>::MAX;
            const HALF: u32 = <$int>::BITS / 2;
            #[inline]
            fn join(high: $half, low: $half) -> Self {
                (<$int>::from(high) << Self::HALF) | <$int>::from(low)
            }
            #[inline]
            fn high(self) -> $half {
                $truncate(self >> Self::HALF)
            }
            #[inline]
            fn low(self) -> $half {
                $truncate(self)
            }
            #[inline]
            fn wrapping_add(self, rhs: Self) -> Self {
                self.wrapping_add(rhs)
            }
            #[inline]
            fn wrapping_sub(self, rhs: Self) -> Self {
                self.wrapping_sub(rhs)
            }
            #[inline]
            fn wrapping_mul(self, rhs: Self) -> Self {
                self.wrapping_mul(rhs)
            }
            #[inline]
            fn overflowing_add(self, rhs: Self) -> (Self, bool) {
                self.overflowing_add(rhs)
            }
            #[inline]
            fn overflowing_sub(self, rhs: Self) -> (Self, bool) {
                self.overflowing_sub(rhs)
            }
            #[inline]
            fn checked_div(self, rhs: Self) -> Option<Self> {
                self.checked_div(rhs)
            }
            #[inline]
            fn shl(self, by: u32) -> Self {
                self.wrapping_shl(by)
            }
            #[inline]
            fn shr(self, by: u32) -> Self {
                self.wrapping_shr(by)
            }
            #[inline]
            fn leading_zeros(self) -> u32 {
                $leading_zeros(self)
            }
            #[inline]
            fn from_bool(bit: bool) -> $half {
                <$half>::from(bit)
            }
            #[inline]
            fn is_odd(self) -> bool {
                self & 1 == 1
            }
        }
    };
}
#[cfg(test)]
use limb;

#[allow(clippy::as_conversions, reason = "takes the lower half")]
const fn lower_half(limb: u128) -> u64 {
    limb as u64
}
limb!(u128, u64, lower_half, leading_zeros_wide);

/// Counts the zero bits above the top bit that is set; 64 for 0.
#[inline]
fn leading_zeros(of: u64) -> u32 {
    if cfg!(any(
        target_arch = "x86_64",
        not(target_pointer_width = "64")
    )) {
        return of.leading_zeros();
    }
    leading_zeros_by_table(of)
}

/// The same by a table, in half of the instructions that SBF takes to count bits.
///
/// # Source
/// Warren, Hacker's Delight (2013), 5-3, after Leiserson, Prokop and Randall: of the numbers of k ones, for k
/// from 1 to 64, the product with a De Bruijn sequence differs in its upper six bits.
#[cfg_attr(
    any(target_arch = "x86_64", not(target_pointer_width = "64")),
    allow(dead_code, reason = "for the targets of `words`")
)]
#[inline]
fn leading_zeros_by_table(of: u64) -> u32 {
    const SEQUENCE: u64 = 0x03f7_9d71_b4cb_0a89;
    if of == 0 {
        return 64;
    }
    // The top bit and all below it.
    let ones = [1_u32, 2, 4, 8, 16, 32]
        .into_iter()
        .fold(of, |ones, by| ones | ones.wrapping_shr(by));
    let at = usize::try_from(ones.wrapping_mul(SEQUENCE).wrapping_shr(58)).unwrap_or(0);
    ZEROS.get(at).copied().unwrap_or(0).into()
}

#[rustfmt::skip]
static ZEROS: [u8; 64] = [
    63, 16, 62, 7, 15, 36, 61, 3, 6, 14, 22, 26, 35, 47, 60, 2,
    9, 5, 28, 11, 13, 21, 42, 19, 25, 31, 34, 40, 46, 52, 59, 1,
    17, 8, 37, 4, 23, 27, 48, 10, 29, 12, 43, 20, 32, 41, 53, 18,
    38, 24, 49, 30, 44, 33, 54, 39, 50, 45, 55, 51, 56, 57, 58, 0,
];

/// Counts the zero bits above the top bit that is set; 128 for 0.
#[inline]
pub(crate) fn leading_zeros_wide(of: u128) -> u32 {
    if cfg!(any(
        target_arch = "x86_64",
        not(target_pointer_width = "64")
    )) {
        return of.leading_zeros();
    }
    match Limb::high(of) {
        0 => leading_zeros(Limb::low(of)).wrapping_add(64),
        high => leading_zeros(high),
    }
}

/// Returns the upper half of `(high·B + low)·2^by`, for `by` below the width of a half.
#[inline]
fn funnel<L: Limb>(high: L::Half, low: L::Half, by: u32) -> L::Half {
    // Two shifts, as one by the width of a half, where `by` is 0, is none.
    high.shl(by) | low.shr(1).shr(L::HALF.wrapping_sub(1) ^ by)
}

/// The result of a division: the quotient `high·2^n + low`, where n is the width of a limb, and the
/// remainder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotient<L> {
    pub(crate) high: L,
    pub(crate) low: L,
    pub(crate) rest: L,
}

/// Divides for a quotient of two limbs, by a division of (rest, limb) that gives one.
#[inline]
fn in_two_steps<L: Limb>(high: L, low: L, step: impl Fn(L, L) -> Quotient<L>) -> Quotient<L> {
    let mut rest = L::ZERO;
    let [high, low] = [high, low].map(|limb| {
        let quotient = step(rest, limb);
        rest = quotient.rest;
        quotient.low
    });
    Quotient { high, low, rest }
}

impl<L: Limb> Quotient<L> {
    /// Rounds the quotient, to (high, low), after a division by `divisor`.
    #[inline]
    pub(crate) fn rounded(self, divisor: L, rounding: Rounding) -> (L, L) {
        // rest < divisor: the difference doesn't wrap, and rest ⋛ divisor − rest is 2·rest ⋛ divisor.
        let against_half = self.rest.cmp(&divisor.wrapping_sub(self.rest));
        if !rounding.goes_up(self.low.is_odd(), self.rest != L::ZERO, against_half) {
            return (self.high, self.low);
        }
        let (low, carry) = self.low.overflowing_add(L::ONE);
        // Nothing is carried out of the top: a quotient of 2^2n − 1 has divisor 1 and no rest.
        let carry = L::from_half(L::from_bool(carry));
        (self.high.wrapping_add(carry), low)
    }
}

/// Computes a·b/c; `None` for a divisor of 0.
#[cfg(any(target_arch = "x86_64", not(target_pointer_width = "64")))]
#[inline]
pub(crate) fn mul_div<L: Limb>(a: L, b: L, c: L) -> Option<Quotient<L>> {
    let (high, low) = widening_mul(a, b);
    divide(high, low, c)
}

/// Compares the product a·b with the product c·d, both exact.
#[inline]
pub(crate) fn cmp_products<L: Limb>(a: L, b: L, c: L, d: L) -> Ordering {
    widening_mul(a, b).cmp(&widening_mul(c, d))
}
