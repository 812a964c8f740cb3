//! The laws of delayed rates and routes, driven with the smallest and the largest amounts and times.

mod laws;

use laws::{RatesCall, RatesDraw};
use proptest::prelude::*;
use tokenomics_fixed_math::Fraction;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

/// Tenths, thirds, anything, or the ends.
fn rate() -> impl Strategy<Value = u64> {
    let scale = Fraction::SCALE;
    prop_oneof![
        8 => (0..=10_u64).prop_map(move |tenths| scale / 10 * tenths),
        2 => Just(scale / 3),
        1 => any::<u64>(),
        1 => scale - 2..=scale,
    ]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![12 => 0..=20_u64, 1 => any::<u64>(), 1 => u64::MAX - 20..=u64::MAX]
}

fn draw() -> impl Strategy<Value = RatesDraw> {
    let numbers = (prop::array::uniform3(rate()), time(), rate(), time());
    numbers.prop_map(|(rates, delay, max_step, start)| RatesDraw {
        rates,
        delay,
        max_step,
        start,
    })
}

fn calls() -> impl Strategy<Value = Vec<RatesCall>> {
    let numbers = (any::<u8>(), time(), amount(), prop::array::uniform3(rate()));
    let call = numbers.prop_map(|(kind, after, amount, rates)| RatesCall {
        kind,
        after,
        amount,
        rates,
    });
    prop::collection::vec(call, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn rates_are_delayed(draw in draw(), calls in calls()) {
        laws::rates_are_delayed(draw, &calls);
    }

    #[test]
    fn routes_conserve(draw in draw(), calls in calls()) {
        laws::routes_conserve(draw, &calls);
    }
}
