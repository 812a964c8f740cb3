//! The constants and tables of both paths are what they say, to the last bit.

use num_bigint::BigUint;

use super::{apart, dyadic, units, HIGHEST};
use crate::elementary::approximate::{self, PER_UNIT, SCALE};
use crate::elementary::exponential::LOG2_E_PER_UNIT;
use crate::elementary::logarithm::{Base, LOG10_2};
use crate::elementary::precise::{self, exp2, Precise};
use crate::elementary::tables::{self, Reciprocals};
use crate::elementary::wide::Wide;

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
