//! Exponentials: each the real number, rounded once.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Error, Rounding, SignedWad, Wad};

use super::certificate::{
    by_enclosure, halves_of_one, magnitudes, rounded_once, signed_max, Exponential,
};
use super::enclosure::{ln_of, Enclosure};
use super::natural::Natural;

/// `exp_bracket`: e^x, 2^x and e^x − 1 are what each direction defines, by enclosures of the exact
/// values, and an error exactly where that leaves the type. Of either type.
pub(crate) fn exp_bracket(x: i128) {
    let signed = SignedWad::from_raw(x);
    let natural = power_of_e(x);
    rounded_once(
        u128::MAX,
        |rounding| fits(signed, signed.exp(rounding)),
        &natural,
    );
    let binary = |rounding| fits(signed, signed.exp2(rounding));
    rounded_once(u128::MAX, binary, power_of_two(x));
    let less_one = magnitudes(x < 0, |rounding| signed.expm1(rounding));
    rounded_once(signed_max(x < 0), less_one, less_one_of(x < 0, natural));
    for rounding in Rounding::ALL {
        same_of_wads(x as u128, rounding);
    }
}

/// The units; no error but that of an exponent above the last that has a power.
fn fits(exponent: SignedWad, power: Result<Wad, Error>) -> Option<u128> {
    match power {
        Ok(power) => Some(power.raw()),
        Err(Error::Domain { value, bound, .. }) => {
            assert!(value == exponent && value > bound);
            None
        }
        Err(other) => panic!("{other}"),
    }
}

fn same_of_wads(x: u128, rounding: Rounding) {
    let wad = Wad::from_raw(x);
    let Ok(signed) = SignedWad::try_from(wad) else {
        for result in [wad.exp(rounding), wad.exp2(rounding), wad.expm1(rounding)] {
            assert!(matches!(result, Err(Error::SignedOverflow { .. })));
        }
        return;
    };
    let natural = signed.exp(rounding);
    assert_eq!(wad.exp(rounding), natural);
    assert_eq!(wad.exp2(rounding), signed.exp2(rounding));
    // 1 is a whole number of units, so the power is rounded as the difference is.
    let less_one = natural.and_then(|power| power.checked_sub(Wad::ONE));
    assert_eq!(wad.expm1(rounding), less_one);
}

/// How e^x compares, for x units. It is irrational but for x = 0 (Lindemann and Weierstrass).
pub(super) fn power_of_e(x: i128) -> impl Fn(&Natural) -> Ordering {
    let magnitude = Natural::from(x.unsigned_abs());
    by_enclosure(
        move |bits| {
            let exponent = Enclosure::ratio(&magnitude, &Wad::SCALE.into(), bits);
            Exponential::of(x < 0, &exponent)
        },
        |power, halves| power.against(halves, &halves_of_one()),
        move |halves| x == 0 && *halves == halves_of_one(),
    )
}

/// How 2^x compares, for x units. It is irrational but for a whole number x.
fn power_of_two(x: i128) -> impl Fn(&Natural) -> Ordering {
    let magnitude = Natural::from(x.unsigned_abs());
    let whole = (x % SignedWad::SCALE == 0).then_some(x / SignedWad::SCALE);
    by_enclosure(
        move |bits| {
            let exponent = ln_of(2, bits).times(&magnitude).over(&Wad::SCALE.into());
            Exponential::of(x < 0, &exponent)
        },
        |power, halves| power.against(halves, &halves_of_one()),
        move |halves| match whole {
            Some(up @ 0..=128) => *halves == halves_of_one().shifted(up as usize),
            Some(down @ -128..=-1) => halves.shifted(-down as usize) == halves_of_one(),
            _ => false,
        },
    )
}

/// How |power − 1| compares, of a power above 1 or below it.
fn less_one_of(below: bool, power: impl Fn(&Natural) -> Ordering) -> impl Fn(&Natural) -> Ordering {
    move |halves| {
        let one = halves_of_one();
        match below {
            false => power(&one.plus(halves)),
            true if *halves >= one => Ordering::Less,
            true => power(&one.minus(halves)).reverse(),
        }
    }
}
