//! The stages of one question: each as close as it says, and all of one answer.

use num_bigint::{BigInt, BigUint, Sign};
use proptest::prelude::*;

use super::{base, units, HIGHEST};
use crate::elementary::approximate::{self, SCALE};
use crate::elementary::exponential::{Binary, Natural};
use crate::elementary::geometric_sum::precise_sum;
use crate::elementary::power::Power;
use crate::elementary::precise::{self, exp2, Scaled, Verdict};
use crate::elementary::rational::{Denominator, Rational};
use crate::elementary::wide::{Precision, Wide};
use crate::elementary::{scaled_power, Argument};
use crate::Rounding;

/// Every stage's answer to one question: where a stage has one it is that of the highest precision.
fn check_stages(of: &impl Argument) {
    for rounding in Rounding::ALL {
        let highest = of.precise(Precision::HIGHEST).scaled_power(rounding);
        let exponent = of.approximate();
        if exponent.is_too_large() {
            assert_eq!(highest, Verdict::TooLarge);
            continue;
        }
        let want = of.exact().unwrap_or(highest).settle(rounding);
        if let Some(fast) = exponent.round(rounding) {
            assert_eq!(Some(fast), want, "{rounding:?}");
        }
        if let Some(close) = of.close().and_then(|exponent| exponent.round(rounding)) {
            assert_eq!(Some(close), want, "{rounding:?}");
        }
        let high = of.precise(Precision::HIGH).scaled_power(rounding);
        assert!(high == highest || !high.is_decided(), "{rounding:?}");
        match of.exact() {
            // No precision can tell it from the half unit that it is.
            Some(exact) => assert_eq!(highest.settle(rounding), exact.settle(rounding)),
            // And what none can tell from one is one: no argument drawn here comes as near.
            None => assert!(highest.is_decided(), "{rounding:?}"),
        }
    }
    let (high, highest) = (of.precise(Precision::HIGH), of.precise(Precision::HIGHEST));
    assert_eq!(high.negative, highest.negative);
    check_doubt(
        (high.magnitude, high.doubt),
        (highest.magnitude, highest.doubt),
    );
    check_scaled(high.scaled(), highest.scaled());
    check_exponent(of);
}

/// The exponents of the fast path and of the middle step, which must be as close to y + log2(10^18)
/// as they say.
fn check_exponent(of: &impl Argument) {
    let fast = of.approximate();
    if fast.whole.abs() == 1_000 {
        return;
    }
    let exact = of.precise(Precision::HIGHEST);
    let sign = if exact.negative {
        Sign::Minus
    } else {
        Sign::Plus
    };
    let logarithm = BigInt::from_biguint(sign, units(exact.magnitude));
    // A unit is 10^-18.
    let of_scale = BigInt::from(units(precise::log2(1, HIGHEST).magnitude));
    let check = |whole: i32, fraction: BigInt, error: BigUint| {
        let got = (BigInt::from(whole) << 512) + fraction;
        let distance: BigInt = got - &logarithm - &of_scale;
        // What is known of the exact exponent is far closer than a unit of either.
        let error = error + (BigUint::from(1_u8) << 256);
        assert!(*distance.magnitude() <= error);
    };
    let (fraction, error) = (BigInt::from(fast.fraction), BigUint::from(fast.error));
    check(fast.whole, fraction << (512 - 128), error << (512 - 128));
    if let Some(close) = of.close() {
        let fraction = (BigInt::from(close.fraction.high()) << 128) + close.fraction.low();
        let error = BigUint::from(close.error) << (512 - 192);
        check(close.whole, fraction << (512 - 256), error);
    }
}

/// The same number in the two precisions, the first of which must be as close as it says.
pub(super) fn check_doubt((got, doubt): (Wide, u32), (want, _): (Wide, u32)) {
    let (got, want) = (units(got), units(want));
    let distance = if got > want { got - want } else { want - got };
    assert!(distance <= BigUint::from(1_u8) << (512 - 192 + doubt));
}

/// The same, of what has yet to be shifted.
fn check_scaled(got: Scaled, want: Scaled) {
    // No exponent is below this.
    let up = |of: Scaled| u32::try_from(of.up + (1 << 12)).unwrap();
    let [found, exact] = [got, want].map(|of| units(of.value) << up(of));
    let distance = if found > exact {
        found - exact
    } else {
        exact - found
    };
    assert!(distance <= BigUint::from(1_u8) << (512 - 192 + got.doubt + up(got)));
}

/// A numerator that keeps the power in its range, where that is possible.
fn exponent(base: u128, part: u128, denominator: Denominator) -> Rational {
    let log = approximate::log2(base);
    let unit = match denominator {
        Denominator::Scale => SCALE,
        _ => 1,
    };
    // |log2 base| is at least magnitude >> bits; the power of 70 divided by it is the range.
    let most = (u128::MAX / (log.magnitude >> (log.bits - 64)).max(1)).saturating_mul(70);
    let most = (most >> 64)
        .max(1)
        .saturating_mul(unit)
        .min(i128::MAX.unsigned_abs());
    Rational {
        numerator: match denominator {
            Denominator::Degree(_) => 1,
            _ => (part % most).max(1),
        },
        denominator,
    }
}

/// (1 + a·10^-18)^(b + c·10^-18) is 1 + ab units, but for the terms that b and c don't make 0.
#[test]
fn a_power_is_told_from_a_boundary_that_192_bits_do_not_tell_it_from() {
    // a, b + c·10^-18 in units, and the half units that the power is just below or above.
    let powers = [
        (1, 2 * SCALE - 1, false, 2 * (SCALE + 2), false),
        (1, 3 * SCALE - 3, false, 2 * (SCALE + 3), false),
        (1, SCALE + 1, true, 2 * (SCALE - 1), true),
        (32, SCALE / 4 + 5, true, 2 * (SCALE - 8), true),
    ];
    for (a, numerator, negative, halves, above) in powers {
        let exponent = Rational {
            numerator,
            denominator: Denominator::Scale,
        };
        let power = Power {
            base: SCALE + a,
            negative,
            exponent,
        };
        assert_eq!(power.exact(), None);
        let results = Rounding::ALL.map(|rounding| scaled_power(&power, rounding));
        let unit = halves / 2;
        let (floor, ceil) = if above {
            (unit, unit + 1)
        } else {
            (unit - 1, unit)
        };
        assert_eq!(results, [Some(floor), Some(ceil), Some(unit), Some(unit)]);
        let high = power.precise(Precision::HIGH);
        let near = Verdict::Near(halves, false);
        assert_eq!(high.scaled_power(Rounding::Floor), near, "{a}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 512 }))]

    #[test]
    fn the_slow_power_and_logarithm_are_within_their_doubt(
        limbs in proptest::array::uniform3(any::<u64>()), raw in base(),
    ) {
        let [low, middle, high] = limbs;
        let fraction = [0, 0, 0, 0, 0, low, middle, high];
        let power = |precision: Precision| {
            let power = exp2(precision.fraction(&fraction));
            (power, precise::exp2_doubt(precision))
        };
        check_doubt(power(Precision::HIGH), power(Precision::HIGHEST));
        let log = |precision| {
            let log = precise::log2(raw, precision);
            (log.magnitude, log.doubt)
        };
        check_doubt(log(Precision::HIGH), log(Precision::HIGHEST));
    }

    #[test]
    fn the_slow_sum_is_within_its_doubt(
        raw in base(), next in 1..1_u128 << 64, above: bool, terms: u64, bits in 0..64_u32, few in 2..70_u64,
    ) {
        let next_to_one = if above { SCALE + next } else { SCALE.saturating_sub(next).max(1) };
        for (raw, terms) in [(raw, few), (raw, terms >> bits), (next_to_one, terms >> bits)] {
            let sum = |precision| precise_sum(raw, terms.max(2), precision);
            if let (Some(high), Some(highest)) = (sum(Precision::HIGH), sum(Precision::HIGHEST)) {
                check_scaled(high, highest);
            }
        }
    }

    #[test]
    fn every_stage_gives_one_exponential(raw in -42_000_000_000_000_000_000_i128..48_000_000_000_000_000_000) {
        check_stages(&Natural(if raw == 0 { 1 } else { raw }));
        if raw % 1_000_000_000_000_000_000 != 0 {
            check_stages(&Binary(raw));
        }
    }

    #[test]
    fn every_stage_gives_one_power(
        base in base(),
        part: u128,
        negative: bool,
        kind in 0..3,
        degree in prop_oneof![2..130_u32, 1..=u32::MAX],
    ) {
        let denominator = match kind {
            0 => Denominator::One,
            1 => Denominator::Scale,
            _ => Denominator::Degree(degree),
        };
        let exponent = exponent(base, part, denominator);
        check_stages(&Power { base, negative, exponent });
    }

    #[test]
    fn every_stage_gives_one_power_next_to_exact_ones(
        root in 1..40_u128,
        degree in 1..9_u32,
        off in -1..=1_i128,
        numerator in 1..9_u128,
        negative: bool,
    ) {
        let raw = (root * SCALE / 8).checked_add_signed(off).unwrap();
        prop_assume!(raw != SCALE);
        for denominator in [Denominator::One, Denominator::Scale, Denominator::Degree(degree)] {
            let numerator = match denominator {
                Denominator::Scale => numerator * SCALE / 4,
                Denominator::One => numerator,
                Denominator::Degree(_) => 1,
            };
            let exponent = Rational { numerator, denominator };
            check_stages(&Power { base: raw, negative, exponent });
        }
    }
}
