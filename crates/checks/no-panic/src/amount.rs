//! `Amount`, and integers.

use core::str::FromStr;

use tokenomics_fixed_math::{icbrt, isqrt, mul_div, Amount, Decimals};

use crate::abi::{decimals, export, fraction, ratio, rounding, signed, text, wad, written};

export! {
    "mul_div" (a: u128, b: u128, c: u128, r: u32) => mul_div(a, b, c, rounding(r));
    "isqrt" (n: u128, r: u32) => isqrt(n, rounding(r));
    "icbrt" (n: u128, r: u32) => icbrt(n, rounding(r));

    "Amount::new" (a: u128) => Amount::new(a);
    "Amount::from_tokens" (n: u128, d: u8) => Amount::from_tokens(n, decimals(d));
    "Amount::get" (a: u128) => Amount::new(a).get();
    "Amount::is_zero" (a: u128) => Amount::new(a).is_zero();
    "Amount::checked_add" (a: u128, b: u128) => Amount::new(a).checked_add(Amount::new(b));
    "Amount::checked_sub" (a: u128, b: u128) => Amount::new(a).checked_sub(Amount::new(b));
    "Amount::abs_diff" (a: u128, b: u128) => Amount::new(a).abs_diff(Amount::new(b));
    "Amount::try_sum" (a: u128, b: u128, c: u128) => Amount::try_sum([a, b, c].map(Amount::new));
    "Amount::mul_div" (a: u128, b: u128, c: u128, r: u32) =>
        Amount::new(a).mul_div(b, c, rounding(r));
    "Amount::mul_fraction" (a: u128, f: u64, r: u32) =>
        Amount::new(a).mul_fraction(fraction(f), rounding(r));
    "Amount::mul_ratio" (a: u128, n: u128, d: u128, r: u32) =>
        Amount::new(a).mul_ratio(ratio(n, d), rounding(r));
    "Amount::mul_pow" (a: u128, n: u128, d: u128, e: u128, r: u32) =>
        Amount::new(a).mul_pow(ratio(n, d), wad(e), rounding(r));
    "Amount::mul_rational_pow" (a: u128, b: u128, c: u128, n: u128, d: u128, r: u32) =>
        Amount::new(a).mul_rational_pow(ratio(b, c), ratio(n, d), rounding(r));
    "Amount::mul_logistic" (a: u128, k: u128, n: u128, d: u128, r: u32) =>
        Amount::new(a).mul_logistic(wad(k), ratio(n, d), rounding(r));
    "Amount::mul_expm1" (a: u128, k: i128, n: u128, d: u128, r: u32) =>
        Amount::new(a).mul_expm1(signed(k), ratio(n, d), rounding(r));
    "Amount::lerp" (a: u128, b: u128, f: u64, r: u32) =>
        Amount::new(a).lerp(Amount::new(b), fraction(f), rounding(r));
    "Amount::parse_decimal" (at: *const u8, bytes: usize, d: u8) =>
        Amount::parse_decimal(text(at, bytes), decimals(d));
    "Amount::display" (a: u128, d: u8) => written(Amount::new(a).display(decimals(d)));
    "Amount::display_rounded" (a: u128, d: u8, p: u8, r: u32) =>
        written(Amount::new(a).display_rounded(decimals(d), decimals(p), rounding(r)));
    "<DisplayAmount as Display>::fmt" (a: u128, d: u8) =>
        written(Amount::new(a).display(decimals(d)));
    "<Amount as Display>::fmt" (a: u128) => written(Amount::new(a));
    "<Amount as FromStr>::from_str" (at: *const u8, bytes: usize) =>
        Amount::from_str(text(at, bytes));
    "<Amount as From<u128>>::from" (a: u128) => Amount::from(a);
    "<Amount as From<u64>>::from" (a: u64) => Amount::from(a);
    "<u128 as From<Amount>>::from" (a: u128) => u128::from(Amount::new(a));
    "<Amount as TryFrom<i128>>::try_from" (a: i128) => Amount::try_from(a);
    "<i128 as TryFrom<Amount>>::try_from" (a: u128) => i128::try_from(Amount::new(a));

    "Decimals::new" (d: u8) => Decimals::new(d);
    "Decimals::get" (d: u8) => decimals(d).get();
    "Decimals::one_token" (d: u8) => decimals(d).one_token();
}
