//! The checks that terms, locks and escrows share.

use tokenomics_fixed_math::Timestamp;
use tokenomics_internals::OutOfRange;

use crate::{Error, Power, Quantity};

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

/// Checks that a call isn't dated before the last one.
pub(crate) fn in_order(last: Timestamp, at: Timestamp) -> Result<(), Error> {
    if at < last {
        return Err(Error::Backdated { at, last });
    }
    Ok(())
}

/// Checks that a power's lock has ended, so that it weighs nothing any more.
pub(crate) fn has_ended(now: Timestamp, power: &Power) -> Result<(), Error> {
    let end = power.lock().end().ok_or(Error::Permanent)?;
    if now < end {
        return Err(Error::NotEnded { end, at: now });
    }
    Ok(())
}

/// Returns how many units of the clock a time is, or a span, as errors carry it.
#[allow(
    clippy::as_conversions,
    reason = "it loses nothing, and `From` isn't for constants"
)]
pub(crate) const fn units(number: u64) -> u128 {
    number as u128
}
