//! Sums, differences and multiples of the 128 bits behind a type, in a `const fn`.

use crate::{Error, Quantity};

/// Adds the two.
pub(crate) const fn add(a: u128, b: u128) -> Result<u128, Error> {
    match a.checked_add(b) {
        Some(sum) => Ok(sum),
        // Two 128-bit numbers sum to at most 2^129 − 2: the carry is one bit.
        None => Err(Error::Overflow {
            bits: 129,
            max: u128::MAX,
        }),
    }
}

/// Subtracts `subtrahend` from `minuend`.
pub(crate) const fn sub(minuend: u128, subtrahend: u128) -> Result<u128, Error> {
    match minuend.checked_sub(subtrahend) {
        Some(rest) => Ok(rest),
        None => Err(Error::Underflow {
            minuend,
            subtrahend,
        }),
    }
}

/// Computes `count` times `unit`; above 128 bits, the error names what is counted.
pub(crate) const fn scale(what: Quantity, count: u128, unit: u128) -> Result<u128, Error> {
    match count.checked_mul(unit) {
        Some(units) => Ok(units),
        None => Err(Error::OutOfRange {
            what,
            value: count,
            // Never the fallback: a product with 0 fits.
            bound: match u128::MAX.checked_div(unit) {
                Some(max) => max,
                None => u128::MAX,
            },
        }),
    }
}
