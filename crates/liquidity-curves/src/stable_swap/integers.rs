//! Curve's integers: the invariant and a reserve by Newton's method, each step floored as in the
//! contract, from the same start to the same stop.
//!
//! The steps are only made where [`roots`] doesn't prove where they stop, which it does for nearly all that is
//! really traded.

use tokenomics_fixed_math::{Amount, Error as MathError, Rounding, U256};

use super::quote::others;
use super::{roots, Amplified};
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
    if let Some(d) = roots::invariant(reserves, amplified, sum) {
        return Ok(d);
    }
    steps_to_invariant(reserves, amplified, sum)
}

/// Makes the contract's steps to the invariant.
#[cold]
fn steps_to_invariant<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    sum: u128,
) -> Result<u128, Error> {
    let whole = over(U256::product(amplified.ann, sum), amplified.unit)?;
    converge(sum, &|d| step(reserves, amplified, whole, d))
}

/// Makes a step to the invariant.
fn step<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    whole: U256,
    d: u128,
) -> Result<u128, MathError> {
    let Amplified { ann, unit, n } = amplified;
    // All of them.
    let p = power(others(reserves, N), d, n)?;
    // A is at least 1.
    let less = over(U256::product(ann.saturating_sub(unit), d), unit)?;
    let above = whole.checked_add(p.checked_mul(n)?)?.checked_mul(d)?;
    let below = less.checked_add(p.checked_mul(n.saturating_add(1))?)?;
    let next = above.checked_div_wide(below, Rounding::Floor)?;
    next.to_u128()
}

/// Computes the contract's reserve of one coin, from those of the others and the invariant: y ← (y² + c)
/// / (2y + b − D) with b = S + D/(A·n) and c = D^(n+1)/(n^n·A·n·∏x), from D on. With a `hint` near it,
/// it is found in fewer steps.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn reserve(
    others: impl Iterator<Item = u128> + Clone,
    d: u128,
    amplified: Amplified,
    hint: u128,
) -> Result<u128, Error> {
    let (b, c) = terms(others, d, amplified)?;
    // A·n·n is below 2^36.
    let k = amplified.ann.saturating_mul(amplified.n);
    match roots::reserve(b, c, k, d, hint) {
        Some(y) => Ok(y),
        None => steps_to_reserve(b, c.checked_div(k, Rounding::Floor)?, d),
    }
}

/// Makes the contract's steps to a reserve.
#[cold]
#[cfg_attr(target_arch = "bpf", inline(always))]
fn steps_to_reserve(b: U256, c: U256, d: u128) -> Result<u128, Error> {
    U256::product(d, d).checked_add(c)?;
    converge(d, &|y: u128| {
        let above = U256::product(y, y).checked_add(c)?;
        let below = U256::from(y).checked_add(y.into())?.checked_add(b)?;
        let below = below.checked_sub(d.into())?;
        let next = above.checked_div_wide(below, Rounding::Floor)?;
        next.to_u128()
    })
}

/// Computes the b of a step to a reserve, and c times A·n·n.
fn terms(
    others: impl Iterator<Item = u128> + Clone,
    d: u128,
    amplified: Amplified,
) -> Result<(U256, U256), MathError> {
    let Amplified { ann, unit, n } = amplified;
    let c = power(others.clone(), d, n)?;
    let c = c.checked_mul(d)?.checked_mul(unit)?;
    let b = U256::product(d, unit).checked_div(ann, Rounding::Floor)?;
    let sum = Amount::try_sum(others.map(Amount::new))?;
    Ok((b.checked_add(sum.get().into())?, c))
}

/// Multiplies D by D/(n·x) for each reserve, floored each time.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn power(reserves: impl Iterator<Item = u128>, d: u128, n: u128) -> Result<U256, MathError> {
    let mut p = U256::from(d);
    for x in reserves {
        p = p.checked_mul(d)?;
        p = p.checked_div_wide(U256::product(x, n), Rounding::Floor)?;
    }
    Ok(p)
}

/// Repeats a step until it moves by no more than a unit.
///
/// A number of more than 128 bits is squared in the contract's next step, which ends it there; here it is
/// an error at once.
fn converge(start: u128, step: &dyn Fn(u128) -> Result<u128, MathError>) -> Result<u128, Error> {
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
fn over(number: U256, unit: u128) -> Result<U256, MathError> {
    match unit {
        1 => Ok(number),
        _ => number.checked_div(unit, Rounding::Floor),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

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

    /// Reserves near each other or not, an amplification, and another number.
    fn drawn<const N: usize>(
        turn: u32,
        next: &mut impl FnMut() -> u128,
    ) -> ([u128; N], Amplified, u128) {
        let base = next();
        let near = |next: u128| (base >> (next % 6)) + next % (1 + base / 8) + 1;
        let draw = |_| match turn % 3 {
            0 => next(),
            _ => near(next()),
        };
        let reserves = [(); N].map(draw);
        let n = N as u128;
        let a = [1, 1 + next() % 20, 1 + next() % 300, 1 + next() % 1_000_000][turn as usize % 4];
        let unit = [1, 1, 1, 1, 100][turn as usize % 5];
        let ann = n * (a * unit + (unit >> 1));
        (reserves, Amplified { ann, unit, n }, next())
    }

    const SIZES: [u32; 9] = [3, 6, 20, 40, 60, 84, 100, 116, 127];

    fn invariants_are_those_of_the_steps<const N: usize>() -> [u32; 2] {
        let mut counts = [0; 2];
        for bits in SIZES {
            let mut next = numbers(bits);
            for turn in 0..1_200 {
                let (reserves, amplified, _) = drawn::<N>(turn, &mut next);
                let Ok(sum) = sum(reserves.into_iter()) else {
                    continue;
                };
                let steps = steps_to_invariant(&reserves, amplified, sum);
                assert_eq!(invariant(&reserves, amplified), steps);
                let root = roots::invariant(&reserves, amplified, sum);
                if let Some(root) = root {
                    assert_eq!(Ok(root), steps, "{reserves:?} {amplified:?}");
                }
                let is_ordinary =
                    sum >> 60 != 0 && bits < 110 && turn % 3 > 0 && turn % 4 > 1 && turn % 5 < 4;
                counts[0] += u32::from(is_ordinary);
                counts[1] += u32::from(is_ordinary && root.is_some());
            }
        }
        counts
    }

    #[test]
    fn the_invariant_is_that_of_the_contracts_steps() {
        let counts = [
            invariants_are_those_of_the_steps::<2>(),
            invariants_are_those_of_the_steps::<3>(),
            invariants_are_those_of_the_steps::<5>(),
            invariants_are_those_of_the_steps::<8>(),
        ];
        // Of two and three coins that are really traded, nearly all are proven without the steps.
        for [ordinary, proven] in &counts[..2] {
            assert!(proven * 10 > ordinary * 9, "{counts:?}");
        }
    }

    fn reserves_are_those_of_the_steps<const N: usize>() -> [u32; 2] {
        let mut counts = [0; 2];
        for bits in SIZES {
            let mut next = numbers(bits);
            for turn in 0..1_200 {
                let (reserves, amplified, hint) = drawn::<N>(turn, &mut next);
                let d = match invariant(&reserves, amplified) {
                    Ok(d) if turn % 4 > 0 => d,
                    _ => next(),
                };
                let others = || others(&reserves, 0);
                let k = amplified.ann * amplified.n;
                let terms = terms(others(), d, amplified).map_err(Error::from);
                let steps = terms
                    .and_then(|(b, c)| steps_to_reserve(b, c.checked_div(k, Rounding::Floor)?, d));
                let found = steps.unwrap_or(reserves[0]);
                let about = found.saturating_add(hint >> 20).saturating_sub(hint >> 21);
                for hint in [hint, about, found.saturating_sub(9), found, 0, u128::MAX] {
                    let at = reserve(others(), d, amplified, hint);
                    assert_eq!(at, steps, "{reserves:?} {d} {amplified:?} {hint}");
                }
                let root = terms.ok();
                let root = root.and_then(|(b, c)| roots::reserve(b, c, k, d, about));
                let is_ordinary = turn % 3 > 0 && turn % 4 > 0 && found >> 30 != 0 && bits < 110;
                counts[0] += u32::from(is_ordinary && steps.is_ok());
                counts[1] += u32::from(is_ordinary && root.is_some());
            }
        }
        counts
    }

    #[test]
    fn the_reserve_is_that_of_the_contracts_steps() {
        let counts = [
            reserves_are_those_of_the_steps::<2>(),
            reserves_are_those_of_the_steps::<3>(),
            reserves_are_those_of_the_steps::<8>(),
        ];
        for [found, proven] in counts {
            assert!(proven * 10 > found * 9, "{counts:?}");
        }
    }

    #[test]
    fn every_reserve_of_a_few_units_is_that_of_the_contracts_steps() {
        let (unit, n) = (1, 2);
        for ann in [2, 4, 20] {
            let amplified = Amplified { ann, unit, n };
            for (x, d) in (1..60).flat_map(|x| (1..150).map(move |d| (x, d))) {
                let others = || others(&[0, x], 0).collect::<Vec<_>>().into_iter();
                let terms = terms(others(), d, amplified).unwrap();
                let c = terms.1.checked_div(ann * n, Rounding::Floor).unwrap();
                let steps = steps_to_reserve(terms.0, c, d);
                for hint in [1, d / 2, d] {
                    let found = reserve(others(), d, amplified, hint);
                    assert_eq!(found, steps, "{x} {d} {ann} {hint}");
                }
            }
        }
    }
}
