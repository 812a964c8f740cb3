//! The laws of growth and of amounts along curves, over tiny, huge and boundary inputs.

#[path = "draw/number.rs"]
mod draw;
mod laws;

use draw::{length, number, signed};
use proptest::prelude::*;

/// Elapsed and duration as often as any two numbers.
fn below_one() -> impl Strategy<Value = (u128, u128)> {
    prop_oneof![
        (number(), number()),
        (length(), length()).prop_map(|(a, b)| (a.into(), b.into())),
        (number(), 0..3_u128).prop_map(|(a, by)| (a, a.saturating_add(by))),
        (0..20_u128, 1..20_u128),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 2_000 }))]

    #[test]
    fn growth_over_time(
        base in (number(), number()), numerator in (number(), number()), narrow in any::<bool>(),
        denominator in number(), units in (length(), length()),
    ) {
        let numerator = if narrow { (0, numerator.1) } else { numerator };
        laws::growth_over_time(base, numerator, denominator, units);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 300 }))]

    #[test]
    fn rational_power(amount in number(), base in [number(), number()], exponent in any::<(u8, u8)>()) {
        laws::rational_power(amount, base.into(), exponent);
    }

    #[test]
    fn ratio_power(amount in number(), ratio in below_one(), exponent in any::<(u8, u8)>()) {
        laws::ratio_power(amount, ratio, exponent);
    }

    #[test]
    fn growth(amount in number(), ratio in below_one(), steepness in signed()) {
        laws::growth(amount, ratio, steepness);
    }

    #[test]
    fn growth_to_a_ceiling(
        supply in number(),
        ceiling in number(),
        rate in (number(), number()),
        time in any::<u64>(),
    ) {
        laws::growth_to_a_ceiling(supply, ceiling, rate, time);
    }

    #[test]
    fn s_curve(amount in number(), ratio in below_one(), steepness in number()) {
        laws::s_curve(amount, ratio, steepness);
    }

    #[test]
    fn ratio_above_one(amount in number(), ratio in below_one(), number in signed()) {
        laws::ratio_above_one(amount, ratio, number);
    }
}

/// Every tie and every exact power, and what is next to them.
#[test]
fn growth_over_time_of_small_numbers() {
    for n in 1..=4 {
        for d in [1, 2, 3, 10] {
            for amount in [1, 2, 3, 6, 64, 1_000, 3_u128.pow(70)] {
                for denominator in 1..=3 {
                    for units in 0..=6 {
                        laws::growth_over_time((n, d), (0, amount), denominator, (units, 2));
                    }
                }
            }
        }
    }
}
