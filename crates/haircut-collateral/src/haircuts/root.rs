//! Square roots of ratios, which several rules scale by.

use tokenomics_fixed_math::{isqrt, mul_div, Rounding, Wad, U256};

/// The number of units of 1e-36 in one.
pub(super) const SCALE: u128 = 1_000_000_000_000_000_000_000_000_000_000_000_000;

/// Returns √(numerator/denominator), ceiled; the largest number over a denominator of 0.
///
/// The least integer whose square is at least x is that of ⌈x⌉ too. It is below 2^125.
pub(super) fn root_of_ratio(numerator: u128, denominator: u128) -> Wad {
    // Mostly the ratio is below 340, and 128 bits hold its square in 1e-36.
    let root = match mul_div(numerator, SCALE, denominator, Rounding::Ceil) {
        Ok(square) => isqrt(square, Rounding::Ceil),
        Err(_) => root_of_large_ratio(numerator, denominator),
    };
    Wad::from_raw(root)
}

#[cold]
fn root_of_large_ratio(numerator: u128, denominator: u128) -> u128 {
    let square = U256::product(numerator, SCALE).checked_div(denominator, Rounding::Ceil);
    let root = square.and_then(|square| square.isqrt(Rounding::Ceil).to_u128());
    root.unwrap_or(u128::MAX)
}
