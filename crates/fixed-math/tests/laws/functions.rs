//! How the functions go together: in order, as each other's inverses, and one as another's special
//! case.

use tokenomics_fixed_math::{Error, Rounding, SignedWad, Wad};

use super::certificate::halves_of_one;
use super::fraction;
use super::natural::Natural;

/// `functions_are_monotone`: in each argument and each rounding, no step back. A result that is too
/// large is more than all that fit.
pub(crate) fn functions_are_monotone(x: (u128, u128), y: (i128, i128), n: (u64, u64)) {
    let (x, y) = ((x.0.min(x.1), x.0.max(x.1)), (y.0.min(y.1), y.0.max(y.1)));
    let n = (n.0.min(n.1), n.0.max(n.1));
    for rounding in Rounding::ALL {
        in_one_argument(x, y, rounding);
        in_the_base(x, y.0, n.0, rounding);
        in_the_exponent(x.0, y, n, rounding);
    }
}

/// What can't be held is above or below all that can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    BelowAll,
    Signed(SignedWad),
    Unsigned(Wad),
    AboveAll,
}

fn size(of: Result<Wad, Error>) -> Size {
    of.map_or(Size::AboveAll, Size::Unsigned)
}

/// Of a result that is an error only above the range.
fn above(of: Result<SignedWad, Error>) -> Size {
    of.map_or(Size::AboveAll, Size::Signed)
}

/// Of a result that is an error only below the range.
fn below(of: Result<SignedWad, Error>) -> Size {
    of.map_or(Size::BelowAll, Size::Signed)
}

fn up<T: Copy>(ends: (T, T), of: impl Fn(T) -> Size) {
    assert!(of(ends.0) <= of(ends.1));
}

fn down<T: Copy>(ends: (T, T), of: impl Fn(T) -> Size) {
    assert!(of(ends.0) >= of(ends.1));
}

fn in_one_argument(x: (u128, u128), y: (i128, i128), r: Rounding) {
    let wads = (Wad::from_raw(x.0), Wad::from_raw(x.1));
    up(wads, |x| size(x.exp(r)));
    up(wads, |x| size(x.exp2(r)));
    up(wads, |x| size(x.expm1(r)));
    up(wads, |x| below(x.ln(r)));
    up(wads, |x| below(x.log2(r)));
    up(wads, |x| below(x.log10(r)));
    up(wads, |x| size(Ok(x.ln_1p(r))));
    up(wads, |x| size(Ok(x.cbrt(r))));
    let signed = (SignedWad::from_raw(y.0), SignedWad::from_raw(y.1));
    up(signed, |y| size(y.exp(r)));
    up(signed, |y| size(y.exp2(r)));
    up(signed, |y| above(y.expm1(r)));
    up(signed, |y| below(y.ln(r)));
    up(signed, |y| below(y.log2(r)));
    up(signed, |y| below(y.log10(r)));
    up(signed, |y| below(y.ln_1p(r)));
    up(signed, |y| above(Ok(y.cbrt(r))));
}

fn in_the_base(x: (u128, u128), exponent: i128, n: u64, r: Rounding) {
    let wads = (Wad::from_raw(x.0), Wad::from_raw(x.1));
    let y = SignedWad::from_raw(exponent);
    let whole = n as i64;
    let degree = (n as u32).max(1);
    let of_power = |x: Wad| size(x.pow(y, r));
    if y.is_negative() {
        down(wads, of_power);
    } else {
        up(wads, of_power);
    }
    let of_whole = |x: Wad| size(x.powi(whole, r));
    if whole < 0 {
        down(wads, of_whole);
    } else {
        up(wads, of_whole);
    }
    up(wads, |x| size(x.nth_root(degree, r)));
    up(wads, |x| size(x.compound(n, r)));
    up(wads, |x| size(x.geometric_sum(n, r)));
    let parts = (fraction(x.0 as u64), fraction(x.1 as u64));
    let parts = (parts.0.min(parts.1), parts.0.max(parts.1));
    up(parts, |part| size(Ok(part.powi(n, r).into())));
    // Odd powers and roots about zero.
    let (low, high) = (x.0 as i128, x.1 as i128);
    let signed = (low.min(high), low.max(high));
    let odd = whole.saturating_abs() | 1;
    up(signed, |x| {
        let power = SignedWad::from_raw(x).powi(odd, r);
        if x < 0 {
            below(power)
        } else {
            above(power)
        }
    });
    up(signed, |x| {
        above(SignedWad::from_raw(x).nth_root(degree | 1, r))
    });
}

fn in_the_exponent(base: u128, y: (i128, i128), n: (u64, u64), r: Rounding) {
    let x = Wad::from_raw(base);
    let exponents = (SignedWad::from_raw(y.0), SignedWad::from_raw(y.1));
    let (low, high) = (n.0 as i64, n.1 as i64);
    let whole = (low.min(high), low.max(high));
    let (low, high) = (n.0 as u32, n.1 as u32);
    let degrees = (low.min(high).max(1), low.max(high).max(1));
    let of_power = |y: SignedWad| size(x.pow(y, r));
    let of_whole = |n: i64| size(x.powi(n, r));
    let of_root = |n: u32| size(x.nth_root(n, r));
    if x < Wad::ONE {
        down(exponents, of_power);
        down(whole, of_whole);
        up(degrees, of_root);
    } else {
        up(exponents, of_power);
        up(whole, of_whole);
        down(degrees, of_root);
    }
    let part = fraction(base as u64);
    down(n, |n| size(Ok(part.powi(n, r).into())));
    up(n, |n| size(x.compound(n, r)));
    up(n, |n| size(x.geometric_sum(n, r)));
}

/// `exp_undoes_ln`: with both floored, e^(ln x) is at most x and less than 1 + x/10^18 units below it,
/// and ln(e^y) is at most y and less than 1 + 1/e^y units below it. With both ceiled the same on the
/// other side, and to the nearest e^(ln x) is within ½ + x/(2·10^18) units of x, each but for a
/// part in 10^18 of the bound.
pub(crate) fn exp_undoes_ln(x: u128, y: i128) {
    exp_of_ln(x.max(1));
    ln_of_exp(y);
}

fn exp_of_ln(x: u128) {
    let there_and_back = |rounding| {
        let log = Wad::from_raw(x).ln(rounding).unwrap();
        log.exp(rounding).map(Wad::raw)
    };
    // In units of 1e-36 of one: a logarithm that is less than u = 1e-18 off makes the power less than
    // u + u² of it off.
    let square = |units: u128| {
        let scale = Natural::from(Wad::SCALE);
        Natural::from(units).times(&scale).times(&scale)
    };
    let share = Natural::from(x).times(&Natural::from(Wad::SCALE + 1));
    let floor = there_and_back(Rounding::Floor).unwrap();
    assert!(floor <= x && square((x - floor).saturating_sub(1)) < share);
    match there_and_back(Rounding::Ceil) {
        Ok(ceil) => assert!(ceil >= x && square((ceil - x).saturating_sub(1)) < share),
        // What the logarithm was rounded up by leads out of the range, at its end alone.
        Err(_) => assert!(x > u128::MAX - u128::MAX / Wad::SCALE - 2),
    }
    for rounding in [Rounding::HalfEven, Rounding::HalfUp] {
        if let Ok(nearest) = there_and_back(rounding) {
            let distance = square(nearest.abs_diff(x)).shifted(1);
            assert!(distance <= share.plus(&square(1)));
        }
    }
}

fn ln_of_exp(y: i128) {
    let exponent = SignedWad::from_raw(y);
    // There is no logarithm of a power that was rounded to 0.
    let power = |rounding| exponent.exp(rounding).ok().filter(|power| !power.is_zero());
    // (distance − 1)·power < 10^18, in units.
    let close = |back: SignedWad, power: u128| {
        let distance = back.abs_diff(exponent).raw().saturating_sub(1);
        Natural::from(distance).times(&power.into()) < Wad::SCALE.into()
    };
    if let Some(power) = power(Rounding::Floor) {
        let back = power.ln(Rounding::Floor).unwrap();
        assert!(back <= exponent && close(back, power.raw()));
    }
    if let Some(power) = power(Rounding::Ceil) {
        let back = power.ln(Rounding::Ceil).unwrap();
        // The exact power is less than a unit below; where that is all of it this says no more than
        // that it is above.
        assert!(back >= exponent && close(back, power.raw() - 1));
    }
}

/// `powi_is_pow`: a whole exponent is an exponent, to compound is to raise 1 + rate, the n-th root
/// is the power of 1/n where that has 18 decimals, 2^x is a power of 2, a fraction's power is a
/// wad's, and two terms of a geometric series are 1 + ratio.
pub(crate) fn powi_is_pow(base: u128, exponent: i64, fives: u8, twos: u8) {
    let x = Wad::from_raw(base);
    let y = SignedWad::from_raw(i128::from(exponent) * SignedWad::SCALE);
    // A divisor of 10^18 that is a degree.
    let (twos, fives) = (u32::from(twos % 19), u32::from(fives % 13));
    let degree = u32::try_from(2_u64.pow(twos).saturating_mul(5_u64.pow(fives)));
    let part = fraction(base as u64);
    for r in Rounding::ALL {
        assert_eq!(x.powi(exponent, r), x.pow(y, r));
        if let (Ok(growth), Ok(periods)) = (x.checked_add(Wad::ONE), u64::try_from(exponent)) {
            assert_eq!(x.compound(periods, r), growth.powi(exponent, r));
            assert_eq!(x.geometric_sum(2, r), Ok(growth));
        }
        if let Ok(degree) = degree {
            let share = SignedWad::from_raw(SignedWad::SCALE / i128::from(degree));
            assert_eq!(x.nth_root(degree, r), x.pow(share, r));
        }
        assert_eq!(x.nth_root(1, r), Ok(x));
        assert_eq!(x.nth_root(3, r), Ok(x.cbrt(r)));
        let two = Wad::from_raw(2 * Wad::SCALE);
        let binary = SignedWad::from_raw(base as i128);
        assert_eq!(binary.exp2(r).ok(), two.pow(binary, r).ok());
        let kept = part.powi(exponent.unsigned_abs(), r);
        let whole = Wad::from(part).powi(exponent.saturating_abs(), r);
        if exponent != i64::MIN {
            assert_eq!(Ok(Wad::from(kept)), whole);
        }
    }
}

/// `exponents_add`: e^(a + b), 2^(a + b), x^(a + b) and what compounds over m + n periods lie between
/// the products of the parts, both floored and both ceiled; and a geometric series of m + n terms is
/// that of m and, ratio^m times as much, that of n.
pub(crate) fn exponents_add(base: u128, y: (i128, i128), n: (u64, u64)) {
    // Sums that fit.
    let (a, b) = (SignedWad::from_raw(y.0 / 2), SignedWad::from_raw(y.1 / 2));
    let sum = a.checked_add(b).unwrap();
    lies_between(|r| sum.exp(r), (|r| a.exp(r), |r| b.exp(r)));
    lies_between(|r| sum.exp2(r), (|r| a.exp2(r), |r| b.exp2(r)));
    let x = Wad::from_raw(base.max(1));
    lies_between(|r| x.pow(sum, r), (|r| x.pow(a, r), |r| x.pow(b, r)));
    let (m, n) = (n.0 / 2, n.1 / 2);
    let compound = |n| move |r| x.compound(n, r);
    lies_between(compound(m + n), (compound(m), compound(n)));
    let (i, j) = ((m / 2) as i64, -((n / 2) as i64));
    let whole = |n| move |r| x.powi(n, r);
    lies_between(whole(i + j), (whole(i), whole(j)));
    series_lies_between(x, m, n);
}

type Rounded = Result<Wad, Error>;

/// A product of two numbers as it compares with the products of their bounds. One that is too large
/// is above the type's range by its upper bound.
fn lies_between(
    whole: impl Fn(Rounding) -> Rounded,
    parts: (impl Fn(Rounding) -> Rounded, impl Fn(Rounding) -> Rounded),
) {
    let product =
        |r| Some(Natural::from(parts.0(r).ok()?.raw()).times(&parts.1(r).ok()?.raw().into()));
    lies_between_bounds(&whole, product);
}

/// Bounds in units of 1e-36.
fn lies_between_bounds(
    whole: impl Fn(Rounding) -> Rounded,
    bound: impl Fn(Rounding) -> Option<Natural>,
) {
    let units = |of: u128| Natural::from(of).times(&Wad::SCALE.into());
    if let (Some(low), Ok(whole)) = (bound(Rounding::Floor), whole(Rounding::Ceil)) {
        assert!(low <= units(whole.raw()));
    }
    if let Some(high) = bound(Rounding::Ceil) {
        let most = whole(Rounding::Floor).map_or(u128::MAX, Wad::raw);
        assert!(units(most) <= high);
    }
}

fn series_lies_between(ratio: Wad, m: u64, n: u64) {
    let sum = |terms, r| Some(Natural::from(ratio.geometric_sum(terms, r).ok()?.raw()));
    let power = |r| {
        Some(Natural::from(
            ratio.powi(i64::try_from(m).ok()?, r).ok()?.raw(),
        ))
    };
    lies_between_bounds(
        |r| ratio.geometric_sum(m + n, r),
        |r| {
            let first = sum(m, r)?.times(&Wad::SCALE.into());
            Some(first.plus(&power(r)?.times(&sum(n, r)?)))
        },
    );
}
