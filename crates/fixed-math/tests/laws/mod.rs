//! The laws of the numbers, each once, over plain inputs: the property tests and the fuzz targets
//! call the same functions. Any input is normalised into a valid one.
#![allow(
    dead_code,
    unused_imports,
    reason = "a fuzz target calls one law of them"
)]

mod bracket;
mod certificate;
mod curves;
mod enclosure;
mod exact;
mod exponential;
mod functions;
mod grammar;
mod growth;
mod lerp;
mod logarithm;
mod natural;
mod order;
mod power;
mod roots;
mod text;

pub(crate) use bracket::{
    bracket, bracket_of_digits, bracket_of_shares, bracket_of_wads, bracket_of_wides, monotone,
    share, signed_bracket,
};
pub(crate) use curves::{growth, ratio_above_one, ratio_power, rational_power, s_curve};
pub(crate) use exact::{
    checked_shl, checked_sums, clock, conversions, wide_arithmetic, wide_products,
};
pub(crate) use exponential::exp_bracket;
pub(crate) use functions::{exp_undoes_ln, exponents_add, functions_are_monotone, powi_is_pow};
pub(crate) use growth::{growth_over_time, growth_to_a_ceiling};
pub(crate) use lerp::lerp_between;
pub(crate) use logarithm::{log_bracket, logarithms_add};
pub(crate) use order::{ratio_hash, ratio_order, ratio_product};
pub(crate) use power::{
    enclosures_agree_with_integers, geometric_sum_bracket, nth_root_bracket, power_bracket,
    whole_power_bracket,
};
pub(crate) use roots::bracket_of_roots;
pub(crate) use text::{parse, round_trip};

use natural::Natural;
use tokenomics_fixed_math::{Error, Fraction, Ratio, SignedWad};

/// One more than the scale, so that both endpoints are drawn.
fn fraction(raw: u64) -> Fraction {
    Fraction::from_raw(raw % (Fraction::SCALE + 1)).unwrap()
}

fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::new(numerator, denominator.max(1)).unwrap()
}

fn product(a: u128, b: u128) -> Natural {
    Natural::from(a).times(&b.into())
}

/// What a number of 128 bits must come to: itself, or the overflow that names it.
fn in_128_bits(exact: &Natural) -> Result<u128, Error> {
    let value = exact.wide();
    if exact.fits(128) {
        Ok(value.low())
    } else {
        Err(Error::Overflow {
            bits: value.bits(),
            max: u128::MAX,
        })
    }
}

/// The same for a signed one.
fn signed_from_parts(negative: bool, magnitude: &Natural) -> Result<SignedWad, Error> {
    let limit = if negative { 1 << 127 } else { (1 << 127) - 1 };
    let value = magnitude.wide();
    if *magnitude > Natural::from(limit) {
        return Err(Error::SignedOverflow {
            bits: value.bits(),
            bound: if negative { i128::MIN } else { i128::MAX },
        });
    }
    // 2^127 as an i128 is its own negative, MIN.
    let raw = value.low() as i128;
    Ok(SignedWad::from_raw(if negative {
        raw.wrapping_neg()
    } else {
        raw
    }))
}
