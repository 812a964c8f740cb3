//! What a concentrated pool takes from storage, and what stored numbers can't do to it.

use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, ConcentratedState, Error, FixedTicks,
    SqrtPrice, Tick,
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

fn text<T: core::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
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
