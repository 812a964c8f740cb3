//! Ziv's test: the rounding of an approximation with a bound on its error, if it is beyond doubt.

use core::cmp::Ordering;

use crate::Rounding;

/// Rounds a number that lies within `error` units of 2^-128 of whole + fraction·2^-128, both ends
/// included. `None` where the error leaves a doubt, as it does wherever the number is an integer or
/// a tie; or where the result leaves 128 bits.
pub(super) fn decide(whole: u128, fraction: u128, error: u128, rounding: Rounding) -> Option<u128> {
    decide_by(1 << 127, whole, fraction, error, rounding)
}

/// Rounds the same in units of which so many are a half, a power of two.
#[inline]
pub(super) fn decide_by(
    half: u128,
    whole: u128,
    fraction: u128,
    error: u128,
    rounding: Rounding,
) -> Option<u128> {
    let up = match rounding {
        Rounding::Floor | Rounding::Ceil => {
            // The number is between the same two integers as the approximation. A whole may be 2^128 units.
            let above = half.wrapping_add(half).wrapping_sub(fraction);
            let room = fraction.min(above);
            (room > error).then_some(rounding == Rounding::Ceil)?
        }
        Rounding::HalfEven | Rounding::HalfUp => {
            // The number is on the same side of the next tie; all others are further away, since
            // this one is at most half a unit.
            (fraction.abs_diff(half) > error).then_some(fraction >= half)?
        }
    };
    if up {
        whole.checked_add(1)
    } else {
        Some(whole)
    }
}

/// Rounds an exact number of half units: `None` above 128 bits.
pub(super) fn round_halves(halves: u128, carry: bool, rounding: Rounding) -> Option<u128> {
    let whole = halves >> 1 | u128::from(carry) << 127;
    let tie = halves & 1 == 1;
    if rounding.goes_up(
        whole & 1 == 1,
        tie,
        if tie { Ordering::Equal } else { Ordering::Less },
    ) {
        whole.checked_add(1)
    } else {
        Some(whole)
    }
}

/// Rounds a number less than half a unit below so many half units, above 0.
pub(super) fn round_just_below(halves: u128, rounding: Rounding) -> u128 {
    let whole = halves.wrapping_sub(1) >> 1;
    let against_half = if halves & 1 == 1 {
        Ordering::Less
    } else {
        Ordering::Greater
    };
    // Half of a u128 at most, so one more fits.
    whole.wrapping_add(rounding.goes_up(false, true, against_half).into())
}
