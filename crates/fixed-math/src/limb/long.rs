//! Product and quotient of numbers of two limbs, by digits of half a limb.

use super::{digit, divide, funnel, product, Half, Inverse, Limb};
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
        // The halves of `rhs` leave at the bottom of `low` as those of the product come in at the top.
        let (mut high, mut low) = (Self::ZERO, rhs);
        for _ in 0..4 {
            let (top, sum) = self.mul_add(low.low.low(), high);
            low = low.pop(sum.low.low());
            high = sum.pop(top);
        }
        (high, low)
    }

    /// Computes `self·half + more`, as (half, long).
    #[inline]
    fn mul_add(self, half: L::Half, more: Self) -> (L::Half, Self) {
        // A product of two halves and two halves more is at most (B − 1)² + 2(B − 1) = B² − 1.
        let step = |a: L::Half, more: L::Half, carry: L::Half| {
            product::<L>(a, half)
                .wrapping_add(L::from_half(more))
                .wrapping_add(L::from_half(carry))
        };
        let first = step(self.low.low(), more.low.low(), L::Half::ZERO);
        let second = step(self.low.high(), more.low.high(), first.high());
        let third = step(self.high.low(), more.high.low(), second.high());
        let fourth = step(self.high.high(), more.high.high(), third.high());
        let low = L::join(second.low(), first.low());
        let high = L::join(fourth.low(), third.low());
        (fourth.high(), Self { high, low })
    }

    /// Divides `high·2^2n + low`, where n is the width of a limb; `None` for a divisor of 0 and for a
    /// quotient of more than two limbs.
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn divide(high: Self, low: Self, divisor: Self) -> Option<LongQuotient<L>> {
        if high >= divisor {
            return None;
        }
        if divisor.high == L::ZERO {
            return divide_by_limb(high.low, low, divisor.low);
        }
        Some(divide_by_long(high, low, divisor))
    }

    /// Computes `self·by / divisor`, for `self < divisor` and a divisor of two limbs: one digit.
    #[inline]
    pub(crate) fn times_over(self, by: L::Half, divisor: Self) -> LongQuotient<L> {
        let (mut long, mut divisor) = (self, divisor);
        let is_short = divisor.high.high() == L::Half::ZERO;
        if is_short {
            (long, divisor) = (long.push(L::Half::ZERO), divisor.push(L::Half::ZERO));
        }
        // Shifted as in `divide_by_halves`.
        let shift = divisor.high.high().leading_zeros() & L::HALF.wrapping_sub(1);
        let divisor = divisor.shl(shift, L::Half::ZERO);
        let (top, product) = long.shl(shift, L::Half::ZERO).mul_add(by, Self::ZERO);
        // The product is below B times the divisor.
        let (head, next) = (product.pop(top), product.low.low());
        let upper = |head, next| digit(head, next, divisor.high);
        let (q, rest) = long_digit(head, next, divisor, upper);
        let rest = rest.shr(shift);
        let quotient = Self {
            high: L::ZERO,
            low: L::from_half(q),
        };
        let rest = if is_short {
            rest.pop(L::Half::ZERO)
        } else {
            rest
        };
        LongQuotient { quotient, rest }
    }

    /// Shifts left by less than half a limb, with the bits that come up from below.
    #[inline]
    fn shl(self, by: u32, below: L::Half) -> Self {
        let up = |limb: L, below| {
            let high = funnel::<L>(limb.high(), limb.low(), by);
            L::join(high, funnel::<L>(limb.low(), below, by))
        };
        Self {
            high: up(self.high, self.low.high()),
            low: up(self.low, below),
        }
    }

    /// Shifts right by less than half a limb.
    #[inline]
    fn shr(self, by: u32) -> Self {
        // Two shifts, as one by the width, where `by` is 0, is none.
        let width = L::HALF.wrapping_mul(2);
        let down = self.high.shl(1).shl(width.wrapping_sub(1) ^ by);
        Self {
            high: self.high.shr(by),
            low: self.low.shr(by) | down,
        }
    }

    /// Shifts left by half a limb, with the half that comes up from below.
    #[inline]
    fn push(self, below: L::Half) -> Self {
        Self {
            high: L::join(self.high.low(), self.low.high()),
            low: L::join(self.low.low(), below),
        }
    }

    /// Shifts right by half a limb, with the half that comes down from above.
    #[inline]
    fn pop(self, above: L::Half) -> Self {
        Self {
            high: L::join(above, self.high.high()),
            low: L::join(self.high.low(), self.low.high()),
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
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
fn divide_by_long<L: Limb>(high: Long<L>, low: Long<L>, divisor: Long<L>) -> LongQuotient<L> {
    if divisor.high.high() != L::Half::ZERO {
        return divide_by_halves(&[high, low, divisor]);
    }
    // By three halves: all are shifted left by one. As `high` is below the divisor, nothing is shifted out.
    let (high, low) = (high.push(low.high.high()), low.push(L::Half::ZERO));
    let LongQuotient { quotient, rest } =
        divide_by_halves(&[high, low, divisor.push(L::Half::ZERO)]);
    let rest = rest.pop(L::Half::ZERO);
    LongQuotient { quotient, rest }
}

/// Divides by a divisor of four halves, which is above `high`. Behind one reference, as calls on chain take
/// no six limbs.
#[inline]
fn divide_by_halves<L: Limb>(&[high, low, divisor]: &[Long<L>; 3]) -> LongQuotient<L> {
    // All are shifted left until the divisor's top bit is set. As `high` is below it, nothing is
    // shifted out.
    let by = divisor.high.high().leading_zeros() & L::HALF.wrapping_sub(1);
    let divisor = divisor.shl(by, L::Half::ZERO);
    let mut rest = high.shl(by, low.high.high());
    let mut low = low.shl(by, L::Half::ZERO);
    let mut digits = 4;
    // A whole limb of zeros at the top, as of most quotients, needn't be found digit by digit.
    let first = Long {
        high: rest.low,
        low: low.high,
    };
    if rest.high == L::ZERO && first < divisor {
        rest = first;
        (low.high, low.low) = (low.low, L::ZERO);
        digits = 2;
    }
    let inverse = Inverse::new(divisor.high);
    // The digits of the dividend leave at the top of `low` as those of the quotient come in at the bottom.
    for _ in 0..digits {
        let (q, left) = long_digit(rest, low.high.high(), divisor, |head, next| {
            inverse.digit(head, next)
        });
        (rest, low) = (left, low.push(q));
    }
    LongQuotient {
        quotient: low,
        rest: rest.shr(by),
    }
}

/// Divides by a divisor of one limb, which is above `high`.
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
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

/// Divides `head·B + next` into one digit and the rest, for `head < divisor`.
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
fn long_digit<L: Limb>(
    head: Long<L>,
    next: L::Half,
    divisor: Long<L>,
    upper: impl FnOnce(L, L::Half) -> (L::Half, L),
) -> (L::Half, Long<L>) {
    let (mut q, left, is_beyond) = estimate(head, divisor.high, upper);
    let left = Long {
        high: left,
        low: L::join(head.low.low(), next),
    };
    // q·divisor, of which the upper part is already subtracted.
    let (mut rest, under) = left.overflowing_sub(times_half(divisor.low, q));
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
fn estimate<L: Limb>(
    head: Long<L>,
    divisor: L,
    digit: impl FnOnce(L, L::Half) -> (L::Half, L),
) -> (L::Half, L, bool) {
    let next = head.low.high();
    if head.high == divisor {
        // B·divisor + next, less B − 1 times the divisor.
        let (left, is_beyond) = divisor.overflowing_add(L::from_half(next));
        return (L::Half::MAX, left, is_beyond);
    }
    let (q, left) = digit(head.high, next);
    (q, left, false)
}

/// Multiplies a limb by a half.
#[inline]
fn times_half<L: Limb>(limb: L, half: L::Half) -> Long<L> {
    let low = product::<L>(limb.low(), half);
    let high = product::<L>(limb.high(), half).wrapping_add(L::from_half(low.high()));
    Long {
        high: L::from_half(high.high()),
        low: L::join(high.low(), low.low()),
    }
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

#[inline]
fn bit<L: Limb>(bit: bool) -> L {
    L::from_half(L::from_bool(bit))
}
