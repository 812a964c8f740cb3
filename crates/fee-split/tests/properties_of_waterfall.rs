//! The laws of waterfalls and reserves, driven with the smallest and the largest amounts.

mod laws;

use laws::{BufferCall, TierDraw, WaterfallCall};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        10 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn weight() -> impl Strategy<Value = u64> {
    prop_oneof![6 => (0..=5_u64).prop_map(|weight| 4 * weight), 1 => any::<u64>()]
}

fn tier() -> impl Strategy<Value = TierDraw> {
    let numbers = (amount(), prop::array::uniform3(weight()));
    numbers.prop_map(|(cap, weights)| TierDraw { cap, weights })
}

fn tiers() -> impl Strategy<Value = [TierDraw; 3]> {
    prop::array::uniform3(tier())
}

fn calls() -> impl Strategy<Value = Vec<WaterfallCall>> {
    let call = (any::<u8>(), any::<u8>(), amount(), tier());
    let call = call.prop_map(|(kind, index, amount, tier)| WaterfallCall {
        kind,
        index,
        amount,
        tier,
    });
    prop::collection::vec(call, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn waterfall_conserves(tiers in tiers(), residual in tier(), calls in calls()) {
        laws::waterfall_conserves(tiers, residual, &calls);
    }

    #[test]
    fn waterfall_is_senior_first(tiers in tiers(), residual in tier(), calls in calls()) {
        laws::waterfall_is_senior_first(tiers, residual, &calls);
    }

    #[test]
    fn waterfall_path_independent(
        tiers in tiers(),
        residual in tier(),
        payments in prop::collection::vec(amount(), 0..30),
    ) {
        laws::waterfall_path_independent(tiers, residual, &payments);
    }

    #[test]
    fn catch_up_catches_up(before in amount(), share: u64, rate: u64) {
        laws::catch_up_catches_up(before, share, rate);
        // Round figures, of which a cap is whole.
        laws::catch_up_catches_up(before, share % 100 * 10_u64.pow(16), rate % 100 * 10_u64.pow(16));
    }

    #[test]
    fn buffer_conserves(target in amount(), calls in prop::collection::vec((any::<u8>(), amount()), 0..40)) {
        let calls = calls.into_iter().map(|(kind, amount)| BufferCall { kind, amount });
        laws::buffer_conserves(target, &calls.collect::<Vec<_>>());
    }
}

/// Thousands of payments of a few units through tiers of a thousand.
#[test]
fn a_long_waterfall_of_tiny_payments() {
    let tier = |cap, weights| TierDraw { cap, weights };
    let tiers = [
        tier(3_001, [4, 0, 0]),
        tier(2_003, [4, 8, 12]),
        tier(1_000, [0, 400, 4]),
    ];
    let residual = tier(0, [28, 4, 4]);
    let call = |number: u64| WaterfallCall {
        kind: if number % 50 == 0 { 1 } else { 3 },
        index: (number / 50 % 3) as u8,
        amount: u128::from(number % 7 + 1),
        tier: tier(u128::from(1_000 + number), [0; 3]),
    };
    let calls: Vec<WaterfallCall> = (0..3_000).map(call).collect();
    laws::waterfall_conserves(tiers, residual, &calls);
    laws::waterfall_is_senior_first(tiers, residual, &calls);
}
