//! That the fast path claims nothing that the slow one doesn't find too.

use proptest::prelude::*;

use super::quotient::Quotient;
use super::{Growth, Near};
use crate::elementary::precise::Verdict;
use crate::elementary::wide::Precision;
use crate::{Error, Quantity, Ratio, Rounding, Span, U256};

fn number() -> impl Strategy<Value = u128> {
    (any::<u128>(), 0..128_u32).prop_map(|(value, shift)| (value >> shift).max(1))
}

fn growth() -> impl Strategy<Value = Growth> {
    // Rates of about what a unit of time has, and of any size.
    let rate = prop_oneof![
        (1..100_u128, 100..1_u128 << 40),
        (number().prop_map(|n| n >> 65), number()),
    ];
    let factor = prop_oneof![
        (1..100_u128, 1..100_u128),
        number().prop_map(|n| (n, n.saturating_add(1))),
        (number(), number()),
    ];
    let ratio = |(n, d)| Ratio::new(n, d).unwrap();
    let rises = prop_oneof![
        rate.prop_map(move |rate| Growth::continuous(ratio(rate)).unwrap()),
        factor.prop_map(move |factor| Growth::per_unit(ratio(factor)).unwrap()),
        any::<u64>().prop_map(|period| Growth::doubling(Span::new(period.max(1))).unwrap()),
    ];
    (rises, any::<bool>())
        .prop_map(|(growth, inverse)| if inverse { growth.inverse() } else { growth })
}

/// Any number of units, and as many as lead to a few doublings.
fn units(growth: &Growth, n: u128, d: u128, doublings: u128) -> Ratio {
    let log = growth.log.high() >> 32;
    match doublings {
        0 => Ratio::new(n, d).unwrap(),
        _ => Ratio::new((doublings << 32) / log.max(1), 1 + d % 3).unwrap(),
    }
}

/// 2^63 − 1 and all but another one is; 2^63 isn't.
#[test]
fn a_continuous_rate_is_below_2_to_the_63() {
    let whole = (1_u128 << 63) - 1;
    let below = Ratio::new((whole << 64) | u128::from(u64::MAX), 1 << 64).unwrap();
    assert!(Growth::continuous(below).is_ok());
    let error = Growth::continuous(Ratio::new(1 << 63, 1).unwrap()).unwrap_err();
    let expected = Error::OutOfRange {
        what: Quantity::ContinuousRate,
        value: whole + 1,
        bound: whole,
    };
    assert_eq!(error, expected);
}

/// 1 / 25220877722318208 of a unit, shrunk to less than 2^-565: no precision tells it from 0.
#[test]
fn what_is_left_of_next_to_nothing_is_not_nothing() {
    let factor = Ratio::from_integer(212_366_545_725_878_556_352_185);
    let decay = Growth::per_unit(factor).unwrap().inverse();
    let units = Ratio::new(94_699_848_433_778_446, 14_332_767_071_196_994).unwrap();
    let numerator = U256::from(1);
    let results = Rounding::ALL.map(|rounding| {
        let left = decay.mul_div(numerator, 25_220_877_722_318_208, units, rounding);
        left.unwrap()
    });
    assert_eq!(results, [0, 1, 0, 0]);
}

/// A time so short that 192 bits see nothing of it, from just above 2^128 to just below.
#[test]
fn what_decays_to_just_below_the_largest_number_is_not_too_large() {
    let decay = Growth::doubling(Span::new(999_999_999_998)).unwrap();
    let decay = decay.inverse();
    let units = (
        1_730_746_277_627_739_637_724_100_602,
        340_282_366_920_938_463_463_374_607_431_768_211_453,
    );
    let units = Ratio::new(units.0, units.1).unwrap();
    let quotient = Quotient::new(U256::new(1, 830), 1).unwrap();
    let high = decay.precisely(&quotient, units, Precision::HIGH, Rounding::Floor);
    assert_eq!(high, Verdict::AtLimit);
    // (2^128 + 830)·2^(−units / 999999999998), by another library.
    let floor = 340_282_366_920_938_463_463_373_407_769_865_607_598;
    let results = Rounding::ALL.map(|rounding| {
        let result = decay.mul_div(U256::new(1, 830), 1, units, rounding);
        result.unwrap() - floor
    });
    assert_eq!(results, [0, 1, 1, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_stages_agree(
        growth in growth(),
        (high, low, divisor) in (number(), number(), number()),
        (n, d) in (number(), number()),
        (wide, doublings) in (any::<bool>(), 0..200_u128),
    ) {
        let numerator = if wide { U256::new(high, low) } else { U256::new(0, low) };
        let units = units(&growth, n, d, doublings);
        let quotient = Quotient::new(numerator, divisor).unwrap();
        let near = growth.exponent(units).is_some();
        for rounding in Rounding::ALL {
            let precisely = |precision| growth.precisely(&quotient, units, precision, rounding);
            let fast = growth.approximate(&quotient, &units, rounding);
            if !near {
                // Beyond 2^10, which the precise numbers have no room for.
                prop_assert!(!matches!(fast, Near::InDoubt));
                continue;
            }
            let highest = precisely(Precision::HIGHEST);
            let high = precisely(Precision::HIGH);
            prop_assert!(high == highest || !high.is_decided());
            if let Some(exact) = growth.exact(&quotient, units, rounding) {
                prop_assert_eq!(exact.settle(rounding), highest.settle(rounding));
                continue;
            }
            match (fast, highest) {
                (Near::Is(result), Verdict::Is(same)) => prop_assert_eq!(result, same),
                (Near::TooLarge, Verdict::TooLarge) | (Near::InDoubt, _) => {}
                // Below 2^-512, which no precision tells from 0, though what shrinks is never 0.
                (Near::Is(result), Verdict::Near(0, false)) => {
                    prop_assert_eq!(result, u128::from(rounding == Rounding::Ceil));
                }
                (Near::Is(result), other) => prop_assert!(false, "{} and {:?}", result, other),
                (Near::TooLarge, other) => prop_assert!(false, "too large and {:?}", other),
            }
        }
    }
}
