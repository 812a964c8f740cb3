//! Fractions of integers of 256 bits, which most rules end in.

use tokenomics_fixed_math::{Fraction, Rounding, U256};

/// Returns part / whole, at most 1, ceiled; 1 of a whole of 0.
pub(super) fn share_up(part: U256, whole: U256) -> Fraction {
    share(part, whole, Rounding::Ceil, Fraction::ONE)
}

/// Returns part / whole, at most 1, rounded as the caller says; `of_nothing` where both are 0.
pub(super) fn share(part: U256, whole: U256, rounding: Rounding, of_nothing: Fraction) -> Fraction {
    if whole.is_zero() && part.is_zero() {
        return of_nothing;
    }
    if part >= whole {
        return Fraction::ONE;
    }
    // The part is below the whole, so the result is at most the scale and no fallback is taken.
    let scale = U256::from(u128::from(Fraction::SCALE));
    let raw = part
        .mul_div(scale, whole, rounding)
        .map_or(Fraction::SCALE, |raw| {
            u64::try_from(raw.low()).unwrap_or(Fraction::SCALE)
        });
    Fraction::from_raw(raw).unwrap_or(Fraction::ONE)
}
