//! The stages of a logarithm, and its exact cases.

use num_bigint::BigUint;
use proptest::prelude::*;

use super::stages::check_doubt;
use super::{base, units, HIGHEST};
use crate::elementary::approximate::{self, SCALE};
use crate::elementary::logarithm::{in_units, logarithm, scaled, settle, Base};
use crate::elementary::precise::{self, verdict, Scaled, Verdict};
use crate::elementary::wide::Precision;
use crate::Rounding;

const BASES: [Base; 3] = [Base::Two, Base::E, Base::Ten];

#[test]
fn whole_logarithms_are_found_and_no_others() {
    for base in BASES {
        assert_eq!(base.whole_log(SCALE), Some(0), "{base:?}");
    }
    for twos in -18..=68_i32 {
        let raw = if twos < 0 {
            SCALE >> -twos
        } else {
            SCALE << twos
        };
        let unit = i128::try_from(SCALE).unwrap();
        assert_eq!(Base::Two.whole_log(raw), Some(i128::from(twos) * unit));
        for beside in [raw - 1, raw + 1] {
            assert_eq!(Base::Two.whole_log(beside), None, "{beside}");
        }
    }
    for tens in 0..=38_u32 {
        let (raw, unit) = (10_u128.pow(tens), i128::try_from(SCALE).unwrap());
        let log = i128::from(tens) - 18;
        assert_eq!(Base::Ten.whole_log(raw), Some(log * unit));
        assert_eq!(Base::Ten.whole_log(raw + 1), None);
        if raw > 2 {
            assert_eq!(Base::Ten.whole_log(raw - 1), None);
        }
    }
    for base in BASES {
        assert_eq!(base.whole_log(u128::MAX), None);
    }
}

/// Ceiled, what is above the largest number doesn't become 0.
#[test]
fn a_verdict_beyond_the_type_is_too_large() {
    let last = HIGHEST.integer(u128::MAX);
    let more = last.add(HIGHEST.integer(3).shr(2));
    let verdicts = Rounding::ALL.map(|rounding| verdict(more, 10, rounding));
    let beyond = Verdict::TooLarge;
    assert_eq!(verdicts, [Verdict::Is(u128::MAX), beyond, beyond, beyond]);
    let verdicts = Rounding::ALL.map(|rounding| verdict(last, 10, rounding));
    let (near, is) = (Verdict::Near(u128::MAX << 1, true), Verdict::Is(u128::MAX));
    assert_eq!(verdicts, [near, near, is, is]);
    // A doubt that reaches 2^128 is no verdict.
    let all_but = last.add(HIGHEST.integer(1).sub(HIGHEST.units(5)));
    let limit = Verdict::AtLimit;
    let verdicts = Rounding::ALL.map(|rounding| verdict(all_but, 10, rounding));
    assert_eq!(verdicts, [limit, limit, beyond, beyond]);
    assert_eq!(
        Rounding::ALL.map(|rounding| limit.settle(rounding)),
        [None; 4]
    );
    // A quarter of a unit from the next boundary is told, and a doubt of more isn't.
    let quarter = HIGHEST.integer(5).add(HIGHEST.integer(1).shr(2));
    assert_eq!(verdict(quarter, 509, Rounding::Floor), Verdict::Is(5));
    assert_eq!(
        verdict(quarter, 510, Rounding::Floor),
        Verdict::Near(11, false)
    );
    assert_eq!(
        verdict(quarter, 510, Rounding::HalfUp),
        Verdict::Near(11, false)
    );
}

/// About 2^128, in every form that a shift takes it to, and at every side of the doubt.
#[test]
fn what_is_within_its_doubt_of_the_limit_is_decided_by_more_precision() {
    for up in 1..=128 {
        let limit = HIGHEST.integer(1 << 127).shr(up - 1);
        // From one unit of the value, of 2^up of the result, to more than one of the result.
        for doubt in [0, 9, 300, 510] {
            let (margin, unit) = (HIGHEST.units(doubt), HIGHEST.units(0));
            let rounds = |value| {
                let up = i32::try_from(up).unwrap();
                let scaled = Scaled { value, up, doubt };
                Rounding::ALL.map(|rounding| scaled.round(rounding))
            };
            let twice = margin.shl(1);
            let beyond = rounds(limit.add(twice));
            assert_eq!(beyond, [Verdict::TooLarge; 4], "{up} {doubt}");
            for undecided in [limit.add(twice).sub(unit), limit.add(margin), limit] {
                assert_eq!(rounds(undecided), [Verdict::AtLimit; 4], "{up} {doubt}");
            }
            // Below it, half a unit off, the nearest is 2^128 or isn't known.
            for below in [limit.sub(unit), limit.sub(margin)] {
                let [floor, ceil, ..] = rounds(below);
                assert!(!floor.is_decided() && !ceil.is_decided(), "{up} {doubt}");
            }
        }
        let value = limit.sub(HIGHEST.units(0));
        let up = i32::try_from(up).unwrap();
        let [floor, ceil, ..] = Rounding::ALL.map(|rounding| {
            Scaled {
                value: value.sub(HIGHEST.units(0)),
                up,
                doubt: 0,
            }
            .round(rounding)
        });
        assert_eq!(
            [floor, ceil],
            [Verdict::Is(u128::MAX), Verdict::TooLarge],
            "{up}"
        );
    }
    let far = Scaled {
        value: HIGHEST.integer(1),
        up: 129,
        doubt: 0,
    };
    assert_eq!(far.round(Rounding::Floor), Verdict::TooLarge);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 512 }))]

    #[test]
    fn the_slow_logarithm_is_the_fast_one(raw in base()) {
        for base in BASES {
            for rounding in Rounding::ALL {
                let (slow, fast) = (settle(raw, base, rounding), logarithm(raw, base, rounding));
                prop_assert_eq!(slow, fast, "{:?} {:?}", base, rounding);
            }
            let scaled = |precision| scaled(raw, base, precision);
            check_doubt(scaled(Precision::HIGH), scaled(Precision::HIGHEST));
        }
    }

    #[test]
    fn the_fast_logarithm_to_any_base_is_within_its_bound(raw in base()) {
        let log = precise::log2(raw, HIGHEST).magnitude;
        for base in BASES {
            let (whole, fraction, error) = in_units(approximate::log2(raw), base);
            let got = (BigUint::from(whole) << 512) + (BigUint::from(fraction) << (512 - 128));
            // The wide number's units are 2^-512; 10^18 times as much.
            let want = units(log.mul(base.log_of_two(HIGHEST))) * SCALE;
            let distance = if got > want { got - want } else { want - got };
            let slack = BigUint::from(1_u8) << 256;
            prop_assert!(distance <= (BigUint::from(error) << (512 - 128)) + slack);
        }
    }
}
