//! Division by a divisor that is known beforehand.

use super::{funnel, in_two_steps, product, Half, Limb, Quotient};

/// A divisor of half a limb, and its inverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reciprocal<L: Limb> {
    /// The divisor shifted left by `shift`, until its top bit is set.
    divisor: L::Half,
    shift: u32,
    /// The inverse ⌊(B² − 1) / divisor⌋ − B, where B is 2^HALF; it is below B.
    inverse: L::Half,
}

impl Reciprocal<u128> {
    /// The reciprocal of 10^18, the scale of all numbers with 18 decimals.
    pub(crate) const WAD: Self = Self {
        divisor: 1_000_000_000_000_000_000 << 4,
        shift: 4,
        inverse: 0x2725_dd1d_243a_ba0e,
    };
}

impl<L: Limb> Reciprocal<L> {
    /// Returns the divisor.
    #[inline]
    pub(crate) fn value(&self) -> L {
        L::from_half(self.divisor.shr(self.shift))
    }

    /// Divides `high·B² + low` by the divisor.
    #[cfg_attr(not(target_arch = "bpf"), inline)]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn divide(&self, high: L, low: L) -> Quotient<L> {
        if high == L::ZERO && low.high() < self.value().low() {
            // As most products are: of a quotient of two digits the first is 0.
            let (q, rest) = self.divide_limb(low);
            Quotient {
                high: L::ZERO,
                low: L::from_half(q),
                rest: L::from_half(rest),
            }
        } else if high < self.value() {
            self.divide_to_limb(high, low)
        } else {
            self.divide_to_two(high, low)
        }
    }

    /// Divides a limb whose upper half is below the divisor, which makes the quotient one digit; returns
    /// that and the rest.
    #[inline]
    pub(crate) fn divide_limb(&self, limb: L) -> (L::Half, L::Half) {
        let by = self.shift;
        let head = funnel::<L>(limb.high(), limb.low(), by);
        let (q, rest) = self.digit(head, limb.low().shl(by));
        (q, rest.shr(by))
    }

    /// Divides the product of two halves of which neither is above the divisor; returns the quotient, one
    /// digit, and the rest.
    #[inline]
    pub(crate) fn mul_div(&self, a: L::Half, b: L::Half) -> (L::Half, L::Half) {
        // Shifted as the divisor is, it is no longer than that.
        let product = product::<L>(a.shl(self.shift), b);
        let (q, rest) = self.digit(product.high(), product.low());
        (q, rest.shr(self.shift))
    }

    /// The same as [`divide`](Self::divide) where the quotient needs two limbs, mostly on the way to an
    /// error.
    #[cold]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn divide_to_two(&self, high: L, low: L) -> Quotient<L> {
        in_two_steps(high, low, |rest, limb| self.divide_to_limb(rest, limb))
    }

    /// The same as [`divide`](Self::divide) for `high < divisor`, where the quotient fits one limb. Apart,
    /// so that what most calls need is small enough to be inlined.
    #[cfg_attr(not(target_arch = "bpf"), inline(never))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn divide_to_limb(&self, high: L, low: L) -> Quotient<L> {
        // Neither `high` nor what comes up from `low` is shifted out of the half they have.
        let by = self.shift;
        let head = funnel::<L>(high.low(), low.high(), by);
        let next = funnel::<L>(low.high(), low.low(), by);
        let (q1, rest) = self.digit(head, next);
        let (q0, rest) = self.digit(rest, low.low().shl(by));
        Quotient {
            high: L::ZERO,
            low: L::join(q1, q0),
            rest: L::from_half(rest.shr(by)),
        }
    }

    /// Divides `head·B + next`, for `head < divisor`, into one digit and the rest: Möller and
    /// Granlund, Improved division by invariant integers (2011), algorithm 4, without its last
    /// step. That is for divisors of which the estimate can be two too small, and this one isn't:
    /// docs/numerics.md.
    #[inline]
    fn digit(&self, head: L::Half, next: L::Half) -> (L::Half, L::Half) {
        let divisor = self.divisor;
        let dividend = L::join(head, next);
        // (B + inverse)·divisor is below B², so (B + inverse)·head + next is too.
        let estimate = product::<L>(self.inverse, head)
            .wrapping_add(dividend)
            .high();
        // The digit is the estimate or one more. (estimate + 1)·divisor is at most dividend + divisor,
        // which is below B².
        let rest = dividend
            .wrapping_sub(product(estimate, divisor))
            .wrapping_sub(L::from_half(divisor));
        let below = rest.high().sign();
        let q = estimate.wrapping_add(L::Half::ONE).wrapping_add(below);
        (q, rest.low().wrapping_add(divisor & below))
    }
}

#[cfg(test)]
impl<L: Limb> Reciprocal<L> {
    /// `None` for 0.
    pub(crate) fn new(divisor: L::Half) -> Option<Self> {
        let shift = divisor.leading_zeros();
        if divisor == L::Half::ZERO {
            return None;
        }
        let divisor = divisor.shl(shift);
        let inverse = L::MAX.checked_div(L::from_half(divisor))?.low();
        Some(Self {
            divisor,
            shift,
            inverse,
        })
    }
}
