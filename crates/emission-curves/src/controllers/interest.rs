//! What a rate comes to over time: a sum, and the exponential of it.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Span, Wad};

use crate::Error;

/// e^46 is 9.5 · 10^19, less than a third of the largest `Wad`.
const LARGEST_EXPONENT: u128 = 46_000_000_000_000_000_000;

/// The most that may accrue with such a year: at most 4.6 · 10^29.
fn most(year: Span) -> u128 {
    LARGEST_EXPONENT.wrapping_mul(year.get().into())
}

/// The sum of a rate over time, with `more`. `None` stands for more than 128 bits.
pub(super) fn accrue(accrued: u128, more: Option<u128>, year: Span) -> Result<u128, Error> {
    let max = most(year);
    let sum = more.and_then(|more| accrued.checked_add(more));
    match sum {
        Some(sum) if sum <= max => Ok(sum),
        _ => Err(Error::OutOfRange {
            what: "the accrued interest",
            value: sum.unwrap_or(u128::MAX),
            min: 0,
            max,
        }),
    }
}

/// What a debt of one has become, from above.
pub(super) fn growth(accrued: u128, year: Span) -> Result<Wad, Error> {
    let exponent = mul_div(accrued, 1, year.get().into(), Rounding::Ceil)?;
    Ok(Wad::from_raw(exponent).exp(Rounding::Ceil)?)
}

/// What a debt has become that was `principal` when `since` had accrued, from above.
pub(super) fn owed(
    principal: Amount,
    since: u128,
    accrued: u128,
    year: Span,
) -> Result<Amount, Error> {
    let Some(interest) = accrued.checked_sub(since) else {
        return Err(Error::OutOfRange {
            what: "what had accrued when the debt began",
            value: since,
            min: 0,
            max: accrued,
        });
    };
    let growth = growth(interest, year)?.raw();
    Ok(principal.mul_div(growth, Wad::SCALE, Rounding::Ceil)?)
}
