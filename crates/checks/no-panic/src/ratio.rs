//! `Ratio`.

use core::str::FromStr;

use tokenomics_fixed_math::Ratio;

use crate::abi::{export, fraction, hashed, ratio, text, wad, written};

export! {
    "Ratio::new" (n: u128, d: u128) => Ratio::new(n, d);
    "Ratio::from_integer" (n: u128) => Ratio::from_integer(n);
    "Ratio::is_zero" (n: u128, d: u128) => ratio(n, d).is_zero();
    "Ratio::numerator" (n: u128, d: u128) => ratio(n, d).numerator();
    "Ratio::denominator" (n: u128, d: u128) => ratio(n, d).denominator();
    "Ratio::recip" (n: u128, d: u128) => ratio(n, d).recip();
    "Ratio::checked_mul" (n: u128, d: u128, m: u128, e: u128) =>
        ratio(n, d).checked_mul(ratio(m, e));
    "Ratio::reduced" (n: u128, d: u128) => ratio(n, d).reduced();
    "<Ratio as Ord>::cmp" (n: u128, d: u128, m: u128, e: u128) => ratio(n, d).cmp(&ratio(m, e));
    "<Ratio as PartialOrd>::partial_cmp" (n: u128, d: u128, m: u128, e: u128) =>
        ratio(n, d).partial_cmp(&ratio(m, e));
    "<Ratio as PartialEq>::eq" (n: u128, d: u128, m: u128, e: u128) => ratio(n, d) == ratio(m, e);
    "<Ratio as Hash>::hash" (n: u128, d: u128) => hashed(ratio(n, d));
    "<Ratio as FromStr>::from_str" (at: *const u8, bytes: usize) => Ratio::from_str(text(at, bytes));
    "<Ratio as Display>::fmt" (n: u128, d: u128) => written(ratio(n, d));
    "<Ratio as From<Fraction>>::from" (f: u64) => Ratio::from(fraction(f));
    "<Ratio as From<Wad>>::from" (a: u128) => Ratio::from(wad(a));
}
