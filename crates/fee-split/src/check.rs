//! The checks that splits and pools share.

use tokenomics_fixed_math::{Timestamp, U256};
use tokenomics_internals::OutOfRange;

use crate::{Error, Quantity};

/// Checks that a quantity is at least `min` and at most `max`.
pub(crate) fn in_range(what: Quantity, value: u128, min: u128, max: u128) -> Result<(), Error> {
    let checked = tokenomics_internals::in_range(value, min, max);
    checked.map_err(|OutOfRange { value, bound }| Error::OutOfRange { what, value, bound })
}

/// Checks that a call isn't dated before the last one.
pub(crate) fn in_order(last: Timestamp, at: Timestamp) -> Result<(), Error> {
    if at < last {
        return Err(Error::Backdated { at, last });
    }
    Ok(())
}

/// Checks that a number of 2^-128 units is at most so many units.
pub(crate) fn at_most(what: Quantity, parts: U256, units: u128) -> Result<(), Error> {
    // Rounded up to units, what is above the largest number of them wouldn't be.
    if parts > U256::new(units, 0) {
        let (value, bound) = (units_up(parts), units);
        return Err(Error::OutOfRange { what, value, bound });
    }
    Ok(())
}

/// Returns the whole units of a number of 2^-128 units, rounded up.
///
/// An error holds 128 bits, and not 256. Rounded up, a number that is above another one is also above
/// that one rounded down, unless it is above all.
pub(crate) fn units_up(parts: U256) -> u128 {
    let up = u128::from(parts.low() != 0);
    parts.high().saturating_add(up)
}
