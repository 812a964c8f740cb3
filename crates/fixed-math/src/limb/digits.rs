//! Product and quotient by digits, a quarter of a limb, with no more than arithmetic within half a
//! limb: for targets to which the compiler would have to bring a 128-bit division.

use super::{funnel, Half, Limb, Quotient};

/// The number of digits in a limb.
const DIGITS: usize = 4;

/// Multiplies two limbs in full, to (high, low).
#[inline]
pub(crate) fn widening_mul<L: Limb>(a: L, b: L) -> (L, L) {
    // The digits of `b` leave at the bottom of `low` as those of the product come in at the top.
    let (mut high, mut low) = (L::ZERO, b);
    for _ in 0..DIGITS {
        let (carry, sum) = times_digit(a, low.low().low());
        let (sum, over) = sum.overflowing_add(high);
        let carry = carry.wrapping_add(L::from_bool(over));
        low = low.shr(digit_width::<L>()) | sum.shl(top::<L>());
        high = sum.shr(digit_width::<L>()) | L::from_half(carry).shl(top::<L>());
    }
    (high, low)
}

/// Divides `high·R⁴ + low`, where R is 2^DIGIT; `None` for a divisor of 0.
#[inline]
pub(crate) fn divide<L: Limb>(high: L, low: L, divisor: L) -> Option<Quotient<L>> {
    if divisor == L::ZERO {
        return None;
    }
    // What fits a half is one division, as most amounts on chain are. Where the quotient fits a limb,
    // its upper four digits needn't be found to be 0.
    let (mut rest, mut high, mut low, digits) =
        if high.high() | high.low() | low.high() | divisor.high() == L::Half::ZERO {
            let q = low.low().checked_div(divisor.low())?;
            let rest = low.low().wrapping_sub(q.wrapping_mul(divisor.low()));
            (L::from_half(rest), L::ZERO, L::from_half(q), 0)
        } else if high < divisor {
            (high, low, L::ZERO, DIGITS)
        } else {
            (L::ZERO, high, low, 2 * DIGITS)
        };
    // Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D: the digits of the dividend leave
    // at the top of `high` as those of the quotient come in at the bottom of `low`.
    let shift = divisor.leading_zeros();
    let top_digit = upper_half(divisor, L::Half::ZERO, shift).high();
    for _ in 0..digits {
        // The estimate is the digit or at most 2 more, also where it is cut to the largest digit.
        let estimate = upper_half(rest, high.high(), shift).checked_div(top_digit)?;
        let estimate = estimate.min(L::Half::MAX.low());
        let (q, left) = digit_of(rest, high.high().high(), divisor, estimate);
        rest = left;
        high = high.shl(digit_width::<L>()) | low.shr(top::<L>());
        low = low.shl(digit_width::<L>()) | L::from_half(q);
    }
    Some(Quotient { high, low, rest })
}

/// Divides a limb by a half whose top bit is set, for a quotient that fits half a limb.
#[inline]
pub(crate) fn half_of_quotient<L: Limb>(dividend: L, divisor: L::Half) -> L::Half {
    // Both by half a limb more.
    digit(dividend, L::Half::ZERO, L::join(divisor, L::Half::ZERO)).0
}

/// Divides `head·B + next` into half a limb and the rest, for `head < divisor` and a divisor whose top bit
/// is set.
#[inline]
pub(crate) fn digit<L: Limb>(head: L, next: L::Half, divisor: L) -> (L::Half, L) {
    let top_digit = divisor.high().high();
    let step = |rest: L, next| {
        // The top digit is at least R/2, never 0.
        let estimate = rest.high().checked_div(top_digit).unwrap_or(L::Half::ZERO);
        digit_of(rest, next, divisor, estimate.min(L::Half::MAX.low()))
    };
    let (q1, rest) = step(head, next.high());
    let (q0, rest) = step(rest, next.low());
    (q1.shl(digit_width::<L>()) | q0, rest)
}

/// Divides `rest·R + next` into one digit, of which the estimate is at most 2 too large, and the
/// rest.
#[inline]
fn digit_of<L: Limb>(rest: L, next: L::Half, divisor: L, estimate: L::Half) -> (L::Half, L) {
    // Five digits, less q·divisor.
    let mut q = estimate;
    let (carry, product) = times_digit(divisor, q);
    let (mut left, under) =
        (rest.shl(digit_width::<L>()) | L::from_half(next)).overflowing_sub(product);
    let mut head = rest
        .high()
        .high()
        .wrapping_sub(carry)
        .wrapping_sub(L::from_bool(under));
    // Where what is left is below zero, the digit falls by one and the divisor comes back.
    while head != L::Half::ZERO {
        let (sum, over) = left.overflowing_add(divisor);
        left = sum;
        head = head.wrapping_add(L::from_bool(over));
        q = q.wrapping_sub(L::Half::ONE);
    }
    (q, left)
}

/// Multiplies two halves in full.
#[inline]
pub(crate) fn product<L: Limb>(a: L::Half, b: L::Half) -> L {
    // As in `halves::widening_mul`, with digits for halves: no sum wraps.
    let low = a.low().wrapping_mul(b.low());
    let mid = a.high().wrapping_mul(b.low()).wrapping_add(low.high());
    let mid2 = a.low().wrapping_mul(b.high()).wrapping_add(mid.low());
    let high = a
        .high()
        .wrapping_mul(b.high())
        .wrapping_add(mid.high())
        .wrapping_add(mid2.high());
    L::join(high, a.wrapping_mul(b))
}

/// Multiplies `a` by a digit, to (digit, limb).
#[inline]
fn times_digit<L: Limb>(a: L, digit: L::Half) -> (L::Half, L) {
    let (carry, low) = half_times_digit(a.low(), digit, L::Half::ZERO);
    let (carry, high) = half_times_digit(a.high(), digit, carry);
    (carry, L::join(high, low))
}

/// Computes `a·digit + carry`, as (digit, half): at most (R² − 1)(R − 1) + R − 1, which is R³ − R².
#[inline]
fn half_times_digit<H: Half>(a: H, digit: H, carry: H) -> (H, H) {
    // A product of two digits and a digit more is at most (R − 1)² + R − 1 = R² − R.
    let low = a.low().wrapping_mul(digit).wrapping_add(carry);
    let high = a.high().wrapping_mul(digit).wrapping_add(low.high());
    (high.high(), a.wrapping_mul(digit).wrapping_add(carry))
}

#[inline]
fn digit_width<L: Limb>() -> u32 {
    L::Half::DIGIT
}

/// Returns the number of bits below the top digit.
#[inline]
fn top<L: Limb>() -> u32 {
    L::HALF.wrapping_add(L::Half::DIGIT)
}

/// Returns the upper half of `limb·2^by`, for `by` below its width, with the bits that come up from
/// the half below.
#[inline]
fn upper_half<L: Limb>(limb: L, below: L::Half, by: u32) -> L::Half {
    let (first, second) = if by < L::HALF {
        (limb.high(), limb.low())
    } else {
        (limb.low(), below)
    };
    funnel::<L>(first, second, by & L::HALF.wrapping_sub(1))
}
