//! Shares of a half, such as those of 10^18: quotients of one digit.

use super::{funnel, half_of_quotient, product, Half, Limb, Long};
use crate::Rounding;

/// Computes `part·by / whole`, for `part < whole` and a `by` above 0 whose top bit isn't set.
#[inline]
pub(crate) fn share<L: Limb>(part: L, whole: L, by: L::Half, rounding: Rounding) -> L::Half {
    // What shifts both leaves the quotient as it is.
    let (floor, rest, whole) = if whole.high() == L::Half::ZERO {
        // The whole is above the part, so it isn't 0.
        let shift = whole.low().leading_zeros() & L::HALF.wrapping_sub(1);
        let whole = whole.low().shl(shift);
        let dividend = product::<L>(part.low().shl(shift), by);
        let floor = half_of_quotient(dividend, whole);
        let rest = dividend.wrapping_sub(product(floor, whole));
        (floor, rest, L::from_half(whole))
    } else {
        let shift = whole.high().leading_zeros();
        let whole = Halves::of_limb(whole).shifted(shift);
        let (floor, rest) = digit_of(Halves::of_limb(part).shifted(shift), whole, by);
        (floor, rest, whole)
    };
    let against_half = rest.cmp(&whole.wrapping_sub(rest));
    let is_odd = floor & L::Half::ONE == L::Half::ONE;
    if rounding.goes_up(is_odd, rest != L::ZERO, against_half) {
        // The floor of an inexact share is below `by`.
        return floor.wrapping_add(L::Half::ONE);
    }
    floor
}

/// Computes the same of numbers of two limbs, for a whole above one limb.
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn share_of_long<L: Limb>(
    part: Long<L>,
    whole: Long<L>,
    by: L::Half,
    rounding: Rounding,
) -> L::Half {
    // Both without the bits below a limb's worth of the whole's.
    let [above, kept] = if whole.high.high() == L::Half::ZERO {
        [whole, part].map(|long| Halves(long.high.low(), long.low.high(), long.low.low()))
    } else {
        [whole, part].map(|long| Halves(long.high.high(), long.high.low(), long.low.high()))
    };
    let shift = above.0.leading_zeros() & L::HALF.wrapping_sub(1);
    let divisor: L = above.shifted(shift);
    let (floor, rest) = digit_of(kept.shifted(shift), divisor, by);
    // In units of the last bit that is kept, what is cut off changes the rest by less than `by`: up by
    // less than a unit of the part times `by`, down by less than one of the whole times the quotient.
    let margin = L::from_half(by);
    let is_sure = rest >= margin && divisor.wrapping_sub(rest) >= margin;
    match rounding {
        Rounding::Floor if is_sure => floor,
        Rounding::Ceil if is_sure => floor.wrapping_add(L::Half::ONE),
        _ => exact_share(&[part, whole], by, rounding),
    }
}

/// The same, with all bits of both: for a rest near 0 or the whole, and for what is rounded to the
/// nearest.
#[cold]
fn exact_share<L: Limb>(&[part, whole]: &[Long<L>; 2], by: L::Half, rounding: Rounding) -> L::Half {
    let rounded = part.times_over(by, whole).rounded(whole, rounding);
    // At most `by`.
    rounded.map_or(by, |rounded| rounded.low.low())
}

/// The upper three halves of a number.
#[derive(Clone, Copy)]
struct Halves<H>(H, H, H);

impl<H: Half> Halves<H> {
    fn of_limb<L: Limb<Half = H>>(limb: L) -> Self {
        Self(limb.high(), limb.low(), H::ZERO)
    }

    /// Returns the upper two of the halves shifted left by less than a half.
    #[inline]
    fn shifted<L: Limb<Half = H>>(self, by: u32) -> L {
        let Self(high, middle, low) = self;
        L::join(funnel::<L>(high, middle, by), funnel::<L>(middle, low, by))
    }
}

/// Computes `part·by / whole` as a digit and the rest, for `part < whole` and a whole whose top bit is
/// set.
#[inline]
fn digit_of<L: Limb>(part: L, whole: L, by: L::Half) -> (L::Half, L) {
    // Three halves: a product of two and a half more fit a limb.
    let low = product::<L>(part.low(), by);
    let head = product::<L>(part.high(), by).wrapping_add(L::from_half(low.high()));
    // By the upper half alone the quotient is larger by less than 2·by/B, which is at most 1: it is the
    // digit, or one more.
    let estimate = half_of_quotient(head, whole.high());
    let below = product::<L>(whole.low(), estimate);
    let above = product::<L>(whole.high(), estimate).wrapping_add(L::from_half(below.high()));
    let (rest, under) =
        L::join(head.low(), low.low()).overflowing_sub(L::join(above.low(), below.low()));
    let top = head
        .high()
        .wrapping_sub(above.high())
        .wrapping_sub(L::from_bool(under));
    // All ones where it is one more, and the rest below 0.
    let less = top.sign();
    (
        estimate.wrapping_add(less),
        rest.wrapping_add(whole.masked(less)),
    )
}
