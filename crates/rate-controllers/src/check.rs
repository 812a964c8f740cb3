//! The checks that the controllers share.

use tokenomics_fixed_math::{Span, Timestamp, Wad};
use tokenomics_internals::OutOfRange;

use crate::{Error, Quantity};

/// Checks that a quantity is at least `min` and at most `max`.
pub(crate) fn in_range(what: Quantity, value: u128, min: u128, max: u128) -> Result<(), Error> {
    let checked = tokenomics_internals::in_range(value, min, max);
    checked.map_err(|OutOfRange { value, bound }| Error::OutOfRange { what, value, bound })
}

/// Returns how long it is from the last call to this one.
pub(crate) fn elapsed(last: Timestamp, at: Timestamp) -> Result<Span, Error> {
    at.since(last).ok_or(Error::Backdated { at, last })
}

/// 10,000% a year: the largest rate that a parameter may name.
const LARGEST_RATE: Wad = Wad::from_raw(100_000_000_000_000_000_000);

/// Seconds, slots and blocks have shorter years: a block would have to last 3 ms.
const LONGEST_YEAR: u128 = 10_000_000_000;

/// Checks that a rate a year isn't above the largest.
pub(crate) fn yearly(what: Quantity, rate: Wad) -> Result<(), Error> {
    in_range(what, rate.raw(), 0, LARGEST_RATE.raw())
}

/// Checks that a year has a length on the clock, and not too long a one.
pub(crate) fn year(length: Span) -> Result<(), Error> {
    in_range(Quantity::Year, length.get().into(), 1, LONGEST_YEAR)
}
