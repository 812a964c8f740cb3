//! Exponentials and logarithms.

use dashu_ratio::RBig;

use super::arithmetic::{signed, wad};
use super::kind::Kind;
use super::{as_drawn, within, Argument, Function, WAD};
use crate::oracle::Answer;

/// A little more than where e^x leaves the range of a [`Kind::Wad`]: ln(2^128 / 10^18) = 47.27….
const LN_LARGEST: u128 = 47_300_000_000_000_000_000;
/// And where it falls below half of a unit: ln(2·10^18) = 42.14….
const LN_LEAST: u128 = 42_200_000_000_000_000_000;
/// The same for powers of 2.
const LOG2_LARGEST: u128 = 68_210_000_000_000_000_000;
const LOG2_LEAST: u128 = 60_800_000_000_000_000_000;

const EXP_OF_WAD: Argument = within(Kind::Wad, 0, LN_LARGEST);
const EXP2_OF_WAD: Argument = within(Kind::Wad, 0, LOG2_LARGEST);
const EXP2_OF_SIGNED: Argument = within(Kind::SignedWad, LOG2_LEAST, LOG2_LARGEST);
const MOSTLY_POSITIVE: Argument = within(Kind::SignedWad, 4, (1 << 127) - 1);
const EXP_OF_SIGNED: Argument = within(Kind::SignedWad, LN_LEAST, LN_LARGEST);
const ABOVE_MINUS_ONE: Argument =
    within(Kind::SignedWad, 1_000_000_000_000_000_001, (1 << 127) - 1);

pub(super) fn all() -> Vec<Function> {
    let mut all = exponentials();
    all.extend(logarithms_of_wads());
    all.extend(logarithms_of_signed_wads());
    all
}

fn exponentials() -> Vec<Function> {
    vec![
        Function {
            name: "Wad::exp",
            arguments: &[EXP_OF_WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).exp(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.e_to(&v[0], unit),
            solve: Some(|o, t, _, unit| o.natural_log(t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::exp",
            arguments: &[EXP_OF_SIGNED],
            result: Kind::Wad,
            call: |a, r| signed(a[0]).exp(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.e_to(&v[0], unit),
            solve: Some(|o, t, _, unit| o.natural_log(t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::exp2",
            arguments: &[EXP2_OF_WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).exp2(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.power(&RBig::from(2), &v[0], unit),
            solve: Some(|o, t, _, unit| o.log(2, t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::exp2",
            arguments: &[EXP2_OF_SIGNED],
            result: Kind::Wad,
            call: |a, r| signed(a[0]).exp2(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.power(&RBig::from(2), &v[0], unit),
            solve: Some(|o, t, _, unit| o.log(2, t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::expm1",
            arguments: &[EXP_OF_WAD],
            result: Kind::Wad,
            call: |a, r| wad(a[0]).expm1(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.expm1(&v[0], unit),
            solve: Some(|o, t, _, unit| o.natural_log(&(t + RBig::ONE), unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::expm1",
            arguments: &[EXP_OF_SIGNED],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).expm1(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.expm1(&v[0], unit),
            solve: Some(|o, t, _, unit| o.natural_log(&(t + RBig::ONE), unit)),
            temper: as_drawn,
        },
    ]
}

fn logarithms_of_wads() -> Vec<Function> {
    vec![
        Function {
            name: "Wad::ln",
            arguments: &[WAD],
            result: Kind::SignedWad,
            call: |a, r| wad(a[0]).ln(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.natural_log(&v[0], unit),
            solve: Some(|o, t, _, unit| o.e_to(t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::log2",
            arguments: &[WAD],
            result: Kind::SignedWad,
            call: |a, r| wad(a[0]).log2(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.log(2, &v[0], unit),
            solve: Some(|o, t, _, unit| o.power(&RBig::from(2), t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::log10",
            arguments: &[WAD],
            result: Kind::SignedWad,
            call: |a, r| wad(a[0]).log10(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.log(10, &v[0], unit),
            solve: Some(|o, t, _, unit| o.power(&RBig::from(10), t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "Wad::ln_1p",
            arguments: &[WAD],
            result: Kind::Wad,
            call: |a, r| Ok(wad(a[0]).ln_1p(r).raw().into()),
            exact: ln_1p,
            solve: Some(|o, t, _, unit| o.expm1(t, unit)),
            temper: as_drawn,
        },
    ]
}

fn logarithms_of_signed_wads() -> Vec<Function> {
    vec![
        Function {
            name: "SignedWad::ln",
            arguments: &[MOSTLY_POSITIVE],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).ln(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.natural_log(&v[0], unit),
            solve: Some(|o, t, _, unit| o.e_to(t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::log2",
            arguments: &[MOSTLY_POSITIVE],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).log2(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.log(2, &v[0], unit),
            solve: Some(|o, t, _, unit| o.power(&RBig::from(2), t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::log10",
            arguments: &[MOSTLY_POSITIVE],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).log10(r).map(|w| w.raw().into()),
            exact: |o, v, unit| o.log(10, &v[0], unit),
            solve: Some(|o, t, _, unit| o.power(&RBig::from(10), t, unit)),
            temper: as_drawn,
        },
        Function {
            name: "SignedWad::ln_1p",
            arguments: &[ABOVE_MINUS_ONE],
            result: Kind::SignedWad,
            call: |a, r| signed(a[0]).ln_1p(r).map(|w| w.raw().into()),
            exact: ln_1p,
            solve: Some(|o, t, _, unit| o.expm1(t, unit)),
            temper: as_drawn,
        },
    ]
}

fn ln_1p(oracle: &mut crate::oracle::Oracle, values: &[RBig], unit: &dashu_int::UBig) -> Answer {
    oracle.natural_log(&(&values[0] + RBig::ONE), unit)
}
