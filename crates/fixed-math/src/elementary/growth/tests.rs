//! That the fast path claims nothing that the slow one doesn't find too.

use proptest::prelude::*;

use super::quotient::Quotient;
use super::{Growth, Near};
use crate::elementary::precise::Verdict;
use crate::elementary::wide::Precision;
use crate::{Ratio, Rounding, Span, U256};

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
            let fast = growth.approximate(&quotient, units, rounding);
            if !near {
                // Beyond 2^10, which the precise numbers have no room for.
                prop_assert!(!matches!(fast, Near::InDoubt));
                continue;
            }
            let highest = precisely(Precision::HIGHEST);
            match precisely(Precision::HIGH) {
                Verdict::Near(..) => {}
                high => prop_assert_eq!(high, highest),
            }
            if let Some(exact) = growth.exact(&quotient, units, rounding) {
                prop_assert_eq!(exact.settle(rounding), highest.settle(rounding));
                continue;
            }
            match (fast, highest) {
                (Near::Is(result), Verdict::Is(same)) => prop_assert_eq!(result, same),
                (Near::TooLarge, Verdict::TooLarge) | (Near::InDoubt, _) => {}
                (Near::Is(result), other) => prop_assert!(false, "{} and {:?}", result, other),
                (Near::TooLarge, other) => prop_assert!(false, "too large and {:?}", other),
            }
        }
    }
}
