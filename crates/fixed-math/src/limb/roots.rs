//! The kernels of square and cube roots.

use core::cmp::Ordering;

use super::{half_of_quotient, product, Half, Limb};
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
    const ZERO: Self = Self {
        floor: L::ZERO,
        is_exact: true,
        is_nearer_above: false,
    };

    /// Returns the root of a number from that of the number times 4^by, its floor.
    #[inline]
    fn shifted_back(floor: L, is_exact: bool, is_nearer_above: bool, by: u32) -> Self {
        // A root that is exact is an integer times 2^by. The middle is the bit below the floor's.
        Self {
            floor: floor.shr(by),
            is_exact,
            is_nearer_above: match by.checked_sub(1) {
                None => is_nearer_above,
                Some(below) => floor.shr(below).is_odd(),
            },
        }
    }

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
    if of == L::ZERO {
        return Root::ZERO;
    }
    // An even number of bits, so that the root is shifted by half as many.
    let half_shift = of.leading_zeros() >> 1;
    let estimate = estimate(of.shl(half_shift << 1));
    let (root, rest) = estimate.settled();
    let root = L::from_half(root);
    Root::shifted_back(root, estimate.rest == L::ZERO, rest > root, half_shift)
}

/// Computes the square root of two limbs, by the same step as that of one with a half for a digit.
#[inline]
pub(crate) fn sqrt_wide<L: Limb>(high: L, low: L) -> Root<L> {
    if high == L::ZERO {
        return sqrt(low);
    }
    let half_shift = high.leading_zeros() >> 1;
    let shift = half_shift << 1;
    // Two shifts, as one by the width of a limb, where `shift` is 0, is none.
    let carried = low.shr(1).shr((L::HALF << 1).wrapping_sub(1) ^ shift);
    let (upper, rest) = estimate(high.shl(shift) | carried).settled();
    let (root, rest) = lower_half(upper, rest, low.shl(shift));
    Root::shifted_back(root, rest.is_zero, rest.is_beyond_middle, half_shift)
}

/// A root of a limb one of whose upper two bits is set, or one more.
#[derive(Clone, Copy)]
struct Estimate<L: Limb> {
    root: L::Half,
    /// The limb less the root's square, modulo a limb where that is below 0.
    rest: L,
    is_above: bool,
}

/// Computes the square root of a limb one of whose upper two bits is set, or one more.
///
/// Zimmermann, Karatsuba Square Root (1999), by one step: the root of the upper half is the upper
/// digit, the lower one is a quotient, and the two together are at most one too large.
#[inline]
fn estimate<L: Limb>(of: L) -> Estimate<L> {
    // At most 2·upper is left, so below 2R, and half of it times R fits a half.
    let (upper, rest) = of.high().sqrt_and_rest();
    let dividend = rest.shl(L::Half::DIGIT.wrapping_sub(1)) | of.low().high().shr(1);
    // The upper digit is at least R/2, never 0; the lower one is at most R − 1, also where the
    // quotient is R.
    let lower = dividend.checked_div(upper).unwrap_or(L::Half::ZERO);
    let root = upper.shl(L::Half::DIGIT) | lower.min(L::Half::MAX.low());
    let (rest, is_above) = of.overflowing_sub(product(root, root));
    Estimate {
        root,
        rest,
        is_above,
    }
}

impl<L: Limb> Estimate<L> {
    /// Returns the floor of the root, and what is left of the limb less its square: at most twice the
    /// floor.
    #[inline]
    fn settled(self) -> (L::Half, L) {
        // All ones where the root is one too large; (root − 1)² is root² less root and root − 1.
        let below = L::Half::ZERO.wrapping_sub(L::from_bool(self.is_above));
        let floor = self.root.wrapping_add(below);
        let back = L::from_half(self.root).wrapping_add(L::from_half(floor));
        (floor, self.rest.wrapping_add(back.masked(below)))
    }
}

/// The number less the square of its root's floor, as far as rounding needs it.
struct Rest {
    is_zero: bool,
    is_beyond_middle: bool,
}

/// Computes the root of two limbs from that of the upper one, with what is left of it, and the lower
/// limb.
#[inline]
fn lower_half<L: Limb>(upper: L::Half, left: L, low: L) -> (L, Rest) {
    let next = L::from_half(low.high().shr(1));
    let dividend = left.shl(L::HALF.wrapping_sub(1)) | next;
    // The upper half is at least B/2; the lower one is at most B − 1, also where the quotient is B.
    let lower = if dividend.high() >= upper {
        L::Half::MAX
    } else {
        half_of_quotient(dividend, upper)
    };
    let root = L::join(upper, lower);
    // left·B + low's upper half is 2·upper·lower and this, which is below 4B.
    let left = dividend.wrapping_sub(product(upper, lower)).shl(1);
    let left = left | L::from_half(low.high() & L::Half::ONE);
    // That times B, and low's lower half, less lower²: a half and a limb, which are all that is left,
    // or below 0 where the root is one too large.
    let (rest, under) = L::join(left.low(), low.low()).overflowing_sub(product(lower, lower));
    let top = left.high().wrapping_sub(L::from_bool(under));
    let below = top.sign();
    let floor = root.wrapping_add(L::join(below, below));
    let is_zero = rest == L::ZERO && top == L::Half::ZERO;
    // (root − 1)² is root² less root and root − 1.
    let (back, carry) = root.overflowing_add(floor);
    let (rest, over) = rest.overflowing_add(back.masked(below));
    let top = top.wrapping_add(L::from_bool(carry) & below);
    let is_beyond = top.wrapping_add(L::from_bool(over)) != L::Half::ZERO;
    let is_beyond_middle = rest > floor || is_beyond;
    let rest = Rest {
        is_zero,
        is_beyond_middle,
    };
    (floor, rest)
}

/// Computes ⌊√of⌋ and of − ⌊√of⌋² of a number of which one of the upper two bits is set.
///
/// Two of Heron's steps from a parabola that is within 2^-7.6 of the root, docs/numerics.md: the first
/// is above it by less than 2^16, the second by less than one.
#[inline]
pub(super) fn sqrt_and_rest_of_word(of: u64) -> (u64, u64) {
    // Of the upper 32 bits, in 2^-32 of their range: 0.2593 + x·(1.0520 − 0.3163·x).
    let upper = of >> 32;
    let slope = 0x1_0d51_24de_u64.wrapping_sub(upper.wrapping_mul(0x50fa_69a8) >> 32);
    let seed = (upper.wrapping_mul(slope) >> 32).wrapping_add(0x425f_ff7c);
    // What is divided by is never 0.
    let step = |root: u64| root.wrapping_add(of.checked_div(root).unwrap_or(0)) >> 1;
    let root = step(step(seed));
    // Below 2^34, or negative where the root is one too large; of 2^32 the square is 2^64.
    let rest = of.wrapping_sub(root.wrapping_mul(root));
    let below = rest.sign();
    let floor = root.wrapping_add(below);
    let back = root.wrapping_add(floor) & below;
    (floor, rest.wrapping_add(back))
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
