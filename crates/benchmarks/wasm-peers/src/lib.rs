//! One function of one peer as the export of a wasm module, its bytes to be weighed beside ours.
//!
//! Numbers cross the boundary as each peer's own units, so that no conversion is weighed. What a
//! function has no result for is 0. Nothing of std is linked, and a panic traps, which is the least
//! that it can cost.

#![cfg_attr(target_arch = "wasm32", no_std)]

use peer::*;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LeakingPageAllocator = lol_alloc::LeakingPageAllocator;

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// e^x.
#[cfg(feature = "exp")]
#[no_mangle]
pub extern "C" fn exp(x: i128) -> i128 {
    exp_of(number(x)).map_or(0, raw)
}

/// ln x.
#[cfg(feature = "ln")]
#[no_mangle]
pub extern "C" fn ln(x: i128) -> i128 {
    ln_of(number(x)).map_or(0, raw)
}

/// x^y.
#[cfg(feature = "pow")]
#[no_mangle]
pub extern "C" fn pow(x: i128, y: i128) -> i128 {
    pow_of(number(x), number(y)).map_or(0, raw)
}

/// a·b/c, floored.
#[cfg(feature = "mul_div")]
#[no_mangle]
pub extern "C" fn mul_div(a: u128, b: u128, c: u128) -> u128 {
    mul_div_of(a, b, c).unwrap_or(0)
}

#[cfg(feature = "brine-fp")]
mod peer {
    use brine_fp::{SignedNumeric, UnsignedNumeric};

    pub fn number(raw: i128) -> SignedNumeric {
        SignedNumeric {
            value: UnsignedNumeric::from_scaled_u128(raw.unsigned_abs()),
            is_negative: raw < 0,
        }
    }

    pub fn raw(of: SignedNumeric) -> i128 {
        of.value.value.low_u128() as i128
    }

    pub fn exp_of(x: SignedNumeric) -> Option<SignedNumeric> {
        Some(x.exp()?.signed())
    }

    pub fn ln_of(x: SignedNumeric) -> Option<SignedNumeric> {
        x.value.log()
    }

    pub fn pow_of(x: SignedNumeric, y: SignedNumeric) -> Option<SignedNumeric> {
        Some(x.value.pow(&y.value)?.signed())
    }
}

#[cfg(feature = "decimal-scaled")]
mod peer {
    use decimal_scaled::{D38s18, Int};

    pub fn number(raw: i128) -> D38s18 {
        D38s18::from_bits(Int::from_limbs_le([raw as u64, (raw >> 64) as u64]))
    }

    pub fn raw(of: D38s18) -> i128 {
        of.to_bits().to_i128_checked().unwrap_or(0)
    }

    pub fn exp_of(x: D38s18) -> Option<D38s18> {
        Some(x.exp_strict())
    }

    pub fn ln_of(x: D38s18) -> Option<D38s18> {
        Some(x.ln_strict())
    }

    pub fn pow_of(x: D38s18, y: D38s18) -> Option<D38s18> {
        Some(x.powf_strict(y))
    }
}

#[cfg(feature = "fixed_analytics")]
mod peer {
    use fixed::types::I64F64;

    pub fn number(raw: i128) -> I64F64 {
        I64F64::from_bits(raw)
    }

    pub fn raw(of: I64F64) -> i128 {
        of.to_bits()
    }

    pub fn exp_of(x: I64F64) -> Option<I64F64> {
        Some(fixed_analytics::exp(x))
    }

    pub fn ln_of(x: I64F64) -> Option<I64F64> {
        fixed_analytics::ln(x).ok()
    }

    pub fn pow_of(x: I64F64, y: I64F64) -> Option<I64F64> {
        fixed_analytics::pow(x, y).ok()
    }
}

#[cfg(feature = "rust_decimal")]
mod peer {
    use rust_decimal::{Decimal, MathematicalOps};

    /// With 18 decimals.
    pub fn number(raw: i128) -> Decimal {
        Decimal::try_from_i128_with_scale(raw, 18).unwrap_or(Decimal::ZERO)
    }

    pub fn raw(of: Decimal) -> i128 {
        of.mantissa()
    }

    pub fn exp_of(x: Decimal) -> Option<Decimal> {
        x.checked_exp()
    }

    pub fn ln_of(x: Decimal) -> Option<Decimal> {
        x.checked_ln()
    }

    pub fn pow_of(x: Decimal, y: Decimal) -> Option<Decimal> {
        x.checked_powd(y)
    }
}

#[cfg(feature = "solmath")]
mod peer {
    pub fn number(raw: i128) -> i128 {
        raw
    }

    pub fn raw(of: i128) -> i128 {
        of
    }

    pub fn exp_of(x: i128) -> Option<i128> {
        solmath::exp_fixed_i(x).ok()
    }

    pub fn ln_of(x: i128) -> Option<i128> {
        solmath::ln_fixed_i(x.unsigned_abs()).ok()
    }

    pub fn pow_of(x: i128, y: i128) -> Option<i128> {
        solmath::pow_fixed_i(x, y).ok()
    }
}

#[cfg(feature = "ruint")]
mod peer {
    use ruint::aliases::U256;

    pub fn mul_div_of(a: u128, b: u128, c: u128) -> Option<u128> {
        let product = U256::from(a) * U256::from(b);
        product.checked_div(U256::from(c))?.try_into().ok()
    }
}

#[cfg(feature = "sp-arithmetic")]
mod peer {
    use sp_arithmetic::helpers_128bit::multiply_by_rational_with_rounding;
    use sp_arithmetic::Rounding;

    pub fn mul_div_of(a: u128, b: u128, c: u128) -> Option<u128> {
        multiply_by_rational_with_rounding(a, b, c, Rounding::Down)
    }
}
