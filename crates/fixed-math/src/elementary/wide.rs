//! Fixed-point numbers of many limbs, for the few results that 128 bits can't decide.

use core::cmp::Ordering;

/// A number from 0 up to 2^128: N limbs of 64 bits, the least first, two of them before the point.
///
/// A unit is the last bit. No operation is checked: that none leaves the range is the caller's to
/// say. Those that can't be exact lose less than a unit, downward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wide<const N: usize>([u64; N]);

impl<const N: usize> Wide<N> {
    const ZERO: Self = Self([0; N]);

    /// The bits behind the point.
    pub(super) fn precision() -> u32 {
        let limbs = u32::try_from(N).unwrap_or(0).saturating_sub(2);
        limbs.wrapping_mul(64)
    }

    pub(super) fn integer(value: u128) -> Self {
        let mut wide = Self::ZERO;
        if let [.., low, high] = wide.0.as_mut_slice() {
            (*low, *high) = halves(value);
        }
        wide
    }

    /// 2^exponent units.
    pub(super) fn units(exponent: u32) -> Self {
        let mut wide = Self::ZERO;
        if let [first, ..] = wide.0.as_mut_slice() {
            *first = 1;
        }
        wide.shl(exponent)
    }

    /// The most significant of the limbs behind the point of a number below 1, the least first.
    pub(super) fn fraction_of(limbs: &[u64]) -> Self {
        let mut wide = Self::ZERO;
        for (place, limb) in wide.0.iter_mut().rev().skip(2).zip(limbs.iter().rev()) {
            *place = *limb;
        }
        wide
    }

    /// The number before the point, and the rest.
    pub(super) fn split(mut self) -> (u128, Self) {
        let mut whole = 0;
        if let [.., low, high] = self.0.as_mut_slice() {
            whole = u128::from(*high) << 64 | u128::from(*low);
            (*low, *high) = (0, 0);
        }
        (whole, self)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().all(|&limb| limb == 0)
    }

    pub(super) fn add(mut self, rhs: Self) -> Self {
        let mut carry = false;
        for (limb, other) in self.0.iter_mut().zip(rhs.0) {
            let (sum, first) = limb.overflowing_add(other);
            let (sum, second) = sum.overflowing_add(carry.into());
            (*limb, carry) = (sum, first || second);
        }
        self
    }

    pub(super) fn sub(mut self, rhs: Self) -> Self {
        let mut borrow = false;
        for (limb, other) in self.0.iter_mut().zip(rhs.0) {
            let (rest, first) = limb.overflowing_sub(other);
            let (rest, second) = rest.overflowing_sub(borrow.into());
            (*limb, borrow) = (rest, first || second);
        }
        self
    }

    pub(super) fn abs_diff(self, rhs: Self) -> Self {
        if self < rhs {
            rhs.sub(self)
        } else {
            self.sub(rhs)
        }
    }

    /// The product, its last limbs cut off.
    pub(super) fn mul(mut self, rhs: Self) -> Self {
        let mut sum = Self::ZERO;
        let behind = N.saturating_sub(2);
        for (place, factor) in rhs.0.into_iter().enumerate() {
            let carry = sum.add_product(&self, factor);
            if place < behind {
                // What the lower limbs carry is in the sum: cutting off its last limb at each of
                // them cuts off the exact product once.
                sum.shift_down(carry);
            } else {
                self.shift_up();
            }
        }
        sum
    }

    /// Adds self·factor and returns the limb that is carried out.
    fn add_product(&mut self, of: &Self, factor: u64) -> u64 {
        let mut carry = 0;
        if factor == 0 {
            return carry;
        }
        for (limb, other) in self.0.iter_mut().zip(of.0) {
            // (2^64 − 1)² + 2(2^64 − 1) is 2^128 − 1.
            let sum = u128::from(other)
                .wrapping_mul(factor.into())
                .wrapping_add((*limb).into())
                .wrapping_add(carry.into());
            (*limb, carry) = halves(sum);
        }
        carry
    }

    /// The quotient by a divisor above 0, cut off.
    pub(super) fn div(mut self, divisor: u32) -> Self {
        let divisor = u64::from(divisor);
        let mut rest = 0_u64;
        for limb in self.0.iter_mut().rev() {
            // The rest is below the divisor, so it and half a limb have 64 bits, and each digit 32.
            let mut digit = |next: u64| {
                let dividend = rest << 32 | next;
                rest = dividend.checked_rem(divisor).unwrap_or(0);
                dividend.checked_div(divisor).unwrap_or(0)
            };
            let high = digit(*limb >> 32);
            let low = digit(*limb & u64::from(u32::MAX));
            *limb = high << 32 | low;
        }
        self
    }

    pub(super) fn shl(mut self, bits: u32) -> Self {
        for _ in 0..bits / 64 {
            self.shift_up();
        }
        let mut carry = 0;
        for limb in &mut self.0 {
            let wide = u128::from(*limb) << (bits % 64) | u128::from(carry);
            (*limb, carry) = halves(wide);
        }
        self
    }

    pub(super) fn shr(mut self, bits: u32) -> Self {
        for _ in 0..bits / 64 {
            self.shift_down(0);
        }
        let mut carry = 0;
        for limb in self.0.iter_mut().rev() {
            let wide = u128::from(*limb) << 64 >> (bits % 64);
            let (low, high) = halves(wide);
            (*limb, carry) = (high | carry, low);
        }
        self
    }

    /// Each limb to the next lower place; `top` comes in.
    fn shift_down(&mut self, mut top: u64) {
        for limb in self.0.iter_mut().rev() {
            core::mem::swap(limb, &mut top);
        }
    }

    /// Each limb to the next higher place.
    fn shift_up(&mut self) {
        let mut bottom = 0;
        for limb in &mut self.0 {
            core::mem::swap(limb, &mut bottom);
        }
    }
}

impl<const N: usize> Ord for Wide<N> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

impl<const N: usize> PartialOrd for Wide<N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The low and the high 64 bits.
fn halves(of: u128) -> (u64, u64) {
    let low = u64::try_from(of & u128::from(u64::MAX)).unwrap_or(0);
    (low, u64::try_from(of >> 64).unwrap_or(0))
}
