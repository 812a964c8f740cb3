//! `SignedWad`.

use core::str::FromStr;

use tokenomics_fixed_math::SignedWad;

use crate::abi::{decimals, export, fraction, rounding, signed, text, wad, written};

export! {
    "SignedWad::from_raw" (a: i128) => SignedWad::from_raw(a);
    "SignedWad::raw" (a: i128) => signed(a).raw();
    "SignedWad::from_integer" (a: i128) => SignedWad::from_integer(a);
    "SignedWad::from_percent" (a: i128) => SignedWad::from_percent(a);
    "SignedWad::from_bps" (a: i128) => SignedWad::from_bps(a);
    "SignedWad::to_integer" (a: i128, r: u32) => signed(a).to_integer(rounding(r));
    "SignedWad::round_to" (a: i128, d: u8, r: u32) => signed(a).round_to(decimals(d), rounding(r));
    "SignedWad::is_zero" (a: i128) => signed(a).is_zero();
    "SignedWad::is_negative" (a: i128) => signed(a).is_negative();
    "SignedWad::signum" (a: i128) => signed(a).signum();
    "SignedWad::abs" (a: i128) => signed(a).abs();
    "SignedWad::abs_diff" (a: i128, b: i128) => signed(a).abs_diff(signed(b));
    "SignedWad::checked_neg" (a: i128) => signed(a).checked_neg();
    "SignedWad::checked_add" (a: i128, b: i128) => signed(a).checked_add(signed(b));
    "SignedWad::checked_sub" (a: i128, b: i128) => signed(a).checked_sub(signed(b));
    "SignedWad::mul" (a: i128, b: i128, r: u32) => signed(a).mul(signed(b), rounding(r));
    "SignedWad::div" (a: i128, b: i128, r: u32) => signed(a).div(signed(b), rounding(r));
    "SignedWad::mul_div" (a: i128, b: i128, c: i128, r: u32) =>
        signed(a).mul_div(signed(b), signed(c), rounding(r));
    "SignedWad::recip" (a: i128, r: u32) => signed(a).recip(rounding(r));
    "SignedWad::lerp" (a: i128, b: i128, f: u64, r: u32) =>
        signed(a).lerp(signed(b), fraction(f), rounding(r));

    "SignedWad::exp" (a: i128, r: u32) => signed(a).exp(rounding(r));
    "SignedWad::exp2" (a: i128, r: u32) => signed(a).exp2(rounding(r));
    "SignedWad::expm1" (a: i128, r: u32) => signed(a).expm1(rounding(r));
    "SignedWad::ln" (a: i128, r: u32) => signed(a).ln(rounding(r));
    "SignedWad::ln_1p" (a: i128, r: u32) => signed(a).ln_1p(rounding(r));
    "SignedWad::log2" (a: i128, r: u32) => signed(a).log2(rounding(r));
    "SignedWad::log10" (a: i128, r: u32) => signed(a).log10(rounding(r));
    "SignedWad::pow" (a: i128, b: i128, r: u32) => signed(a).pow(signed(b), rounding(r));
    "SignedWad::powi" (a: i128, n: i64, r: u32) => signed(a).powi(n, rounding(r));
    "SignedWad::nth_root" (a: i128, n: u32, r: u32) => signed(a).nth_root(n, rounding(r));
    "SignedWad::sqrt" (a: i128, r: u32) => signed(a).sqrt(rounding(r));
    "SignedWad::cbrt" (a: i128, r: u32) => signed(a).cbrt(rounding(r));

    "SignedWad::parse_decimal" (at: *const u8, bytes: usize) =>
        SignedWad::parse_decimal(text(at, bytes));
    "<SignedWad as FromStr>::from_str" (at: *const u8, bytes: usize) =>
        SignedWad::from_str(text(at, bytes));
    "<SignedWad as Display>::fmt" (a: i128) => written(signed(a));
    "<SignedWad as From<Fraction>>::from" (f: u64) => SignedWad::from(fraction(f));
    "<SignedWad as TryFrom<Wad>>::try_from" (a: u128) => SignedWad::try_from(wad(a));
}
