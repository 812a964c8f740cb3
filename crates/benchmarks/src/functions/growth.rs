//! Amounts times powers of ratios: scaled, grown and decayed.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use tokenomics_fixed_math::{Amount, Error, Growth, Ratio, SignedWad, Span, Wad, U256};

use super::kind::{Kind, ONE};
use super::{Args, Function, Outcome, COUNT, INTEGER, SIGNED_WAD, WAD};
use crate::oracle::{Answer, Oracle};
use crate::random::Random;

pub(super) fn all() -> Vec<Function> {
    let mut all = parts();
    all.push(rational_power());
    all.extend(rates());
    all.extend(periods());
    all
}

/// Of a ratio of at most 1: its numerator and denominator, the amount, and how the ratio is bent.
fn parts() -> Vec<Function> {
    vec![
        Function {
            name: "Amount::mul_pow",
            arguments: &[INTEGER, INTEGER, INTEGER, WAD],
            result: Kind::Integer,
            call: |a, r| {
                let ratio = Ratio::new(a[0], a[1])?;
                whole(Amount::new(a[2]).mul_pow(ratio, Wad::from_raw(a[3]), r))
            },
            exact: |o, v, _| match ratio(v).filter(|ratio| *ratio <= RBig::ONE) {
                Some(ratio) => o.scaled_power(&v[2], &ratio, &v[3]),
                None => Answer::Nothing,
            },
            solve: Some(|o, t, v, _| match share(t, v) {
                Some(share) if !v[3].is_zero() => {
                    o.scaled_power(&v[1], &share, &(RBig::ONE / &v[3]))
                }
                _ => Answer::Nothing,
            }),
            temper: |random, args| {
                in_order(args);
                // Powers down to 2^-136.
                let log = (args[1] as f64 / args[0] as f64).log2();
                if !random.rarely(8) && log.is_normal() {
                    args[3] = (136.0 * unit_interval(random) / log * ONE as f64) as u128;
                }
            },
        },
        Function {
            name: "Amount::mul_expm1",
            arguments: &[INTEGER, INTEGER, INTEGER, SIGNED_WAD],
            result: Kind::Integer,
            call: |a, r| {
                let ratio = Ratio::new(a[0], a[1])?;
                let steepness = SignedWad::from_raw(a[3] as i128);
                whole(Amount::new(a[2]).mul_expm1(steepness, ratio, r))
            },
            exact: |o, v, _| match ratio(v).filter(|ratio| *ratio <= RBig::ONE) {
                Some(ratio) => o.scaled_expm1(&v[2], &v[3], &ratio),
                None => Answer::Nothing,
            },
            solve: Some(bent_ratio_of),
            temper: |random, args| {
                in_order(args);
                if !random.rarely(8) {
                    let steepness = random.any_size_up_to(200 * ONE);
                    let negative = random.rarely(2);
                    args[3] = if negative {
                        steepness.wrapping_neg()
                    } else {
                        steepness
                    };
                }
            },
        },
        Function {
            name: "Amount::mul_logistic",
            arguments: &[INTEGER, INTEGER, INTEGER, WAD],
            result: Kind::Integer,
            call: |a, r| {
                let ratio = Ratio::new(a[0], a[1])?;
                whole(Amount::new(a[2]).mul_logistic(Wad::from_raw(a[3]), ratio, r))
            },
            exact: |o, v, _| match ratio(v).filter(|ratio| *ratio <= RBig::ONE) {
                Some(ratio) if v[3] <= RBig::from(40_u8) => o.scaled_logistic(&v[2], &v[3], &ratio),
                _ => Answer::Nothing,
            },
            solve: None,
            temper: |random, args| {
                in_order(args);
                if !random.rarely(8) {
                    args[3] = random.any_size_up_to(40 * ONE);
                }
            },
        },
    ]
}

/// Of the base's numerator and denominator, the exponent's, and the amount.
fn rational_power() -> Function {
    Function {
        name: "Amount::mul_rational_pow",
        arguments: &[INTEGER; 5],
        result: Kind::Integer,
        call: |a, r| {
            let (base, exponent) = (Ratio::new(a[0], a[1])?, Ratio::new(a[2], a[3])?);
            whole(Amount::new(a[4]).mul_rational_pow(base, exponent, r))
        },
        exact: exact_rational_power,
        solve: Some(|o, t, v, _| {
            if v[2].is_zero() || v[4].is_zero() {
                return Answer::Nothing;
            }
            o.scaled_power(&v[1], &(t / &v[4]), &(&v[3] / &v[2]))
        }),
        temper: |random, args| {
            // Powers up to 2^136 and down to 2^-136.
            let log = (args[0] as f64 / args[1] as f64).log2().abs();
            if !random.rarely(8) && log.is_normal() {
                args[2] = (136.0 * unit_interval(random) / log * args[3] as f64) as u128;
            }
        },
    }
}

fn exact_rational_power(oracle: &mut Oracle, v: &[RBig], _: &UBig) -> Answer {
    if v[1].is_zero() || v[3].is_zero() {
        return Answer::Nothing;
    }
    let (base, exponent) = (&v[0] / &v[1], &v[2] / &v[3]);
    let is_refused = exponent >= RBig::from(UBig::ONE << 64);
    // What no exponent changes has a result for every one.
    if is_refused && !v[4].is_zero() && !base.is_zero() && base != RBig::ONE {
        return Answer::Nothing;
    }
    oracle.scaled_power(&v[4], &base, &exponent)
}

/// Of a rate's numerator and denominator, an amount, and for how long it grows or decays.
fn rates() -> Vec<Function> {
    vec![
        Function {
            name: "Growth::continuous",
            arguments: &[INTEGER, INTEGER, INTEGER, COUNT],
            result: Kind::Integer,
            call: |a, r| whole(continuous(a)?.of(Amount::new(a[2]), a[3] as u64, r)),
            exact: |o, v, _| exact_continuous(o, v, false),
            solve: Some(|o, t, v, _| rate_of(o, t, v, false)),
            temper: temper_continuous,
        },
        Function {
            name: "Growth::continuous, inverse",
            arguments: &[INTEGER, INTEGER, INTEGER, COUNT],
            result: Kind::Integer,
            call: |a, r| {
                let decay = continuous(a)?.inverse();
                whole(decay.of(Amount::new(a[2]), a[3] as u64, r))
            },
            exact: |o, v, _| exact_continuous(o, v, true),
            solve: Some(|o, t, v, _| rate_of(o, t, v, true)),
            temper: temper_continuous,
        },
        Function {
            name: "Growth::per_unit",
            arguments: &[INTEGER, INTEGER, INTEGER, COUNT],
            result: Kind::Integer,
            call: |a, r| {
                let growth = Growth::per_unit(Ratio::new(a[0], a[1])?)?;
                whole(growth.of(Amount::new(a[2]), a[3] as u64, r))
            },
            exact: |o, v, _| match ratio(v).filter(|ratio| !ratio.is_zero()) {
                Some(factor) => o.scaled_power(&v[2], &factor, &v[3]),
                None => Answer::Nothing,
            },
            solve: Some(|o, t, v, _| match share(t, v) {
                Some(share) if !v[3].is_zero() => {
                    o.scaled_power(&v[1], &share, &(RBig::ONE / &v[3]))
                }
                _ => Answer::Nothing,
            }),
            temper: |random, args| {
                let log = (args[0] as f64 / args[1] as f64).log2().abs();
                if !random.rarely(8) && log.is_normal() {
                    args[3] = (136.0 * unit_interval(random) / log) as u64 as u128;
                }
            },
        },
    ]
}

/// Of a time's numerator and denominator, the period in which all doubles or half is left, and what
/// is there at the start: an amount, or one number of 256 bits divided by another.
fn periods() -> Vec<Function> {
    vec![
        Function {
            name: "Growth::doubling",
            arguments: &[COUNT, COUNT, INTEGER],
            result: Kind::Integer,
            call: |a, r| {
                let growth = Growth::doubling(Span::new(a[1] as u64))?;
                whole(growth.of(Amount::new(a[2]), a[0] as u64, r))
            },
            exact: |o, v, _| match ratio(v) {
                Some(doublings) => o.scaled_power(&v[2], &RBig::from(2), &doublings),
                None => Answer::Nothing,
            },
            solve: None,
            temper: temper_periods,
        },
        Function {
            name: "Growth::doubling, inverse",
            arguments: &[COUNT, COUNT, INTEGER],
            result: Kind::Integer,
            call: |a, r| {
                let decay = Growth::doubling(Span::new(a[1] as u64))?.inverse();
                whole(decay.of(Amount::new(a[2]), a[0] as u64, r))
            },
            exact: |o, v, _| match ratio(v) {
                Some(halvings) => o.scaled_power(&v[2], &RBig::from(2), &-halvings),
                None => Answer::Nothing,
            },
            solve: None,
            temper: temper_periods,
        },
        Function {
            name: "Growth::mul_div",
            arguments: &[INTEGER, INTEGER, COUNT, INTEGER, INTEGER, INTEGER],
            result: Kind::Integer,
            call: |a, r| {
                let decay = Growth::doubling(Span::new(a[2] as u64))?.inverse();
                let time = Ratio::new(a[0], a[1])?;
                let result = decay.mul_div(U256::new(a[3], a[4]), a[5], time, r);
                result.map(IBig::from)
            },
            exact: |o, v, _| {
                if v[1].is_zero() || v[2].is_zero() || v[5].is_zero() {
                    return Answer::Nothing;
                }
                let wide = &v[3] * RBig::from(UBig::ONE << 128) + &v[4];
                let halvings = &v[0] / &v[1] / &v[2];
                o.scaled_power(&(wide / &v[5]), &RBig::from(2), &-halvings)
            },
            solve: Some(|o, t, v, _| {
                let wide = &v[3] * RBig::from(UBig::ONE << 128) + &v[4];
                if t.is_zero() || v[5].is_zero() || wide.is_zero() {
                    return Answer::Nothing;
                }
                match o.log(2, &(wide / &v[5] / t), &(UBig::ONE << 160)) {
                    Answer::Real(log) => {
                        let log = RBig::from_parts(log.floor, UBig::ONE << 160);
                        Answer::of(&(log * &v[1] * &v[2]), &UBig::ONE)
                    }
                    other => other,
                }
            }),
            temper: |random, args| {
                if random.rarely(8) {
                    return;
                }
                let most = (args[1] as f64 * args[2] as f64 * 280.0).min(u128::MAX as f64);
                args[0] = (most * unit_interval(random)) as u128;
            },
        },
    ]
}

fn raw(amount: Amount) -> IBig {
    amount.get().into()
}

fn whole(result: Result<Amount, Error>) -> Outcome {
    result.map(raw)
}

/// The first argument by the second.
fn ratio(values: &[RBig]) -> Option<RBig> {
    (!values[1].is_zero()).then(|| &values[0] / &values[1])
}

/// The target as a part of the amount.
fn share(target: &RBig, values: &[RBig]) -> Option<RBig> {
    (!values[2].is_zero()).then(|| target / &values[2])
}

fn continuous(args: &Args) -> Result<Growth, Error> {
    Growth::continuous(Ratio::new(args[0], args[1])?)
}

fn exact_continuous(oracle: &mut Oracle, values: &[RBig], falls: bool) -> Answer {
    let Some(rate) = ratio(values).filter(|rate| *rate < RBig::from(1_u64 << 63)) else {
        return Answer::Nothing;
    };
    let t = rate * &values[3];
    oracle.scaled_exp(&values[2], &if falls { -t } else { t })
}

/// denominator·ln(target / amount) / time.
fn rate_of(oracle: &mut Oracle, target: &RBig, values: &[RBig], falls: bool) -> Answer {
    let share = share(target, values).filter(|share| !share.is_zero());
    let Some(share) = share.filter(|_| !values[3].is_zero()) else {
        return Answer::Nothing;
    };
    let share = if falls { RBig::ONE / share } else { share };
    match oracle.natural_log(&share, &(UBig::ONE << 160)) {
        Answer::Real(log) => {
            let log = RBig::from_parts(log.floor, UBig::ONE << 160);
            Answer::of(&(log * &values[1] / &values[3]), &UBig::ONE)
        }
        other => other,
    }
}

/// denominator·ln(1 + (e^steepness − 1)·target/amount) / steepness.
fn bent_ratio_of(oracle: &mut Oracle, target: &RBig, values: &[RBig], _: &UBig) -> Answer {
    let (steepness, fine) = (&values[3], UBig::ONE << 512);
    let Some(share) = share(target, values) else {
        return Answer::Nothing;
    };
    if steepness.is_zero() {
        return Answer::of(&(share * &values[1]), &UBig::ONE);
    }
    let Answer::Real(grown) = oracle.expm1(steepness, &fine) else {
        return Answer::Nothing;
    };
    let grown = RBig::from_parts(grown.floor, fine.clone());
    match oracle.natural_log(&(grown * share + RBig::ONE), &fine) {
        Answer::Real(log) => {
            let log = RBig::from_parts(log.floor, fine);
            Answer::of(&(log * &values[1] / steepness), &UBig::ONE)
        }
        other => other,
    }
}

/// From 0 up to 1.
fn unit_interval(random: &mut Random) -> f64 {
    random.bits(53) as f64 / 2_f64.powi(53)
}

/// The smaller first.
fn in_order(args: &mut Args) {
    if args[0] > args[1] {
        args.swap(0, 1);
    }
}

/// e^±95 at the most: 2^±137.
fn temper_continuous(random: &mut Random, args: &mut Args) {
    if !random.rarely(8) {
        let units = 95.0 * unit_interval(random) * args[1] as f64 / args[0] as f64;
        args[3] = units as u64 as u128;
    }
}

/// Up to 136 periods.
fn temper_periods(random: &mut Random, args: &mut Args) {
    if !random.rarely(8) {
        args[0] = (136.0 * unit_interval(random) * args[1] as f64) as u64 as u128;
    }
}
