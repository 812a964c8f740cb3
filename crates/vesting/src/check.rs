//! The checks that constructors share.

use tokenomics_internals::OutOfRange;

use crate::{Error, Quantity};

/// Checks that a quantity is at least `min` and at most `max`.
pub(crate) fn in_range(what: Quantity, value: u128, min: u128, max: u128) -> Result<(), Error> {
    let checked = tokenomics_internals::in_range(value, min, max);
    checked.map_err(|OutOfRange { value, bound }| Error::OutOfRange { what, value, bound })
}

/// Checks that a quantity is at most `max`.
pub(crate) fn at_most(what: Quantity, value: u128, max: u128) -> Result<(), Error> {
    in_range(what, value, 0, max)
}

/// Checks that a quantity isn't 0.
pub(crate) fn positive(what: Quantity, value: u128) -> Result<(), Error> {
    in_range(what, value, 1, u128::MAX)
}
