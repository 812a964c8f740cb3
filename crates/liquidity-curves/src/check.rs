//! The checks and the comparisons that markets share.

use core::cmp::Ordering;

use tokenomics_fixed_math::U256;
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

/// Compares two products of three factors, both exact.
pub(crate) fn cmp_products(left: [u128; 3], right: [u128; 3]) -> Ordering {
    product(left).cmp(&product(right))
}

/// Returns the product of three factors, in limbs of 128 bits, the highest first.
fn product([a, b, c]: [u128; 3]) -> [u128; 3] {
    let two = U256::product(a, b);
    let low = U256::product(two.low(), c);
    let high = U256::product(two.high(), c);
    let (middle, carry) = low.high().overflowing_add(high.low());
    // The product is below 2^384, so nothing is carried out of the highest limb.
    let highest = high.high().wrapping_add(carry.into());
    [highest, middle, low.low()]
}

/// Returns a number up to `most` at which `passes` holds, and not at the next one: the largest of all
/// where it holds up to some number and at none above that. It is 0 if it holds at none.
///
/// Each question halves the interval, so there are at most 129.
pub(crate) fn largest(most: u128, passes: impl Fn(u128) -> bool) -> u128 {
    if passes(most) {
        return most;
    }
    // It holds at `holds`, or that is 0; it doesn't at `fails`.
    let (mut holds, mut fails) = (0, most);
    loop {
        let half = fails.saturating_sub(holds) >> 1;
        if half == 0 {
            return holds;
        }
        // Between the two, so it doesn't wrap.
        let middle = holds.saturating_add(half);
        if passes(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
}
