//! The real roots that Newton's steps of the contract are about, where it is proven that those stop at them,
//! floored.
//!
//! They are found in few steps from anywhere near, and nothing of how they are found matters: the proof is one
//! evaluation at what is found.

use core::cmp::Ordering;

use tokenomics_fixed_math::U256;

use super::Amplified;
use crate::leading::Leading;

/// The most steps from near. More are for reserves that aren't traded.
const STEPS: u32 = 24;

/// Finds where the contract's steps to the invariant stop: the exact invariant r, floored to m. It is `None` where
/// that isn't proven.
///
/// A step from D is floored from h(D) = (A·n·S + n·p)·D / ((A·n − 1)·D + (n + 1)·p), where p is P = D^(n+1)/(n^n·∏x)
/// floored, less than `lost` below it. With p = P this is Newton's g(D), of the convex f(D) = P + (A·n − 1)·D − A·n·S:
/// g ≥ r. As h falls in p where D is at most S, h ≥ g, so no step leads below m. And h − g < η = lost/(A·n − 1): with
/// q = A·n·(S − D) + D and v(p) = (A·n − 1)·D + (n + 1)·p it is (P − p)·D·(A·n·S + n·q)/(v(P)·v(p)), where q ≤ P
/// from r on, so that D·(A·n·S + n·q)/v(P) ≤ g(D) ≤ D, and D/v(p) ≤ 1/(A·n − 1).
///
/// From r on f″/f′ ≤ n/D, so that g(D) − r ≤ n·(D − r)²/D: less than 2^-20 for the 2n + 3 integers from m on, with m
/// from 2^32 on, and at m as little. So where r + η and a bit more is below m + 1, a step from each of these leads to
/// m, and there they stop. From beyond them steps are longer than a unit, as D − g(D) ≥ (D − r)/(n + 1), by f(D) ≥
/// (D − r)·f′(D)/(n + 1). So the steps from S don't stop before they are among them, and then stop at m.
///
/// The first is from S, which r is below by a third at most, as A·n·(S − r) < P(S): so an S of 2^33 is enough. They
/// take fewer than 140, as each halves what is left where (n + 1)·P(S)/S is at most A·n − 1: f′ at S is then no
/// more than twice that at r. And none of them leaves 256 bits: P(S) is then below 2^124, and each product on the way
/// to it below 2^48 times the sum, which is below 2^100.
pub(super) fn invariant<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    sum: u128,
) -> Option<u128> {
    let curve = Curve::new(reserves, amplified, sum)?;
    let at = curve.at(sum)?;
    if at.steep.difference(at.flat)?.0 == Ordering::Greater {
        return None;
    }
    let (mut d, mut at) = (sum, at);
    for _ in 0..STEPS {
        let (side, away) = at.newton()?;
        let whole = away >> BITS;
        let next = match side {
            // Above the root: down, and floored.
            Ordering::Greater => d.checked_sub(whole)?.checked_sub(1)?,
            _ if whole == 0 => return curve.stop(away, d),
            // Below the sum there is no product that wraps.
            _ => d.checked_add(whole).filter(|&next| next < sum)?,
        };
        (d, at) = (next, curve.at(next)?);
    }
    None
}

/// The binary digits of a distance to a root.
const BITS: u32 = 16;

/// The function f, times n^n·∏x.
struct Curve {
    n: u128,
    /// A·n − 1.
    less: u128,
    /// n^n·∏x.
    scale: Leading,
    /// A·n·S.
    whole: u128,
    /// A bound of what flooring takes from P, in 2^-8.
    lost: u64,
}

/// The terms of f and of its slope at a point.
struct At {
    power: Leading,
    product: Leading,
    steep: Leading,
    flat: Leading,
}

impl Curve {
    #[inline]
    fn new<const N: usize>(
        reserves: &[u128; N],
        Amplified { ann, unit, n }: Amplified,
        sum: u128,
    ) -> Option<Self> {
        if unit != 1 || sum >> 100 != 0 || sum >> 33 == 0 {
            return None;
        }
        // The leading 48 bits, so that one division by 64 bits is enough.
        let down = 80_u32.saturating_sub(sum.leading_zeros());
        let above = u64::try_from(sum.wrapping_shr(down)).ok()?;
        let above = above.wrapping_add(1).wrapping_shl(DIGITS);
        let (mut scale, mut lost) = (Leading::from(1_u128), 0_u64);
        for &x in reserves {
            // Each is below 2^100, and n is 8 at most.
            let x = x.wrapping_mul(n);
            scale = scale.mul(x.into());
            let below = u64::try_from(x.wrapping_shr(down)).ok()?;
            // Not below sum/x.
            let ratio = above.checked_div(below)?.wrapping_add(1);
            if ratio >> RATIO != 0 {
                return None;
            }
            // Below 2^52 after eight, so that neither the next product nor the shift in `stop` wraps.
            let more = lost.wrapping_mul(ratio).wrapping_shr(DIGITS);
            lost = more.wrapping_add(1).wrapping_add(1 << DIGITS);
        }
        Some(Self {
            n,
            less: ann.saturating_sub(1),
            scale,
            // A·n is below 2^24.
            whole: ann.wrapping_mul(sum),
            lost,
        })
    }

    /// Computes the terms at a point.
    #[inline]
    fn at(&self, d: u128) -> Option<At> {
        // Both are below 2^124.
        let rest = self.whole.checked_sub(self.less.wrapping_mul(d))?;
        let d = Leading::from(d);
        let below = (1..self.n).fold(d, |power, _| power.mul(d));
        Some(At {
            power: below.mul(d),
            product: self.scale.mul(rest.into()),
            steep: below.mul(self.n.saturating_add(1).into()),
            flat: self.scale.mul(self.less.into()),
        })
    }

    /// Returns `m` if the contract's steps stop there, which the root is above by `away` and at most a bit more.
    fn stop(&self, away: u128, m: u128) -> Option<u128> {
        let lost = self.lost.wrapping_shl(BITS - DIGITS);
        let lost = lost.checked_div(u64::try_from(self.less).ok()?)?;
        // 2 for the bit that `away` is short of and the curvature, 2 for the floors of `lost`.
        let reach = away.checked_add(lost.into())?.checked_add(4)?;
        (reach < 1 << BITS).then_some(m)
    }
}

/// The binary digits of `lost`.
const DIGITS: u32 = 8;

/// The bits of n times the mean by the scarcest coin, and of its fraction: a coin may be 64 times as scarce.
const RATIO: u32 = 6 + DIGITS;

impl At {
    /// Computes Newton's step in 2^-16, and on which side of the root it begins. A step up of less than a unit
    /// is at most a bit short of the root.
    #[inline]
    fn newton(&self) -> Option<(Ordering, u128)> {
        let (side, away) = self.power.difference(self.product)?;
        let slope = self.steep.add(self.flat);
        Some((side, away.quotient(slope, BITS)?))
    }
}

/// Finds where the contract's steps to a reserve stop, from `hint` on: the root r, floored to m. It is `None` where
/// that isn't proven.
///
/// A step is the floor of Newton's N(y) = (y² + c)/(2y + β) with β = b − D, of the convex y² + β·y − c: N ≥ r, and
/// N(y) − r = (y − r)²/(2y + β). Where m ≤ r, and from m + 4 a step leads to m, which is c + 9 < (m + 1)·(m + 1 + β),
/// each from m to m + 4 does. From beyond a step is longer than a unit, as y − N(y) ≥ (y − r)/2. So the contract's
/// steps, from D ≥ m on, fall without a stop into these five, and then stop at m. As each halves what is left,
/// they take fewer than 140.
///
/// Here `c` is c times `k`, which is A·n·n, so that it needn't be divided.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn reserve(b: U256, c: U256, k: u128, d: u128, hint: u128) -> Option<u128> {
    // The contract squares D and adds c, which is less than 2^254 with a k of 4 or more.
    if d >> 127 != 0 {
        return None;
    }
    let (b, eight) = (b.to_u128().ok()?, k.saturating_mul(8).into());
    // Below that, y + β isn't above 0, as it is at the root.
    let mut y = if hint > d.saturating_sub(b) { hint } else { d };
    for _ in 0..STEPS {
        let shifted = y.checked_add(b)?.checked_sub(d)?;
        let product = U256::product(y, shifted).checked_mul(k).ok()?;
        let sum = y.checked_add(shifted)?;
        let is_beyond = product > c;
        let (greater, lesser) = if is_beyond {
            (product, c)
        } else {
            (c, product)
        };
        let away = greater.checked_sub(lesser).ok()?;
        let slope = U256::product(sum, k);
        // (y + 1)·(y + 1 + β) − y·(y + β) is y + (y + β) + 1.
        let is_stop = !is_beyond && away.checked_add(eight).ok()? < slope;
        if is_stop && y <= d {
            return Some(y);
        }
        let step = Leading::from(away).quotient(slope.into(), 0)?;
        y = if is_beyond {
            y.checked_sub(step)?.checked_sub(1)?
        } else {
            y.checked_add(step)?
        };
    }
    None
}
