//! What a concentrated pool takes from storage, and what stored numbers can't do to it.

use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, ConcentratedState, Error, FixedTicks,
    SqrtPrice, Tick, TickState, Ticks,
};

const PARAMS: ConcentratedParams = ConcentratedParams::UNISWAP_V3_030;

type Pool = Concentrated<FixedTicks<4>>;

fn tick(index: i32) -> Tick {
    Tick::new(index).unwrap()
}

fn empty() -> Pool {
    Concentrated::new(PARAMS, SqrtPrice::ONE, FixedTicks::new()).unwrap()
}

fn position(lower: i32, upper: i32, liquidity: u128) -> ConcentratedPosition {
    let empty = ConcentratedPosition::new(tick(lower), tick(upper)).unwrap();
    let mut state = empty.state();
    state.liquidity = Amount::new(liquidity);
    ConcentratedPosition::restore(state).unwrap()
}

/// Ticks by their index, gross and net liquidity.
fn stored(ticks: &[(i32, u128, i128)]) -> FixedTicks<4> {
    let mut store = FixedTicks::new();
    for &(index, gross, net) in ticks {
        let outside = TickState::default().outside;
        let state = TickState {
            gross,
            net,
            outside,
        };
        store.set(tick(index), state).unwrap();
    }
    store
}

fn restored(liquidity: u128, ticks: &[(i32, u128, i128)]) -> Result<Pool, Error> {
    let state = ConcentratedState {
        liquidity: Amount::new(liquidity),
        ..empty().state()
    };
    Concentrated::restore(state, stored(ticks))
}

fn text<T: core::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn ticks_of_no_positions_are_not_restored() {
    let most = PARAMS.liquidity_per_tick();
    let (huge, large) = (i128::MAX, most as i128);
    for (liquidity, [lower, upper], expected) in [
        (
            1_000_000,
            [(1, 1_000_000), (1, -1_000_000)],
            "the net liquidity at a tick is 1000000, above 1".into(),
        ),
        (
            huge as u128,
            [(5, huge), (5, -huge)],
            format!("the net liquidity at a tick is {huge}, above 5"),
        ),
        (
            0,
            [(0, 0), (0, 0)],
            "the liquidity at a tick is 0, below 1".into(),
        ),
        (
            4,
            [(5, 4), (5, -4)],
            "the net liquidity at a tick is 4, below 5".into(),
        ),
        (
            most + 1,
            [(most + 1, large + 1), (most + 1, -large - 1)],
            format!("the liquidity at a tick is {}, above {most}", most + 1),
        ),
        // What ends at a tick began below it.
        (
            0,
            [(2, 0), (2, 0)],
            "the liquidity at a tick is 1, above 0".into(),
        ),
        (
            4,
            [(4, 4), (2, -2)],
            "the liquidity at a tick is 2, above 0".into(),
        ),
        (
            5,
            [(4, 4), (4, -4)],
            "the liquidity is 5, above 4".to_string(),
        ),
    ] {
        let ticks = [(-600, lower.0, lower.1), (600, upper.0, upper.1)];
        assert_eq!(text(restored(liquidity, &ticks)), expected);
    }
    assert!(restored(most, &[(-600, most, large), (600, most, -large)]).is_ok());
}

#[test]
fn a_tick_beside_the_prices_names_the_one_that_is_allowed() {
    let restore = |index| {
        let tick = tick(index);
        let state = ConcentratedState {
            tick,
            ..empty().state()
        };
        Concentrated::restore(state, FixedTicks::<4>::new())
    };
    assert_eq!(text(restore(-5)), "the tick is -5, below -1");
    assert_eq!(text(restore(1)), "the tick is 1, above 0");
    assert!(restore(-1).is_ok() && restore(0).is_ok());
}

#[test]
fn a_new_pool_has_no_ticks_yet() {
    let new = |ticks| Concentrated::new(PARAMS, SqrtPrice::ONE, ticks);
    let kept = stored(&[(-60, 7, 7), (60, 7, -7)]);
    assert_eq!(text(new(kept)), "the number of ticks is 2, above 0");
    assert!(new(FixedTicks::<4>::new()).is_ok());
}

#[test]
fn a_position_of_128_bits_takes_no_more() {
    let mut pool = empty();
    let before = pool.state();
    let mut full = position(-60, 60, u128::MAX);
    let (bits, max) = (129, u128::MAX);
    let added = pool.add_liquidity(&mut full, Amount::new(1));
    assert_eq!(added, Err(Error::Overflow { bits, max }));
    assert_eq!(full, position(-60, 60, u128::MAX));
    assert_eq!(pool.state(), before);
    assert!(pool.ticks().above(Tick::MIN).is_none());
}

/// The ticks have as much liquidity as it asks for, but none that begins at the lower and ends at the
/// upper one.
#[test]
fn a_made_up_position_leaves_no_ticks_that_no_positions_have() {
    let mut pool = empty();
    for (lower, upper) in [(120, 180), (240, 300)] {
        let added = pool.add_liquidity(&mut position(lower, upper, 0), Amount::new(10));
        added.unwrap();
    }
    let before = pool.clone();
    let mut made_up = position(180, 240, 10);
    let removed = pool.remove_liquidity(&mut made_up, Amount::new(10));
    let expected = "the net liquidity at a tick is 20, above 0";
    assert_eq!(text(removed), expected);
    assert_eq!(made_up, position(180, 240, 10));
    for index in [120, 180, 240, 300] {
        let (is, was) = (
            pool.ticks().get(tick(index)),
            before.ticks().get(tick(index)),
        );
        assert_eq!(is, was);
    }
}

#[test]
fn liquidity_is_not_called_shares() {
    let mut pool = empty();
    let mut position = position(-60, 60, 0);
    let none = pool.remove_liquidity(&mut position, Amount::ZERO);
    assert_eq!(text(none), "the liquidity is 0, below 1");
    pool.add_liquidity(&mut position, Amount::new(5)).unwrap();
    let more = pool.remove_liquidity(&mut position, Amount::new(6));
    assert_eq!(text(more), "the liquidity is 6, above 5");
    let mut state = position.state();
    state.liquidity = Amount::new(6);
    let mut made_up = ConcentratedPosition::restore(state).unwrap();
    let more = pool.remove_liquidity(&mut made_up, Amount::new(6));
    assert_eq!(text(more), "the liquidity is 6, above 5");
}
