//! Curve's integers: the invariant and a reserve by Newton's method, each step floored as in the
//! contract, from the same start to the same stop.
//!
//! A step is made in 128 bits, with products of 256, where all fits, which is what is really traded;
//! otherwise in the contract's 256 bits. Both give the same.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, U256};

use super::Amplified;
use crate::{Error, Quantity};

/// The most steps that the contract makes.
const STEPS: u32 = 255;

/// Computes the contract's invariant of reserves that aren't 0: D ← (A·n·S + n·P)·D / ((A·n − 1)·D +
/// (n + 1)·P) with P = D^(n+1)/(n^n·∏x), from the sum S on.
pub(super) fn invariant<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
) -> Result<u128, Error> {
    let sum = sum(reserves.iter().copied())?;
    let whole = over(U256::product(amplified.ann, sum), amplified.unit)?;
    converge(sum, |d| match short_step(reserves, amplified, whole, d) {
        Some(next) => Ok(next),
        None => step(reserves, amplified, whole, d),
    })
}

/// Makes a step to the invariant, in 128 bits.
#[inline]
fn short_step<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    whole: U256,
    d: u128,
) -> Option<u128> {
    let Amplified { ann, unit, n } = amplified;
    let mut p = d;
    for x in reserves {
        p = mul_div(p, d, x.checked_mul(n)?, Rounding::Floor).ok()?;
    }
    let mut less = ann.checked_sub(unit)?.checked_mul(d)?;
    if unit != 1 {
        less = less.checked_div(unit)?;
    }
    let p_n = p.checked_mul(n)?;
    let above = whole.to_u128().ok()?.checked_add(p_n)?;
    let below = less.checked_add(p_n)?.checked_add(p)?;
    mul_div(above, d, below, Rounding::Floor).ok()
}

/// Makes a step to the invariant.
#[cold]
fn step<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    whole: U256,
    d: u128,
) -> Result<u128, Error> {
    let Amplified { ann, unit, n } = amplified;
    let mut p = U256::from(d);
    for &x in reserves {
        p = p.checked_mul(d)?;
        p = p.checked_div_wide(U256::product(x, n), Rounding::Floor)?;
    }
    // A is at least 1.
    let less = over(U256::product(ann.saturating_sub(unit), d), unit)?;
    let above = whole.checked_add(p.checked_mul(n)?)?.checked_mul(d)?;
    let below = less.checked_add(p.checked_mul(n.saturating_add(1))?)?;
    let next = above.checked_div_wide(below, Rounding::Floor)?;
    Ok(next.to_u128()?)
}

/// Computes the contract's reserve of one coin, from those of the others and the invariant: y ← (y² + c)
/// / (2y + b − D) with b = S + D/(A·n) and c = D^(n+1)/(n^n·A·n·∏x), from D on. With a `hint` near it,
/// it is found in fewer steps.
pub(super) fn reserve(
    others: impl Iterator<Item = u128> + Clone,
    d: u128,
    amplified: Amplified,
    hint: u128,
) -> Result<u128, Error> {
    let (b, c) = terms(others, d, amplified)?;
    let step = |y: u128| {
        let above = U256::product(y, y).checked_add(c)?;
        let below = U256::from(y).checked_add(y.into())?.checked_add(b)?;
        let below = below.checked_sub(d.into())?;
        let next = above.checked_div_wide(below, Rounding::Floor)?;
        Ok(next.to_u128()?)
    };
    U256::product(d, d).checked_add(c)?;
    match settle(hint, d, step) {
        Some(y) => Ok(y),
        None => converge(d, step),
    }
}

/// Computes the b and c of a step to a reserve.
fn terms(
    others: impl Iterator<Item = u128> + Clone,
    d: u128,
    amplified: Amplified,
) -> Result<(U256, U256), Error> {
    let Amplified { ann, unit, n } = amplified;
    let mut c = U256::from(d);
    for x in others.clone() {
        c = c.checked_mul(d)?;
        c = c.checked_div_wide(U256::product(x, n), Rounding::Floor)?;
    }
    c = c.checked_mul(d)?.checked_mul(unit)?;
    // A·n·n is below 2^36.
    c = c.checked_div(ann.saturating_mul(n), Rounding::Floor)?;
    let b = U256::product(d, unit).checked_div(ann, Rounding::Floor)?;
    Ok((b.checked_add(sum(others)?.into())?, c))
}

/// Finds where steps to a reserve from D on stop, from `hint` on: an integer m below D with step(m) = m
/// = step(m + 4), or `None`.
///
/// A step is the floor of Newton's N, of a convex function with the root r: N ≥ r, and above r both N(y)
/// and y − N(y) grow, and N(y) ≤ y. So step(m) = m says r ≤ N(m) < m + 1 and then ⌊r⌋ = m. By step(m + 4)
/// = m, a step from m + 1 to m + 4 gives m, and one from beyond is longer than a unit. So the contract's
/// steps from D fall without a stop into what is at most m + 4, and then to m, where they stop.
#[inline]
fn settle(hint: u128, d: u128, step: impl Fn(u128) -> Result<u128, Error>) -> Option<u128> {
    let mut m = step(hint).ok()?;
    // It falls from the first step on.
    let mut next = step(m).ok()?;
    while next < m {
        m = next;
        next = step(m).ok()?;
    }
    let beyond = m.checked_add(4)?;
    let stops = next == m && beyond <= d && step(beyond).ok()? == m;
    stops.then_some(m)
}

/// Repeats a step until it moves by no more than a unit.
///
/// A number of more than 128 bits is squared in the contract's next step, which ends it there; here it is
/// an error at once.
#[inline]
fn converge(start: u128, step: impl Fn(u128) -> Result<u128, Error>) -> Result<u128, Error> {
    let mut number = start;
    for _ in 0..STEPS {
        let next = step(number)?;
        if next.abs_diff(number) <= 1 {
            return Ok(next);
        }
        number = next;
    }
    Err(Error::OutOfRange {
        what: Quantity::Steps,
        value: 256,
        bound: STEPS.into(),
    })
}

/// Sums reserves. The contract squares the sum, so it has at most 128 bits there too.
pub(super) fn sum(reserves: impl Iterator<Item = u128>) -> Result<u128, Error> {
    Ok(Amount::try_sum(reserves.map(Amount::new))?.get())
}

/// Divides by the unit of the amplification, which is 1 mostly.
fn over(number: U256, unit: u128) -> Result<U256, Error> {
    match unit {
        1 => Ok(number),
        _ => Ok(number.checked_div(unit, Rounding::Floor)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of up to `bits` bits, by a linear congruence.
    fn numbers(bits: u32) -> impl FnMut() -> u128 {
        let mut state = 1_u128;
        move || {
            state = state.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645);
            state = state.wrapping_add(0x5851_F42D_4C95_7F2D);
            let by = (state >> 120) as u32 % bits;
            1 + (state >> 8 & ((1 << bits) - 1) >> by)
        }
    }

    #[test]
    fn from_a_hint_the_balance_is_that_of_the_steps_from_the_invariant() {
        let mut settled = 0;
        for bits in [3, 6, 20, 60, 90, 110] {
            let mut next = numbers(bits);
            for turn in 0..6_000 {
                let others = [next(), next()];
                let (d, hint) = (next(), next());
                let ann = 3 * (1 + next() % 1_000);
                let unit = [1, 100][turn % 2];
                let (ann, n) = (ann * unit, 3);
                let amplified = Amplified { ann, unit, n };
                // A hint that no step can be made from.
                let from = |hint| reserve(others.into_iter(), d, amplified, hint);
                let slow = from(u128::MAX);
                assert_eq!(from(hint), slow, "{others:?} {d} {ann}/{unit} {hint}");
                assert_eq!(from(slow.unwrap_or(0).saturating_sub(9)), slow);
                settled += usize::from(slow.is_ok());
            }
        }
        assert!(settled > 20_000, "{settled}");
    }
}
