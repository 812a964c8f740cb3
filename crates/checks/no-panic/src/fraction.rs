//! `Fraction`.

use core::str::FromStr;

use tokenomics_fixed_math::{Fraction, U256};

use crate::abi::{decimals, export, fraction, rounding, text, written};

export! {
    "Fraction::from_raw" (f: u64) => Fraction::from_raw(f);
    "Fraction::raw" (f: u64) => fraction(f).raw();
    "Fraction::from_bps" (n: u64) => Fraction::from_bps(n);
    "Fraction::from_percent" (n: u64) => Fraction::from_percent(n);
    "Fraction::from_ratio" (n: u128, d: u128, r: u32) => Fraction::from_ratio(n, d, rounding(r));
    "Fraction::from_wide_ratio" (a: u128, b: u128, c: u128, d: u128, r: u32) =>
        Fraction::from_wide_ratio(U256::new(a, b), U256::new(c, d), rounding(r));
    "Fraction::is_zero" (f: u64) => fraction(f).is_zero();
    "Fraction::complement" (f: u64) => fraction(f).complement();
    "Fraction::mul" (f: u64, g: u64, r: u32) => fraction(f).mul(fraction(g), rounding(r));
    "Fraction::round_to" (f: u64, d: u8, r: u32) =>
        fraction(f).round_to(decimals(d), rounding(r));
    "Fraction::powi" (f: u64, n: u64, r: u32) => fraction(f).powi(n, rounding(r));
    "Fraction::checked_add" (f: u64, g: u64) => fraction(f).checked_add(fraction(g));
    "Fraction::checked_sub" (f: u64, g: u64) => fraction(f).checked_sub(fraction(g));
    "Fraction::parse_decimal" (at: *const u8, bytes: usize) =>
        Fraction::parse_decimal(text(at, bytes));
    "<Fraction as FromStr>::from_str" (at: *const u8, bytes: usize) =>
        Fraction::from_str(text(at, bytes));
    "<Fraction as Display>::fmt" (f: u64) => written(fraction(f));
}
