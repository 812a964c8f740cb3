//! Kyle's difference equations without their units.
//!
//! With q = αλ they are Σₙ = Σₙ₋₁/(2(1 − qₙ)), λₙ² = Σₙ·(1 − 2qₙ)/(2(1 − qₙ)·σᵤ²Δt) and αₙ₋₁ =
//! 1/(4λₙ(1 − qₙ)), so that 8q²(1 − q)·(1 − 2qₙ) = 1 − 2q of q = qₙ₋₁: Kyle's cubic. With p = 1 − 2q it is
//! p = pₙ·(1 − p)²·(1 + p), where p = 1 in the last auction, and
//!
//! - Σₙ = Σₙ₋₁/(1 + pₙ), so that pₙ/(1 + pₙ) of the variance is told in the auction n;
//! - λₙ² = Σₙ·pₙ/(1 + pₙ)/(σᵤ²Δt), and βₙΔt·λₙ = pₙ/(1 + pₙ).
//!
//! The left side rises and the right side falls from p = 0 to p = 1, so there is just one root, and it is
//! below pₙ. The variances come out scaled to Σ₀ = 1, with nothing to solve for.

use tokenomics_fixed_math::{Rounding, U256};

use crate::check::largest;

/// One, in the units of these numbers.
pub(super) const ONE: u128 = 1 << 126;

/// The digits behind the point.
const DIGITS: u32 = 126;

/// p of the last auction, which is exact.
pub(super) const LAST: Between = Between {
    low: ONE,
    high: ONE,
};

/// Two bounds of a real number, in units of 2^-126.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Between {
    pub(super) low: u128,
    pub(super) high: u128,
}

/// Solves p = next·(1 − p)²·(1 + p).
///
/// Let f(p) be p less the right side, whose slope is at least 1. The right side is computed with less than five
/// units lost: so f ≤ 0 where p passes, and f > −5 a unit above. The root is then not below p, and less than 6
/// units above. It moves by no more than `next` does, so the bounds part by 6 units in each auction that is gone
/// back.
pub(super) fn back(next: Between) -> Between {
    let low = largest(next.low, |p| p <= right_side(next.low, p));
    // Each is below 1 where it isn't the last, and there are 1,024 at most.
    let error = next.high.wrapping_sub(next.low).wrapping_add(6);
    let high = low.wrapping_add(error);
    Between { low, high }
}

/// Computes next·(1 − p)²·(1 + p), less than five units below. p is at most 1.
fn right_side(next: u128, p: u128) -> u128 {
    let (less, more) = (ONE.wrapping_sub(p), ONE.wrapping_add(p));
    [less, less, more].iter().fold(next, |product, factor| {
        // The product is at most 1, and the factors at most 2.
        U256::product(product, *factor).shr_floor(DIGITS).low()
    })
}

/// A share of the variance, between its bounds.
pub(super) type Share = Between;

impl Between {
    /// All of it.
    pub(super) const ALL: Self = LAST;

    /// Returns what is left of a share after an auction: 1/(1 + p) of it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn after(self, p: Self) -> Self {
        Self {
            low: quotient(self.low, p.high, Rounding::Floor),
            high: quotient(self.high, p.low, Rounding::Ceil),
        }
    }

    /// Returns what is told in an auction: p/(1 + p).
    pub(super) fn told(self) -> Self {
        Self {
            low: quotient(self.low, self.low, Rounding::Floor),
            high: quotient(self.high, self.high, Rounding::Ceil),
        }
    }
}

/// Computes a/(1 + p), which is no more than a.
fn quotient(a: u128, p: u128, rounding: Rounding) -> u128 {
    tokenomics_fixed_math::mul_div(a, ONE, ONE.wrapping_add(p), rounding).unwrap_or(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::product_of_six;

    /// By exact products: the left side of the equation isn't above the right one at the lower bound, nor below
    /// at the upper one, and neither are the shares that follow.
    #[test]
    fn bounds_hold_the_real_numbers_of_all_auctions() {
        let left = |p: u128| product_of_six([p, ONE, ONE, ONE, 1, 1]);
        let right = |next, p: u128| product_of_six([next, ONE - p, ONE - p, ONE + p, 1, 1]);
        let two = |a: u128, b: u128| U256::product(a, b);
        let (mut next, mut share) = (LAST, Share::ALL.after(LAST));
        for auctions in 2..=1_024_u128 {
            let p = back(next);
            assert!(left(p.low) <= right(next.low, p.low));
            assert!(left(p.high) >= right(next.high, p.high));
            assert!(p.low <= p.high && p.high - p.low <= 6 * (auctions - 1));
            let (told, after) = (p.told(), share.after(p));
            assert!(two(told.low, ONE + p.low) <= two(p.low, ONE));
            assert!(two(told.high, ONE + p.high) >= two(p.high, ONE));
            assert!(two(after.low, ONE + p.high) <= two(share.low, ONE));
            assert!(two(after.high, ONE + p.low) >= two(share.high, ONE));
            // No part of a figure is off by one part in 2^97.
            assert!((told.high - told.low).checked_mul(1 << 97).unwrap() < told.low);
            assert!((after.high - after.low).checked_mul(1 << 97).unwrap() < after.low);
            (next, share) = (p, after);
        }
    }
}
