//! What the two paths claim of themselves: constants, error bounds, and that they agree.

extern crate std;

mod decide;
mod exact;
mod logarithm;
mod stages;

use std::vec::Vec;

use num_bigint::BigUint;
use proptest::prelude::*;

use super::approximate::{self, exp2_mantissa, Exponent, EXP2_ERROR, PER_UNIT, SCALE};
use super::exponential::LOG2_E_PER_UNIT;
use super::logarithm::{Base, LOG10_2};
use super::precise::{self, exp2, Precise};
use super::tables::{self, Reciprocals};
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

fn limbs(of: &[u64]) -> BigUint {
    let digits = of
        .iter()
        .flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]);
    BigUint::new(digits.collect())
}

/// Whether `value` is the integer nearest to the exact number of units of 2^-bits.
fn is_nearest(value: u128, exact: Wide, bits: u32) -> bool {
    // In units of 2^-512: |value·2^(512 − bits) − exact| ≤ half of 2^(512 − bits), but for the error of
    // the slow path, which is far smaller than what a wrong digit would make.
    let (value, exact) = (BigUint::from(value) << (512 - bits), units(exact));
    apart(value, exact) << 1 <= (BigUint::from(1_u8) << (512 - bits)) + (BigUint::from(1_u8) << 64)
}

/// ln((n + 1)/(n − 1))/2 = Σ 1/((2k + 1)·n^(2k + 1)), in units of 2^-bits and cut off by less than `bits`
/// of them.
fn artanh_inverse(n: u32, bits: u32) -> BigUint {
    let mut power = (BigUint::from(1_u8) << bits) / n;
    let mut sum = BigUint::default();
    for k in (1_u32..).step_by(2) {
        if power == BigUint::default() {
            return sum;
        }
        sum += &power / k;
        power /= n * n;
    }
    sum
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

#[test]
fn the_constants_of_the_slow_path_are_cut_off_at_their_last_bit() {
    const BITS: u32 = 640;
    // Machin-like formulas: ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749), and
    // ln 10 = 46 artanh(1/31) + 34 artanh(1/49) + 20 artanh(1/161).
    let artanh = |n| artanh_inverse(n, BITS);
    let ln_2 = artanh(26) * 18_u8 + artanh(8_749) * 8_u8 - artanh(4_801) * 2_u8;
    let ln_10 = artanh(31) * 46_u8 + artanh(49) * 34_u8 + artanh(161) * 20_u8;
    assert_eq!(limbs(&precise::LN_2), &ln_2 >> (BITS - 512));

    let log2_e = (BigUint::from(1_u8) << (BITS + 512)) / &ln_2;
    let less_1 = log2_e - (BigUint::from(1_u8) << 512);
    assert_eq!(limbs(&precise::LOG2_E_LESS_1), less_1);
    assert_eq!(limbs(&LOG10_2), (ln_2 << 512) / ln_10);

    let factorial = (1..=20_u64).product::<u64>();
    let inverse = (BigUint::from(1_u8) << (512 + 61)) / factorial;
    assert_eq!(limbs(&precise::INVERSE_OF_20_FACTORIAL), inverse);
}

#[test]
fn the_constants_of_the_fast_path_are_the_nearest_integers() {
    let unit = HIGHEST.integer(1).div(1_000_000_000).div(1_000_000_000);
    let log2_e = HIGHEST
        .integer(1)
        .add(HIGHEST.fraction(&precise::LOG2_E_LESS_1));
    assert!(is_nearest(PER_UNIT, unit, 187));
    assert!(is_nearest(LOG2_E_PER_UNIT, unit.mul(log2_e), 187));
    for base in [Base::Two, Base::E, Base::Ten] {
        let scaled = base.log_of_two(HIGHEST).mul(HIGHEST.integer(SCALE));
        assert!(is_nearest(base.scaled_log_of_two(), scaled, 68));
    }
    // The logarithm of the scale, by the exponential: 2^(c ± half a unit) has 10^18 between.
    let between = |magnitude: u128, bits, whole: u32| {
        let half = HIGHEST.integer(1).shr(bits + 1);
        let power = |of: Wide| {
            let (more, fraction) = of.split();
            exp2(fraction).shl(whole + u32::try_from(more).unwrap())
        };
        let middle = dyadic(magnitude, bits);
        let scale = HIGHEST.integer(SCALE);
        power(middle.sub(half)) < scale && scale < power(middle.add(half))
    };
    assert!(between(approximate::LOG2_SCALE, 121, 0));
    assert!(between(approximate::LOG2_SCALE_FRACTION, 128, 59));
}

#[test]
fn the_tables_of_powers_hold_the_nearest_integers() {
    for i in 0..32_u128 {
        let at = usize::try_from(i).unwrap();
        let power = |bits| exp2(dyadic(i, bits));
        let less_1 = |bits| power(bits).sub(HIGHEST.integer(1));
        assert!(i == 0 || is_nearest(tables::EXP_COARSE[at], power(5), 127));
        assert!(i == 0 || is_nearest(tables::EXP_MIDDLE[at], less_1(10), 128));
        assert!(i == 0 || is_nearest(tables::EXP_FINE[at], less_1(15), 128));
    }
    let first = (
        tables::EXP_COARSE[0],
        tables::EXP_MIDDLE[0],
        tables::EXP_FINE[0],
    );
    assert_eq!(first, (1 << 127, 0, 0));
}

#[test]
fn the_tables_of_logarithms_hold_the_nearest_integers_and_reach_far_enough() {
    check_reciprocals(&tables::LOG_COARSE, 13, |i| (32 + i, 32, 1, 64));
    check_reciprocals(&tables::LOG_MIDDLE, 16, |i| (1_008 + i, 1_024, 1, 2_048));
    check_reciprocals(&tables::LOG_FINE, 24, |i| (32_751 + i, 32_768, 1, 65_536));
}

/// Every part of a table: `part` is its lower end, as a fraction, and what the next table covers to
/// either side of 1, as another.
fn check_reciprocals<const N: usize>(
    table: &Reciprocals<N>,
    bits: u32,
    part: impl Fn(u128) -> (u128, u128, u128, u128),
) {
    for (i, (&factor, &log)) in (0..).zip(table.factors.iter().zip(&table.logs)) {
        // 2^-(log ± half a unit) has the reciprocal between.
        let power = |half: i128| {
            let exponent = 2 * log + half;
            let exponent = Precise {
                negative: exponent > 0,
                magnitude: dyadic(exponent.unsigned_abs(), 127),
                doubt: 0,
            };
            let (whole, fraction) = exponent.floor();
            match u32::try_from(whole) {
                Ok(up) => exp2(fraction).shl(up),
                Err(_) => exp2(fraction).shr(whole.unsigned_abs()),
            }
        };
        let reciprocal = dyadic(factor.into(), bits);
        assert!(power(1) < reciprocal && reciprocal < power(-1), "{i}");

        // What the reciprocal makes of both ends of its part is within the reach of the next table;
        // the last leaves at most 2^-15, which is where the series ends.
        let (end, per_one, reach, of) = part(i);
        for end in [end, end + 1] {
            let value = end * u128::from(factor);
            let one = per_one << bits;
            assert!(value.abs_diff(one) * of <= one * reach * 17 / 16, "{i}");
        }
    }
}

#[test]
fn the_terms_of_the_series_are_the_nearest_integers() {
    let ln_2 = HIGHEST.fraction(&precise::LN_2);
    let argument = ln_2.shr(15);
    let mut term = HIGHEST.integer(1);
    let narrow = tables::EXP_NARROW_TERMS.map(u128::from);
    let all = tables::EXP_WIDE_TERMS.into_iter().chain(narrow);
    for (k, constant) in (1..).zip(all) {
        term = term.mul(argument).div(k);
        assert!(is_nearest(constant, term, 128), "{k}");
    }
    let log2_e = HIGHEST
        .integer(1)
        .add(HIGHEST.fraction(&precise::LOG2_E_LESS_1));
    let even = tables::LOG_EVEN_TERMS.wide.into_iter();
    let even = even.chain(tables::LOG_EVEN_TERMS.narrow.map(u128::from));
    let odd = tables::LOG_ODD_TERMS.wide.into_iter();
    let odd = odd.chain(tables::LOG_ODD_TERMS.narrow.map(u128::from));
    let places = [(0, 127), (2, 97), (4, 65), (6, 37), (8, 7)];
    for (constant, (k, bits)) in even.zip(places) {
        assert!(is_nearest(constant, log2_e.div(k + 1), bits), "{k}");
    }
    for (constant, (k, bits)) in odd.zip([(1, 112), (3, 82), (5, 52), (7, 22)]) {
        assert!(is_nearest(constant, log2_e.div(k + 1), bits), "{k}");
    }
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
