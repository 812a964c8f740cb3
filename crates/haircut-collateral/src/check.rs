//! The checks that haircuts, debts, losses and limits share.

use tokenomics_fixed_math::{Span, Timestamp};
use tokenomics_internals::OutOfRange;

use crate::{Error, Quantity};

/// Checks that a quantity is at least `min` and at most `max`.
pub(crate) const fn in_range(
    what: Quantity,
    value: u128,
    min: u128,
    max: u128,
) -> Result<(), Error> {
    match tokenomics_internals::in_range(value, min, max) {
        Ok(()) => Ok(()),
        Err(OutOfRange { value, bound }) => Err(Error::OutOfRange { what, value, bound }),
    }
}

/// Returns the time since the last call.
pub(crate) fn elapsed(last: Timestamp, at: Timestamp) -> Result<Span, Error> {
    at.since(last).ok_or(Error::Backdated { at, last })
}
