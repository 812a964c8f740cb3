//! What the two paths claim of themselves: error bounds, and that they agree.

extern crate std;

mod constants;
mod decide;
mod exact;
mod logarithm;
mod middle;
mod stages;

use std::vec::Vec;

use num_bigint::BigUint;
use proptest::prelude::*;

use super::approximate::{self, exp2_mantissa, Exponent, EXP2_ERROR, SCALE};
use super::precise::{self, exp2};
use super::wide::{Precision, Wide};
use crate::Rounding;

const HIGHEST: Precision = Precision::HIGHEST;

/// The number in units of 2^-512.
pub(super) fn units(of: Wide) -> BigUint {
    let (whole, mut rest) = of.split();
    let mut units = BigUint::from(whole);
    for _ in 0..8 {
        let (limb, next) = rest.shl(64).split();
        (units, rest) = ((units << 64) + limb, next);
    }
    units
}

pub(super) fn apart(a: BigUint, b: BigUint) -> BigUint {
    if a > b {
        a - b
    } else {
        b - a
    }
}

/// Numerators and denominators of any size and of any ratio between 0 and 1, next to either too.
pub(super) fn below_one() -> impl Strategy<Value = (u128, u128)> {
    let numbers = (any::<u128>(), 0..127_u32, any::<u128>(), 0..128_u32);
    (numbers, any::<bool>()).prop_map(|((whole, down, part, further), from_one)| {
        let whole = (whole >> down).max(2);
        let part = ((part % whole) >> further).clamp(1, whole - 1);
        (if from_one { whole - part } else { part }, whole)
    })
}

/// magnitude·2^-bits.
fn dyadic(magnitude: u128, bits: u32) -> Wide {
    HIGHEST.integer(magnitude).shr(bits)
}

/// A logarithm's sign and its size are told from those of the one it starts with, which for 1 is 0.
#[test]
fn the_slow_path_is_exact_where_there_is_nothing_to_compute() {
    for precision in [Precision::HIGH, HIGHEST] {
        let zero = precision.integer(0);
        assert_eq!(exp2(zero), precision.integer(1));
        assert_eq!(precise::log2(SCALE, precision).magnitude, zero);
    }
}

/// Any, and those that carry the furthest and not at all.
fn limb() -> impl Strategy<Value = u64> {
    prop_oneof![2 => any::<u64>(), 1 => Just(u64::MAX), 1 => Just(0)]
}

/// The distance of a mantissa from 2^fraction, in 2^-64 units of 2^-127.
fn exp2_distance(fraction: u128) -> u128 {
    let exact = units(exp2(dyadic(fraction, 128))) >> (512 - 127 - 64);
    let got = BigUint::from(exp2_mantissa(fraction)) << 64;
    let distance = if got > exact {
        got - exact
    } else {
        exact - got
    };
    u128::try_from(distance).unwrap()
}

/// Fractions at the ends of the parts of every table.
fn ends_of_parts() -> impl Iterator<Item = u128> {
    [123, 118, 113].into_iter().flat_map(|bit| {
        (0..32_u128).flat_map(move |i| {
            [0, 1, 2, 3].into_iter().flat_map(move |off| {
                let end = i << bit;
                [
                    end.wrapping_add(off),
                    end.wrapping_sub(off),
                    end ^ (u128::MAX >> (127 - bit)),
                ]
            })
        })
    })
}

#[test]
fn the_fast_power_is_within_its_bound_at_the_ends_of_its_parts() {
    for fraction in ends_of_parts() {
        assert!(exp2_distance(fraction) < EXP2_ERROR << 64, "{fraction}");
    }
}

/// The distance of the fast logarithm from the exact one, which must be within its bound.
fn check_log2(raw: u128) {
    let fast = approximate::log2(raw);
    let exact = precise::log2(raw, HIGHEST);
    let error = dyadic(fast.error, fast.bits);
    let distance = dyadic(fast.magnitude, fast.bits).abs_diff(exact.magnitude);
    assert!(distance < error, "{raw}");
    assert_eq!(fast.negative, raw < SCALE, "{raw}");
}

#[test]
fn the_fast_logarithm_is_within_its_bound_at_the_ends_of_its_parts() {
    for i in 0..128_u32 {
        let power = 1_u128 << i;
        for part in 0..32 {
            let end = power + (power >> 5) * part;
            for raw in [end, end.saturating_sub(1), end.saturating_add(1)] {
                if raw != 0 && raw != SCALE {
                    check_log2(raw);
                }
            }
        }
    }
    for bits in 0..60 {
        for off in [-1, 0, 1] {
            let distance = (SCALE >> bits).saturating_add_signed(off).max(1);
            check_log2(SCALE + distance);
            if distance < SCALE {
                check_log2(SCALE - distance);
            }
        }
    }
    check_log2(u128::MAX);
}

fn natural_number() -> impl Strategy<Value = u128> {
    (0..128_u32, any::<u128>()).prop_map(|(bits, of)| (of >> bits).max(1))
}

fn next_to_one() -> impl Strategy<Value = u128> {
    (69..128_u32, any::<u128>(), any::<bool>()).prop_map(|(bits, of, below)| {
        let distance = (of >> bits).max(1);
        if below {
            SCALE.saturating_sub(distance).max(1)
        } else {
            SCALE + distance
        }
    })
}

fn base() -> impl Strategy<Value = u128> {
    prop_oneof![natural_number(), next_to_one()].prop_filter("not 1", |&raw| raw != SCALE)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 512 }))]

    #[test]
    fn the_fast_power_is_within_its_bound(fraction: u128) {
        prop_assert!(exp2_distance(fraction) < EXP2_ERROR << 64);
    }

    #[test]
    fn the_fast_logarithm_is_within_its_bound(raw in base()) {
        check_log2(raw);
    }

    #[test]
    fn wide_numbers_are_as_exact_as_they_say(
        a in proptest::array::uniform10(limb()),
        b in proptest::array::uniform10(limb()),
        by in 0..130_u32,
        divisor in prop_oneof![1..1_u64 << 32, 1..1_u64 << 60],
    ) {
        for precision in [Precision::HIGH, HIGHEST] {
            let bits = precision.bits();
            // Numbers below 2^64, so that products fit.
            let wide = |limbs: [u64; 10]| {
                let mut low = [0; 8];
                low.copy_from_slice(&limbs[..8]);
                precision.integer(limbs[8].into()).add(precision.fraction(&low))
            };
            let units = |of| units(of) >> (512 - bits);
            let (x, y) = (wide(a), wide(b));
            let (m, n) = (units(x), units(y));
            prop_assert_eq!(units(x.add(y)), &m + &n);
            prop_assert_eq!(units(x.mul(y)), (&m * &n) >> bits);
            prop_assert_eq!(units(x.div(divisor)), &m / divisor);
            prop_assert_eq!(units(x.shr(by)), &m >> by);
            prop_assert_eq!(units(x.shl(by % 64)), &m << (by % 64));
            prop_assert_eq!(x.cmp(&y), m.cmp(&n));
            let mut sum = x;
            sum.add_integer(b[9]);
            prop_assert_eq!(units(sum), &m + (BigUint::from(b[9]) << bits));
            let (most, least) = if m > n { (m, n) } else { (n, m) };
            prop_assert_eq!(units(x.abs_diff(y)), most - least);
        }
    }
}

#[test]
fn a_power_beyond_the_range_is_told_from_one_at_its_end() {
    let at = |whole, fraction| Exponent {
        whole,
        fraction,
        error: 5,
    };
    let beyond = [(127, u128::MAX), (128, 0), (128, 5), (128, 6), (129, 0)];
    let told: Vec<_> = beyond.map(|(w, f)| at(w, f).is_too_large()).into();
    assert_eq!(told, [false, false, false, true, true]);
    assert_eq!(at(128, 0).round(Rounding::Floor), None);
    assert_eq!(at(-9, 0).round(Rounding::Ceil), Some(1));
    assert_eq!(at(-9, 0).round(Rounding::HalfUp), Some(0));
    assert_eq!(at(-1, 1 << 120).round(Rounding::HalfUp), Some(1));
    assert_eq!(at(-1, 0).round(Rounding::HalfUp), None);
}

/// With 122 bits before the point, 24 units of the mantissa are more than one of the result.
#[test]
fn a_power_as_large_as_its_own_error_is_left_in_doubt() {
    for part in 0..32 {
        let exponent = Exponent {
            whole: 122,
            fraction: part << 123 | 1 << 122,
            error: 0,
        };
        let all = Rounding::ALL.map(|rounding| exponent.round(rounding));
        assert_eq!(all, [None; 4], "{part}");
    }
}

/// One place lower there is room for a decision, which is not left to the middle step.
#[test]
fn a_power_just_above_its_own_error_is_decided() {
    let decided = (0..32_u128).filter(|part| {
        let exponent = Exponent {
            whole: 121,
            fraction: part << 123 | 1 << 122,
            error: 0,
        };
        exponent.round(Rounding::Floor).is_some()
    });
    assert!((1..20).contains(&decided.count()));
}
