//! The limb of 256 bits: its halves are limbs themselves, so that a step of the kernels of `halves`
//! is one of those that the target has.

use core::ops::BitOr;

use super::{divide, funnel, halves, widening_mul, Limb, Quotient};

/// Two limbs as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    // The order of the fields is the order of comparison.
    pub(crate) high: u128,
    pub(crate) low: u128,
}

impl Pair {
    /// Multiplies two pairs in full, to (high, low).
    #[inline]
    pub(crate) fn widening_mul(a: Self, b: Self) -> (Self, Self) {
        halves::widening_mul(a, b)
    }

    /// Divides `high·2^256 + low`; `None` for a divisor of 0 and for a quotient of more than 256
    /// bits.
    #[inline]
    pub(crate) fn divide(high: Self, low: Self, divisor: Self) -> Option<Quotient<Self>> {
        (high < divisor).then(|| halves::divide_to_limb(high, low, divisor))
    }
}

impl BitOr for Pair {
    type Output = Self;
    #[inline]
    fn bitor(self, rhs: Self) -> Self {
        Self::join(self.high | rhs.high, self.low | rhs.low)
    }
}

impl Limb for Pair {
    type Half = u128;
    const ZERO: Self = Self { high: 0, low: 0 };
    const ONE: Self = Self { high: 0, low: 1 };
    const MAX: Self = Self {
        high: u128::MAX,
        low: u128::MAX,
    };
    const HALF: u32 = 128;
    #[inline]
    fn join(high: u128, low: u128) -> Self {
        Self { high, low }
    }
    #[inline]
    fn high(self) -> u128 {
        self.high
    }
    #[inline]
    fn low(self) -> u128 {
        self.low
    }
    #[inline]
    fn wrapping_add(self, rhs: Self) -> Self {
        self.overflowing_add(rhs).0
    }
    #[inline]
    fn wrapping_sub(self, rhs: Self) -> Self {
        self.overflowing_sub(rhs).0
    }
    #[inline]
    fn overflowing_add(self, rhs: Self) -> (Self, bool) {
        let (low, carry) = self.low.overflowing_add(rhs.low);
        let (high, over) = self.high.overflowing_add(rhs.high);
        let (high, over_again) = high.overflowing_add(carry.into());
        (Self { high, low }, over | over_again)
    }
    #[inline]
    fn overflowing_sub(self, rhs: Self) -> (Self, bool) {
        let (low, borrow) = self.low.overflowing_sub(rhs.low);
        let (high, under) = self.high.overflowing_sub(rhs.high);
        let (high, under_again) = high.overflowing_sub(borrow.into());
        (Self { high, low }, under | under_again)
    }
    #[inline]
    fn product(a: u128, b: u128) -> Self {
        let (high, low) = widening_mul(a, b);
        Self { high, low }
    }
    #[inline]
    fn checked_div(self, rhs: u128) -> Option<Self> {
        let Quotient { high, low, .. } = divide(self.high, self.low, rhs)?;
        Some(Self { high, low })
    }
    #[inline]
    fn div_rem(self, rhs: u128) -> (u128, u128) {
        // A digit of 0, as the first is where the quotient fits 128 bits.
        if self.high == 0 && self.low < rhs {
            return (0, self.low);
        }
        divide_by_half(self, rhs)
    }
    #[inline]
    fn shl(self, by: u32) -> Self {
        let low = self.low.wrapping_shl(by);
        if by < Self::HALF {
            Self::join(funnel::<Self>(self.high, self.low, by), low)
        } else {
            Self::join(low, 0)
        }
    }
    #[inline]
    fn shr(self, by: u32) -> Self {
        let high = self.high.wrapping_shr(by);
        if by < Self::HALF {
            // Two shifts, as in `funnel`.
            let down = self.high.wrapping_shl(1).wrapping_shl(127 ^ by);
            Self::join(high, self.low.wrapping_shr(by) | down)
        } else {
            Self::join(0, high)
        }
    }
    #[inline]
    fn leading_zeros(self) -> u32 {
        match self.high {
            0 => self.low.leading_zeros().wrapping_add(Self::HALF),
            high => high.leading_zeros(),
        }
    }
    #[inline]
    fn is_odd(self) -> bool {
        self.low & 1 == 1
    }
    #[inline]
    fn from_bool(bit: bool) -> u128 {
        bit.into()
    }
}

/// Divides by a limb above the upper one, for a quotient of one limb.
#[cfg(target_arch = "x86_64")]
#[inline]
fn divide_by_half(of: Pair, divisor: u128) -> (u128, u128) {
    // In a step of a longer division the divisor is shifted already.
    if divisor.leading_zeros() == 0 {
        return halves::divide_by_normalized(of.high, of.low, divisor);
    }
    let Quotient { low, rest, .. } = halves::divide_to_limb(of.high, of.low, divisor);
    (low, rest)
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn divide_by_half(of: Pair, divisor: u128) -> (u128, u128) {
    // The divisor is above the upper limb, so it isn't 0.
    match divide(of.high, of.low, divisor) {
        Some(Quotient { low, rest, .. }) => (low, rest),
        None => (0, 0),
    }
}
