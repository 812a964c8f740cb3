//! Powers, roots, reciprocals, and sums of powers.

use dashu_base::Abs;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use tokenomics_fixed_math::{icbrt, isqrt, U256};

use super::arithmetic::{fraction, signed, sum_with_one, wad};
use super::kind::{Kind, ONE};
use super::{
    as_drawn, Args, Function, COUNT, DEGREE, EXPONENT, FRACTION, INTEGER, SIGNED_WAD, WAD,
};
use crate::oracle::{Answer, Oracle};
use crate::random::Random;

pub(super) fn all() -> Vec<Function> {
    let mut all = powers();
    all.extend(compounding());
    all.extend(roots());
    all.extend(integer_roots());
    all
}

fn powers() -> Vec<Function> {
    vec![
        Function {
            name: "Wad::pow",
            arguments: &[WAD, SIGNED_WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).pow(signed(a[1]), r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.power(&v[0], &v[1], unit),
            solve: Some(inverse_power),
            temper: |random, args| {
                let exponent = room(random, args[0], ONE as f64);
                if let Some(exponent) = exponent {
                    args[1] = exponent as u128;
                }
            },
        },
        Function {
            // The same by the other argument, so that hard inputs have an exponent that leads to a
            // boundary: with a base beside 1 it leads far nearer to one than a base can.
            name: "Wad::pow, exponent first",
            arguments: &[SIGNED_WAD, WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[1]).pow(signed(a[0]), r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.power(&v[1], &v[0], unit),
            solve: Some(exponent_of),
            temper: |random, args| {
                if let Some(exponent) = room(random, args[1], ONE as f64) {
                    args[0] = exponent as u128;
                }
            },
        },
        Function {
            name: "Wad::powi",
            arguments: &[WAD, EXPONENT],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).powi(a[1] as i64, r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.power(&v[0], &v[1], unit),
            solve: Some(inverse_power),
            temper: temper_powi,
        },
        Function {
            name: "SignedWad::powi",
            arguments: &[SIGNED_WAD, EXPONENT],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).powi(a[1] as i64, r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.power(&v[0], &v[1], unit),
            solve: Some(|o, t, v, unit| inverse_power(o, &t.clone().abs(), v, unit)),
            temper: |random, args| {
                let mut positive = *args;
                positive[0] = (args[0] as i128).unsigned_abs();
                temper_powi(random, &mut positive);
                args[1] = positive[1];
            },
        },
        Function {
            name: "Fraction::powi",
            arguments: &[FRACTION, COUNT],
            result: Kind::Fraction,
            call: |a, r| Ok(fraction(a[0]).powi(a[1] as u64, r).raw().into()),
            exact: |o, v, unit| o.power(&v[0], &v[1], unit),
            solve: Some(inverse_power),
            temper: |random, args| {
                if let Some(exponent) = room(random, args[0], 1.0) {
                    args[1] = exponent.unsigned_abs().min(u64::MAX.into());
                }
            },
        },
        Function {
            name: "Wad::geometric_sum",
            arguments: &[WAD, COUNT],
            result: Kind::Wad,
            call: |a, r| {
                wad(a[0])
                    .geometric_sum(a[1] as u64, r)
                    .map(|w| w.raw().into())
            },
            exact: |o, v, unit| {
                let terms = u64::try_from(v[1].numerator()).expect("a count");
                o.geometric_sum(&v[0], terms, unit)
            },
            solve: None,
            temper: temper_geometric_sum,
        },
    ]
}

fn compounding() -> Vec<Function> {
    vec![Function {
        name: "Wad::compound",
        arguments: &[WAD, COUNT],
        result: Kind::Wad,
        call: |a, r| wad(a[0]).compound(a[1] as u64, r).map(|w| w.raw().into()),
        exact: |o, v, unit| match sum_with_one(&v[0]) {
            Some(base) => o.power(&base, &v[1], unit),
            // 1 + rate is above the range, and so is each power of it but the first.
            None if v[1].is_zero() => Answer::of(&RBig::ONE, unit),
            None => Answer::Nothing,
        },
        solve: Some(|o, t, v, unit| {
            if v[1].is_zero() {
                return Answer::Nothing;
            }
            match o.power(t, &(RBig::ONE / &v[1]), unit) {
                Answer::Real(mut real) => {
                    real.floor -= dashu_int::IBig::from(unit.clone());
                    Answer::Real(real)
                }
                other => other,
            }
        }),
        temper: |random, args| {
            if let Some(periods) = room(random, args[0].saturating_add(ONE), 1.0) {
                args[1] = periods.unsigned_abs().min(u64::MAX.into());
            }
        },
    }]
}

fn roots() -> Vec<Function> {
    vec![
        Function {
            name: "Wad::nth_root",
            arguments: &[WAD, DEGREE],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).nth_root(a[1] as u32, r).map(|w| w.raw().into()),
            exact: |o, v, unit| {
                if v[1].is_zero() {
                    return Answer::Nothing;
                }
                o.power(&v[0], &(RBig::ONE / &v[1]), unit)
            },
            solve: Some(|o, t, v, unit| o.power(t, &v[1], unit)),
            temper: |random, args| {
                if !random.rarely(4) {
                    args[1] %= 1 << random.below(12);
                }
            },
        },
        Function {
            name: "Wad::sqrt",
            arguments: &[WAD],
            result: Kind::Wad,
            call: |a, r| Ok(wad(a[0]).sqrt(r).raw().into()),
            exact: |o, v, unit| o.root(&v[0], 2, unit),
            solve: Some(|_, t, _, unit| Answer::of(&(t * t), unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::sqrt",
            arguments: &[SIGNED_WAD],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).sqrt(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.root(&v[0], 2, unit),
            solve: Some(|_, t, _, unit| Answer::of(&(t * t), unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::cbrt",
            arguments: &[WAD],
            result: Kind::Wad,
            call: |a, r| Ok(wad(a[0]).cbrt(r).raw().into()),
            exact: |o, v, unit| o.root(&v[0], 3, unit),
            solve: Some(|_, t, _, unit| Answer::of(&(t * t * t), unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::cbrt",
            arguments: &[SIGNED_WAD],
            result: Kind::SignedWad,
            call: |a, r| Ok(signed(a[0]).cbrt(r).raw().into()),
            exact: |o, v, unit| o.root(&v[0], 3, unit),
            solve: Some(|_, t, _, unit| Answer::of(&(t * t * t), unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::recip",
            arguments: &[WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).recip(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.quotient(&RBig::ONE, &v[0], unit),
            solve: Some(|o, t, _, unit| o.quotient(&RBig::ONE, t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::recip",
            arguments: &[SIGNED_WAD],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).recip(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.quotient(&RBig::ONE, &v[0], unit),
            solve: Some(|o, t, _, unit| o.quotient(&RBig::ONE, t, unit)),
            temper: as_drawn,
        },
    ]
}

fn integer_roots() -> Vec<Function> {
    vec![
        Function {
            name: "isqrt",
            arguments: &[INTEGER],
            result: Kind::Integer,
            call: |a, r| Ok(isqrt(a[0], r).into()),
            exact: |o, v, unit| o.root(&v[0], 2, unit),
            solve: Some(|_, t, _, unit| Answer::of(&(t * t), unit)),
            temper: as_drawn,
        },
        Function {
            name: "icbrt",
            arguments: &[INTEGER],
            result: Kind::Integer,
            call: |a, r| Ok(icbrt(a[0], r).into()),
            exact: |o, v, unit| o.root(&v[0], 3, unit),
            solve: Some(|_, t, _, unit| Answer::of(&(t * t * t), unit)),
            temper: as_drawn,
        },
        Function {
            // The high limb, then the low one.
            name: "U256::isqrt",
            arguments: &[INTEGER, INTEGER],
            result: Kind::Integer,
            // 2^128, which some roots are rounded to, is one more than the kind has.
            call: |a, r| U256::new(a[0], a[1]).isqrt(r).to_u128().map(IBig::from),
            exact: |o, v, unit| {
                let wide = &v[0] * RBig::from(UBig::ONE << 128) + &v[1];
                o.root(&wide, 2, unit)
            },
            solve: Some(|_, t, v, unit| {
                let high = (t * t - &v[1]) / RBig::from(UBig::ONE << 128);
                Answer::of(&high, unit)
            }),
            temper: |random, args| {
                // A square, or what is one off it.
                if random.rarely(4) {
                    let square = U256::product(args[0], args[0]);
                    args[0] = square.high();
                    args[1] = square
                        .low()
                        .wrapping_add(random.below(5).into())
                        .wrapping_sub(2);
                }
            },
        },
    ]
}

/// The base of which a power is the target.
fn inverse_power(oracle: &mut Oracle, target: &RBig, values: &[RBig], unit: &UBig) -> Answer {
    if values[1].is_zero() {
        return Answer::Nothing;
    }
    oracle.power(target, &(RBig::ONE / &values[1]), unit)
}

/// ln target / ln base.
fn exponent_of(oracle: &mut Oracle, target: &RBig, values: &[RBig], unit: &UBig) -> Answer {
    let fine = UBig::ONE << 400;
    let mut log = |of: &RBig| match oracle.natural_log(of, &fine) {
        Answer::Real(log) if !log.floor.is_zero() => Some(RBig::from(log.floor)),
        _ => None,
    };
    match (log(target), log(&values[1])) {
        (Some(target), Some(base)) => Answer::of(&(target / base), unit),
        _ => Answer::Nothing,
    }
}

/// An exponent with which the power of a wad is between 1e-18 and 2^68, in units of 1/scale; but not
/// always, nor where the base is 0 or 1.
fn room(random: &mut Random, base: u128, scale: f64) -> Option<i128> {
    if random.rarely(8) || base == 0 || base == ONE {
        return None;
    }
    let beyond_one = if base > ONE {
        (base - ONE) as f64
    } else {
        -((ONE - base) as f64)
    };
    let logarithm = (beyond_one / ONE as f64).ln_1p();
    // −42.5 to 47.5.
    let power = random.bits(53) as f64 / 2_f64.powi(53) * 90.0 - 42.5;
    // Where no exponent of the type is so large, the cast takes the largest.
    Some((power / logarithm * scale) as i128)
}

fn temper_powi(random: &mut Random, args: &mut Args) {
    if let Some(exponent) = room(random, args[0], 1.0) {
        let most = i128::from(i64::MAX);
        args[1] = exponent.clamp(-most, most) as u128;
    }
}

/// Sums of up to 2^68: of ratios about 1 as many terms as they take, of others few. And any number of
/// terms of ratios whose sums have a number of half units as their limit.
fn temper_geometric_sum(random: &mut Random, args: &mut Args) {
    if random.rarely(8) {
        // 2·10^36 is 2^37·5^36.
        let part = (1 << random.below(38)) * 5_u128.pow(random.below(26) as u32);
        args[0] = ONE - part.min(ONE);
        return;
    }
    if random.rarely(4) {
        let off = random.any_size_up_to(ONE);
        args[0] = if random.rarely(2) {
            ONE - off
        } else {
            ONE + off
        };
    }
    if let Some(terms) = room(random, args[0], 1.0) {
        args[1] = terms.unsigned_abs().min(u64::MAX.into());
    }
}
