//! The checks and the comparisons that markets share.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Ratio, Rounding, U256};
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
    times(U256::product(a, b), c)
}

/// Returns a product of 384 bits in limbs of 128 bits, the highest first, which are compared as it is.
pub(crate) fn times(two: U256, c: u128) -> [u128; 3] {
    let low = U256::product(two.low(), c);
    let high = U256::product(two.high(), c);
    let (middle, carry) = low.high().overflowing_add(high.low());
    // The product is below 2^384, so nothing is carried out of the highest limb.
    let highest = high.high().wrapping_add(carry.into());
    [highest, middle, low.low()]
}

/// Returns the product of six factors, of up to 768 bits in limbs of 128, the highest first.
pub(crate) fn product_of_six(factors: [u128; 6]) -> [u128; 6] {
    let multiply = |product, factor: &u128| scaled(product, *factor);
    factors.iter().fold([0, 0, 0, 0, 0, 1], multiply)
}

/// Multiplies a number in limbs of 128 bits, the highest first, by a limb. Nothing is carried out of the
/// highest.
pub(crate) fn scaled(limbs: [u128; 6], by: u128) -> [u128; 6] {
    let (mut product, mut carry) = (limbs, 0);
    for limb in product.iter_mut().rev() {
        let wide = U256::product(*limb, by);
        let (low, over) = wide.low().overflowing_add(carry);
        *limb = low;
        carry = wide.high().wrapping_add(over.into());
    }
    product
}

/// Returns above/below as a ratio: exact where both have 128 bits, otherwise rounded down or up, by less
/// than one part in 2^125.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn quotient(above: U256, below: U256, rounding: Rounding) -> Result<Ratio, Error> {
    if above.is_zero() {
        return Ok(Ratio::ZERO);
    }
    if let (Ok(above), Ok(below)) = (above.to_u128(), below.to_u128()) {
        return Ok(Ratio::new(above, below)?);
    }
    // As many bits behind the point as leave the quotient of the larger by the smaller below 2^127, and
    // at least 2^125 if there are any.
    let bits = |more: U256, less: U256| {
        let shift = 126_u32.saturating_sub(more.bits().saturating_sub(less.bits()));
        1_u128.checked_shl(shift).unwrap_or(1)
    };
    if above >= below {
        let unit = bits(above, below);
        let terms = above.mul_div(unit.into(), below, rounding)?;
        return Ok(Ratio::new(terms.to_u128()?, unit)?);
    }
    let unit = bits(below, above);
    let other = match rounding {
        Rounding::Floor => Rounding::Ceil,
        _ => Rounding::Floor,
    };
    let terms = below.mul_div(unit.into(), above, other)?;
    Ok(Ratio::new(unit, terms.to_u128()?)?)
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
