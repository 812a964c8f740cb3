//! What a concentrated pool refuses, where its ticks are kept, and what ports of the contract get wrong.

use tokenomics_fixed_math::{Amount, Ratio, U256};
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, ConcentratedState, Error, Exact,
    FixedTicks, Quantity, Range, Sell, SqrtPrice, Tick, Ticks,
};

const PARAMS: ConcentratedParams = ConcentratedParams::UNISWAP_V3_030;

fn tick(index: i32) -> Tick {
    Tick::new(index).unwrap()
}

fn pool<T: Ticks>(ticks: T) -> Concentrated<T> {
    Concentrated::new(PARAMS, SqrtPrice::ONE, ticks).unwrap()
}

fn position(lower: i32, upper: i32) -> ConcentratedPosition {
    ConcentratedPosition::new(tick(lower), tick(upper)).unwrap()
}

fn with<T: Ticks>(pool: &mut Concentrated<T>, lower: i32, upper: i32, liquidity: u128) {
    let liquidity = Amount::new(liquidity);
    pool.add_liquidity(&mut position(lower, upper), liquidity)
        .unwrap();
}

#[test]
fn what_is_refused_names_the_bound_that_was_crossed() {
    let text = |error: Error| error.to_string();
    let low = Tick::new(-887_273).unwrap_err();
    assert_eq!(text(low), "the tick is -887273, below -887272");
    let order = ConcentratedPosition::new(tick(60), tick(60)).unwrap_err();
    assert_eq!(text(order), "the tick is 60, above 59");
    let beyond = SqrtPrice::new(SqrtPrice::MAX.units().checked_add(U256::ONE).unwrap());
    let bound = Tick::MAX;
    assert!(matches!(beyond, Err(Error::SqrtPrice { bound: tick, .. }) if tick == bound));
    let mut pool = pool(FixedTicks::<2>::new());
    let off = pool.add_liquidity(&mut position(-60, 61), Amount::new(1));
    assert_eq!(
        text(off.unwrap_err()),
        "the tick 61 is off the spacing of 60"
    );
    let none = pool.add_liquidity(&mut position(-60, 60), Amount::ZERO);
    assert_eq!(text(none.unwrap_err()), "the liquidity is 0, below 1");
    let nothing = Exact::In(Amount::ZERO);
    let error = pool.swap(Sell::Token0, nothing, tick(-60).sqrt_price());
    assert_eq!(text(error.unwrap_err()), "the amount to sell is 0, below 1");
    for (spacing, bound) in [
        (0, "0, below 1"),
        (-7, "0, below 1"),
        (16_384, "16384, above 16383"),
    ] {
        let params = ConcentratedParams::new(PARAMS.fee(), spacing);
        let expected = format!("the tick spacing is {bound}");
        assert_eq!(text(params.unwrap_err()), expected);
    }
}

/// The contract's SPL: a limit that the price has passed already, or none at all.
#[test]
fn a_limit_lies_ahead_of_the_price_and_within_the_prices_of_ticks() {
    let mut pool = pool(FixedTicks::<2>::new());
    with(&mut pool, -60, 60, 1_000);
    let one = Exact::In(Amount::new(1));
    for (sell, limit) in [
        (Sell::Token0, SqrtPrice::ONE),
        (Sell::Token0, tick(60).sqrt_price()),
        (Sell::Token0, SqrtPrice::MIN),
        (Sell::Token1, SqrtPrice::ONE),
        (Sell::Token1, tick(-60).sqrt_price()),
        (Sell::Token1, SqrtPrice::MAX),
    ] {
        let error = pool.swap(sell, one, limit).unwrap_err();
        assert!(matches!(error, Error::SqrtPrice { value, .. } if value == limit.units()));
    }
}

#[test]
fn a_tick_takes_its_share_of_128_bits_and_no_more() {
    let most = PARAMS.liquidity_per_tick();
    let mut pool = pool(FixedTicks::<4>::new());
    with(&mut pool, -60, 60, most);
    let state = pool.state();
    let mut second = position(60, 120);
    let (what, value) = (Quantity::TickLiquidity, most + 1);
    let full = pool.add_liquidity(&mut second, Amount::new(1));
    assert_eq!(
        full,
        Err(Error::OutOfRange {
            what,
            value,
            bound: most
        })
    );
    assert_eq!((pool.state(), second), (state, position(60, 120)));
    with(&mut pool, -120, 120, most);
}

#[test]
fn a_pool_without_room_for_the_second_tick_keeps_neither() {
    let mut pool = pool(FixedTicks::<3>::new());
    with(&mut pool, -60, 60, 7);
    for (lower, upper) in [(-120, 120), (-60, 120)] {
        let mut third = position(lower, upper);
        // A tick is free, or the lower one is kept already; the upper one finds no room.
        if lower == -60 {
            with(&mut pool, -180, 60, 7);
        }
        let before = pool.clone();
        let full = pool.add_liquidity(&mut third, Amount::new(5));
        assert_eq!(full, Err(Error::Full { capacity: 3 }));
        assert_eq!(third, position(lower, upper));
        assert_eq!(pool.state(), before.state());
        for index in [-180, -120, -60, 60, 120] {
            let (is, was) = (
                pool.ticks().get(tick(index)),
                before.ticks().get(tick(index)),
            );
            assert_eq!(is, was);
        }
    }
}

#[test]
fn a_position_that_the_pool_never_gave_takes_nothing() {
    let mut pool = pool(FixedTicks::<2>::new());
    with(&mut pool, -60, 60, 7);
    let mut own = position(-60, 60);
    pool.add_liquidity(&mut own, Amount::new(5)).unwrap();
    let mut made_up = own.state();
    made_up.liquidity = Amount::new(13);
    let mut made_up = ConcentratedPosition::restore(made_up).unwrap();
    let before = pool.state();
    let taken = pool.remove_liquidity(&mut made_up, Amount::new(13));
    assert!(matches!(taken, Err(Error::OutOfRange { .. })));
    assert_eq!(pool.state(), before);
}

#[test]
fn a_state_that_no_calls_lead_to_is_not_restored() {
    let mut pool = pool(FixedTicks::<2>::new());
    with(&mut pool, -60, 60, 7);
    let state = pool.state();
    let restore = |state| Concentrated::restore(state, *pool.ticks());
    for wrong in [
        ConcentratedState {
            tick: tick(1),
            ..state
        },
        ConcentratedState {
            tick: tick(-2),
            ..state
        },
        ConcentratedState {
            sqrt_price: SqrtPrice::MAX,
            ..state
        },
        ConcentratedState {
            liquidity: Amount::new(8),
            ..state
        },
        ConcentratedState {
            params: ConcentratedParams::UNISWAP_V3_100,
            ..state
        },
    ] {
        assert!(restore(wrong).is_err(), "{wrong:?}");
    }
    // The price has come down to the tick 0, whose liquidity ends there.
    let below = ConcentratedState {
        tick: tick(-1),
        ..state
    };
    assert_eq!(restore(below).unwrap().state(), below);
    let mut ticks = *pool.ticks();
    ticks.remove(tick(60));
    assert!(Concentrated::restore(state, ticks).is_err());
}

#[test]
fn prices_are_fractions_of_almost_128_bits() {
    let four = SqrtPrice::new(U256::from(2 << 96)).unwrap();
    assert_eq!(four.price(), Ok(Ratio::from_integer(4)));
    let quarter = SqrtPrice::new(U256::from(1 << 95)).unwrap();
    assert_eq!(quarter.price(), Ok(Ratio::new(1, 4).unwrap()));
    for index in [-887_272, -400_000, -1, 0, 1, 400_000, 887_272] {
        let root = tick(index).sqrt_price();
        let price = root.price().unwrap();
        // Its own root is the price's, or one unit below where it was cut off.
        let back = SqrtPrice::from_price(price);
        let back = back.map_or(SqrtPrice::MIN, |back| back).units();
        let lost = root.units().checked_sub(back).unwrap();
        assert!(lost.bits() <= 33, "{index}: {lost}");
    }
}

/// KyberSwap's port jumped to the next tick with liquidity. The contract stops at the end of each 256
/// places and rounds there: in a thin pool the jump pays more.
#[test]
fn a_walk_rounds_at_the_ends_of_words_without_ticks() {
    let mut pool = pool(FixedTicks::<2>::new());
    with(&mut pool, -887_220, 887_220, 30);
    let limit = tick(-120_000).sqrt_price();
    let swap = pool.clone().swap_to(limit).unwrap();
    let range = Range::new(limit, SqrtPrice::ONE, Amount::new(30)).unwrap();
    let at_once = range.value_at_sqrt_price(SqrtPrice::ONE).unwrap();
    assert_eq!(at_once, Amount::new(29));
    assert_eq!(swap.amount_out, Amount::new(27));
}

/// Ports that leave the tick as it was where a step ends between two ticks.
#[test]
fn the_tick_follows_the_price() {
    let mut pool = pool(FixedTicks::<4>::new());
    with(&mut pool, -887_220, 887_220, 1_000_000_000);
    for (sell, amount) in [(Sell::Token0, 9_000), (Sell::Token1, 50_000_000)] {
        pool.swap_exact_in(sell, Amount::new(amount)).unwrap();
        assert_eq!(pool.tick(), pool.sqrt_price().tick());
    }
    // On a tick with liquidity the price has come down to it, and is below it for the ticks.
    with(&mut pool, 0, 60, 1_000);
    pool.swap_to(SqrtPrice::ONE).unwrap();
    assert_eq!((pool.tick(), pool.sqrt_price()), (tick(-1), SqrtPrice::ONE));
    assert_eq!(pool.liquidity(), Amount::new(1_000_000_000));
}

/// At the price of a tick: a range that begins there gathers, and one that ends there doesn't. What was
/// gathered before a tick is made counts as gathered below it, as in the contract.
#[test]
fn fees_at_the_end_of_a_range_are_its_neighbours() {
    let mut pool = pool(FixedTicks::<4>::new());
    with(&mut pool, -600, 600, 1_000_000_000);
    let swap = |pool: &mut Concentrated<_>, sell| {
        pool.swap_exact_in(sell, Amount::new(10_000)).unwrap();
    };
    swap(&mut pool, Sell::Token1);
    pool.swap_to(SqrtPrice::ONE).unwrap();
    swap(&mut pool, Sell::Token1);
    assert_eq!(pool.tick(), Tick::ZERO);
    let gathered = pool.fee_growth();
    let liquidity = Amount::new(1_000_000_000);
    let (mut below, mut above) = (position(-600, 0), position(0, 600));
    pool.add_liquidity(&mut below, liquidity).unwrap();
    pool.add_liquidity(&mut above, liquidity).unwrap();
    let state = pool.ticks().get(Tick::ZERO).unwrap();
    assert_eq!((state.gross, state.net), (2_000_000_000, 0));
    assert_eq!(state.outside, gathered);

    swap(&mut pool, Sell::Token1);
    assert_eq!(pool.tick(), Tick::ZERO);
    for position in [&mut below, &mut above] {
        pool.remove_liquidity(position, Amount::ZERO).unwrap();
    }
    assert!(below.owed0().is_zero() && below.owed1().is_zero());
    // Half of 30, floored.
    assert_eq!(above.owed1(), Amount::new(14));
}

#[test]
fn the_protocol_takes_its_part_floored() {
    let mut pool = pool(FixedTicks::<2>::new());
    with(&mut pool, -600, 600, 1_000_000_000);
    pool.set_protocol_fee(0, 4).unwrap();
    for sell in [Sell::Token1, Sell::Token0] {
        let swap = pool.swap_exact_in(sell, Amount::new(1_000_700)).unwrap();
        let fee = swap.fee.get();
        assert!(fee / 4 == 750 && fee % 4 != 0);
        let fees = pool.protocol_fees();
        assert_eq!((fees.owed0, fees.owed1), (Amount::ZERO, Amount::new(750)));
    }
    let paid = pool.collect_protocol_fees(Amount::new(1), Amount::new(700));
    assert_eq!(paid, (Amount::ZERO, Amount::new(700)));
    assert_eq!(pool.protocol_fees().owed1, Amount::new(50));
    for (parts0, parts1) in [(3, 0), (0, 11), (255, 4)] {
        assert!(pool.set_protocol_fee(parts0, parts1).is_err());
        assert_eq!(pool.protocol_fees().parts1, 4);
    }
}

#[cfg(feature = "alloc")]
#[test]
fn ticks_in_a_tree_are_those_in_a_list() {
    use std::collections::BTreeMap;

    let mut list = pool(FixedTicks::<8>::new());
    let mut tree = pool(BTreeMap::<Tick, tokenomics_liquidity_curves::TickState>::new());
    let mut number = 7_u64;
    let mut next = |below: u64| {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (number >> 33) % below
    };
    for _ in 0..200 {
        let lower = (next(4) as i32 - 4) * 60;
        let (upper, liquidity) = ((next(4) as i32 + 1) * 60, u128::from(next(1_000_000) + 1));
        with(&mut list, lower, upper, liquidity);
        with(&mut tree, lower, upper, liquidity);
        let (sell, amount) = (
            Sell::BOTH[next(2) as usize],
            Amount::new((next(9_000) + 1).into()),
        );
        let limit = tick(if sell == Sell::Token0 { -300 } else { 300 }).sqrt_price();
        let swaps = (
            list.swap(sell, Exact::In(amount), limit),
            tree.swap(sell, Exact::In(amount), limit),
        );
        assert_eq!(swaps.0, swaps.1);
        assert_eq!(list.state(), tree.state());
    }
    for (at, state) in tree.ticks() {
        assert_eq!(list.ticks().get(*at), Some(*state));
    }
    assert_eq!(tree.ticks().len(), 8);
}
