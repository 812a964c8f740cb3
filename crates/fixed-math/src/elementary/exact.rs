//! Integers that tell an exact power from one that isn't.

use crate::Fraction;

/// raw / 10^18 in lowest terms, for raw above 0.
pub(super) fn lowest_terms(raw: u128) -> (u128, u64) {
    let (mut divisor, mut rest) = (Fraction::SCALE, modulo(raw, Fraction::SCALE));
    while rest != 0 {
        (divisor, rest) = (rest, modulo(divisor.into(), rest));
    }
    // The greatest common divisor: it divides both, and isn't 0.
    let numerator = raw.checked_div(divisor.into()).unwrap_or(0);
    (numerator, Fraction::SCALE.checked_div(divisor).unwrap_or(0))
}

/// The remainder by a divisor above 0.
fn modulo(of: u128, divisor: u64) -> u64 {
    let rest = of.checked_rem(divisor.into()).unwrap_or(0);
    u64::try_from(rest).unwrap_or(0)
}

/// base^exponent, if it fits.
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

/// The root of a perfect power above 0; `None` of any other number.
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
