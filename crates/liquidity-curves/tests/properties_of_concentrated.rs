//! The laws of concentrated liquidity, over tiny, huge and boundary inputs.

mod laws;

use laws::{ConcentratedCall, ConcentratedDraw};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        6 => 0..=20_u128,
        4 => any::<u64>().prop_map(u128::from),
        4 => (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

/// Near the middle, where 0 stands for the least tick, at its ends, or anywhere.
fn tick() -> impl Strategy<Value = i32> {
    prop_oneof![
        6 => 887_272 - 2_000..=887_272 + 2_000,
        1 => 0..400_i32,
        1 => 887_272 * 2 - 400..=887_272 * 2,
        2 => any::<i32>(),
    ]
}

fn spacing() -> impl Strategy<Value = u16> {
    prop_oneof![2 => Just(0), 4 => Just(9), 4 => Just(59), 1 => any::<u16>()]
}

fn fee() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0), 4 => Just(3_000), 1 => any::<u32>(), 1 => Just(999_999)]
}

fn draw() -> impl Strategy<Value = ConcentratedDraw> {
    let above = prop_oneof![2 => Just(0), 1 => any::<u64>()];
    let position = || (tick(), tick(), amount());
    let positions = [position(), position(), position()];
    let protocol = prop_oneof![Just([0, 0]), Just([4, 10]), Just([0, 7])];
    let numbers = (spacing(), fee(), (tick(), above), protocol, positions);
    numbers.prop_map(
        |(spacing, fee, start, protocol, positions)| ConcentratedDraw {
            spacing,
            fee,
            start,
            protocol,
            positions,
        },
    )
}

fn call() -> impl Strategy<Value = ConcentratedCall> {
    let numbers = (any::<u8>(), amount(), tick());
    numbers.prop_map(|(kind, amount, limit)| ConcentratedCall {
        kind,
        amount,
        limit,
    })
}

fn calls() -> impl Strategy<Value = [ConcentratedCall; 6]> {
    [call(), call(), call(), call(), call(), call()]
}

fn root() -> impl Strategy<Value = (i32, u64)> {
    (tick(), prop_oneof![Just(0), any::<u64>()])
}

fn price() -> impl Strategy<Value = (u32, u128)> {
    prop_oneof![
        4 => (Just(0), (any::<u128>(), 0..128_u32).prop_map(|(number, by)| number >> by)),
        1 => (any::<u32>(), any::<u128>()),
        1 => (Just(0), 1..20_u128),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn concentrated_position_is_concave(
        draw in draw(),
        prices in [[amount(), amount()], [amount(), amount()]],
        liquidity in amount(),
        variance in amount(),
    ) {
        laws::concentrated_position_is_concave(draw, prices, liquidity, variance);
    }

    #[test]
    fn concentrated_is_solvent(draw in draw(), calls in calls()) {
        laws::concentrated_is_solvent(draw, calls);
    }

    #[test]
    fn concentrated_round_trip(draw in draw(), direction: bool, amount in amount()) {
        laws::concentrated_round_trip(draw, direction, amount);
    }

    #[test]
    fn concentrated_split(
        draw in draw(), direction: bool, first in amount(), second in amount(),
    ) {
        laws::concentrated_split(draw, direction, first, second);
    }

    #[test]
    fn concentrated_against_the_pool(draw in draw(), direction: bool, amount in amount()) {
        laws::concentrated_against_the_pool(draw, direction, amount);
    }

    #[test]
    fn concentrated_quoted(draw in draw(), direction: bool, amount in amount()) {
        laws::concentrated_quoted(draw, direction, amount);
    }

    #[test]
    fn concentrated_fees_are_shared(draw in draw(), direction: bool, amount in amount()) {
        laws::concentrated_fees_are_shared(draw, direction, amount);
    }

    #[test]
    fn concentrated_restored_is_the_same(draw in draw(), calls in calls()) {
        laws::concentrated_restored_is_the_same(draw, calls);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn concentrated_range_is_exact(
        ends in [root(), root(), root()],
        liquidity in amount(),
        variance in amount(),
    ) {
        laws::concentrated_range_is_exact(ends, liquidity, variance);
        laws::concentrated_range_is_exact([ends[0], ends[1], ends[0]], liquidity, variance);
    }

    #[test]
    fn concentrated_step_keeps_its_curve(
        prices in [price(), price()],
        liquidity in amount(),
        amount in amount(),
        is_out: bool,
        pips in fee(),
    ) {
        laws::concentrated_step_keeps_its_curve(prices, liquidity, amount, is_out, pips);
        // A target near the price.
        let near = (prices[0].0, prices[0].1.saturating_add(amount >> 32));
        laws::concentrated_step_keeps_its_curve([prices[0], near], liquidity, amount, is_out, pips);
        laws::concentrated_step_keeps_its_curve([near, prices[0]], liquidity, amount, is_out, pips);
    }
}
