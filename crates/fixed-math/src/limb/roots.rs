//! The kernels of square and cube roots.

use core::cmp::Ordering;

use super::{divide, product, widening_mul, Half, Limb};
use crate::Rounding;

/// A root: its floor, and its place in the unit above that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Root<L> {
    floor: L,
    is_exact: bool,
    /// Set beyond the middle of the unit. The root is never right there: the square or cube of a
    /// number of halves that is odd is no integer.
    is_nearer_above: bool,
}

impl<L: Limb> Root<L> {
    /// Rounds the root, to (high, low): of two limbs, it may be 2^n.
    #[inline]
    pub(crate) fn rounded(self, rounding: Rounding) -> (L, L) {
        let against_half = if self.is_nearer_above {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        if !rounding.goes_up(self.floor.is_odd(), !self.is_exact, against_half) {
            return (L::ZERO, self.floor);
        }
        let (low, carry) = self.floor.overflowing_add(L::ONE);
        (L::from_half(L::from_bool(carry)), low)
    }
}

/// Computes the square root of a limb.
#[inline]
pub(crate) fn sqrt<L: Limb>(of: L) -> Root<L> {
    let (floor, rest) = sqrt_and_rest(of);
    let floor = L::from_half(floor);
    Root {
        floor,
        is_exact: rest == L::ZERO,
        is_nearer_above: rest > floor,
    }
}

/// Computes ⌊√of⌋ and of − ⌊√of⌋², which is at most 2·⌊√of⌋.
///
/// Zimmermann, Karatsuba Square Root (1999), by one step: the root of the upper half is the upper
/// digit, the lower one is a quotient, and the two together are at most one too large.
fn sqrt_and_rest<L: Limb>(of: L) -> (L::Half, L) {
    if of == L::ZERO {
        return (L::Half::ZERO, L::ZERO);
    }
    // An even number of bits, so that the root is shifted by half as many.
    let half_shift = of.leading_zeros() >> 1;
    let shifted = of.shl(half_shift << 1);
    let upper = shifted.high().isqrt();
    // At most 2·upper, so below 2R, and half of it times R fits a half.
    let rest = shifted.high().wrapping_sub(upper.wrapping_mul(upper));
    let dividend = rest.shl(L::Half::DIGIT.wrapping_sub(1)) | shifted.low().high().shr(1);
    // The upper digit is at least R/2, never 0; the lower one is at most R − 1, also where the
    // quotient is R.
    let lower = dividend.checked_div(upper).unwrap_or(L::Half::ZERO);
    let lower = lower.min(L::Half::MAX.low());
    let root = (upper.shl(L::Half::DIGIT) | lower).shr(half_shift);
    let (rest, under) = of.overflowing_sub(product(root, root));
    if !under {
        return (root, rest);
    }
    // (root − 1)² is root² less root and root − 1.
    let floor = root.wrapping_sub(L::Half::ONE);
    let back = L::from_half(root).wrapping_add(L::from_half(floor));
    (floor, rest.wrapping_add(back))
}

/// Computes the square root of two limbs, by the same step with a half for a digit.
#[inline]
pub(crate) fn sqrt_wide<L: Limb>(high: L, low: L) -> Root<L> {
    if high == L::ZERO {
        return sqrt(low);
    }
    let half_shift = high.leading_zeros() >> 1;
    let shift = half_shift << 1;
    // Two shifts, as one by the width of a limb, where `shift` is 0, is none.
    let carried = low.shr(1).shr((L::HALF << 1).wrapping_sub(1) ^ shift);
    let (upper, rest) = sqrt_and_rest(high.shl(shift) | carried);
    let next = low.shl(shift).high().shr(1);
    let dividend = rest.shl(L::HALF.wrapping_sub(1)) | L::from_half(next);
    // The upper half is at least B/2, never 0.
    let lower = match divide(L::ZERO, dividend, L::from_half(upper)) {
        Some(quotient) if quotient.low.high() == L::Half::ZERO => quotient.low.low(),
        _ => L::Half::MAX,
    };
    settle(high, low, L::join(upper, lower).shr(half_shift))
}

/// Returns the root of two limbs, from its floor or one more.
#[inline]
fn settle<L: Limb>(high: L, low: L, estimate: L) -> Root<L> {
    let (square_high, square_low) = widening_mul(estimate, estimate);
    let floor = if (square_high, square_low) > (high, low) {
        estimate.wrapping_sub(L::ONE)
    } else {
        estimate
    };
    // What is left is at most 2·floor: a limb and a bit.
    let (square_high, square_low) = widening_mul(floor, floor);
    let (rest, under) = low.overflowing_sub(square_low);
    let is_beyond = high != square_high.wrapping_add(L::from_half(L::from_bool(under)));
    Root {
        floor,
        is_exact: rest == L::ZERO && !is_beyond,
        is_nearer_above: rest > floor || is_beyond,
    }
}

/// Computes the cube root of a limb: bit by bit, as three bits of the cube come down for each.
#[inline]
pub(crate) fn cbrt<L: Limb>(of: L) -> Root<L> {
    let bits = (L::HALF << 1).wrapping_sub(of.leading_zeros());
    let three_bits = L::Half::MAX.shr(L::HALF.wrapping_sub(3));
    let (mut root, mut rest) = (L::Half::ZERO, L::ZERO);
    for place in (0..bits.wrapping_add(2) / 3).rev() {
        let next = of.shr(place.wrapping_mul(3)).low() & three_bits;
        rest = rest.shl(3) | L::from_half(next);
        root = root.shl(1);
        // (root + 1)³ − root³, where root + 1 is at most 2^⌈n/3⌉: below 3·2^(2·⌈n/3⌉), so it fits.
        let more = product::<L>(root, root.wrapping_add(L::Half::ONE));
        let more = triple(more).wrapping_add(L::ONE);
        // Above half of a limb is neither of the two at 128 bits, so the top bit is the sign; at 8 bits
        // the tests see that it is.
        let less = rest.wrapping_sub(more);
        let below = less.high().sign();
        rest = less.wrapping_add(more.masked(below));
        root = root.wrapping_add(L::Half::ONE).wrapping_add(below);
    }
    // (root + ½)³ − root³ is (3·root·(2·root + 1))/4 + ⅛, of which four times fits a byte too: the
    // largest root of one is 6.
    let middle = product::<L>(root, root.shl(1).wrapping_add(L::Half::ONE));
    Root {
        floor: L::from_half(root),
        is_exact: rest == L::ZERO,
        is_nearer_above: rest > triple(middle).shr(2),
    }
}

#[inline]
fn triple<L: Limb>(of: L) -> L {
    of.wrapping_add(of).wrapping_add(of)
}
