//! The laws of losses, limits, guards and treasuries, over tiny, huge and boundary inputs.

mod laws;

use laws::{
    Asset, BreakerShape, CapShape, LayerCall, LimitCall, LimitShape, Observed, PoolCall, Update,
};
use proptest::collection::vec;
use proptest::prelude::*;
use tokenomics_fixed_math::{Fraction, Wad};

/// A few units, anything, and what lies next to a boundary.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => 0..=20_u128,
        2 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => (0..=2_u128).prop_map(|below| u128::MAX - below),
        1 => (0..128_u32, 0..=2_u128).prop_map(|(bit, off)| ((1 << bit) - 1_u128).saturating_add(off)),
    ]
}

/// Amounts of which a few dozen fit into one.
fn middling() -> impl Strategy<Value = u128> {
    prop_oneof![4 => 0..=20_u128, 3 => any::<u64>().prop_map(u128::from), 2 => amount().prop_map(|a| a >> 6)]
}

fn layer_calls() -> impl Strategy<Value = Vec<LayerCall>> {
    let call = (any::<u8>(), any::<u8>(), middling());
    vec(
        call.prop_map(|(kind, who, amount)| LayerCall { kind, who, amount }),
        0..40,
    )
}

fn pool_calls() -> impl Strategy<Value = Vec<PoolCall>> {
    let call = |amount: BoxedStrategy<u128>| {
        (any::<u8>(), any::<u8>(), amount.clone(), amount).prop_map(|(kind, who, amount, gain)| {
            PoolCall {
                kind,
                who,
                amount,
                gain,
            }
        })
    };
    let tiny = (0..=20_u128).boxed();
    prop_oneof![vec(call(middling().boxed()), 0..48), vec(call(tiny), 0..48)]
}

fn limit_calls() -> impl Strategy<Value = Vec<LimitCall>> {
    let after = prop_oneof![0..=3_u32, 0..=100_u32, any::<u32>()];
    let call = (any::<u8>(), after, amount());
    vec(
        call.prop_map(|(kind, after, amount)| LimitCall {
            kind,
            after,
            amount,
        }),
        0..30,
    )
}

fn limit_shape() -> impl Strategy<Value = LimitShape> {
    let period = prop_oneof![1..=20_u64, any::<u64>()];
    (amount(), amount(), period, any::<u32>()).prop_map(|(burst, amount, period, start)| {
        LimitShape {
            burst,
            amount,
            period,
            start,
        }
    })
}

/// Near to each other as often as not.
fn price() -> impl Strategy<Value = (u128, u128)> {
    prop_oneof![
        3 => (90..=112_u128, Just(100)),
        2 => (0..=20_u128, 1..=20_u128),
        1 => (amount(), amount()),
    ]
}

fn breaker() -> impl Strategy<Value = (BreakerShape, Vec<Observed>)> {
    let max_move = prop_oneof![
        (0..=30_u64).prop_map(|p| p * (Fraction::SCALE / 100)),
        any::<u64>()
    ];
    let shape = (max_move, 0..=20_u16, 0..=20_u16, price());
    let shape = shape.prop_map(|(max_move, window, cooldown, first)| BreakerShape {
        // One below what the law adds to it, so that whole percents are drawn.
        max_move: max_move.wrapping_sub(1),
        window,
        cooldown,
        first,
    });
    let prices = (price(), 0..=9_u16).prop_map(|(price, after)| Observed { price, after });
    (shape, vec(prices, 0..40))
}

fn ratio() -> impl Strategy<Value = u128> {
    prop_oneof![
        3 => (1_000..=1_300_u128).prop_map(|thousandths| thousandths * (Wad::SCALE / 1_000)),
        1 => (0..=3_u128).prop_map(|off| Wad::SCALE + off),
        1 => amount(),
    ]
}

fn cap_shape() -> impl Strategy<Value = CapShape> {
    let growth = prop_oneof![(0..=20_u128).prop_map(|p| p * (Wad::SCALE / 100)), amount()];
    let year = prop_oneof![Just(31_535_999), 0..=20_u64, any::<u64>()];
    let step = prop_oneof![
        (0..=10_u64).prop_map(|p| p * (Fraction::SCALE / 100)),
        any::<u64>()
    ];
    let at = prop_oneof![0..=20_u32, any::<u32>()];
    (growth, year, step, 0..=3_u16, ratio(), at).prop_map(
        |(growth, year, max_step, min_delay, ratio, at)| CapShape {
            growth,
            year,
            max_step,
            min_delay,
            ratio,
            at,
        },
    )
}

fn time() -> impl Strategy<Value = u32> {
    prop_oneof![0..=5_u32, 0..=40_000_000_u32, any::<u32>()]
}

fn updates() -> impl Strategy<Value = Vec<Update>> {
    let growth = (0..=20_u128).prop_map(|percent| percent * (Wad::SCALE / 100));
    let growth =
        prop_oneof![2 => Just(None), 1 => growth.prop_map(Some), 1 => amount().prop_map(Some)];
    let update = (ratio(), time(), ratio(), time(), growth);
    let update = update.prop_map(|(ratio, age, truth, after, growth)| Update {
        ratio,
        age,
        truth,
        after,
        growth,
    });
    vec(update, 0..10)
}

fn assets() -> impl Strategy<Value = Vec<Asset>> {
    let haircut = prop_oneof![Just(0), Just(Fraction::SCALE), 0..=Fraction::SCALE];
    let asset = |value: BoxedStrategy<u128>| {
        let haircut = haircut.clone();
        (value, haircut, any::<bool>()).prop_map(|(value, haircut, native)| Asset {
            value,
            haircut,
            native,
        })
    };
    prop_oneof![
        vec(asset((0..=20_u128).boxed()), 0..6),
        vec(asset(middling().boxed()), 0..6),
        vec(asset(amount().boxed()), 0..3),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn loss_conserving(calls in layer_calls()) {
        laws::loss_conserving(&calls);
    }

    #[test]
    fn order_independent(calls in layer_calls(), losses in vec(middling(), 0..6)) {
        laws::order_independent(&calls, &losses);
    }

    #[test]
    fn last_is_payable(calls in layer_calls(), first in any::<u8>()) {
        laws::last_is_payable(&calls, first);
    }

    #[test]
    fn stability_conserves(calls in pool_calls(), first in any::<u8>()) {
        laws::stability_conserves(&calls, first);
    }

    #[test]
    fn stability_by_loop(calls in pool_calls()) {
        laws::stability_by_loop(&calls);
    }

    #[test]
    fn absorbable_is_tight(calls in pool_calls()) {
        laws::absorbable_is_tight(&calls);
    }

    #[test]
    fn scales_are_bounded(calls in pool_calls(), least in prop_oneof![1..=20_u64, any::<u64>()]) {
        laws::scales_are_bounded(&calls, least);
    }

    #[test]
    fn rate_limited(shape in limit_shape(), calls in limit_calls()) {
        laws::rate_limited(shape, &calls);
    }

    #[test]
    fn limits_keep_what_is_taken(shape in limit_shape(), calls in limit_calls(), other in limit_shape()) {
        laws::limits_keep_what_is_taken(shape, &calls, other);
    }

    #[test]
    fn capped(limit in amount(), calls in limit_calls()) {
        laws::capped(limit, &calls);
    }

    #[test]
    fn breaker_bounds((shape, prices) in breaker()) {
        laws::breaker_bounds(shape, &prices);
    }

    #[test]
    fn never_excludes(shape in cap_shape(), updates in updates()) {
        laws::never_excludes(shape, &updates);
    }

    #[test]
    fn raising_never_lowers(shape in cap_shape(), updates in updates()) {
        laws::raising_never_lowers(shape, &updates);
    }

    #[test]
    fn growth_capped(shape in cap_shape(), ratio in ratio(), times in vec(time(), 0..6)) {
        laws::growth_capped(shape, ratio, &times);
    }

    #[test]
    fn snapshot_inverse_is_tight(shape in cap_shape(), ratio in ratio(), truth in ratio(), now in time()) {
        laws::snapshot_inverse_is_tight(shape, ratio, truth, now);
    }

    #[test]
    fn treasury_monotone(held in assets(), worse in assets(), expense in amount(), more in amount()) {
        laws::treasury_monotone(&held, &worse, expense, more);
    }

    #[test]
    fn concentration_bounded(held in assets()) {
        laws::concentration_bounded(&held);
    }

    #[test]
    fn trades_conserve(held in assets(), weights in vec(any::<u64>(), 0..6)) {
        laws::trades_conserve(&held, &weights);
    }
}
