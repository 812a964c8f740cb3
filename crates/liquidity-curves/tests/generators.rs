//! Both generators draw both ends of each range.
#![cfg(all(feature = "arbitrary", feature = "proptest"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{
    strategies, Amplification, Arbitrage, BlockTimes, ConcentratedParams, ConcentratedPosition,
    ConstantProduct, Fee, GradualWeights, Impact, Kyle, Ladder, OptimalSchedule, PrimaryMarket,
    ResilientBook, StableSwap, Tick, Weighted,
};

#[test]
fn strategies_draw_both_ends() {
    let mut runner = TestRunner::deterministic();
    let pools: Vec<ConstantProduct> = (0..2_000)
        .map(|_| {
            let drawn = strategies::constant_product().new_tree(&mut runner);
            drawn.unwrap().current()
        })
        .collect();
    let any = |is: fn(&ConstantProduct) -> bool| assert!(pools.iter().any(is));
    any(|pool| pool.reserve0() == Amount::new(1));
    any(|pool| pool.reserve1() == Amount::MAX);
    any(|pool| pool.fee() == Fee::NONE);
    any(|pool| pool.fee().kept() == 1 && pool.fee().denominator() == u64::MAX);
}

#[test]
fn strategies_draw_weights_of_all_sizes() {
    let mut runner = TestRunner::deterministic();
    let pools: Vec<Weighted<3>> = (0..500)
        .map(|_| {
            strategies::weighted()
                .new_tree(&mut runner)
                .unwrap()
                .current()
        })
        .collect();
    let any = |is: fn(&Weighted<3>) -> bool| assert!(pools.iter().any(is));
    any(|pool| pool.weights()[0].raw() == 1);
    any(|pool| pool.weights()[2].raw() > 900_000_000_000_000_000);
    any(|pool| pool.reserves()[1] == Amount::MAX);
}

#[test]
fn strategies_draw_times_at_both_ends() {
    let mut runner = TestRunner::deterministic();
    let drawn: Vec<GradualWeights<3>> = (0..2_000)
        .map(|_| {
            let drawn = strategies::gradual_weights().new_tree(&mut runner);
            drawn.unwrap().current()
        })
        .collect();
    let any = |is: fn(&GradualWeights<3>) -> bool| assert!(drawn.iter().any(is));
    any(|gradual| gradual.start().get() == 0);
    any(|gradual| gradual.end().get() == u64::MAX);
    any(|gradual| gradual.end().get() - gradual.start().get() == 1);
    any(|gradual| gradual.end_weights()[0].raw() == 1);
}

#[test]
fn strategies_draw_ends_of_ranges() {
    let mut runner = TestRunner::deterministic();
    let mut positions = Vec::new();
    let mut prices = Vec::new();
    let mut spacings = Vec::new();
    for _ in 0..1_000 {
        let position = strategies::concentrated_position().new_tree(&mut runner);
        positions.push(position.unwrap().current());
        let price = strategies::sqrt_price().new_tree(&mut runner);
        prices.push(price.unwrap().current());
        let params = strategies::concentrated_params().new_tree(&mut runner);
        spacings.push(params.unwrap().current().tick_spacing());
    }
    for end in [Tick::MIN, Tick::MAX] {
        let is_end =
            |position: &ConcentratedPosition| [position.lower(), position.upper()].contains(&end);
        assert!(positions.iter().any(is_end));
        assert!(prices.contains(&end.sqrt_price()));
    }
    assert!(positions
        .iter()
        .any(|position| position.liquidity().is_zero()));
    for spacing in [1, ConcentratedParams::MAX_TICK_SPACING] {
        assert!(spacings.contains(&spacing));
    }
}

#[test]
fn strategies_draw_empty_sides_and_full_ones() {
    let mut runner = TestRunner::deterministic();
    let books: Vec<Ladder<3>> = (0..1_000)
        .map(|_| {
            strategies::ladder()
                .new_tree(&mut runner)
                .unwrap()
                .current()
        })
        .collect();
    let any = |is: fn(&Ladder<3>) -> bool| assert!(books.iter().any(is));
    any(|book| book.bids().count() == 0 && book.asks().count() == 3);
    any(|book| book.bids().count() == 3 && book.asks().count() == 0);
    any(|book| book.bids().any(|level| level.amount == Amount::new(1)));
    any(|book| book.held().unwrap()[0].get() > u128::MAX >> 12);
}

#[test]
fn strategies_draw_queues_and_none() {
    let mut runner = TestRunner::deterministic();
    let markets: Vec<PrimaryMarket> = (0..2_000)
        .map(|_| {
            let drawn = strategies::primary_market().new_tree(&mut runner);
            drawn.unwrap().current()
        })
        .collect();
    let any = |is: fn(&PrimaryMarket) -> bool| assert!(markets.iter().any(is));
    any(|market| market.state().outstanding.is_zero());
    any(|market| market.state().requested > market.state().served);
    any(|market| !market.state().served.is_zero());
    any(|market| market.state().params.redeem_capacity == Amount::MAX);
}

#[test]
fn strategies_draw_both_ends_of_stable_pools() {
    let mut runner = TestRunner::deterministic();
    let pools: Vec<StableSwap<3>> = (0..2_000)
        .map(|_| {
            let drawn = strategies::stable_swap().new_tree(&mut runner);
            drawn.unwrap().current()
        })
        .collect();
    let any = |is: fn(&StableSwap<3>) -> bool| assert!(pools.iter().any(is));
    any(|pool| pool.reserves()[0] == Amount::new(1));
    any(|pool| pool.reserves()[2] == Amount::MAX);
    any(|pool| pool.rates() == [10_u128.pow(18); 3]);
    any(|pool| pool.amplification() == Amplification::new(1).unwrap());
    any(|pool| pool.amplification() == Amplification::new(1_000_000).unwrap());
    any(|pool| pool.amplification().hundredths() % 100 != 0);
}

proptest! {
    #[test]
    fn any_bytes_make_a_primary_market(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let market = PrimaryMarket::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(PrimaryMarket::restore(market.state()), Ok(market));
    }

    #[test]
    fn any_bytes_make_a_stable_pool(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let pool = StableSwap::<3>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(StableSwap::restore(pool.state()), Ok(pool));
    }

    #[test]
    fn any_bytes_make_a_ladder(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let book = Ladder::<4>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(Ladder::restore(book.state()), Ok(book));
    }


    #[test]
    fn any_bytes_make_weights_in_time(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let drawn = GradualWeights::<8>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        let (start, end) = (drawn.start_weights(), drawn.end_weights());
        prop_assert_eq!(GradualWeights::new(drawn.start(), drawn.end(), start, end), Ok(drawn));
    }

    #[test]
    fn any_bytes_make_a_weighted_pool(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let pool = Weighted::<8>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(Weighted::restore(pool.state()), Ok(pool));
    }

    #[test]
    fn any_bytes_make_a_pool(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let pool = ConstantProduct::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(ConstantProduct::restore(pool.state()), Ok(pool));
    }

    #[test]
    fn any_bytes_make_the_closed_forms(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let book = ResilientBook::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(ResilientBook::restore(book.state()), Ok(book));
        let market = Kyle::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        prop_assert_eq!(Kyle::new(market.volatility(), market.noise()), Ok(market));
        prop_assert!(Arbitrage::arbitrary(&mut Unstructured::new(&bytes)).is_ok());
        prop_assert!(OptimalSchedule::arbitrary(&mut Unstructured::new(&bytes)).is_ok());
    }
}

#[test]
fn strategies_draw_both_ends_of_the_closed_forms() {
    let mut runner = TestRunner::deterministic();
    let mut books = Vec::new();
    let mut schedules = Vec::new();
    let mut arbitrages = Vec::new();
    for _ in 0..1_000 {
        let book = strategies::resilient_book().new_tree(&mut runner);
        books.push(book.unwrap().current());
        let schedule = strategies::optimal_schedule().new_tree(&mut runner);
        schedules.push(schedule.unwrap().current());
        let arbitrage = strategies::arbitrage().new_tree(&mut runner);
        arbitrages.push(arbitrage.unwrap().current());
        let market = strategies::kyle().new_tree(&mut runner).unwrap().current();
        assert!(!market.noise().is_zero());
    }
    assert!(books.iter().any(|book| book.impact() == Impact::NONE));
    assert!(books.iter().any(|book| !book.impact().sold.is_zero()));
    assert!(schedules.iter().any(|schedule| schedule.intervals() == 1));
    assert!(schedules
        .iter()
        .any(|schedule| schedule.amount() == Amount::MAX));
    for times in BlockTimes::ALL {
        assert!(arbitrages
            .iter()
            .any(|it| it.times() == times && it.fee() == Fee::NONE));
    }
}
