//! Product and quotient by halves of a limb, for processors that multiply two halves into a limb
//! and divide a limb by a half.

use super::{funnel, in_two_steps, Half, Limb, Quotient};

/// Multiplies two halves in full.
#[inline]
pub(crate) fn product<L: Limb>(a: L::Half, b: L::Half) -> L {
    L::from_half(a).wrapping_mul(L::from_half(b))
}

/// Multiplies two limbs in full, to (high, low).
#[inline]
pub(crate) fn widening_mul<L: Limb>(a: L, b: L) -> (L, L) {
    let low = product::<L>(a.low(), b.low());
    // A product of two halves is at most (B − 1)², so adding two more halves, 2(B − 1), still
    // stays at or below B² − 1: no sum below wraps.
    let mid = product::<L>(a.high(), b.low()).wrapping_add(L::from_half(low.high()));
    let mid2 = product::<L>(a.low(), b.high()).wrapping_add(L::from_half(mid.low()));
    let high = product::<L>(a.high(), b.high())
        .wrapping_add(L::from_half(mid.high()))
        .wrapping_add(L::from_half(mid2.high()));
    (high, L::join(mid2.low(), low.low()))
}

/// Computes the upper limb of a·b, or one less: without the product of the lower halves, of which no more than
/// a carry comes up.
#[inline]
pub(crate) fn high_product_or_less<L: Limb>(a: L, b: L) -> L {
    let mid = product::<L>(a.high(), b.low());
    let mid2 = product::<L>(a.low(), b.high()).wrapping_add(L::from_half(mid.low()));
    product::<L>(a.high(), b.high())
        .wrapping_add(L::from_half(mid.high()))
        .wrapping_add(L::from_half(mid2.high()))
}

/// Divides `high·B² + low`, where B is 2^HALF; `None` for a divisor of 0.
///
/// Nothing in it depends on the data but whether the quotient fits one limb and the divisor one
/// half.
#[inline]
pub(crate) fn divide<L: Limb>(high: L, low: L, divisor: L) -> Option<Quotient<L>> {
    if high < divisor {
        return Some(divide_to_limb(high, low, divisor));
    }
    divide_to_two(high, low, divisor)
}

/// Divides as [`divide`] where the quotient needs two limbs, mostly on the way to an error.
#[cold]
fn divide_to_two<L: Limb>(high: L, low: L, divisor: L) -> Option<Quotient<L>> {
    if divisor == L::ZERO {
        return None;
    }
    Some(in_two_steps(high, low, |rest, limb| {
        divide_to_limb(rest, limb, divisor)
    }))
}

/// Divides as [`divide`] for `high < divisor`, where the quotient fits one limb.
#[inline(always)]
fn divide_to_limb<L: Limb>(high: L, low: L, divisor: L) -> Quotient<L> {
    if divisor.high() == L::Half::ZERO {
        return divide_by_half(high.low(), low, divisor);
    }
    // Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D with two digits of half a limb.
    // All are shifted left until the divisor's top bit is set, which is by less than a half, since
    // the divisor has two. Since `high < divisor`, nothing is shifted out.
    let by = divisor.high().leading_zeros() & L::HALF.wrapping_sub(1);
    let up = |limb: L, below| {
        let high = funnel::<L>(limb.high(), limb.low(), by);
        L::join(high, funnel::<L>(limb.low(), below, by))
    };
    let (high, low) = (up(high, low.high()), up(low, L::Half::ZERO));
    let divisor = up(divisor, L::Half::ZERO);
    let (q1, rest) = digit(high, low.high(), divisor);
    let (q0, rest) = digit(rest, low.low(), divisor);
    Quotient {
        high: L::ZERO,
        low: L::join(q1, q0),
        rest: rest.shr(by),
    }
}

/// Divides as [`divide`] by a divisor of one half: two digits, of which each is exact.
#[inline]
fn divide_by_half<L: Limb>(high: L::Half, low: L, divisor: L) -> Quotient<L> {
    let step = |head, next: L::Half| {
        // head < divisor, so the quotient is below B.
        let q = quotient(L::join(head, next), divisor).low();
        (q, next.wrapping_sub(q.wrapping_mul(divisor.low())))
    };
    let (q1, rest) = step(high, low.high());
    let (q0, rest) = step(rest, low.low());
    Quotient {
        high: L::ZERO,
        low: L::join(q1, q0),
        rest: L::from_half(rest),
    }
}

/// The divisor is never 0: it is above `high`, or a half with its top bit set.
#[inline]
fn quotient<L: Limb>(dividend: L, divisor: L) -> L {
    dividend.checked_div(divisor).unwrap_or(L::ZERO)
}

/// Divides a limb by a half whose top bit is set, for a quotient that fits half a limb.
#[inline]
pub(crate) fn half_of_quotient<L: Limb>(dividend: L, divisor: L::Half) -> L::Half {
    quotient(dividend, L::from_half(divisor)).low()
}

/// Divides `head·B + next` into one digit and the rest, for `head < divisor` and a divisor whose
/// top bit is set.
#[inline]
pub(crate) fn digit<L: Limb>(head: L, next: L::Half, divisor: L) -> (L::Half, L) {
    // The estimate is the digit or at most 2 more, also where it is cut to the largest digit.
    let estimate = quotient(head, L::from_half(divisor.high()));
    let q = if estimate.high() == L::Half::ZERO {
        estimate.low()
    } else {
        L::Half::MAX
    };
    // q·divisor in three halves, subtracted from the three of head and next.
    let low = product::<L>(q, divisor.low());
    let high = product::<L>(q, divisor.high()).wrapping_add(L::from_half(low.high()));
    let (rest, under) = L::join(head.low(), next).overflowing_sub(L::join(high.low(), low.low()));
    let top = head
        .high()
        .wrapping_sub(high.high())
        .wrapping_sub(L::from_bool(under));
    // Twice: where the rest is below zero, the digit falls by one and the divisor comes back.
    let below = top.sign();
    let (rest, over) = rest.overflowing_add(divisor.masked(below));
    let still_below = top.wrapping_add(L::from_bool(over)).sign();
    let rest = rest.wrapping_add(divisor.masked(still_below));
    (q.wrapping_add(below).wrapping_add(still_below), rest)
}
