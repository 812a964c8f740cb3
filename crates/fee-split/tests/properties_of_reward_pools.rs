//! The laws of streams, of stakes that can be slashed and of pools of several assets, with the smallest
//! and the largest amounts.

mod laws;

use laws::{AssetCall, ForeignCall, RewardStreamCall, StakeCall, StreamedCall};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        3 => any::<u64>().prop_map(u128::from),
        3 => (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![
        6 => 0..=20_u64,
        4 => (any::<u64>(), 0..64_u32).prop_map(|(number, by)| number >> by),
        1 => u64::MAX - 3..=u64::MAX,
    ]
}

fn short() -> impl Strategy<Value = u32> {
    prop_oneof![6 => 0..=20_u32, 1 => any::<u32>()]
}

fn stream_calls() -> impl Strategy<Value = Vec<RewardStreamCall>> {
    let call = (any::<u8>(), amount(), time(), time());
    let call = call.prop_map(|(kind, amount, after, length)| RewardStreamCall {
        kind,
        amount,
        after,
        length,
    });
    prop::collection::vec(call, 0..20)
}

fn streamed_calls() -> impl Strategy<Value = Vec<StreamedCall>> {
    let call = (any::<u8>(), any::<u8>(), amount(), short(), short());
    let call = call.prop_map(|(kind, who, amount, after, length)| StreamedCall {
        kind,
        who,
        amount,
        after,
        length,
    });
    prop::collection::vec(call, 0..40)
}

fn foreign_calls() -> impl Strategy<Value = Vec<ForeignCall>> {
    let position = (amount(), [amount(), amount()], [amount(), amount()]);
    let near = (
        any::<bool>(),
        prop_oneof![0..3_u8, any::<u8>()],
        any::<u16>(),
    );
    let call = (any::<u8>(), amount(), position, near);
    let call = call.prop_map(|(kind, amount, (shares, checkpoint, owed), near)| {
        let (is_settled, below, after) = near;
        ForeignCall {
            kind,
            amount,
            shares,
            checkpoint,
            owed,
            is_settled,
            below,
            after,
        }
    });
    prop::collection::vec(call, 0..40)
}

fn stake_calls() -> impl Strategy<Value = Vec<StakeCall>> {
    let call = (any::<u8>(), any::<u8>(), amount(), any::<u8>());
    let call = call.prop_map(|(kind, who, amount, other)| StakeCall {
        kind,
        who,
        amount,
        other,
    });
    prop::collection::vec(call, 0..40)
}

fn asset_calls() -> impl Strategy<Value = Vec<AssetCall>> {
    let call = (any::<u8>(), any::<u8>(), any::<u8>(), amount());
    let call = call.prop_map(|(kind, who, asset, amount)| AssetCall {
        kind,
        who,
        asset,
        amount,
    });
    prop::collection::vec(call, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn stream_is_the_line(
        amount in amount(),
        start in time(),
        length in time(),
        pokes in prop::collection::vec(time(), 0..8),
    ) {
        laws::stream_is_the_line(amount, start, length, &pokes);
    }

    #[test]
    fn promise(calls in stream_calls()) {
        laws::promise(&calls);
    }

    #[test]
    fn reward_stream_conserves(calls in stream_calls()) {
        laws::reward_stream_conserves(&calls);
    }

    #[test]
    fn poke_free(calls in stream_calls(), pokes in prop::collection::vec(any::<u64>(), 0..20)) {
        laws::poke_free(&calls, &pokes);
    }

    #[test]
    fn streamed_funded(rule in 0..3_u8, calls in streamed_calls()) {
        laws::streamed_funded(rule, &calls);
    }

    #[test]
    fn streamed_accrual(rule in 0..3_u8, calls in streamed_calls()) {
        laws::streamed_accrual(rule, &calls);
    }

    #[test]
    fn streamed_poke_free(
        rule in 0..3_u8,
        calls in streamed_calls(),
        pokes in prop::collection::vec(any::<u8>(), 40),
    ) {
        laws::streamed_poke_free(rule, &calls, &pokes);
    }

    #[test]
    fn streamed_by_the_second(rule in 0..3_u8, calls in streamed_calls()) {
        laws::streamed_by_the_second(rule, &calls);
    }

    #[test]
    fn pools_restore(calls in foreign_calls()) {
        laws::pools_restore(&calls);
    }

    #[test]
    fn streamed_pools_restore(rule in 0..3_u8, calls in foreign_calls()) {
        laws::streamed_pools_restore(rule, &calls);
    }

    #[test]
    fn stakes_conserved(calls in stake_calls()) {
        laws::stakes_conserved(&calls);
    }

    #[test]
    fn stakes_accrue(calls in stake_calls()) {
        laws::stakes_accrue(&calls);
    }

    #[test]
    fn stake_rewards_by_loop(calls in stake_calls()) {
        laws::stake_rewards_by_loop(&calls);
    }

    #[test]
    fn stakes_no_profit(calls in stake_calls(), amount in amount()) {
        laws::stakes_no_profit(&calls, amount);
    }

    #[test]
    fn assets_are_pools(calls in asset_calls()) {
        laws::assets_are_pools(&calls);
    }

    #[test]
    fn rewards_by_loop(calls in asset_calls()) {
        laws::rewards_by_loop(&calls);
    }
}

/// A few units each, so that no sum is ever full: every rounding is met in every order.
fn few() -> impl Strategy<Value = Vec<(u8, u8, u128, u8)>> {
    let call = (any::<u8>(), any::<u8>(), 0..=20_u128, any::<u8>());
    prop::collection::vec(call, 3_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn thousands_of_calls_on_stakes(calls in few()) {
        let call = |&(kind, who, amount, other): &(u8, u8, u128, u8)| StakeCall {
            kind,
            who,
            amount,
            other,
        };
        let calls: Vec<_> = calls.iter().map(call).collect();
        laws::stakes_conserved(&calls);
        laws::stake_rewards_by_loop(&calls);
    }

    #[test]
    fn thousands_of_calls_on_streamed_pools(rule in 0..3_u8, calls in few()) {
        let call = |&(kind, who, amount, other): &(u8, u8, u128, u8)| StreamedCall {
            kind,
            who,
            amount,
            after: u32::from(other % 8),
            length: u32::from(other / 8),
        };
        let calls: Vec<_> = calls.iter().map(call).collect();
        laws::streamed_funded(rule, &calls);
        laws::streamed_by_the_second(rule, &calls);
    }

    #[test]
    fn thousands_of_calls_on_pools(calls in few()) {
        let call = |&(kind, who, amount, asset): &(u8, u8, u128, u8)| AssetCall {
            kind,
            who,
            asset,
            amount,
        };
        let calls: Vec<_> = calls.iter().map(call).collect();
        laws::assets_are_pools(&calls);
        laws::rewards_by_loop(&calls);
    }
}
