//! Product and quotient for processors of 64 bits that have neither the full product of two words nor
//! the quotient of two words by one, as SBF is one: a branch and a division of a word cost an instruction
//! there, as all else does, so what is small is told from what isn't.

use super::{funnel, Half, Limb, Quotient};

/// Multiplies two halves in full.
#[inline]
pub(crate) fn product<L: Limb>(a: L::Half, b: L::Half) -> L {
    // As in `digits`, but for a·b₁ − a₁b₁R, which is a₀b₁ without what is above a half. The usual sums are
    // taken by the compiler for a product of limbs, which is a call of twice the instructions.
    let low = a.low().wrapping_mul(b.low());
    let top = a.high().wrapping_mul(b.high());
    let mid = a.high().wrapping_mul(b.low()).wrapping_add(low.high());
    let cross = a
        .wrapping_mul(b.high())
        .wrapping_sub(top.shl(L::Half::DIGIT));
    let mid2 = cross.wrapping_add(mid.low());
    let high = top.wrapping_add(mid.high()).wrapping_add(mid2.high());
    L::join(high, a.wrapping_mul(b))
}

/// Computes `a·b + c` of halves, to (high, low).
#[inline]
fn product_and<H: Half>(a: H, b: H, c: H) -> (H, H) {
    // A product of two digits and two digits more is at most (R − 1)² + 2(R − 1) = R² − 1: no sum wraps.
    let low = a.low().wrapping_mul(b.low()).wrapping_add(c.low());
    let mid = a.high().wrapping_mul(b.low()).wrapping_add(c.high());
    let mid = mid.wrapping_add(low.high());
    let mid2 = a.low().wrapping_mul(b.high()).wrapping_add(mid.low());
    let high = a.high().wrapping_mul(b.high()).wrapping_add(mid.high());
    let high = high.wrapping_add(mid2.high());
    (high, a.wrapping_mul(b).wrapping_add(c))
}

/// Multiplies two limbs in full, to (high, low).
#[inline]
pub(crate) fn widening_mul<L: Limb>(a: L, b: L) -> (L, L) {
    if b.high() == L::Half::ZERO {
        return times_half(a, b.low());
    }
    if a.high() == L::Half::ZERO {
        return times_half(b, a.low());
    }
    let low: L = product(a.low(), b.low());
    let (carry, mid) = product_and(a.high(), b.low(), low.high());
    let ((carry2, mid), (top, high)) = if b.high().high() == L::Half::ZERO {
        // As most amounts of 18 decimals are: below 2^96.
        (
            digit_product_and(a.low(), b.high(), mid),
            digit_product_and(a.high(), b.high(), carry),
        )
    } else {
        (
            product_and(a.low(), b.high(), mid),
            product_and(a.high(), b.high(), carry),
        )
    };
    // The product has no more than two limbs, so nothing is carried out of the top.
    let high = L::join(top, high).wrapping_add(L::from_half(carry2));
    (high, L::join(mid, low.low()))
}

/// Computes the upper limb of a·b, or one less: without the product of the lower halves, of which no more than
/// a carry comes up.
#[inline]
pub(crate) fn high_product_or_less<L: Limb>(a: L, b: L) -> L {
    let mid: L = product(a.high(), b.low());
    let (carry, _) = product_and(a.low(), b.high(), mid.low());
    let (top, high) = product_and(a.high(), b.high(), mid.high());
    L::join(top, high).wrapping_add(L::from_half(carry))
}

/// Multiplies a limb by half of one, to (high, low).
#[inline]
fn times_half<L: Limb>(a: L, by: L::Half) -> (L, L) {
    if a == L::ZERO {
        return (L::ZERO, L::ZERO);
    }
    if by.high() == L::Half::ZERO {
        return times_digit(a, by);
    }
    let low: L = product(a.low(), by);
    if a.high() == L::Half::ZERO {
        return (L::ZERO, low);
    }
    let (top, mid) = product_and(a.high(), by, low.high());
    (L::from_half(top), L::join(mid, low.low()))
}

/// Multiplies a limb by a digit, as a time that has passed is one, to (high, low).
#[inline]
fn times_digit<L: Limb>(a: L, by: L::Half) -> (L, L) {
    let (carry, low) = digit_product_and(a.low(), by, L::Half::ZERO);
    if a.high() == L::Half::ZERO {
        return (L::ZERO, L::join(carry, low));
    }
    let (top, mid) = digit_product_and(a.high(), by, carry);
    (L::from_half(top), L::join(mid, low))
}

/// Computes [`product_and`] for a `b` of one digit.
#[inline]
fn digit_product_and<H: Half>(a: H, b: H, c: H) -> (H, H) {
    // As there, no sum wraps.
    let low = a.low().wrapping_mul(b).wrapping_add(c.low());
    let mid = a.high().wrapping_mul(b).wrapping_add(c.high());
    let mid = mid.wrapping_add(low.high());
    (mid.high(), a.wrapping_mul(b).wrapping_add(c))
}

/// Computes a·b/c; `None` for a divisor of 0.
#[inline(always)]
pub(crate) fn mul_div<L: Limb>(a: L, b: L, c: L) -> Option<Quotient<L>> {
    if a.high() | b.high() | c.high() == L::Half::ZERO {
        return divide(L::ZERO, product(a.low(), b.low()), c);
    }
    mul_div_of(&[a, b, c])
}

/// The same, of operands by reference: on SBF a call has no more than five words of arguments, and of more
/// the linker makes calls that fail.
#[inline(never)]
fn mul_div_of<L: Limb>(of: &[L; 3]) -> Option<Quotient<L>> {
    let [a, b, divisor] = *of;
    let (high, low) = widening_mul(a, b);
    divide_in_full(high, low, divisor)
}

/// Divides `high·B² + low`, where B is 2^HALF; `None` for a divisor of 0.
#[inline(always)]
pub(crate) fn divide<L: Limb>(high: L, low: L, divisor: L) -> Option<Quotient<L>> {
    if high.high() | high.low() | low.high() | divisor.high() == L::Half::ZERO {
        let q = low.low().checked_div(divisor.low())?;
        let rest = low.low().wrapping_sub(q.wrapping_mul(divisor.low()));
        return Some(of_one_limb(L::from_half(q), L::from_half(rest)));
    }
    divide_of(&[high, low, divisor])
}

/// Divides as [`divide`], by reference for the reason at [`mul_div_of`].
#[inline(never)]
fn divide_of<L: Limb>(of: &[L; 3]) -> Option<Quotient<L>> {
    let [high, low, divisor] = *of;
    divide_in_full(high, low, divisor)
}

#[inline(always)]
fn divide_in_full<L: Limb>(high: L, low: L, divisor: L) -> Option<Quotient<L>> {
    if high >= divisor {
        return divide_to_two(&[high, low, divisor]);
    }
    if divisor.high() == L::Half::ZERO {
        return Some(divide_by_half(high.low(), low, divisor.low()));
    }
    Some(divide_by_limb(high, low, divisor))
}

/// Divides as [`divide`] where the quotient needs two limbs, mostly on the way to an error.
#[cold]
#[inline(never)]
fn divide_to_two<L: Limb>(of: &[L; 3]) -> Option<Quotient<L>> {
    let [high, low, divisor] = *of;
    if divisor == L::ZERO {
        return None;
    }
    // Each rest is below the divisor, so neither comes here again.
    let upper = divide_of(&[L::ZERO, high, divisor])?;
    let lower = divide_of(&[upper.rest, low, divisor])?;
    Some(Quotient {
        high: upper.low,
        ..lower
    })
}

/// Divides as [`divide`] by a divisor of more than a half, for `high` below it.
#[inline(always)]
fn divide_by_limb<L: Limb>(high: L, low: L, divisor: L) -> Quotient<L> {
    // All are shifted left until the divisor's top bit is set. Since `high < divisor`, nothing is shifted out.
    let by = divisor.high().leading_zeros();
    let up = |limb: L, below| {
        let high = funnel::<L>(limb.high(), limb.low(), by);
        L::join(high, funnel::<L>(limb.low(), below, by))
    };
    let divisor = up(divisor, L::Half::ZERO);
    let next = up(low, L::Half::ZERO);
    // Of a number of one limb, what is shifted up is below the divisor's upper half, and the upper half of
    // the quotient is 0.
    let (q1, rest) = if high == L::ZERO {
        let top = funnel::<L>(L::Half::ZERO, low.high(), by);
        (L::Half::ZERO, L::join(top, next.high()))
    } else {
        digit(up(high, low.high()), next.high(), divisor)
    };
    let (q0, rest) = digit(rest, next.low(), divisor);
    let carried = rest.high().shl(1).shl(L::HALF.wrapping_sub(1) ^ by);
    let rest = L::join(rest.high().shr(by), rest.low().shr(by) | carried);
    of_one_limb(L::join(q1, q0), rest)
}

/// Divides a limb by a half whose top bit is set, for a quotient that fits half a limb.
#[inline]
pub(crate) fn half_of_quotient<L: Limb>(dividend: L, divisor: L::Half) -> L::Half {
    half(dividend.high(), dividend.low(), divisor).0
}

/// Divides `head·B + next` into half a limb and the rest, for `head < divisor` and a divisor whose top bit
/// is set: Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D.
#[inline(always)]
pub(crate) fn digit<L: Limb>(head: L, next: L::Half, divisor: L) -> (L::Half, L) {
    // The upper half of the divisor alone gives the digit or at most 2 more, also where that is cut to the
    // largest; and the rest, which then may be a limb too large.
    let (d1, d0) = (divisor.high(), divisor.low());
    let (mut q, left, over) = if head.high() < d1 {
        let (q, left) = half(head.high(), head.low(), d1);
        (q, left, false)
    } else {
        let left = d1.wrapping_add(head.low());
        (L::Half::MAX, left, left < d1)
    };
    let (mut rest, under) = L::join(left, next).overflowing_sub(product(q, d0));
    // Below zero, the digit falls by one and the divisor comes back; twice at most, as the estimate is.
    if under && !over {
        let (sum, carry) = rest.overflowing_add(divisor);
        (q, rest) = (q.wrapping_sub(L::Half::ONE), sum);
        if !carry {
            (q, rest) = (q.wrapping_sub(L::Half::ONE), rest.wrapping_add(divisor));
        }
    }
    (q, rest)
}

/// Divides as [`divide`] by a divisor of one half, for `high` below it.
#[inline(always)]
fn divide_by_half<L: Limb>(high: L::Half, low: L, divisor: L::Half) -> Quotient<L> {
    let by = divisor.leading_zeros();
    let step = |rest: L::Half, next: L::Half| {
        if divisor.high() == L::Half::ZERO {
            // A rest and a digit more fit a half.
            let (q1, rest) = short(rest, next.high(), divisor);
            let (q0, rest) = short(rest, next.low(), divisor);
            return (q1.shl(L::Half::DIGIT) | q0, rest);
        }
        let head = funnel::<L>(rest, next, by);
        let (q, rest) = half(head, next.shl(by), divisor.shl(by));
        (q, rest.shr(by))
    };
    let (q1, rest) = if high == L::Half::ZERO {
        let q = low.high().checked_div(divisor).unwrap_or(L::Half::ZERO);
        (q, low.high().wrapping_sub(q.wrapping_mul(divisor)))
    } else {
        step(high, low.high())
    };
    let (q0, rest) = step(rest, low.low());
    of_one_limb(L::join(q1, q0), L::from_half(rest))
}

/// Divides `rest·R + next` by a digit, for `rest` below it.
#[inline]
fn short<H: Half>(rest: H, next: H, divisor: H) -> (H, H) {
    let dividend = rest.shl(H::DIGIT) | next;
    let q = dividend.checked_div(divisor).unwrap_or(H::ZERO);
    (q, dividend.wrapping_sub(q.wrapping_mul(divisor)))
}

/// Divides `head·B + next` by a half whose top bit is set, for `head` below it.
#[inline]
fn half<H: Half>(head: H, next: H, divisor: H) -> (H, H) {
    let (q1, rest) = long(head, next.high(), divisor);
    let (q0, rest) = long(rest, next.low(), divisor);
    (q1.shl(H::DIGIT) | q0, rest)
}

/// Divides `rest·R + next` by a half whose top bit is set, for `rest` below it: Knuth's algorithm D,
/// step 3, where the second digit of the divisor makes the estimate exact.
#[inline]
fn long<H: Half>(rest: H, next: H, divisor: H) -> (H, H) {
    let (d1, d0) = (divisor.high(), divisor.low());
    let mut q = rest.checked_div(d1).unwrap_or(H::ZERO);
    let left = rest.wrapping_sub(q.wrapping_mul(d1));
    // The estimate is the digit or at most 2 more, and so at most R + 1, whose product with d₀ fits a half.
    let (left, under) = (left.shl(H::DIGIT) | next, q.wrapping_mul(d0));
    let mut rest = left.wrapping_sub(under);
    if under > left {
        // Below zero, as in `digit`.
        (q, rest) = (q.wrapping_sub(H::ONE), rest.wrapping_add(divisor));
        // Where that isn't carried out, it is below zero still.
        if rest >= divisor {
            (q, rest) = (q.wrapping_sub(H::ONE), rest.wrapping_add(divisor));
        }
    }
    (q, rest)
}

#[inline]
fn of_one_limb<L: Limb>(low: L, rest: L) -> Quotient<L> {
    Quotient {
        high: L::ZERO,
        low,
        rest,
    }
}
