//! Interest: the sum of a rate over time, and the exponential of it.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Span, Wad};

use crate::{Error, Quantity};

/// e^46 is 9.5 · 10^19, less than a third of the largest `Wad`.
const LARGEST_EXPONENT: u128 = 46_000_000_000_000_000_000;

/// Returns the most that may accrue with such a year: at most 4.6 · 10^29.
fn most(year: Span) -> u128 {
    LARGEST_EXPONENT.wrapping_mul(year.get().into())
}

/// Adds `more` to the sum of a rate over time. `None` stands for more than 128 bits.
pub(crate) fn accrue(accrued: u128, more: Option<u128>, year: Span) -> Result<u128, Error> {
    let max = most(year);
    let sum = more.and_then(|more| accrued.checked_add(more));
    match sum {
        Some(sum) if sum <= max => Ok(sum),
        _ => Err(Error::OutOfRange {
            what: Quantity::Accrued,
            value: sum.unwrap_or(u128::MAX),
            bound: max,
        }),
    }
}

/// Computes what a debt of one has become, from above.
pub(crate) fn growth(accrued: u128, year: Span) -> Result<Wad, Error> {
    let exponent = mul_div(accrued, 1, year.get().into(), Rounding::Ceil)?;
    Ok(Wad::from_raw(exponent).exp(Rounding::Ceil)?)
}

/// Computes what a debt has become that was `principal` when `since` had accrued, from above.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn owed(
    principal: Amount,
    since: u128,
    accrued: u128,
    year: Span,
) -> Result<Amount, Error> {
    let Some(interest) = accrued.checked_sub(since) else {
        return Err(Error::OutOfRange {
            what: Quantity::AccruedBefore,
            value: since,
            bound: accrued,
        });
    };
    let growth = growth(interest, year)?.raw();
    Ok(principal.mul_div(growth, Wad::SCALE, Rounding::Ceil)?)
}

/// Computes (e^z − 1) / z in 10^−18, from above; 1 for z = 0.
pub(crate) fn mean_growth(z: Wad) -> Result<u128, Error> {
    const ONE: u128 = Wad::SCALE;
    const SIXTEENTH: u128 = 62_500_000_000_000_000;
    if z.raw() > SIXTEENTH {
        let more = z.expm1(Rounding::Ceil)?.raw();
        return Ok(mul_div(more, ONE, z.raw(), Rounding::Ceil)?);
    }
    // 1 + z/2 · (1 + z/3 · (… (1 + z/12))), and what is left out is below 10^-24, which the unit below
    // is for. Each product's rounding is divided by the next k.
    let mut sum = ONE;
    for k in (2..=12_u128).rev() {
        let product = mul_div(sum, z.raw(), ONE.wrapping_mul(k), Rounding::Ceil)?;
        sum = ONE.wrapping_add(product);
    }
    Ok(if z.is_zero() {
        ONE
    } else {
        sum.wrapping_add(1)
    })
}
