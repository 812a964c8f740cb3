//! The laws of the closed forms, over tiny, huge and boundary inputs.

mod laws;

use laws::{ResilientDraw, ResilientTrade};
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

fn small() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0..=20_u64,
        3 => (any::<u64>(), 0..64_u32).prop_map(|(number, by)| number >> by),
        1 => u64::MAX - 3..=u64::MAX,
    ]
}

fn fee() -> impl Strategy<Value = [u64; 2]> {
    prop_oneof![
        1 => Just([0, 1]),
        4 => (0..=100_u64).prop_map(|bps| [bps, 10_000]),
        2 => [small(), small()],
        1 => Just([u64::MAX - 1, u64::MAX]),
    ]
}

/// Around 5% a day, or anything.
fn variance() -> impl Strategy<Value = u128> {
    prop_oneof![3 => 1..=10_000_000_000_000_000_u128, 2 => amount()]
}

fn draw() -> impl Strategy<Value = ResilientDraw> {
    let term = || prop_oneof![2 => amount(), 3 => 1..=1_000_000_u128];
    let numbers = ([term(), term()], [term(), term()], [small(), small()]);
    numbers.prop_map(|(price, depth, resilience)| ResilientDraw {
        price,
        depth,
        resilience,
    })
}

fn trades() -> impl Strategy<Value = Vec<ResilientTrade>> {
    let trade = (
        any::<bool>(),
        amount(),
        prop_oneof![Just(0), Just(1), any::<u8>()],
    );
    let trade = trade.prop_map(|(direction, amount, after)| ResilientTrade {
        direction,
        amount,
        after,
    });
    prop::collection::vec(trade, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn kyle_single_is_exact(
        volatility in [amount(), amount()],
        noise in amount(),
        flow in amount(),
        edge in [amount(), amount()],
    ) {
        laws::kyle_single_is_exact(volatility, noise, flow, edge);
    }

    #[test]
    fn arbitrage_is_monotone(
        variance in variance(),
        blocks in [small(), small()],
        fees in [fee(), fee()],
        loss in amount(),
        is_constant: bool,
    ) {
        laws::arbitrage_is_monotone(variance, blocks, fees, loss, is_constant);
    }

    #[test]
    fn arbitrage_is_exact(
        variance in variance(),
        blocks in small(),
        fee in fee(),
        loss in amount(),
        is_constant: bool,
    ) {
        laws::arbitrage_is_exact(variance, blocks, fee, loss, is_constant);
    }

    #[test]
    fn resilient_round_trip(draw in draw(), trades in trades()) {
        laws::resilient_round_trip(draw, &trades);
    }

    #[test]
    fn resilient_trade_is_exact(
        draw in draw(),
        impact in amount(),
        ways: [bool; 2],
        amount in amount(),
        after: u8,
    ) {
        laws::resilient_trade_is_exact(draw, impact, ways, amount, after);
    }

    #[test]
    fn resilient_impact_fades(
        draw in draw(),
        direction: bool,
        amount in amount(),
        times in [small(), small()],
    ) {
        laws::resilient_impact_fades(draw, direction, amount, times);
    }

    #[test]
    fn schedule_sums(
        amount in amount(),
        resilience in [small(), small()],
        time in small(),
        intervals: u8,
        upto in small(),
    ) {
        laws::schedule_sums(amount, resilience, time, intervals, upto);
    }

    #[test]
    fn optimal_schedule_costs_least(
        amount in small(),
        resilience: [u8; 2],
        gap: u8,
        parts in prop::collection::vec(any::<u8>(), 2..12),
        depth in [small(), small()],
    ) {
        laws::optimal_schedule_costs_least(amount, resilience, gap, &parts, depth);
    }
}

proptest! {
    // Each solves some 30 cubics.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn kyle_auctions(volatility in [small(), small()], noise in small(), count: u8) {
        laws::kyle_auctions(volatility, noise, count);
    }
}
