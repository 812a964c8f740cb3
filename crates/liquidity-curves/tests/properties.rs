//! Every law, driven with the smallest and the largest amounts and reserves.

mod laws;

use laws::{Call, Draw, Kind, Rules};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        8 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        2 => (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn fee() -> impl Strategy<Value = [u64; 2]> {
    prop_oneof![
        2 => Just([0, 1]),
        4 => Just([3, 1_000]),
        1 => [any::<u64>(), any::<u64>()],
        1 => Just([u64::MAX - 1, u64::MAX]),
    ]
}

fn shape() -> impl Strategy<Value = u64> {
    prop_oneof![2 => 0..=20_u64, 1 => any::<u64>(), 1 => u64::MAX - 3..=u64::MAX]
}

fn draw() -> impl Strategy<Value = Draw> {
    let kind = any::<u8>().prop_map(Kind::of);
    let numbers = (kind, [amount(), amount()], fee(), [shape(), shape()]);
    numbers.prop_map(|(kind, reserves, fee, shape)| Draw {
        kind,
        reserves,
        fee,
        shape,
    })
}

/// Prices near each other, and any; capacities of a few units often.
fn rules() -> impl Strategy<Value = Rules> {
    let term = || prop_oneof![4 => 1..=20_u64, 1 => any::<u64>()];
    let price = || [term(), term()];
    let numbers = ([price(), price(), price()], [fee(), fee()], any::<u8>());
    (numbers, [amount(), amount()]).prop_map(|((prices, fees, period), capacities)| Rules {
        prices,
        fees,
        period,
        capacities,
    })
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let after = prop_oneof![2 => Just(0), 3 => any::<u8>()];
    let call = (any::<u8>(), amount(), after, any::<u8>());
    let call = call.prop_map(|(what, amount, after, ticket)| Call {
        what,
        amount,
        after,
        ticket,
    });
    prop::collection::vec(call, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn backed(rules in rules(), calls in calls()) {
        laws::backed(rules, &calls);
    }

    #[test]
    fn primary_market_quoted(
        rules in rules(),
        calls in calls(),
        amount in amount(),
        cost: u64,
    ) {
        laws::primary_market_quoted(rules, &calls, amount, cost);
    }

    #[test]
    fn first_in_first_out(rules in rules(), calls in calls()) {
        laws::first_in_first_out(rules, &calls);
    }

    #[test]
    fn capacity(rules in rules(), calls in calls()) {
        laws::capacity(rules, &calls);
    }

    #[test]
    fn conserved(rules in rules(), calls in calls()) {
        laws::conserved(rules, &calls);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn quoted(draw in draw(), direction: bool, amount in amount()) {
        laws::quoted(draw, direction, amount);
    }

    #[test]
    fn round_trip(draw in draw(), direction: bool, amount in amount()) {
        laws::round_trip(draw, direction, amount);
    }

    #[test]
    fn split(draw in draw(), direction: bool, first in amount(), second in amount()) {
        laws::split(draw, direction, first, second);
    }

    #[test]
    fn against_the_pool(draw in draw(), direction: bool, amount in amount()) {
        laws::against_the_pool(draw, direction, amount);
    }

    #[test]
    fn bounded(draw in draw(), direction: bool, amount in amount()) {
        laws::bounded(draw, direction, amount);
    }

    #[test]
    fn constant_product(draw in draw(), direction: bool, amount in amount()) {
        laws::constant_product(draw, direction, amount);
    }

    #[test]
    fn stable_invariant(draw in draw(), direction: bool, amount in amount(), rate in amount()) {
        laws::stable_invariant(draw, direction, amount, rate);
    }

    #[test]
    fn contract_integers(draw in draw(), direction: bool, amount in amount()) {
        laws::contract_integers(draw, direction, amount);
    }

    #[test]
    fn invariant_is_exact(draw in draw()) {
        laws::invariant_is_exact(draw);
    }

    #[test]
    fn stable_share_value(draw in draw(), amounts in [amount(), amount()], coin: bool) {
        laws::stable_share_value(draw, amounts, coin);
    }

    #[test]
    fn constant_product_position(
        draw in draw(),
        price in [amount(), amount()],
        variance in amount(),
    ) {
        laws::constant_product_position(draw, price, variance);
    }

    #[test]
    fn share_value(
        draw in draw(),
        amounts in [amount(), amount()],
        direction: bool,
        amount in amount(),
    ) {
        laws::share_value(draw, amounts, direction, amount);
    }

    #[test]
    fn ladder_is_its_levels(draw in draw(), direction: bool, amount in amount(), cost in shape()) {
        laws::ladder_is_its_levels(draw, direction, amount, cost);
    }

    #[test]
    fn ladder_keeps_orders(
        draw in draw(),
        direction: bool,
        near in 0..30_u8,
        price in shape(),
        amount in amount(),
    ) {
        laws::ladder_keeps_orders(draw, direction, near, price, amount);
    }

    #[test]
    fn liquidity_quoted(draw in draw(), amounts in [amount(), amount()], token: u8) {
        laws::liquidity_quoted(draw, amounts, token);
    }

    #[test]
    fn weighted_invariant(
        draw in draw(),
        third in amount(),
        tokens: [u8; 2],
        amount in amount(),
    ) {
        laws::weighted_invariant(draw, third, tokens, amount);
    }

    #[test]
    fn weighted_share_value(
        draw in draw(),
        third in amount(),
        token: u8,
        amounts in [amount(), amount(), amount()],
    ) {
        laws::weighted_share_value(draw, third, token, amounts);
    }
}

proptest! {
    // Each asks for some 500 quotes, or solves as many invariants.
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn gamma_is_the_slope(draw in draw()) {
        laws::gamma_is_the_slope(draw);
    }

    #[test]
    fn position_is_concave(
        draw in draw(),
        prices in [[amount(), amount()], [amount(), amount()]],
        variance in amount(),
        shares in amount(),
    ) {
        laws::position_is_concave(draw, prices, variance, shares);
    }

    #[test]
    fn inverse_is_tight(draw in draw(), direction: bool, cost: u64) {
        laws::inverse_is_tight(draw, direction, cost);
    }
}

/// Every pool of up to 12 units of each token, and every swap of up to 12 units.
#[test]
fn every_small_swap() {
    for kind in Kind::ALL {
        for code in 0..12 * 12 * 2 * 13_u128 {
            let (reserves, rest) = ([1 + code % 12, 1 + code / 12 % 12], code / 144);
            let (direction, amount) = (rest % 2 == 1, rest / 2);
            for fee in [[0, 1], [3, 1_000], [1, 2]] {
                let draw = Draw {
                    kind,
                    reserves,
                    fee,
                    shape: [19, 9],
                };
                laws::quoted(draw, direction, amount);
                laws::round_trip(draw, direction, amount);
                laws::against_the_pool(draw, direction, amount);
                laws::bounded(draw, direction, amount);
                for second in [1, 2, 3, 11] {
                    laws::split(draw, direction, amount, second);
                }
            }
        }
    }
}
