//! The checks that constructors share.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp};
use tokenomics_internals::OutOfRange;

use crate::{Error, Quantity};

/// Checks that a quantity is at least `min` and at most `max`.
pub(crate) fn in_range(what: Quantity, value: u128, min: u128, max: u128) -> Result<(), Error> {
    let checked = tokenomics_internals::in_range(value, min, max);
    checked.map_err(|OutOfRange { value, bound }| Error::OutOfRange { what, value, bound })
}

/// Checks that a quantity isn't 0.
pub(crate) fn positive(what: Quantity, value: u128) -> Result<(), Error> {
    in_range(what, value, 1, u128::MAX)
}

/// Returns how long it is from `start` to `end`, which must come after it.
pub(crate) fn length(start: Timestamp, end: Timestamp) -> Result<u64, Error> {
    let earliest = u128::from(start.get()).saturating_add(1);
    in_range(Quantity::End, end.get().into(), earliest, u64::MAX.into())?;
    Ok(end.get().saturating_sub(start.get()))
}

/// Returns how far `at` is into a curve from `start` to `end`: 0 before it, and its whole length
/// after.
pub(crate) fn elapsed(start: Timestamp, end: Timestamp, at: Timestamp) -> u64 {
    at.min(end).get().saturating_sub(start.get())
}

/// Returns ⌊rate · units⌋, where a constructor has seen that it fits.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn at_rate(rate: Ratio, units: u64) -> Result<Amount, Error> {
    Ok(Amount::new(units.into()).mul_ratio(rate, Rounding::Floor)?)
}
