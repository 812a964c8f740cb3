//! Fixed-point numbers of many limbs, for the few results that 128 bits can't decide.

use core::cmp::Ordering;

/// The number of limbs that there is room for: two before the point, eight behind it.
const LIMBS: usize = 10;

/// The number of limbs, from the least on, that a calculation leaves unused. It is chosen at run
/// time, so that a program holds the code for all precisions once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Precision {
    unused: usize,
    bits: u32,
}

impl Precision {
    /// The precision of 192 bits behind the point.
    pub(super) const HIGH: Self = Self {
        unused: 5,
        bits: 192,
    };
    /// The precision of 512 bits behind the point.
    pub(super) const HIGHEST: Self = Self {
        unused: 0,
        bits: 512,
    };

    /// Returns the number of bits behind the point.
    pub(super) const fn bits(self) -> u32 {
        self.bits
    }

    const fn zero(self) -> Wide {
        Wide {
            limbs: [0; LIMBS],
            precision: self,
        }
    }

    pub(super) fn integer(self, value: u128) -> Wide {
        let mut wide = self.zero();
        let [.., low, high] = &mut wide.limbs;
        (*low, *high) = halves(value);
        wide
    }

    /// Returns 2^exponent units.
    pub(super) fn units(self, exponent: u32) -> Wide {
        let mut wide = self.zero();
        if let Some(least) = wide.used_mut().first_mut() {
            *least = 1;
        }
        wide.shl(exponent)
    }

    /// Creates a number below 1, by the limbs behind its point, the least first.
    pub(super) fn fraction(self, limbs: &[u64; 8]) -> Wide {
        let mut wide = self.zero();
        for (place, limb) in wide
            .used_mut()
            .iter_mut()
            .rev()
            .skip(2)
            .zip(limbs.iter().rev())
        {
            *place = *limb;
        }
        wide
    }
}

/// A number from 0 up to 2^128, the least limb first.
///
/// A unit is its last bit. No operation is checked: that none leaves the range is the caller's to
/// say. Those that can't be exact lose less than a unit, downward. Two operands have one precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wide {
    limbs: [u64; LIMBS],
    precision: Precision,
}

impl Wide {
    pub(super) const fn precision(&self) -> Precision {
        self.precision
    }

    fn used(&self) -> &[u64] {
        self.limbs.get(self.precision.unused..).unwrap_or_default()
    }

    fn used_mut(&mut self) -> &mut [u64] {
        let limbs = self.limbs.get_mut(self.precision.unused..);
        limbs.unwrap_or_default()
    }

    /// Splits the number at the point, into the integer and the rest.
    pub(super) fn split(mut self) -> (u128, Self) {
        let [.., low, high] = &mut self.limbs;
        let whole = u128::from(*high) << 64 | u128::from(*low);
        (*low, *high) = (0, 0);
        (whole, self)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.limbs.iter().all(|&limb| limb == 0)
    }

    #[inline(never)]
    pub(super) fn add(mut self, rhs: Self) -> Self {
        let mut carry = false;
        for (limb, other) in self.used_mut().iter_mut().zip(rhs.used()) {
            let (sum, first) = limb.overflowing_add(*other);
            let (sum, second) = sum.overflowing_add(carry.into());
            (*limb, carry) = (sum, first || second);
        }
        self
    }

    #[inline(never)]
    pub(super) fn sub(mut self, rhs: Self) -> Self {
        let mut borrow = false;
        for (limb, other) in self.used_mut().iter_mut().zip(rhs.used()) {
            let (rest, first) = limb.overflowing_sub(*other);
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

    /// Multiplies the two numbers; the product's last limbs are cut off.
    pub(super) fn mul(mut self, rhs: Self) -> Self {
        self.multiply_by(&rhs);
        self
    }

    /// Multiplies the number by a factor; the product's last limbs are cut off. In place, as most
    /// of the slow path's time is spent here.
    #[inline(never)]
    pub(super) fn multiply_by(&mut self, factor: &Self) {
        let mut product = [0; 2 * LIMBS];
        for (place, limb) in factor.used().iter().enumerate() {
            add_product(product.get_mut(place..), self.used(), *limb);
        }
        // As many limbs are behind its point as are behind both of theirs.
        let cut_off = factor.used().len().saturating_sub(2);
        for (limb, kept) in self.used_mut().iter_mut().zip(product.iter().skip(cut_off)) {
            *limb = *kept;
        }
    }

    /// Adds an integer.
    pub(super) fn add_integer(&mut self, integer: u64) {
        let [.., low, high] = &mut self.limbs;
        let (sum, carry) = low.overflowing_add(integer);
        (*low, *high) = (sum, high.wrapping_add(carry.into()));
    }

    /// Divides by a divisor above 0 and below 2^60; the quotient is cut off.
    #[inline(never)]
    pub(super) fn div(mut self, divisor: u64) -> Self {
        // As many bits at a time as fit 64 with a rest below the divisor. No division is wider than
        // the 64 bits that every target has.
        let digit = if divisor >> 32 == 0 { 32 } else { 4 };
        let mut rest = 0_u64;
        for limb in self.used_mut().iter_mut().rev() {
            let mut quotient = 0;
            for _ in 0..64_u32.checked_div(digit).unwrap_or(0) {
                let dividend =
                    rest.wrapping_shl(digit) | limb.wrapping_shr(64_u32.wrapping_sub(digit));
                *limb = limb.wrapping_shl(digit);
                let part = dividend.checked_div(divisor).unwrap_or(0);
                rest = dividend.wrapping_sub(part.wrapping_mul(divisor));
                quotient = u64::wrapping_shl(quotient, digit) | part;
            }
            *limb = quotient;
        }
        self
    }

    /// Divides by a divisor above 0, bit by bit; the quotient is cut off.
    #[inline(never)]
    pub(super) fn div_wide(mut self, divisor: u128) -> Self {
        let mut rest = 0_u128;
        for limb in self.used_mut().iter_mut().rev() {
            for _ in 0..64 {
                // Below twice the divisor: a bit that leaves the 128 says that it is above it.
                let above = rest >> 127 != 0;
                rest = rest << 1 | u128::from(*limb >> 63);
                *limb <<= 1;
                if above || rest >= divisor {
                    rest = rest.wrapping_sub(divisor);
                    *limb |= 1;
                }
            }
        }
        self
    }

    #[inline(never)]
    pub(super) fn shl(mut self, bits: u32) -> Self {
        for _ in 0..bits / 64 {
            self.shift_up();
        }
        let mut carry = 0;
        for limb in self.used_mut() {
            let wide = u128::from(*limb) << (bits % 64) | u128::from(carry);
            (*limb, carry) = halves(wide);
        }
        self
    }

    #[inline(never)]
    pub(super) fn shr(mut self, bits: u32) -> Self {
        for _ in 0..bits / 64 {
            self.shift_down(0);
        }
        let mut carry = 0;
        for limb in self.used_mut().iter_mut().rev() {
            let (low, high) = halves(u128::from(*limb) << 64 >> (bits % 64));
            (*limb, carry) = (high | carry, low);
        }
        self
    }

    /// Moves each limb to the next lower place; `top` comes in.
    fn shift_down(&mut self, mut top: u64) {
        for limb in self.used_mut().iter_mut().rev() {
            core::mem::swap(limb, &mut top);
        }
    }

    /// Moves each limb to the next higher place.
    fn shift_up(&mut self) {
        let mut bottom = 0;
        for limb in self.used_mut() {
            core::mem::swap(limb, &mut bottom);
        }
    }
}

impl Ord for Wide {
    fn cmp(&self, other: &Self) -> Ordering {
        self.limbs.iter().rev().cmp(other.limbs.iter().rev())
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Adds terms·factor to a sum that is 0 from the limb on where the carry goes.
fn add_product(sum: Option<&mut [u64]>, terms: &[u64], factor: u64) {
    let (Some((sum, [carried, ..])), true) = (
        sum.and_then(|sum| sum.split_at_mut_checked(terms.len())),
        factor != 0,
    ) else {
        return;
    };
    let mut carry = 0;
    for (limb, term) in sum.iter_mut().zip(terms) {
        // (2^64 − 1)² + 2(2^64 − 1) is 2^128 − 1.
        let term = u128::from(*term)
            .wrapping_mul(factor.into())
            .wrapping_add((*limb).into())
            .wrapping_add(carry.into());
        (*limb, carry) = halves(term);
    }
    *carried = carry;
}

/// Returns the low and the high 64 bits.
fn halves(of: u128) -> (u64, u64) {
    let low = u64::try_from(of & u128::from(u64::MAX)).unwrap_or(0);
    (low, u64::try_from(of >> 64).unwrap_or(0))
}
