//! Product and quotient of numbers of two limbs, by digits of half a limb.

use super::{digit, divide, widening_mul, Half, Limb};
use crate::Rounding;

/// A number of two limbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Long<L> {
    // The order of the fields is the order of comparison.
    pub(crate) high: L,
    pub(crate) low: L,
}

impl<L: Limb> Long<L> {
    const ZERO: Self = Self {
        high: L::ZERO,
        low: L::ZERO,
    };

    /// Multiplies two numbers in full, to (high, low).
    #[inline]
    pub(crate) fn widening_mul(self, rhs: Self) -> (Self, Self) {
        let lowest = widening_mul(self.low, rhs.low);
        let middle = [
            widening_mul(self.low, rhs.high),
            widening_mul(self.high, rhs.low),
        ];
        let highest = widening_mul(self.high, rhs.high);
        let mut sums = (highest.1, lowest.0);
        let mut high = highest.0;
        for (upper, lower) in middle {
            let (sum, carry) = sums.1.overflowing_add(lower);
            let (next, over) = sums.0.overflowing_add(upper);
            let (next, over_again) = next.overflowing_add(bit(carry));
            // The product fits, so nothing is carried out of the highest limb.
            high = high.wrapping_add(bit(over | over_again));
            sums = (next, sum);
        }
        let low = Self {
            high: sums.1,
            low: lowest.1,
        };
        (Self { high, low: sums.0 }, low)
    }

    /// Divides `high·2^2n + low`, where n is the width of a limb; `None` for a divisor of 0 and for a
    /// quotient of more than two limbs.
    #[inline]
    pub(crate) fn divide(high: Self, low: Self, divisor: Self) -> Option<LongQuotient<L>> {
        if high >= divisor {
            return None;
        }
        if divisor.high == L::ZERO {
            return divide_by_limb(high.low, low, divisor.low);
        }
        Some(divide_by_long(high, low, divisor))
    }

    /// Shifts left by less than a limb, with the bits that come up from below.
    #[inline]
    fn shl(self, by: u32, below: L) -> Self {
        Self {
            high: funnel(self.high, self.low, by),
            low: funnel(self.low, below, by),
        }
    }

    /// Shifts right by less than a limb.
    #[inline]
    fn shr(self, by: u32) -> Self {
        // Two shifts, as one by the width, where `by` is 0, is none.
        let down = self.high.shl(1).shl(width::<L>().wrapping_sub(1) ^ by);
        Self {
            high: self.high.shr(by),
            low: self.low.shr(by) | down,
        }
    }

    #[inline]
    fn overflowing_add(self, rhs: Self) -> (Self, bool) {
        let (low, carry) = self.low.overflowing_add(rhs.low);
        let (high, over) = self.high.overflowing_add(rhs.high);
        let (high, over_again) = high.overflowing_add(bit(carry));
        (Self { high, low }, over | over_again)
    }

    #[inline]
    fn overflowing_sub(self, rhs: Self) -> (Self, bool) {
        let (low, borrow) = self.low.overflowing_sub(rhs.low);
        let (high, under) = self.high.overflowing_sub(rhs.high);
        let (high, under_again) = high.overflowing_sub(bit(borrow));
        (Self { high, low }, under | under_again)
    }
}

/// Divides by a divisor of two limbs, which is above `high`.
#[inline]
fn divide_by_long<L: Limb>(high: Long<L>, low: Long<L>, divisor: Long<L>) -> LongQuotient<L> {
    // All are shifted left until the divisor's top bit is set. As `high` is below it, nothing is
    // shifted out.
    let by = divisor.high.leading_zeros() & width::<L>().wrapping_sub(1);
    let (divisor, upper) = (divisor.shl(by, L::ZERO), high.shl(by, low.high));
    let lower = low.shl(by, L::ZERO);
    let mut rest = upper;
    let mut quotient = Long::ZERO;
    // A whole limb of zeros at the top, as of most quotients, needn't be found digit by digit.
    let first = Long {
        high: rest.low,
        low: lower.high,
    };
    if rest.high == L::ZERO && first < divisor {
        rest = first;
    } else {
        (quotient.high, rest) = two_digits(rest, lower.high, divisor);
    }
    (quotient.low, rest) = two_digits(rest, lower.low, divisor);
    LongQuotient {
        quotient,
        rest: rest.shr(by),
    }
}

/// Divides by a divisor of one limb, which is above `high`.
#[inline]
fn divide_by_limb<L: Limb>(high: L, low: Long<L>, divisor: L) -> Option<LongQuotient<L>> {
    let upper = divide(high, low.high, divisor)?;
    let lower = divide(upper.rest, low.low, divisor)?;
    Some(LongQuotient {
        quotient: Long {
            high: upper.low,
            low: lower.low,
        },
        rest: Long {
            high: L::ZERO,
            low: lower.rest,
        },
    })
}

/// Divides `head·2^n + next` into one limb and the rest, for `head < divisor` and a divisor whose top bit
/// is set.
#[inline]
fn two_digits<L: Limb>(head: Long<L>, next: L, divisor: Long<L>) -> (L, Long<L>) {
    let (q1, rest) = long_digit(head, next.high(), divisor);
    let (q0, rest) = long_digit(rest, next.low(), divisor);
    (L::join(q1, q0), rest)
}

/// Divides `head·B + next` into one digit and the rest, as [`two_digits`].
#[inline]
fn long_digit<L: Limb>(head: Long<L>, next: L::Half, divisor: Long<L>) -> (L::Half, Long<L>) {
    let (q, left, is_beyond) = estimate(head, divisor.high);
    // q·divisor, of which the upper part is already subtracted.
    let low = L::from_half(q);
    let (high, low) = widening_mul(divisor.low, low);
    let left = Long {
        high: left,
        low: L::join(head.low.low(), next),
    };
    let (mut rest, under) = left.overflowing_sub(Long { high, low });
    let mut q = q;
    // Rarely: where the rest is below zero, the digit falls by one and the divisor comes back.
    let mut is_negative = under && !is_beyond;
    while is_negative {
        let (sum, over) = rest.overflowing_add(divisor);
        (rest, is_negative) = (sum, !over);
        q = q.wrapping_sub(L::Half::ONE);
    }
    (q, rest)
}

/// Divides the upper three halves of `head` by the divisor's upper limb: the digit, or more by one, or by
/// two where it is cut to the largest. The rest leaves a limb by a bit only there.
#[inline]
fn estimate<L: Limb>(head: Long<L>, upper: L) -> (L::Half, L, bool) {
    let next = head.low.high();
    if head.high == upper {
        // B·upper + next, less B − 1 times upper.
        let (left, is_beyond) = upper.overflowing_add(L::from_half(next));
        return (L::Half::MAX, left, is_beyond);
    }
    let (q, left) = digit(head.high, next, upper);
    (q, left, false)
}

/// A quotient and a remainder, of two limbs each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LongQuotient<L> {
    pub(crate) quotient: Long<L>,
    pub(crate) rest: Long<L>,
}

impl<L: Limb> LongQuotient<L> {
    /// Rounds the quotient after a division by `divisor`; `None` above two limbs.
    #[inline]
    pub(crate) fn rounded(self, divisor: Long<L>, rounding: Rounding) -> Option<Long<L>> {
        // As in `Quotient::rounded`.
        let against_half = self.rest.cmp(&divisor.overflowing_sub(self.rest).0);
        let is_inexact = self.rest != Long::ZERO;
        if !rounding.goes_up(self.quotient.low.is_odd(), is_inexact, against_half) {
            return Some(self.quotient);
        }
        let one = Long {
            high: L::ZERO,
            low: L::ONE,
        };
        let (sum, over) = self.quotient.overflowing_add(one);
        (!over).then_some(sum)
    }
}

/// Returns the upper limb of `(high·2^n + low)·2^by`, for `by` below the width n.
#[inline]
fn funnel<L: Limb>(high: L, low: L, by: u32) -> L {
    // Two shifts, as one by the width, where `by` is 0, is none.
    high.shl(by) | low.shr(1).shr(width::<L>().wrapping_sub(1) ^ by)
}

#[inline]
fn bit<L: Limb>(bit: bool) -> L {
    L::from_half(L::from_bool(bit))
}

/// Returns the number of bits in a limb.
#[inline]
fn width<L: Limb>() -> u32 {
    L::HALF << 1
}
