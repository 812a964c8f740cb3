//! `Wad`.

use core::str::FromStr;

use tokenomics_fixed_math::{Fraction, Wad};

use crate::abi::{decimals, export, fraction, rounding, signed, text, wad, written};

export! {
    "Wad::from_raw" (a: u128) => Wad::from_raw(a);
    "Wad::raw" (a: u128) => wad(a).raw();
    "Wad::from_integer" (a: u128) => Wad::from_integer(a);
    "Wad::from_percent" (a: u128) => Wad::from_percent(a);
    "Wad::from_bps" (a: u128) => Wad::from_bps(a);
    "Wad::from_ratio" (n: u128, d: u128, r: u32) => Wad::from_ratio(n, d, rounding(r));
    "Wad::to_integer" (a: u128, r: u32) => wad(a).to_integer(rounding(r));
    "Wad::round_to" (a: u128, d: u8, r: u32) => wad(a).round_to(decimals(d), rounding(r));
    "Wad::is_zero" (a: u128) => wad(a).is_zero();
    "Wad::checked_add" (a: u128, b: u128) => wad(a).checked_add(wad(b));
    "Wad::checked_sub" (a: u128, b: u128) => wad(a).checked_sub(wad(b));
    "Wad::abs_diff" (a: u128, b: u128) => wad(a).abs_diff(wad(b));
    "Wad::mul" (a: u128, b: u128, r: u32) => wad(a).mul(wad(b), rounding(r));
    "Wad::div" (a: u128, b: u128, r: u32) => wad(a).div(wad(b), rounding(r));
    "Wad::mul_div" (a: u128, b: u128, c: u128, r: u32) =>
        wad(a).mul_div(wad(b), wad(c), rounding(r));
    "Wad::mul_fraction" (a: u128, f: u64, r: u32) => wad(a).mul_fraction(fraction(f), rounding(r));
    "Wad::recip" (a: u128, r: u32) => wad(a).recip(rounding(r));
    "Wad::lerp" (a: u128, b: u128, f: u64, r: u32) =>
        wad(a).lerp(wad(b), fraction(f), rounding(r));

    "Wad::exp" (a: u128, r: u32) => wad(a).exp(rounding(r));
    "Wad::exp2" (a: u128, r: u32) => wad(a).exp2(rounding(r));
    "Wad::expm1" (a: u128, r: u32) => wad(a).expm1(rounding(r));
    "Wad::ln" (a: u128, r: u32) => wad(a).ln(rounding(r));
    "Wad::ln_1p" (a: u128, r: u32) => wad(a).ln_1p(rounding(r));
    "Wad::log2" (a: u128, r: u32) => wad(a).log2(rounding(r));
    "Wad::log10" (a: u128, r: u32) => wad(a).log10(rounding(r));
    "Wad::pow" (a: u128, b: i128, r: u32) => wad(a).pow(signed(b), rounding(r));
    "Wad::powi" (a: u128, n: i64, r: u32) => wad(a).powi(n, rounding(r));
    "Wad::compound" (a: u128, n: u64, r: u32) => wad(a).compound(n, rounding(r));
    "Wad::geometric_sum" (a: u128, n: u64, r: u32) => wad(a).geometric_sum(n, rounding(r));
    "Wad::nth_root" (a: u128, n: u32, r: u32) => wad(a).nth_root(n, rounding(r));
    "Wad::sqrt" (a: u128, r: u32) => wad(a).sqrt(rounding(r));
    "Wad::cbrt" (a: u128, r: u32) => wad(a).cbrt(rounding(r));

    "Wad::parse_decimal" (at: *const u8, bytes: usize) => Wad::parse_decimal(text(at, bytes));
    "<Wad as FromStr>::from_str" (at: *const u8, bytes: usize) => Wad::from_str(text(at, bytes));
    "<Wad as Display>::fmt" (a: u128) => written(wad(a));
    "<Wad as From<Fraction>>::from" (f: u64) => Wad::from(fraction(f));
    "<Wad as TryFrom<SignedWad>>::try_from" (a: i128) => Wad::try_from(signed(a));
    "<Fraction as TryFrom<Wad>>::try_from" (a: u128) => Fraction::try_from(wad(a));
}
