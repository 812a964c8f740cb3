//! Curve's integers: the invariant and a balance by Newton's method, each step floored as in the
//! contract, from the same start to the same stop.

use tokenomics_fixed_math::{Rounding, U256};

use super::Amplified;
use crate::{Error, Quantity};

/// The most steps that the contract makes.
const STEPS: u32 = 255;

/// Computes the contract's invariant of balances that aren't 0: D ← (A·n·S + n·P)·D / ((A·n − 1)·D +
/// (n + 1)·P) with P = D^(n+1)/(n^n·∏x), from the sum S on.
pub(super) fn invariant<const N: usize>(
    balances: &[u128; N],
    amplified: Amplified,
) -> Result<u128, Error> {
    let sum = sum(balances.iter().copied())?;
    let Amplified { ann, unit, n } = amplified;
    let whole = over(U256::product(ann, sum), unit)?;
    converge(sum, |d| {
        let mut p = U256::from(d);
        for &x in balances {
            p = p.checked_mul(d)?;
            p = p.checked_div_wide(U256::product(x, n), Rounding::Floor)?;
        }
        // A is at least 1.
        let less = over(U256::product(ann.saturating_sub(unit), d), unit)?;
        let above = whole.checked_add(p.checked_mul(n)?)?.checked_mul(d)?;
        let below = less.checked_add(p.checked_mul(n.saturating_add(1))?)?;
        Ok(above.checked_div_wide(below, Rounding::Floor)?.to_u128()?)
    })
}

/// Computes the contract's balance of one coin, from those of the others and the invariant: y ← (y² + c)
/// / (2y + b − D), from D on.
pub(super) fn balance(
    others: impl Iterator<Item = u128> + Clone,
    d: u128,
    amplified: Amplified,
) -> Result<u128, Error> {
    let Amplified { ann, unit, n } = amplified;
    let mut c = U256::from(d);
    for x in others.clone() {
        c = c.checked_mul(d)?;
        c = c.checked_div_wide(U256::product(x, n), Rounding::Floor)?;
    }
    // n·A·n is below 2^36.
    let by = ann.saturating_mul(n);
    c = c.checked_mul(d)?.checked_mul(unit)?;
    c = c.checked_div(by, Rounding::Floor)?;
    let share = U256::product(d, unit).checked_div(ann, Rounding::Floor)?;
    let b = share.checked_add(sum(others)?.into())?;
    converge(d, |y| {
        let below = U256::product(y, 2).checked_add(b)?.checked_sub(d.into())?;
        let above = U256::product(y, y).checked_add(c)?;
        Ok(above.checked_div_wide(below, Rounding::Floor)?.to_u128()?)
    })
}

/// Repeats a step until it moves by no more than a unit.
///
/// A number of more than 128 bits is squared in the contract's next step, which ends it there; here it is
/// an error at once.
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

/// Sums balances. The contract squares the sum, so it ends where this does, at 128 bits.
pub(super) fn sum(balances: impl Iterator<Item = u128>) -> Result<u128, Error> {
    let amounts = balances.map(tokenomics_fixed_math::Amount::new);
    Ok(tokenomics_fixed_math::Amount::try_sum(amounts)?.get())
}

/// Divides by the unit of the amplification, which is 1 mostly.
#[inline]
fn over(number: U256, unit: u128) -> Result<U256, Error> {
    if unit == 1 {
        return Ok(number);
    }
    Ok(number.checked_div(unit, Rounding::Floor)?)
}
