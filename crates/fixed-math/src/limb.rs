//! The wide kernels, written once over a limb type.
//!
//! `u128` is what the crate computes with; `u8` runs the very same code in tests that try every
//! input. A limb is split into two halves, and all intermediate values fit one limb: see the note
//! at each step.

use core::cmp::Ordering;

use crate::Rounding;

/// An unsigned integer of an even number of bits that is split into two halves.
pub(crate) trait Limb: Copy + Ord {
    const ZERO: Self;
    const ONE: Self;
    /// Bits in half a limb.
    const HALF: u32;
    fn wrapping_add(self, rhs: Self) -> Self;
    fn wrapping_sub(self, rhs: Self) -> Self;
    fn wrapping_mul(self, rhs: Self) -> Self;
    /// `None` on a zero divisor.
    fn checked_div(self, rhs: Self) -> Option<Self>;
    fn checked_add(self, rhs: Self) -> Option<Self>;
    fn checked_mul(self, rhs: Self) -> Option<Self>;
    /// Zero when `by` reaches the width.
    fn shl(self, by: u32) -> Self;
    /// Zero when `by` reaches the width.
    fn shr(self, by: u32) -> Self;
    fn leading_zeros(self) -> u32;
    fn is_odd(self) -> bool;

    fn high(self) -> Self {
        self.shr(Self::HALF)
    }
    fn low(self) -> Self {
        self.shl(Self::HALF).shr(Self::HALF)
    }
}

macro_rules! limb {
    ($int:ty) => {
        impl Limb for $int {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const HALF: u32 = <$int>::BITS / 2;
            fn wrapping_add(self, rhs: Self) -> Self {
                <$int>::wrapping_add(self, rhs)
            }
            fn wrapping_sub(self, rhs: Self) -> Self {
                <$int>::wrapping_sub(self, rhs)
            }
            fn wrapping_mul(self, rhs: Self) -> Self {
                <$int>::wrapping_mul(self, rhs)
            }
            fn checked_div(self, rhs: Self) -> Option<Self> {
                <$int>::checked_div(self, rhs)
            }
            fn checked_add(self, rhs: Self) -> Option<Self> {
                <$int>::checked_add(self, rhs)
            }
            fn checked_mul(self, rhs: Self) -> Option<Self> {
                <$int>::checked_mul(self, rhs)
            }
            fn shl(self, by: u32) -> Self {
                self.checked_shl(by).unwrap_or(0)
            }
            fn shr(self, by: u32) -> Self {
                self.checked_shr(by).unwrap_or(0)
            }
            fn leading_zeros(self) -> u32 {
                <$int>::leading_zeros(self)
            }
            fn is_odd(self) -> bool {
                self & 1 == 1
            }
        }
    };
}
limb!(u128);
#[cfg(test)]
limb!(u8);

/// The full product as (high, low).
#[inline]
pub(crate) fn widening_mul<L: Limb>(a: L, b: L) -> (L, L) {
    let (a1, a0) = (a.high(), a.low());
    let (b1, b0) = (b.high(), b.low());
    // A product of two halves is at most (B − 1)², so adding two more halves, 2(B − 1), still
    // stays at or below B² − 1: no sum below wraps.
    let low = a0.wrapping_mul(b0);
    let mid = a1.wrapping_mul(b0).wrapping_add(low.high());
    let mid2 = a0.wrapping_mul(b1).wrapping_add(mid.low());
    let high = a1
        .wrapping_mul(b1)
        .wrapping_add(mid.high())
        .wrapping_add(mid2.high());
    (high, mid2.shl(L::HALF).wrapping_add(low.low()))
}

/// `(high·2^n + low) / divisor` as (quotient, remainder), where n is the width of a limb.
/// `None` unless `high < divisor`, which is when the quotient fits one limb (and the divisor
/// isn't zero).
#[inline]
pub(crate) fn div_wide<L: Limb>(high: L, low: L, divisor: L) -> Option<(L, L)> {
    if high >= divisor {
        return None;
    }
    if high == L::ZERO {
        let quotient = low.checked_div(divisor)?;
        return Some((quotient, low.wrapping_sub(quotient.wrapping_mul(divisor))));
    }
    // Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D with two digits of half a
    // limb: with the divisor's top bit set, each estimated digit is at most 2 too large.
    let shift = divisor.leading_zeros();
    let divisor = divisor.shl(shift);
    let carried = low.shr(L::HALF.wrapping_mul(2).wrapping_sub(shift));
    let high = high.shl(shift).wrapping_add(carried);
    let low = low.shl(shift);
    let (q1, rest) = div_digit(high, low.high(), divisor)?;
    let (q0, rest) = div_digit(rest, low.low(), divisor)?;
    Some((q1.shl(L::HALF).wrapping_add(q0), rest.shr(shift)))
}

/// One digit: `(head·B + next) / divisor`, where B is 2^HALF, `head < divisor` and the divisor's
/// top bit is set.
#[inline]
fn div_digit<L: Limb>(head: L, next: L, divisor: L) -> Option<(L, L)> {
    let (d1, d0) = (divisor.high(), divisor.low());
    let mut digit = head.checked_div(d1)?;
    let mut rest = head.wrapping_sub(digit.wrapping_mul(d1));
    // digit·divisor is above head·B + next exactly if digit·d0 is above rest·B + next. `digit` is at
    // most B + 1, so digit·d0 is at most B² − 1; `rest` is one half until the loop ends, so rest·B +
    // next fits too.
    while digit.wrapping_mul(d0) > rest.shl(L::HALF).wrapping_add(next) {
        digit = digit.wrapping_sub(L::ONE);
        rest = rest.wrapping_add(d1);
        if rest.high() != L::ZERO {
            break;
        }
    }
    // The true remainder is below the divisor, so computing it modulo 2^n loses nothing.
    let rest = head
        .shl(L::HALF)
        .wrapping_add(next)
        .wrapping_sub(digit.wrapping_mul(divisor));
    Some((digit, rest))
}

/// What rounding makes of `quotient` with the given remainder: `None` if it leaves the limb.
#[inline]
pub(crate) fn round<L: Limb>(quotient: L, rest: L, divisor: L, rounding: Rounding) -> Option<L> {
    // rest < divisor, so the difference doesn't wrap; rest ⋛ divisor − rest is 2·rest ⋛ divisor.
    let against_half = rest.cmp(&divisor.wrapping_sub(rest));
    if rounding.goes_up(quotient.is_odd(), rest != L::ZERO, against_half) {
        quotient.checked_add(L::ONE)
    } else {
        Some(quotient)
    }
}

/// `a·b / c`, rounded once. `None` when `c` is zero or the result doesn't fit a limb.
#[inline]
pub(crate) fn mul_div<L: Limb>(a: L, b: L, c: L, rounding: Rounding) -> Option<L> {
    // Operands whose product fits one limb pay for one division of a limb and no more.
    let (quotient, rest) = match a.checked_mul(b) {
        Some(product) => {
            let quotient = product.checked_div(c)?;
            (quotient, product.wrapping_sub(quotient.wrapping_mul(c)))
        }
        None => {
            let (high, low) = widening_mul(a, b);
            div_wide(high, low, c)?
        }
    };
    round(quotient, rest, c, rounding)
}

/// How the product a·b compares with the product c·d, both exact.
#[inline]
pub(crate) fn cmp_products<L: Limb>(a: L, b: L, c: L, d: L) -> Ordering {
    widening_mul(a, b).cmp(&widening_mul(c, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_of_two_bytes() {
        for a in 0..=u8::MAX {
            for b in 0..=u8::MAX {
                let exact = u16::from(a) * u16::from(b);
                assert_eq!(
                    widening_mul(a, b),
                    ((exact >> 8) as u8, exact as u8),
                    "{a} * {b}"
                );
            }
        }
    }

    #[test]
    fn every_division_of_two_bytes_by_one() {
        for high in 0..=u8::MAX {
            for low in 0..=u8::MAX {
                for divisor in 0..=u8::MAX {
                    let got = div_wide(high, low, divisor);
                    let wide = u16::from(high) << 8 | u16::from(low);
                    let want = (high < divisor).then(|| {
                        let by = u16::from(divisor);
                        ((wide / by) as u8, (wide % by) as u8)
                    });
                    assert_eq!(got, want, "{wide} / {divisor}");
                }
            }
        }
    }

    /// The rounded quotient by definition, in arithmetic that shares nothing with the kernel.
    fn by_definition(product: u32, c: u32, rounding: Rounding) -> u32 {
        let (down, up) = (product / c, product.div_ceil(c));
        let (below, above) = (product - down * c, up * c - product);
        match rounding {
            Rounding::Floor => down,
            Rounding::Ceil => up,
            _ if below < above => down,
            _ if above < below => up,
            Rounding::HalfUp => up,
            Rounding::HalfEven => {
                if down % 2 == 0 {
                    down
                } else {
                    up
                }
            }
        }
    }

    #[test]
    fn every_mul_div_of_bytes_in_every_direction() {
        for a in 0..=u8::MAX {
            for b in 0..=u8::MAX {
                for c in 0..=u8::MAX {
                    for rounding in Rounding::ALL {
                        let got = mul_div(a, b, c, rounding);
                        let want = (c != 0)
                            .then(|| {
                                let product = u32::from(a) * u32::from(b);
                                by_definition(product, u32::from(c), rounding)
                            })
                            .and_then(|exact| u8::try_from(exact).ok());
                        assert_eq!(got, want, "{a} * {b} / {c} {rounding:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_comparison_of_two_products_of_a_sample() {
        let sample = [0u8, 1, 2, 3, 15, 16, 17, 127, 128, 129, 240, 254, 255];
        for a in 0..=u8::MAX {
            for b in sample {
                for c in 0..=u8::MAX {
                    for d in sample {
                        let exact =
                            (u16::from(a) * u16::from(b)).cmp(&(u16::from(c) * u16::from(d)));
                        assert_eq!(cmp_products(a, b, c, d), exact);
                    }
                }
            }
        }
    }
}
