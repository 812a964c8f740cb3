//! Each peer's numbers, and the calls that a user of it would write.

use brine_fp::{SignedNumeric, UnsignedNumeric};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use decimal_scaled::{D38s18, Int};
use fixed::types::I64F64;
use rust_decimal::{Decimal, MathematicalOps};
use tokenomics_fixed_math::{Rounding, SignedWad, Wad};

use super::Peer;

const ONE: u128 = 1_000_000_000_000_000_000;

fn of_unit(raw: i128, unit: UBig) -> RBig {
    RBig::from_parts(raw.into(), unit)
}

fn wads() -> UBig {
    UBig::from(ONE)
}

/// A number in other units of 1/unit, rounded to nearest.
fn converted(raw: i128, unit: &UBig) -> i128 {
    let doubled = IBig::from(raw) * unit * 2;
    let (one, half) = (IBig::from(2 * ONE), IBig::from(ONE));
    let negative = doubled < IBig::ZERO;
    let up = if negative {
        doubled - half
    } else {
        doubled + half
    };
    i128::try_from(up / one).expect("a moderate number")
}

/// These crates'.
pub struct Ours;

impl Peer for Ours {
    const NAME: &'static str = crate::OURS;
    type Number = SignedWad;

    fn from_wad(raw: i128) -> SignedWad {
        SignedWad::from_raw(raw)
    }

    fn value(number: &SignedWad) -> RBig {
        of_unit(number.raw(), Self::unit())
    }

    fn unit() -> UBig {
        wads()
    }

    fn exp(x: &SignedWad) -> Option<SignedWad> {
        signed(x.exp(Rounding::HalfEven).ok()?)
    }

    fn ln(x: &SignedWad) -> Option<SignedWad> {
        x.ln(Rounding::HalfEven).ok()
    }

    fn pow(base: &SignedWad, exponent: &SignedWad) -> Option<SignedWad> {
        signed(base.abs().pow(*exponent, Rounding::HalfEven).ok()?)
    }
}

/// Costs next to nothing, and lets all numbers of the comparison be of one type.
fn signed(wad: Wad) -> Option<SignedWad> {
    Some(SignedWad::from_raw(wad.raw() as i128))
}

/// fixed_analytics, over 64 bits before and 64 behind the point.
pub struct FixedAnalytics;

impl Peer for FixedAnalytics {
    const NAME: &'static str = "fixed_analytics I64F64";
    type Number = I64F64;

    fn from_wad(raw: i128) -> I64F64 {
        I64F64::from_bits(converted(raw, &Self::unit()))
    }

    fn value(number: &I64F64) -> RBig {
        of_unit(number.to_bits(), Self::unit())
    }

    fn unit() -> UBig {
        UBig::ONE << 64
    }

    fn exp(x: &I64F64) -> Option<I64F64> {
        Some(fixed_analytics::exp(*x))
    }

    fn ln(x: &I64F64) -> Option<I64F64> {
        fixed_analytics::ln(*x).ok()
    }

    fn pow(base: &I64F64, exponent: &I64F64) -> Option<I64F64> {
        fixed_analytics::pow(*base, *exponent).ok()
    }
}

/// decimal-scaled, with 18 decimals.
pub struct DecimalScaled;

impl Peer for DecimalScaled {
    const NAME: &'static str = "decimal-scaled D38<18>";
    type Number = D38s18;

    fn from_wad(raw: i128) -> D38s18 {
        let bits: Int<2> = raw.to_string().parse().expect("128 bits");
        D38s18::from_bits(bits)
    }

    fn value(number: &D38s18) -> RBig {
        let raw = number.to_bits().to_i128_checked();
        of_unit(raw.expect("a moderate number"), Self::unit())
    }

    fn unit() -> UBig {
        wads()
    }

    fn exp(x: &D38s18) -> Option<D38s18> {
        Some(x.exp_strict())
    }

    fn ln(x: &D38s18) -> Option<D38s18> {
        Some(x.ln_strict())
    }

    fn pow(base: &D38s18, exponent: &D38s18) -> Option<D38s18> {
        Some(base.powf_strict(*exponent))
    }
}

/// solmath, with 12 decimals.
pub struct SolMath;

impl Peer for SolMath {
    const NAME: &'static str = "solmath";
    type Number = i128;

    fn from_wad(raw: i128) -> i128 {
        converted(raw, &Self::unit())
    }

    fn value(number: &i128) -> RBig {
        of_unit(*number, Self::unit())
    }

    fn unit() -> UBig {
        UBig::from(solmath::SCALE)
    }

    fn exp(x: &i128) -> Option<i128> {
        solmath::exp_fixed_i(*x).ok()
    }

    fn ln(x: &i128) -> Option<i128> {
        solmath::ln_fixed_i(x.unsigned_abs()).ok()
    }

    fn pow(base: &i128, exponent: &i128) -> Option<i128> {
        solmath::pow_fixed_i(*base, *exponent).ok()
    }
}

/// brine-fp, with 18 decimals in 192 bits.
pub struct BrineFp;

impl Peer for BrineFp {
    const NAME: &'static str = "brine-fp";
    type Number = SignedNumeric;

    fn from_wad(raw: i128) -> SignedNumeric {
        SignedNumeric {
            value: UnsignedNumeric::from_scaled_u128(raw.unsigned_abs()),
            is_negative: raw < 0,
        }
    }

    fn value(number: &SignedNumeric) -> RBig {
        let magnitude = number.value.value.low_u128() as i128;
        let raw = if number.is_negative {
            -magnitude
        } else {
            magnitude
        };
        of_unit(raw, Self::unit())
    }

    fn unit() -> UBig {
        wads()
    }

    fn exp(x: &SignedNumeric) -> Option<SignedNumeric> {
        Some(x.exp()?.signed())
    }

    fn ln(x: &SignedNumeric) -> Option<SignedNumeric> {
        x.value.log()
    }

    fn pow(base: &SignedNumeric, exponent: &SignedNumeric) -> Option<SignedNumeric> {
        Some(base.value.pow(&exponent.value)?.signed())
    }
}

/// rust_decimal, with up to 28 digits.
pub struct RustDecimal;

impl Peer for RustDecimal {
    const NAME: &'static str = "rust_decimal";
    type Number = Decimal;

    fn from_wad(raw: i128) -> Decimal {
        Decimal::from_i128_with_scale(raw, 18)
    }

    fn value(number: &Decimal) -> RBig {
        let unit = UBig::from(10_u8).pow(number.scale() as usize);
        of_unit(number.mantissa(), unit)
    }

    fn unit() -> UBig {
        // Its point floats: its last place, where the result is below 10.
        UBig::from(10_u8).pow(28)
    }

    fn exp(x: &Decimal) -> Option<Decimal> {
        x.checked_exp()
    }

    fn ln(x: &Decimal) -> Option<Decimal> {
        x.checked_ln()
    }

    fn pow(base: &Decimal, exponent: &Decimal) -> Option<Decimal> {
        base.checked_powd(*exponent)
    }
}
