//! The laws of split streams, policies and nested splits, driven with the smallest and the largest amounts.

mod laws;

use laws::{StreamCall, PARTIES};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn weight() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..=5_u64, 1 => 0..=10_000_u64, 1 => any::<u64>(), 1 => u64::MAX - 3..=u64::MAX]
}

fn weights() -> impl Strategy<Value = [u64; PARTIES]> {
    [weight(), weight(), weight(), weight()]
}

fn payments() -> impl Strategy<Value = Vec<u128>> {
    prop::collection::vec(amount(), 0..40)
}

fn calls() -> impl Strategy<Value = Vec<StreamCall>> {
    let call = (any::<u8>(), amount(), weights());
    let call = call.prop_map(|(kind, amount, weights)| StreamCall {
        kind,
        amount,
        weights,
    });
    prop::collection::vec(call, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn stream_conserves(weights in weights(), calls in calls()) {
        laws::stream_conserves(weights, &calls);
    }

    #[test]
    fn stream_keeps_fractions(weights in weights(), calls in calls()) {
        laws::stream_keeps_fractions(weights, &calls);
    }

    #[test]
    fn stream_is_fair(weights in weights(), payments in payments()) {
        laws::stream_is_fair(weights, &payments);
    }

    #[test]
    fn stream_path_independent(weights in weights(), payments in payments()) {
        laws::stream_path_independent(weights, &payments);
    }

    #[test]
    fn policies_conserve(weights in weights(), payments in payments()) {
        laws::policies_conserve(weights, &payments);
    }

    #[test]
    fn nesting_is_flat(
        outer in prop::collection::vec(weight(), 1..6),
        index: usize,
        inner in prop::collection::vec(weight(), 1..6),
    ) {
        laws::nesting_is_flat(&outer, index, &inner);
    }
}

/// Thousands of calls on one stream, of a few units each.
#[test]
fn a_long_stream_of_tiny_payments() {
    let calls: Vec<StreamCall> = (0..5_000_u64)
        .map(|number| StreamCall {
            kind: if number % 97 == 0 { 0 } else { 2 },
            amount: u128::from(number % 20 + 1),
            weights: [1, number % 7, number % 1_000, 3],
        })
        .collect();
    laws::stream_conserves([900, 99, 1, 0], &calls);
    laws::stream_keeps_fractions([900, 99, 1, 0], &calls[..500]);
}
