//! The quotient `a·b/c` over the full 256-bit product.

use crate::{limb, Error, Rounding, U256};

/// Computes `a·b / c`, with the full 256-bit product and one rounding.
///
/// The three are plain integers, and the units are those of a·b/c.
///
/// # Rounding
/// As the caller says: the exact rational number, rounded once.
///
/// # Errors
/// [`Error::DivisionByZero`] if `c` is zero, [`Error::Overflow`] if the rounded result is above
/// `u128::MAX`.
///
/// # Laws
/// `bracket`: floor ≤ exact ≤ ceil and ceil − floor ≤ 1. `monotone` in a and b, antitone in c.
///
/// ```
/// use tokenomics_fixed_math::{mul_div, Rounding};
///
/// assert_eq!(mul_div(u128::MAX, 3, 4, Rounding::Ceil), Ok(u128::MAX / 4 * 3 + 3));
/// assert!(mul_div(u128::MAX, 2, 1, Rounding::Floor).is_err());
/// ```
///
/// # Source
/// Knuth, The Art of Computer Programming 2, 4.3.1, algorithms M and D.
#[doc(alias(
    "mulDiv",
    "mul_div_floor",
    "mul_div_ceil",
    "mulDivDown",
    "mulDivUp",
    "full_mul_div"
))]
#[cfg_attr(any(target_arch = "x86_64", not(target_pointer_width = "64")), inline)]
// On SBF a call has no more than five words of arguments.
#[cfg_attr(
    all(not(target_arch = "x86_64"), target_pointer_width = "64"),
    inline(always)
)]
pub fn mul_div(a: u128, b: u128, c: u128, rounding: Rounding) -> Result<u128, Error> {
    // Step by step, as the error of a wide quotient in between takes 80 bytes of wasm.
    let Some(quotient) = limb::mul_div(a, b, c) else {
        return Err(Error::DivisionByZero);
    };
    let (high, low) = quotient.rounded(c, rounding);
    U256::new(high, low).to_u128()
}
