//! The middle step: its constants to the last bit, and that it is as close as it says.

use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;

use super::{apart, base, dyadic, ends_of_parts, units, HIGHEST};
use crate::elementary::approximate::SCALE;
use crate::elementary::exponential::{Binary, Natural, LOG2_E_PER_UNIT_CLOSE};
use crate::elementary::middle::{self, exp2_mantissa, high_product_wide, scaled};
use crate::elementary::power::Power;
use crate::elementary::precise::{self, exp2};
use crate::elementary::rational::{Denominator, Rational};
use crate::elementary::tables;
use crate::elementary::wide::Wide;
use crate::elementary::Argument;
use crate::{Rounding, U256};

fn number(of: U256) -> BigUint {
    (BigUint::from(of.high()) << 128) + of.low()
}

/// Whether `value` is the exact number of units of 2^-bits, cut off.
fn is_cut_off(value: U256, exact: Wide, bits: u32) -> bool {
    // 2^512·10^18 is divided again, so that nothing is lost before.
    number(value) == (units(exact) << bits) >> 512
}

#[test]
fn the_constants_of_the_middle_step_are_cut_off_at_their_last_bit() {
    // In units of 2^-315: 2^59 of them are one of 2^-256.
    let per_unit = HIGHEST
        .integer(1 << 59)
        .div(1_000_000_000)
        .div(1_000_000_000);
    let per_e = precise::Precise::log2_e_times(false, per_unit, 0).magnitude;
    assert!(is_cut_off(middle::PER_UNIT_CLOSE, per_unit, 256));
    assert!(is_cut_off(LOG2_E_PER_UNIT_CLOSE, per_e, 256));
    assert!(is_cut_off(middle::LN_2, precise::ln_2(HIGHEST), 256));
    let (whole, fraction) = precise::log2(1, HIGHEST).magnitude.split();
    assert_eq!(whole, 59);
    assert!(is_cut_off(middle::LOG2_SCALE_CLOSE, fraction, 256));
    let one = HIGHEST.integer(1);
    let log2_e = precise::Precise::log2_e_times(false, one, 0).magnitude;
    let expected = BigInt::from(units(log2_e) >> (512 - 47));
    assert_eq!(BigInt::from(middle::LOG2_E), expected);
    // 2^(20 − 10k) / k!, for k from 2 on.
    let narrow = tables::EXP_CLOSE_NARROW_TERMS.map(u128::from);
    let terms = narrow.into_iter().chain(tables::EXP_CLOSE_WIDE_TERMS);
    let mut factorial = 1_u64;
    for (k, term) in (2..12).zip(terms.rev()) {
        factorial *= k;
        let exact = (BigUint::from(1_u8) << (128 - 10 * (k - 2))) / factorial;
        assert_eq!(BigUint::from(term), exact, "{k}");
    }
}

/// 2^(part + (excess ± ½)·2^-143) has the table's entry between.
#[test]
fn the_excess_of_a_table_is_the_nearest_integer() {
    let part = |at: usize, bits| dyadic(u128::try_from(at).unwrap(), bits);
    for at in 1..32 {
        let check = |part: Wide, excess: i16, entry: Wide| {
            let [below, above] = [-1, 1].map(|half| {
                let twice = 2 * i128::from(excess) + half;
                let distance = dyadic(twice.unsigned_abs(), 144);
                exp2(if twice < 0 {
                    part.sub(distance)
                } else {
                    part.add(distance)
                })
            });
            assert!(below < entry && entry < above, "{at}");
        };
        let entry = dyadic(tables::EXP_COARSE[at], 127);
        check(part(at, 5), tables::EXP_COARSE_EXCESS[at], entry);
        let entry = dyadic(tables::EXP_MIDDLE[at], 128).add(HIGHEST.integer(1));
        check(part(at, 10), tables::EXP_MIDDLE_EXCESS[at], entry);
    }
    let first = (tables::EXP_COARSE_EXCESS[0], tables::EXP_MIDDLE_EXCESS[0]);
    assert_eq!(first, (0, 0));
}

/// The distance of a mantissa from 2^fraction, in units of 2^-255, within the bound.
fn check_exp2(fraction: U256) {
    let wide = dyadic(fraction.high(), 128).add(dyadic(fraction.low(), 127).shr(129));
    let exact = units(exp2(wide)) >> (512 - 255);
    let off = apart(number(exp2_mantissa(fraction)), exact);
    assert!(
        off < BigUint::from(middle::EXP2_ERROR) << 64,
        "{fraction:?}"
    );
}

#[test]
fn the_middle_power_is_within_its_bound_at_the_ends_of_its_parts() {
    for high in ends_of_parts() {
        for low in [0, 1, u128::MAX] {
            for high in [high, high.wrapping_add(4), high.wrapping_add(5)] {
                check_exp2(U256::new(high, low));
            }
        }
    }
}

/// Numbers next to powers of 2, where the argument and 2 to its logarithm are of different length.
#[test]
fn the_middle_logarithm_is_within_its_bound_at_powers_of_two() {
    for i in 0..128_u32 {
        for off in [-3, -2, -1, 0, 1, 2, 3] {
            check_log2((1_u128 << i).saturating_add_signed(off).max(1));
        }
    }
    check_log2(u128::MAX);
    check_log2(u128::MAX - 1);
}

fn check_log2(raw: u128) {
    let close = middle::log2(raw);
    let exact = units(precise::log2(raw, HIGHEST).magnitude) >> (512 - 248);
    let off = apart(number(close.magnitude), exact);
    assert!(
        off < BigUint::from(middle::LOG2_ERROR) << (248 - 192),
        "{raw}"
    );
    assert_eq!(close.negative, raw < SCALE, "{raw}");
}

/// Of results near the largest, one in some thousands may be left open.
#[test]
fn the_middle_step_decides_what_the_fast_path_does_not() {
    let (mut open, mut all) = (0, 0);
    let mut check = |of: &dyn Fn(Rounding) -> (Option<u128>, Option<u128>)| {
        for rounding in Rounding::ALL {
            let (fast, close) = of(rounding);
            assert!(fast.is_none() || close.is_none() || fast == close);
            all += 1;
            open += u32::from(close.is_none());
        }
    };
    for step in 0..500_u128 {
        let x = 41 * SCALE + step * 12_345_678_901_234_567;
        let natural = Natural(i128::try_from(x).unwrap());
        let binary = Binary(i128::try_from(x * 10 / 7).unwrap());
        let power = Power {
            base: 1_000 * SCALE + step * 1_234_567_890_123_456_789,
            negative: false,
            exponent: Rational {
                numerator: 5 * SCALE + step * 1_234_567_890_123_457,
                denominator: Denominator::Scale,
            },
        };
        let close = |of: Option<middle::CloseExponent>, rounding| of.unwrap().round(rounding);
        check(&|r| (natural.approximate().round(r), close(natural.close(), r)));
        check(&|r| (binary.approximate().round(r), close(binary.close(), r)));
        check(&|r| (power.approximate().round(r), close(power.close(), r)));
    }
    assert_eq!(all, 6_000);
    assert!(open < 8, "{open}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 2_000 }))]

    #[test]
    fn products_are_as_exact_as_they_say(a in any::<[u128; 2]>(), b in any::<[u128; 2]>()) {
        let (a, b) = (U256::new(a[0], a[1]), U256::new(b[0], b[1]));
        let exact = (number(a) * number(b)) >> 256;
        let got = number(high_product_wide(a, b));
        prop_assert!(got <= exact && exact - got < BigUint::from(1_u8) << 67);
        let exact = (number(b) * a.high()) >> 128;
        let got = number(scaled(a.high(), b));
        prop_assert!(got <= exact && exact - got < BigUint::from(1_u8) << 66);
    }

    #[test]
    fn the_middle_power_is_within_its_bound(high: u128, low: u128) {
        check_exp2(U256::new(high, low));
    }

    #[test]
    fn the_middle_logarithm_is_within_its_bound(raw in base()) {
        check_log2(raw);
    }
}
