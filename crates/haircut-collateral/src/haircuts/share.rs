//! Fractions of integers of 256 bits, which most rules end in.

use tokenomics_fixed_math::{Fraction, Rounding, U256};

/// Returns part / whole, at most 1, ceiled; 1 of a whole of 0.
#[inline]
pub(super) fn share_up(part: U256, whole: U256) -> Fraction {
    share(part, whole, Rounding::Ceil, Fraction::ONE)
}

/// Returns part / whole, at most 1, rounded as the caller says; `of_nothing` where both are 0.
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn share(part: U256, whole: U256, rounding: Rounding, of_nothing: Fraction) -> Fraction {
    if part < whole {
        // So the fallback is never taken.
        return Fraction::from_wide_ratio(part, whole, rounding).unwrap_or(Fraction::ONE);
    }
    if part.is_zero() {
        return of_nothing;
    }
    Fraction::ONE
}
