//! Division by the same limb, again and again.

use super::{digit, product, Half, Limb};

/// A divisor of a limb whose top bit is set, and its inverse.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inverse<L: Limb> {
    divisor: L,
    /// The inverse ⌊(B³ − 1) / divisor⌋ − B, where B is 2^HALF; it is below B.
    inverse: L::Half,
}

impl<L: Limb> Inverse<L> {
    #[inline]
    pub(crate) fn new(divisor: L) -> Self {
        // B³ − 1 less B·divisor, which is below B·divisor.
        let rest = (L::MAX.wrapping_sub(divisor), L::Half::MAX);
        let (inverse, _) = digit(rest.0, rest.1, divisor);
        Self { divisor, inverse }
    }

    /// Divides `head·B + next`, for `head < divisor`, into one digit and the rest: Möller and
    /// Granlund, Improved division by invariant integers (2011), algorithm 5.
    #[inline]
    pub(crate) fn digit(self, head: L, next: L::Half) -> (L::Half, L) {
        let divisor = self.divisor;
        // It stays below B².
        let estimate = product::<L>(self.inverse, head.high()).wrapping_add(head);
        let q = estimate.high();
        // The rest of q + 1, without what is above a limb.
        let upper = head.low().wrapping_sub(q.wrapping_mul(divisor.high()));
        let rest = L::join(upper, next)
            .wrapping_sub(divisor)
            .wrapping_sub(product(q, divisor.low()));
        // All ones where that digit is too large, which is where the rest's upper half isn't below the
        // estimate's lower; without a comparison, for the reason at `Half::sign`.
        let below = L::from_half(estimate.low())
            .wrapping_sub(L::from_half(rest.high()))
            .wrapping_sub(L::ONE)
            .high();
        let q = q.wrapping_add(L::Half::ONE).wrapping_add(below);
        let rest = rest.wrapping_add(divisor.masked(below));
        if rest < divisor {
            return (q, rest);
        }
        Self::one_more(q, rest, divisor)
    }

    /// The digit that is rarely one more, which keeps a branch that is hardly ever taken out of the way.
    #[cold]
    fn one_more(q: L::Half, rest: L, divisor: L) -> (L::Half, L) {
        (q.wrapping_add(L::Half::ONE), rest.wrapping_sub(divisor))
    }
}
