//! Logarithms: certified by exponentials alone.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Error, Rounding, SignedWad, Wad};

use super::certificate::{by_enclosure, halves_of_one, magnitudes, rounded_once, Exponential};
use super::enclosure::{ln_of, Enclosure};
use super::natural::Natural;

/// `log_bracket`: the logarithms to base e, 2 and 10 and ln(1 + x) are what each direction defines.
/// The certificate of a floor f is b^f ≤ x < b^(f + 1 unit), by an enclosure of the power.
pub(crate) fn log_bracket(x: u128) {
    let (wad, signed) = (Wad::from_raw(x), SignedWad::from_raw(x as i128));
    if x == 0 {
        for rounding in Rounding::ALL {
            let logs = [wad.ln(rounding), wad.log2(rounding), wad.log10(rounding)];
            for log in logs {
                assert!(matches!(log, Err(Error::OutOfRange { value: 0, .. })));
            }
        }
    } else {
        let x = Natural::from(x);
        certify(&x, Base::E, |rounding| wad.ln(rounding));
        certify(&x, Base::Two, |rounding| wad.log2(rounding));
        certify(&x, Base::Ten, |rounding| wad.log10(rounding));
    }
    of_signed(wad, signed);
    of_one_more(x);
    of_one_more_signed(x as i128);
}

/// The same as of a wad, or outside of the domain.
fn of_signed(wad: Wad, signed: SignedWad) {
    for rounding in Rounding::ALL {
        let logs = [
            (signed.ln(rounding), wad.ln(rounding)),
            (signed.log2(rounding), wad.log2(rounding)),
            (signed.log10(rounding), wad.log10(rounding)),
        ];
        for (log, of_wad) in logs {
            match log {
                Ok(log) => assert!(signed > SignedWad::ZERO && of_wad == Ok(log)),
                Err(Error::Domain { value, bound, .. }) => {
                    assert!(value == signed && value < bound && bound == SignedWad::from_raw(1));
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
}

/// The sum may leave the type; its logarithm doesn't.
fn of_one_more(x: u128) {
    let sum = Natural::from(x).plus(&Wad::SCALE.into());
    certify(&sum, Base::E, |rounding| {
        SignedWad::try_from(Wad::from_raw(x).ln_1p(rounding))
    });
}

fn of_one_more_signed(x: i128) {
    let signed = SignedWad::from_raw(x);
    match Wad::SCALE.checked_add_signed(x) {
        Some(sum @ 1..) => {
            certify(&sum.into(), Base::E, |rounding| signed.ln_1p(rounding));
        }
        _ => {
            for rounding in Rounding::ALL {
                let error = signed.ln_1p(rounding);
                assert!(matches!(error, Err(Error::Domain { value, bound, .. })
                    if value == signed && value < bound && bound.raw() == 1 - SignedWad::SCALE));
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Base {
    E,
    Two,
    Ten,
}

fn certify(x: &Natural, base: Base, log: impl Fn(Rounding) -> Result<SignedWad, Error>) {
    let negative = *x < Wad::SCALE.into();
    // Every logarithm fits: an error would be none of the type's range.
    let log = |rounding| Ok(log(rounding).unwrap());
    rounded_once(u128::MAX, magnitudes(negative, log), logarithm_of(x, base));
    if let (Base::Two | Base::Ten, Some(whole)) = (base, whole_log(x, base)) {
        for rounding in Rounding::ALL {
            let units = whole * Wad::SCALE;
            assert_eq!(log(rounding).unwrap().raw().unsigned_abs(), units);
        }
    }
}

/// The larger and the smaller of a number and 1: the logarithm of the quotient is the magnitude.
fn large_and_small(x: &Natural) -> (Natural, Natural) {
    let one = Natural::from(Wad::SCALE);
    (x.max(&one).clone(), x.min(&one).clone())
}

/// How the magnitude of the logarithm compares.
fn logarithm_of(x: &Natural, base: Base) -> impl Fn(&Natural) -> Ordering {
    let (large, small) = large_and_small(x);
    let against = move |bits: &usize, halves: &Natural| {
        let exponent = match base {
            Base::E => Enclosure::ratio(halves, &halves_of_one(), *bits),
            Base::Two => ln_of(2, *bits).times(halves).over(&halves_of_one()),
            Base::Ten => ln_of(10, *bits).times(halves).over(&halves_of_one()),
        };
        let power = Exponential::of(false, &exponent);
        power.against(&large, &small).map(Ordering::reverse)
    };
    let units = whole_log(x, base).map(|whole| halves_of_one().times(&whole.into()));
    by_enclosure(
        |bits| bits,
        against,
        move |halves| units.as_ref() == Some(halves),
    )
}

/// The magnitude of a whole logarithm. No other is rational: a power of e never is, and one of 2 or
/// 10 that is the quotient of a number and 10^18 is a whole power.
fn whole_log(x: &Natural, base: Base) -> Option<u128> {
    let (large, mut power) = large_and_small(x);
    let base = match base {
        Base::E => return (large == power).then_some(0),
        Base::Two => 2,
        Base::Ten => 10,
    };
    let mut log = 0;
    while power < large {
        power = power.times(&base.into());
        log += 1;
    }
    (power == large).then_some(log)
}

/// `logarithms_add`: the logarithm of a product that is exact lies between the sums of the factors'
/// logarithms, both floored and both ceiled; to any of the three bases.
pub(crate) fn logarithms_add(a: u64, b: u64) {
    // √10^18 units: two such factors have whole units as their product.
    const ROOT: u128 = 1_000_000_000;
    let (a, b) = (u128::from(a.max(1)), u128::from(b.max(1)));
    let (x, y) = (Wad::from_raw(a * ROOT), Wad::from_raw(b * ROOT));
    let product = Wad::from_raw(a * b);
    for log in [Wad::ln, Wad::log2, Wad::log10] {
        let of = |x, rounding| log(x, rounding).unwrap().raw();
        let sum = |rounding| of(x, rounding) + of(y, rounding);
        assert!(sum(Rounding::Floor) <= of(product, Rounding::Ceil));
        assert!(of(product, Rounding::Floor) <= sum(Rounding::Ceil));
    }
}
