//! `U256`.

use core::str::FromStr;

use tokenomics_fixed_math::U256;

use crate::abi::{export, rounding, text, written};

export! {
    "U256::new" (a: u128, b: u128) => U256::new(a, b);
    "U256::high" (a: u128, b: u128) => U256::new(a, b).high();
    "U256::low" (a: u128, b: u128) => U256::new(a, b).low();
    "U256::bits" (a: u128, b: u128) => U256::new(a, b).bits();
    "U256::is_zero" (a: u128, b: u128) => U256::new(a, b).is_zero();
    "U256::product" (a: u128, b: u128) => U256::product(a, b);
    "U256::cmp_products" (a: u128, b: u128, c: u128, d: u128) => U256::cmp_products(a, b, c, d);
    "U256::checked_add" (a: u128, b: u128, c: u128, d: u128) =>
        U256::new(a, b).checked_add(U256::new(c, d));
    "U256::checked_sub" (a: u128, b: u128, c: u128, d: u128) =>
        U256::new(a, b).checked_sub(U256::new(c, d));
    "U256::checked_mul" (a: u128, b: u128, c: u128) => U256::new(a, b).checked_mul(c);
    "U256::div_rem" (a: u128, b: u128, c: u128) => U256::new(a, b).div_rem(c);
    "U256::checked_div" (a: u128, b: u128, c: u128, r: u32) =>
        U256::new(a, b).checked_div(c, rounding(r));
    "U256::checked_mul_wide" (a: u128, b: u128, c: u128, d: u128) =>
        U256::new(a, b).checked_mul_wide(U256::new(c, d));
    "U256::div_rem_wide" (a: u128, b: u128, c: u128, d: u128) =>
        U256::new(a, b).div_rem_wide(U256::new(c, d));
    "U256::checked_div_wide" (a: u128, b: u128, c: u128, d: u128, r: u32) =>
        U256::new(a, b).checked_div_wide(U256::new(c, d), rounding(r));
    "U256::mul_div" (a: u128, b: u128, c: u128, d: u128, e: u128, f: u128, r: u32) =>
        U256::new(a, b).mul_div(U256::new(c, d), U256::new(e, f), rounding(r));
    "U256::isqrt" (a: u128, b: u128, r: u32) => U256::new(a, b).isqrt(rounding(r));
    "U256::checked_shl" (a: u128, b: u128, by: u32) => U256::new(a, b).checked_shl(by);
    "U256::shr_floor" (a: u128, b: u128, by: u32) => U256::new(a, b).shr_floor(by);
    "U256::to_u128" (a: u128, b: u128) => U256::new(a, b).to_u128();
    "<U256 as From<u128>>::from" (a: u128) => U256::from(a);
    "<U256 as TryFrom<i128>>::try_from" (a: i128) => U256::try_from(a);
    "<i128 as TryFrom<U256>>::try_from" (a: u128, b: u128) => i128::try_from(U256::new(a, b));
    "<U256 as FromStr>::from_str" (at: *const u8, bytes: usize) => U256::from_str(text(at, bytes));
    "<U256 as Display>::fmt" (a: u128, b: u128) => written(U256::new(a, b));
}
