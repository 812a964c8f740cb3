//! Products, quotients, and what lies between two values.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use tokenomics_fixed_math::{mul_div, Amount, Fraction, SignedWad, Wad, U256};

use super::kind::Kind;
use super::{as_drawn, Args, Function, FRACTION, INTEGER, SIGNED_WAD, WAD};
use crate::oracle::{Answer, Oracle};
use crate::random::Random;

pub(super) fn wad(bits: u128) -> Wad {
    Wad::from_raw(bits)
}

pub(super) fn signed(bits: u128) -> SignedWad {
    SignedWad::from_raw(bits as i128)
}

pub(super) fn fraction(bits: u128) -> Fraction {
    let raw = u64::try_from(bits).expect("a fraction's bits");
    Fraction::from_raw(raw).expect("at most 1")
}

/// 1 + value, where a wad holds it: functions of the sum begin with it.
pub(super) fn sum_with_one(value: &RBig) -> Option<RBig> {
    let sum = value + RBig::ONE;
    (sum <= Kind::Wad.value(u128::MAX)).then_some(sum)
}

pub(super) fn all() -> Vec<Function> {
    let mut all = products();
    all.extend(quotients());
    all.extend(interpolations());
    all
}

fn products() -> Vec<Function> {
    vec![
        Function {
            name: "Wad::mul",
            arguments: &[WAD, WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).mul(wad(a[1]), r).map(|w| w.raw().into()),
            exact: |_, v, unit| Answer::of(&(&v[0] * &v[1]), unit),
            solve: Some(|o, t, v, unit| o.quotient(t, &v[1], unit)),
            temper: narrow_second,
        },
        Function {
            name: "SignedWad::mul",
            arguments: &[SIGNED_WAD, SIGNED_WAD],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).mul(signed(a[1]), r).map(|w| w.raw().into()),
            exact: |_, v, unit| Answer::of(&(&v[0] * &v[1]), unit),
            solve: Some(|o, t, v, unit| o.quotient(t, &v[1], unit)),
            temper: narrow_second_signed,
        },
        Function {
            name: "Amount::mul_fraction",
            arguments: &[INTEGER, FRACTION],
            result: Kind::Integer,
            call: |a, r| {
                Ok(Amount::new(a[0])
                    .mul_fraction(fraction(a[1]), r)
                    .get()
                    .into())
            },
            exact: |_, v, unit| Answer::of(&(&v[0] * &v[1]), unit),
            solve: Some(|o, t, v, unit| o.quotient(t, &v[1], unit)),
            temper: as_drawn,
        },
        Function {
            name: "Fraction::mul",
            arguments: &[FRACTION, FRACTION],
            result: Kind::Fraction,
            call: |a, r| Ok(fraction(a[0]).mul(fraction(a[1]), r).raw().into()),
            exact: |_, v, unit| Answer::of(&(&v[0] * &v[1]), unit),
            solve: Some(|o, t, v, unit| o.quotient(t, &v[1], unit)),
            temper: as_drawn,
        },
    ]
}

fn quotients() -> Vec<Function> {
    vec![
        Function {
            name: "mul_div",
            arguments: &[INTEGER, INTEGER, INTEGER],
            result: Kind::Integer,
            call: |a, r| mul_div(a[0], a[1], a[2], r).map(IBig::from),
            exact: |o, v, unit| o.quotient(&(&v[0] * &v[1]), &v[2], unit),
            solve: Some(|o, t, v, unit| o.quotient(&(t * &v[2]), &v[1], unit)),
            temper: large_divisor,
        },
        Function {
            // The high limb and the low one, of each of the three.
            name: "U256::mul_div",
            arguments: &[INTEGER; 6],
            result: Kind::Integer,
            call: |a, r| {
                let [x, y, z] = [0, 2, 4].map(|at| U256::new(a[at], a[at + 1]));
                x.mul_div(y, z, r)?.to_u128().map(IBig::from)
            },
            exact: |o, v, unit| {
                let limb = RBig::from(UBig::ONE << 128);
                let [x, y, z] = [0, 2, 4].map(|at| &v[at] * &limb + &v[at + 1]);
                o.quotient(&(x * y), &z, unit)
            },
            solve: None,
            temper: |random, args| {
                // Seven in eight fit 128 bits, or almost.
                if !random.rarely(8) {
                    args[0] = 0;
                    if args[4] < args[2] {
                        args.swap(2, 4);
                    }
                }
            },
        },
        Function {
            name: "Wad::mul_div",
            arguments: &[WAD, WAD, WAD],
            result: Kind::Wad,
            call: |a, r| {
                let result = wad(a[0]).mul_div(wad(a[1]), wad(a[2]), r);
                result.map(|w| w.raw().into())
            },
            exact: |o, v, unit| o.quotient(&(&v[0] * &v[1]), &v[2], unit),
            solve: Some(|o, t, v, unit| o.quotient(&(t * &v[2]), &v[1], unit)),
            temper: large_divisor,
        },
        Function {
            name: "SignedWad::mul_div",
            arguments: &[SIGNED_WAD, SIGNED_WAD, SIGNED_WAD],
            result: Kind::SignedWad,
            call: |a, r| {
                let result = signed(a[0]).mul_div(signed(a[1]), signed(a[2]), r);
                result.map(|w| w.raw().into())
            },
            exact: |o, v, unit| o.quotient(&(&v[0] * &v[1]), &v[2], unit),
            solve: Some(|o, t, v, unit| o.quotient(&(t * &v[2]), &v[1], unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::div",
            arguments: &[WAD, WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).div(wad(a[1]), r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.quotient(&v[0], &v[1], unit),
            solve: Some(|_, t, v, unit| Answer::of(&(t * &v[1]), unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::div",
            arguments: &[SIGNED_WAD, SIGNED_WAD],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).div(signed(a[1]), r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.quotient(&v[0], &v[1], unit),
            solve: Some(|_, t, v, unit| Answer::of(&(t * &v[1]), unit)),
            temper: as_drawn,
        },
    ]
}

fn interpolations() -> Vec<Function> {
    vec![
        Function {
            name: "Amount::lerp",
            arguments: &[INTEGER, INTEGER, FRACTION],
            result: Kind::Integer,
            call: |a, r| {
                let (from, to) = (Amount::new(a[0]), Amount::new(a[1]));
                Ok(from.lerp(to, fraction(a[2]), r).get().into())
            },
            exact: lerp,
            solve: Some(lerp_from),
            temper: as_drawn,
        },
        Function {
            name: "Wad::lerp",
            arguments: &[WAD, WAD, FRACTION],
            result: Kind::Wad,
            call: |a, r| Ok(wad(a[0]).lerp(wad(a[1]), fraction(a[2]), r).raw().into()),
            exact: lerp,
            solve: Some(lerp_from),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::lerp",
            arguments: &[SIGNED_WAD, SIGNED_WAD, FRACTION],
            result: Kind::SignedWad,
            call: |a, r| {
                let (from, to) = (signed(a[0]), signed(a[1]));
                Ok(from.lerp(to, fraction(a[2]), r).raw().into())
            },
            exact: lerp,
            solve: Some(lerp_from),
            temper: as_drawn,
        },
    ]
}

fn lerp(_: &mut Oracle, v: &[RBig], unit: &UBig) -> Answer {
    Answer::of(&(&v[0] + (&v[1] - &v[0]) * &v[2]), unit)
}

/// Where to begin to be at the target.
fn lerp_from(oracle: &mut Oracle, target: &RBig, v: &[RBig], unit: &UBig) -> Answer {
    oracle.quotient(&(target - &v[1] * &v[2]), &(RBig::ONE - &v[2]), unit)
}

/// Above the smaller factor, so that the quotient fits; now and then it doesn't.
fn large_divisor(random: &mut Random, args: &mut Args) {
    if !random.rarely(8) && args[2] < args[0].min(args[1]) {
        args.sort_unstable();
        args.swap(1, 2);
    }
}

/// Most products of two wads of any size are out of range: seven in eight get a second factor with
/// which they aren't.
fn narrow_second(random: &mut Random, args: &mut Args) {
    if !random.rarely(8) {
        let room = 187_u32.saturating_sub(128 - args[0].leading_zeros());
        args[1] = random.bits(room.min(128));
    }
}

fn narrow_second_signed(random: &mut Random, args: &mut Args) {
    if !random.rarely(8) {
        let size = 128 - (args[0] as i128).unsigned_abs().leading_zeros();
        let drawn = random.bits(186_u32.saturating_sub(size).min(127)) as i128;
        args[1] = if random.rarely(2) { -drawn } else { drawn } as u128;
    }
}
