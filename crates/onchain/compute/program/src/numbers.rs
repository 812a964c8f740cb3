//! The calls of the numbers.

use tokenomics_fixed_math::{mul_div as quotient, Rounding, SignedWad, Wad, U256};

use crate::{folded, operand, word, Operands};

/// Reads an operand and no more.
#[inline(never)]
pub fn nothing(of: &Operands) -> u64 {
    folded(Some(operand(of, 0)))
}

#[inline(never)]
pub fn mul_div(of: &Operands) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| operand(of, at));
    folded(quotient(a, b, c, Rounding::Floor).ok())
}

#[inline(never)]
pub fn mul_div_ceil(of: &Operands) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| operand(of, at));
    folded(quotient(a, b, c, Rounding::Ceil).ok())
}

#[inline(never)]
pub fn mul_div_half_even(of: &Operands) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| operand(of, at));
    folded(quotient(a, b, c, Rounding::HalfEven).ok())
}

#[inline(never)]
pub fn exp(of: &Operands) -> u64 {
    let x = SignedWad::from_raw(operand(of, 0) as i128);
    folded(x.exp(Rounding::Floor).ok().map(Wad::raw))
}

#[inline(never)]
pub fn ln(of: &Operands) -> u64 {
    let x = Wad::from_raw(operand(of, 0));
    folded(x.ln(Rounding::Floor).ok().map(|log| log.raw() as u128))
}

#[inline(never)]
pub fn pow(of: &Operands) -> u64 {
    let (x, y) = (
        Wad::from_raw(operand(of, 0)),
        SignedWad::from_raw(operand(of, 1) as i128),
    );
    folded(x.pow(y, Rounding::Floor).ok().map(Wad::raw))
}

#[inline(never)]
pub fn powi(of: &Operands) -> u64 {
    let x = Wad::from_raw(operand(of, 0));
    folded(
        x.powi(word(of, 1) as i64, Rounding::Floor)
            .ok()
            .map(Wad::raw),
    )
}

#[inline(never)]
pub fn sqrt(of: &Operands) -> u64 {
    folded(Some(
        Wad::from_raw(operand(of, 0)).sqrt(Rounding::Floor).raw(),
    ))
}

#[inline(never)]
pub fn product(of: &Operands) -> u64 {
    let product = U256::product(operand(of, 0), operand(of, 1));
    folded(Some(product.high() ^ product.low()))
}
