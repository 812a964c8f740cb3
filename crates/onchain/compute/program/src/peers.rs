//! The same by what an embedder would use instead. Numbers are in each peer's own units, so that no
//! conversion is counted.

use brine_fp::{SignedNumeric, UnsignedNumeric};
use fixed::types::I64F64;
use rust_decimal::Decimal;

use crate::{folded, operand, word, Operands};

#[allow(clippy::all, unexpected_cfgs, reason = "what the macro writes")]
mod wide {
    uint::construct_uint! {
        pub struct U256(4);
    }
}

/// a·b/c in 128 bits, where the product fits them.
#[inline(never)]
pub fn by_hand_mul_div(of: &Operands) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| operand(of, at));
    folded(a.checked_mul(b).and_then(|product| product.checked_div(c)))
}

#[inline(never)]
pub fn by_hand_vested(of: &Operands) -> u64 {
    let [start, end, at] = [0, 1, 2].map(|at| word(of, at));
    let total = operand(of, 3);
    let vested = if at < start {
        Some(0)
    } else if at >= end {
        Some(total)
    } else {
        let (passed, all) = (u128::from(at - start), u128::from(end - start));
        total
            .checked_mul(passed)
            .and_then(|product| product.checked_div(all))
    };
    folded(vested)
}

#[inline(never)]
pub fn ruint_mul_div(of: &Operands) -> u64 {
    type U256 = ruint::aliases::U256;
    let [a, b, c] = [0, 1, 2].map(|at| U256::from(operand(of, at)));
    let quotient = a.checked_mul(b).and_then(|product| product.checked_div(c));
    folded(quotient.and_then(|quotient| quotient.try_into().ok()))
}

/// By the crate whose integers spl-math's `PreciseNumber` is made of.
#[inline(never)]
pub fn uint_mul_div(of: &Operands) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| wide::U256::from(operand(of, at)));
    let quotient = a.checked_mul(b).and_then(|product| product.checked_div(c));
    folded(quotient.and_then(|quotient| quotient.try_into().ok()))
}

#[inline(always)]
fn raw(of: Option<Decimal>) -> u64 {
    folded(of.map(|of| of.mantissa() as u128))
}

#[inline(never)]
pub fn rust_decimal_mul_div(of: &Operands) -> u64 {
    let whole =
        |raw: u128| Decimal::try_from_i128_with_scale(raw as i128, 0).unwrap_or(Decimal::ZERO);
    let [a, b, c] = [0, 1, 2].map(|at| whole(operand(of, at)));
    raw(a.checked_mul(b).and_then(|product| product.checked_div(c)))
}

#[inline(always)]
fn bits(of: Option<I64F64>) -> u64 {
    folded(of.map(|of| of.to_bits() as u128))
}

#[inline(always)]
fn fixed(of: &Operands, at: usize) -> I64F64 {
    I64F64::from_bits(operand(of, at) as i128)
}

#[inline(never)]
pub fn fixed_mul_div(of: &Operands) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| fixed(of, at));
    bits(a.checked_mul(b).and_then(|product| product.checked_div(c)))
}

#[inline(never)]
pub fn fixed_exp(of: &Operands) -> u64 {
    bits(Some(fixed_analytics::exp(fixed(of, 0))))
}

#[inline(never)]
pub fn fixed_ln(of: &Operands) -> u64 {
    bits(fixed_analytics::ln(fixed(of, 0)).ok())
}

#[inline(never)]
pub fn fixed_pow(of: &Operands) -> u64 {
    bits(fixed_analytics::pow(fixed(of, 0), fixed(of, 1)).ok())
}

#[inline(never)]
pub fn fixed_sqrt(of: &Operands) -> u64 {
    bits(fixed(of, 0).checked_sqrt())
}

#[inline(always)]
fn numeric(raw: u128) -> UnsignedNumeric {
    UnsignedNumeric::from_scaled_u128(raw)
}

#[inline(never)]
pub fn brine_exp(of: &Operands) -> u64 {
    let x = SignedNumeric {
        value: numeric(operand(of, 0)),
        is_negative: false,
    };
    folded(x.exp().map(|of| of.value.low_u128()))
}

#[inline(never)]
pub fn brine_ln(of: &Operands) -> u64 {
    folded(
        numeric(operand(of, 0))
            .log()
            .map(|of| of.value.value.low_u128()),
    )
}

#[inline(never)]
pub fn brine_pow(of: &Operands) -> u64 {
    let power = numeric(operand(of, 0)).pow(&numeric(operand(of, 1)));
    folded(power.map(|of| of.value.low_u128()))
}

/// In units of 10^-12.
#[inline(never)]
pub fn solmath_exp(of: &Operands) -> u64 {
    folded(
        solmath::exp_fixed_i(operand(of, 0) as i128)
            .ok()
            .map(|of| of as u128),
    )
}

#[inline(never)]
pub fn solmath_ln(of: &Operands) -> u64 {
    folded(
        solmath::ln_fixed_i(operand(of, 0))
            .ok()
            .map(|of| of as u128),
    )
}

#[inline(never)]
pub fn solmath_pow(of: &Operands) -> u64 {
    let (x, y) = (operand(of, 0) as i128, operand(of, 1) as i128);
    folded(solmath::pow_fixed_i(x, y).ok().map(|of| of as u128))
}
