//! Product and quotient by halves of a limb, for processors that multiply two halves into a limb
//! and divide a limb by a half.

#[cfg(any(test, target_arch = "x86_64"))]
use super::in_two_steps;
use super::{funnel, Half, Limb, Quotient};

/// Multiplies two halves in full.
#[inline]
pub(crate) fn product<L: Limb>(a: L::Half, b: L::Half) -> L {
    L::product(a, b)
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

/// Divides `high·B² + low`, where B is 2^HALF; `None` for a divisor of 0.
///
/// Nothing in it depends on the data but whether the quotient fits one limb and the divisor one
/// half, and whether a digit's estimate is cut.
#[cfg(any(test, target_arch = "x86_64"))]
#[inline]
pub(crate) fn divide<L: Limb>(high: L, low: L, divisor: L) -> Option<Quotient<L>> {
    if high < divisor {
        return Some(divide_to_limb(high, low, divisor));
    }
    divide_to_two(high, low, divisor)
}

/// Divides as [`divide`] where the quotient needs two limbs, mostly on the way to an error.
#[cfg(any(test, target_arch = "x86_64"))]
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
pub(super) fn divide_to_limb<L: Limb>(high: L, low: L, divisor: L) -> Quotient<L> {
    if divisor.high() == L::Half::ZERO {
        return divide_by_half(high.low(), low, divisor.low());
    }
    // All are shifted left until the divisor's top bit is set, which is by less than a half, since
    // the divisor has two. Since `high < divisor`, nothing is shifted out.
    let by = divisor.high().leading_zeros() & L::HALF.wrapping_sub(1);
    let up = |limb: L, below| {
        let high = funnel::<L>(limb.high(), limb.low(), by);
        L::join(high, funnel::<L>(limb.low(), below, by))
    };
    let (high, low) = (up(high, low.high()), up(low, L::Half::ZERO));
    let (q, rest) = divide_by_normalized(high, low, up(divisor, L::Half::ZERO));
    Quotient {
        high: L::ZERO,
        low: q,
        rest: rest.shr(by),
    }
}

/// Divides as [`divide`] by a divisor above `high` whose top bit is set: Knuth, The Art of Computer
/// Programming 2, 4.3.1, algorithm D with two digits of half a limb.
#[inline(always)]
pub(super) fn divide_by_normalized<L: Limb>(high: L, low: L, divisor: L) -> (L, L) {
    let (q1, rest) = digit(high, low.high(), divisor);
    let (q0, rest) = digit(rest, low.low(), divisor);
    (L::join(q1, q0), rest)
}

/// Divides as [`divide`] by a divisor of one half: two digits, of which each is exact.
#[inline]
fn divide_by_half<L: Limb>(high: L::Half, low: L, divisor: L::Half) -> Quotient<L> {
    // head < divisor, so the quotient is below B.
    let (q1, rest) = L::join(high, low.high()).div_rem(divisor);
    let (q0, rest) = L::join(rest, low.low()).div_rem(divisor);
    Quotient {
        high: L::ZERO,
        low: L::join(q1, q0),
        rest: L::from_half(rest),
    }
}

/// Divides `head·B + next` into one digit and the rest, for `head < divisor` and a divisor whose
/// top bit is set.
#[inline]
fn digit<L: Limb>(head: L, next: L::Half, divisor: L) -> (L::Half, L) {
    let (q, left) = estimate(head, divisor.high());
    // q·divisor, of which the upper part is already subtracted, from head and next.
    let low = product::<L>(q, divisor.low());
    let (rest, under) = L::join(left.low(), next).overflowing_sub(low);
    let top = left.high().wrapping_sub(L::from_bool(under));
    // Twice: where the rest is below zero, the digit falls by one and the divisor comes back.
    let below = top.sign();
    let (rest, over) = rest.overflowing_add(divisor.masked(below));
    let still_below = top.wrapping_add(L::from_bool(over)).sign();
    let rest = rest.wrapping_add(divisor.masked(still_below));
    (q.wrapping_add(below).wrapping_add(still_below), rest)
}

/// Divides `head` by the divisor's upper half, cut to the largest digit, which leaves more than a
/// half then: the digit or at most 2 more.
#[inline]
fn estimate<L: Limb>(head: L, upper: L::Half) -> (L::Half, L) {
    // head is below the divisor, so its upper half is at most the divisor's.
    if head.high() == upper {
        let left = L::from_half(upper).wrapping_add(L::from_half(head.low()));
        return (L::Half::MAX, left);
    }
    let (q, left) = head.div_rem(upper);
    (q, L::from_half(left))
}
