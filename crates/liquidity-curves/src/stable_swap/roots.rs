//! The real roots that Newton's steps of the contract are about, where it is proven that those stop at them,
//! floored.
//!
//! They are found in few steps from anywhere near, and nothing of how they are found matters: the proof is one
//! evaluation at what is found.

use core::cmp::Ordering;

use tokenomics_fixed_math::{mul_div, Rounding, U256};

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
/// They take fewer than 140, as each halves what is left where (n + 1)·P(S)/S is at most A·n − 1: f′ at S is then no
/// more than twice that at r. And none of them leaves 128 bits where `lost` says so.
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
            _ if whole == 0 => return curve.is_stop(away, d).then_some(d),
            _ => d.checked_add(whole)?,
        };
        (d, at) = (next, curve.at(next)?);
    }
    None
}

/// The binary digits of a distance to a root.
const BITS: u32 = 16;

/// The function f, times n^n·∏x.
struct Curve {
    sum: u128,
    n: u128,
    /// A·n − 1.
    less: u128,
    /// n^n·∏x.
    scale: Leading,
    /// A·n·S.
    whole: u128,
    power: u32,
    /// A bound of what flooring takes from P, in 2^-8.
    lost: u128,
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
        if unit != 1 {
            return None;
        }
        if sum >> 33 == 0 {
            return None;
        }
        let mut scale = Leading::from(1_u128);
        let mut floored = Floored { p: sum, lost: 0 };
        for x in reserves {
            let x = x.checked_mul(n)?;
            scale = scale.mul(x);
            floored = floored.times(sum, x)?;
        }
        Some(Self {
            sum,
            n,
            less: ann.checked_sub(1)?,
            scale,
            whole: ann.checked_mul(sum)?,
            power: u32::try_from(n).ok()?,
            lost: floored.lost,
        })
    }

    /// Computes the terms at a point.
    #[inline]
    fn at(&self, d: u128) -> Option<At> {
        let rest = self.whole.checked_sub(self.less.checked_mul(d)?)?;
        let d = Leading::from(d);
        let below = (1..self.power).fold(d, |power, _| power.mul(d));
        Some(At {
            power: below.mul(d),
            product: self.scale.mul(rest),
            steep: below.mul(self.n.checked_add(1)?),
            flat: self.scale.mul(self.less),
        })
    }

    /// Returns `true` if the contract's steps stop at `m`, which the root is above by `away` and at most a bit more.
    fn is_stop(&self, away: u128, m: u128) -> bool {
        let lost = self.lost.checked_shl(BITS - DIGITS);
        let lost = lost.and_then(|lost| lost.checked_div(self.less));
        // 2 for the bit that `away` is short of and the curvature, 2 for the floors of `lost`.
        let reach = lost.and_then(|lost| lost.checked_add(away)?.checked_add(4));
        m >> 32 != 0 && m < self.sum && reach.is_some_and(|reach| reach < 1 << BITS)
    }
}

/// Bounds of a product D·(D/x)·… that is floored after each factor, for D up to the sum.
struct Floored {
    /// Not below the product.
    p: u128,
    /// More than what flooring took from it, in 2^-8.
    lost: u128,
}

/// The binary digits of `lost`.
const DIGITS: u32 = 8;

impl Floored {
    /// Multiplies by sum/x; `None` from 2^120 on.
    #[inline]
    fn times(self, sum: u128, x: u128) -> Option<Self> {
        // The leading 48 bits, so that one division by 64 bits is enough.
        let down = 80_u32.saturating_sub(sum.leading_zeros());
        let [above, below] = [sum, x].map(|number| number.wrapping_shr(down));
        let above = above.wrapping_add(1).wrapping_shl(DIGITS);
        let ratio = above.checked_div(below)?.wrapping_add(1);
        let times = |number: u128| {
            let product = number.checked_mul(ratio)?.wrapping_shr(DIGITS);
            product.checked_add(1)
        };
        Some(Self {
            p: times(self.p)?,
            lost: times(self.lost)?.checked_add(1 << DIGITS)?,
        })
    }
}

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
/// steps, from D ≥ m + 4, fall without a stop into these five, and then stop at m. As each halves what is left,
/// they take fewer than 140.
pub(super) fn reserve(
    others: impl Iterator<Item = u128>,
    d: u128,
    amplified: Amplified,
    hint: u128,
) -> Option<u128> {
    let curve = Parabola::new(others, d, amplified)?;
    let from_d = |y: u128| y.checked_add(curve.b)?.checked_sub(d);
    let mut y = if from_d(hint).is_some() { hint } else { d };
    for _ in 0..STEPS {
        let shifted = from_d(y)?;
        let product = U256::product(y, shifted).checked_mul(curve.k).ok()?;
        let slope = U256::product(y.checked_add(shifted)?, curve.k);
        let step = |away: U256| Leading::from(away).quotient(Leading::from(slope), 0);
        y = match curve.c.checked_sub(product) {
            Ok(left) if curve.is_stop(left, y, shifted) => return Some(y),
            Ok(left) => y.checked_add(step(left)?)?,
            Err(_) => {
                let beyond = product.checked_sub(curve.c).ok()?;
                y.checked_sub(step(beyond)?)?.checked_sub(1)?
            }
        };
    }
    None
}

/// The function y² + β·y − c, times A·n·n, so that c isn't divided.
struct Parabola {
    d: u128,
    b: u128,
    c: U256,
    k: u128,
}

impl Parabola {
    #[inline]
    fn new(
        others: impl Iterator<Item = u128>,
        d: u128,
        Amplified { ann, unit, n }: Amplified,
    ) -> Option<Self> {
        // The contract squares D and adds c, which is less than 2^254 with a k of 4 or more.
        if d >> 127 != 0 {
            return None;
        }
        let (mut sum, mut p) = (0_u128, d);
        for x in others {
            sum = sum.checked_add(x)?;
            p = mul_div(p, d, x.checked_mul(n)?, Rounding::Floor).ok()?;
        }
        Some(Self {
            d,
            b: sum.checked_add(d.checked_mul(unit)?.checked_div(ann)?)?,
            c: U256::product(p, d).checked_mul(unit).ok()?,
            k: ann.checked_mul(n)?,
        })
    }

    /// Returns `true` if the contract's steps stop at `m`, where so much of c is left and `shifted` is m + β.
    #[inline]
    fn is_stop(&self, left: U256, m: u128, shifted: u128) -> bool {
        // (m + 1)·(m + 1 + β) − m·(m + β) is m + (m + β) + 1.
        let most = m.checked_add(shifted).and_then(|sum| sum.checked_sub(8));
        let is_below = most.is_some_and(|most| left < U256::product(most, self.k));
        is_below && m.checked_add(4).is_some_and(|beyond| beyond <= self.d)
    }
}
