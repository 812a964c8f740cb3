//! The functions by name, over the bits of raw integers.

use tokenomics_fixed_math::{
    icbrt, isqrt, mul_div, Amount, Error, Fraction, Growth, Ratio, Rounding, SignedWad, Span,
    Timestamp, Wad, U256,
};
use tokenomics_vesting::{Linear, Schedule};

/// The bits of raw integers; what a function doesn't take is 0.
pub type Arguments = [u128; 6];

type Function = fn(Arguments, Rounding) -> Option<u128>;

/// The four, by the names in inputs.csv.
pub const ROUNDINGS: [(&str, Rounding); 4] = [
    ("floor", Rounding::Floor),
    ("ceil", Rounding::Ceil),
    ("half_even", Rounding::HalfEven),
    ("half_up", Rounding::HalfUp),
];

/// By their names in inputs.csv.
pub const FUNCTIONS: [(&str, Function); 35] = [
    ("mul_div", |[a, b, c, ..], r| mul_div(a, b, c, r).ok()),
    ("wad_mul", |[a, b, ..], r| bits(wad(a).mul(wad(b), r))),
    ("wad_div", |[a, b, ..], r| bits(wad(a).div(wad(b), r))),
    ("signed_mul_div", |[a, b, c, ..], r| {
        signed_bits(signed(a).mul_div(signed(b), signed(c), r))
    }),
    ("lerp", |[a, b, at, ..], r| {
        let at = Fraction::from_raw(long(at)?).ok()?;
        signed_bits(Ok(signed(a).lerp(signed(b), at, r)))
    }),
    ("exp", |[x, ..], r| bits(signed(x).exp(r))),
    ("exp2", |[x, ..], r| bits(signed(x).exp2(r))),
    ("expm1", |[x, ..], r| signed_bits(signed(x).expm1(r))),
    ("ln", |[x, ..], r| signed_bits(wad(x).ln(r))),
    ("ln_1p", |[x, ..], r| signed_bits(signed(x).ln_1p(r))),
    ("log2", |[x, ..], r| signed_bits(wad(x).log2(r))),
    ("log10", |[x, ..], r| signed_bits(wad(x).log10(r))),
    ("pow", |[x, y, ..], r| bits(wad(x).pow(signed(y), r))),
    ("powi", |[x, n, ..], r| {
        let exponent = i64::try_from(n as i128).ok()?;
        signed_bits(signed(x).powi(exponent, r))
    }),
    ("compound", |[x, n, ..], r| {
        bits(wad(x).compound(long(n)?, r))
    }),
    ("geometric_sum", |[x, n, ..], r| {
        bits(wad(x).geometric_sum(long(n)?, r))
    }),
    ("nth_root", |[x, n, ..], r| {
        bits(wad(x).nth_root(u32::try_from(n).ok()?, r))
    }),
    ("cbrt", |[x, ..], r| signed_bits(Ok(signed(x).cbrt(r)))),
    ("vested_at", |[start, end, total, at, ..], _| {
        let [start, end, at] = [long(start)?, long(end)?, long(at)?].map(Timestamp::new);
        let schedule = Linear::new(start, end, Amount::new(total)).ok()?;
        Some(schedule.vested_at(at).get())
    }),
    ("isqrt", |[x, ..], r| Some(isqrt(x, r))),
    ("icbrt", |[x, ..], r| Some(icbrt(x, r))),
    ("u256_isqrt", |[high, low, ..], r| {
        U256::new(high, low).isqrt(r).to_u128().ok()
    }),
    ("sqrt", |[x, ..], r| bits(Ok(wad(x).sqrt(r)))),
    ("signed_sqrt", |[x, ..], r| signed_bits(signed(x).sqrt(r))),
    ("recip", |[x, ..], r| bits(wad(x).recip(r))),
    ("mul_pow", |[part, whole, amount, exponent, ..], r| {
        let ratio = Ratio::new(part, whole).ok()?;
        units(Amount::new(amount).mul_pow(ratio, wad(exponent), r))
    }),
    ("mul_expm1", |[part, whole, amount, steepness, ..], r| {
        let ratio = Ratio::new(part, whole).ok()?;
        units(Amount::new(amount).mul_expm1(signed(steepness), ratio, r))
    }),
    ("mul_logistic", |[part, whole, amount, steepness, ..], r| {
        let ratio = Ratio::new(part, whole).ok()?;
        units(Amount::new(amount).mul_logistic(wad(steepness), ratio, r))
    }),
    ("growth_continuous", |[n, d, amount, time, ..], r| {
        let growth = Growth::continuous(Ratio::new(n, d).ok()?).ok()?;
        units(growth.of(Amount::new(amount), long(time)?, r))
    }),
    ("growth_per_unit", |[n, d, amount, time, ..], r| {
        let growth = Growth::per_unit(Ratio::new(n, d).ok()?).ok()?;
        units(growth.of(Amount::new(amount), long(time)?, r))
    }),
    ("growth_half_life", |[time, half_life, amount, ..], r| {
        let growth = Growth::doubling(Span::new(long(half_life)?)).ok()?;
        units(growth.inverse().of(Amount::new(amount), long(time)?, r))
    }),
    ("mul_rational_pow", |[n, d, up, down, amount, _], r| {
        let (base, exponent) = (Ratio::new(n, d).ok()?, Ratio::new(up, down).ok()?);
        units(Amount::new(amount).mul_rational_pow(base, exponent, r))
    }),
    ("u256_mul_div", |[a, b, c, d, e, f], r| {
        let by = U256::new(c, d);
        let result = U256::new(a, b).mul_div(by, U256::new(e, f), r);
        Some(folded(&[result.ok()?]))
    }),
    ("u256_mul_wide", |[a, b, c, d, ..], _| {
        let result = U256::new(a, b).checked_mul_wide(U256::new(c, d));
        Some(folded(&[result.ok()?]))
    }),
    ("u256_div_rem_wide", |[a, b, c, d, ..], _| {
        let (quotient, rest) = U256::new(a, b).div_rem_wide(U256::new(c, d)).ok()?;
        Some(folded(&[quotient, rest]))
    }),
];

/// The limbs of integers of 256 bits as one number, which a change of any of them changes.
fn folded(numbers: &[U256]) -> u128 {
    let limbs = numbers.iter().flat_map(|it| [it.high(), it.low()]);
    limbs.fold(0, |sum, limb| sum.wrapping_mul(3).wrapping_add(limb))
}

fn wad(raw: u128) -> Wad {
    Wad::from_raw(raw)
}

fn signed(raw: u128) -> SignedWad {
    SignedWad::from_raw(raw as i128)
}

fn long(raw: u128) -> Option<u64> {
    raw.try_into().ok()
}

fn units(result: Result<Amount, Error>) -> Option<u128> {
    result.ok().map(Amount::get)
}

fn bits(result: Result<Wad, Error>) -> Option<u128> {
    result.ok().map(Wad::raw)
}

fn signed_bits(result: Result<SignedWad, Error>) -> Option<u128> {
    result.ok().map(|wad| wad.raw() as u128)
}
