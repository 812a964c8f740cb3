//! The laws of the router and of weights in time, driven with the smallest and the largest amounts.

mod laws;

use laws::{Draw, GradualDraw, Kind, Size};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        4 => (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn fee() -> impl Strategy<Value = [u64; 2]> {
    prop_oneof![
        2 => Just([0, 1]),
        4 => Just([3, 1_000]),
        2 => [any::<u64>(), any::<u64>()],
        1 => Just([u64::MAX - 1, u64::MAX]),
    ]
}

fn shape() -> impl Strategy<Value = u64> {
    prop_oneof![2 => 0..=20_u64, 1 => any::<u64>(), 1 => u64::MAX - 3..=u64::MAX]
}

/// Any market, or one of about the price of others that are as deep.
fn draw() -> impl Strategy<Value = Draw> {
    let kind = any::<u8>().prop_map(Kind::of);
    let near = (20..100_u32).prop_flat_map(|bits| {
        let reserve = (1_u128 << bits)..(1_u128 << bits) + (1 << (bits - 3));
        [reserve.clone(), reserve]
    });
    let reserves = prop_oneof![[amount(), amount()], near];
    let numbers = (kind, reserves, fee(), [shape(), shape()]);
    numbers.prop_map(|(kind, reserves, fee, shape)| Draw {
        kind,
        reserves,
        fee,
        shape,
    })
}

fn draws() -> impl Strategy<Value = [Draw; 3]> {
    [draw(), draw(), draw()]
}

fn size() -> impl Strategy<Value = Size> {
    (amount(), any::<[bool; 2]>()).prop_map(|(amount, [is_sale, direction])| Size {
        amount,
        is_sale,
        direction,
    })
}

fn parts() -> impl Strategy<Value = [u64; 4]> {
    prop_oneof![[shape(), shape(), shape(), shape()], any::<[u64; 4]>()]
}

fn gradual() -> impl Strategy<Value = GradualDraw> {
    let time = || prop_oneof![2 => 0..=20_u64, 2 => any::<u64>(), 1 => u64::MAX - 3..=u64::MAX];
    let numbers = (time(), time(), [parts(), parts()]);
    numbers.prop_map(|(start, span, parts)| GradualDraw { start, span, parts })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn gradual_weights(draw in gradual(), times: [u64; 2]) {
        laws::gradual_weights(draw, times);
    }

    #[test]
    fn gradual_weights_keep_the_invariant(
        draw in draw(),
        percents: [u8; 2],
        trades in prop::array::uniform3((any::<u8>(), any::<bool>(), amount())),
    ) {
        laws::gradual_weights_keep_the_invariant(draw, percents, trades);
    }
}

proptest! {
    // Each asks for some thousand quotes.
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn route_is_the_best(draws in draws(), size in size(), parts: u16) {
        laws::route_is_the_best(draws, size, parts);
    }

    #[test]
    fn route_sums(draws in draws(), size in size()) {
        laws::route_sums(draws, size);
    }

    #[test]
    fn margins_equal(draws in draws(), amount: u128, direction: bool) {
        let size = Size { amount, is_sale: true, direction };
        laws::margins_equal(draws, size);
    }

    #[test]
    fn route_never_gains(draws in draws(), size in size()) {
        laws::route_never_gains(draws, size);
    }
}
