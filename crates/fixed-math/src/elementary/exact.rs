//! The integer arithmetic that tells an exact power from one that isn't.

use crate::Fraction;

/// The inverse of 5 modulo 2^128.
const INVERSE_OF_5: u128 = 0xcccc_cccc_cccc_cccc_cccc_cccc_cccc_cccd;

/// Reduces raw / 10^18 to lowest terms, for raw above 0.
///
/// 10^18 is 2^18·5^18. Only a multiple of 5 is taken to one of the numbers up to 2^128 / 5 by the
/// product with the inverse, which is its quotient, so nothing is divided by what isn't 5 or 2.
#[inline(never)]
pub(super) fn lowest_terms(raw: u128) -> (u128, u64) {
    let twos = raw.trailing_zeros().min(18);
    let (mut numerator, mut denominator) = (raw >> twos, Fraction::SCALE >> twos);
    for _ in 0..18 {
        let fifth = numerator.wrapping_mul(INVERSE_OF_5);
        if fifth > u128::MAX / 5 {
            break;
        }
        (numerator, denominator) = (fifth, denominator / 5);
    }
    (numerator, denominator)
}

/// Returns the half units of 1 over a divisor, if that is a whole number of them.
pub(super) fn half_units_over(divisor: u128) -> Option<u64> {
    const HALF_UNITS: u64 = 2 * Fraction::SCALE;
    let divisor = u64::try_from(divisor).ok()?;
    let divides = HALF_UNITS.checked_rem(divisor) == Some(0);
    divides.then(|| HALF_UNITS.checked_div(divisor))?
}

/// Computes base^exponent, if it fits.
#[inline(never)]
pub(super) fn checked_power(base: u128, exponent: u128) -> Option<u128> {
    if base < 2 {
        return Some(base);
    }
    let mut power = 1_u128;
    for _ in 0..u32::try_from(exponent).ok().filter(|&e| e < 128)? {
        power = power.checked_mul(base)?;
    }
    Some(power)
}

/// Returns the root of a perfect power above 0; `None` of any other number.
pub(super) fn perfect_root(of: u128, degree: u64) -> Option<u128> {
    if degree == 1 || of == 1 {
        return Some(of);
    }
    // A root of at least 2.
    let degree = u32::try_from(degree)
        .ok()
        .filter(|degree| (2..128).contains(degree))?;
    let length = 128_u32.wrapping_sub(of.leading_zeros());
    let bits = length.checked_div(degree).unwrap_or(0).wrapping_add(1);
    let mut root = 0_u128;
    for bit in (0..bits).rev() {
        let candidate = root | 1_u128.checked_shl(bit)?;
        if checked_power(candidate, degree.into()).is_some_and(|power| power <= of) {
            root = candidate;
        }
    }
    (checked_power(root, degree.into()) == Some(of)).then_some(root)
}
