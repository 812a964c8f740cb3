//! Collateral over ten bands, while the price falls through them and comes back.

use tokenomics_fixed_math::{Amount, Fraction, Ratio};
use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};

use super::draw::{Line, Picture, BLUE, GRAY, GREEN, ORANGE, STEPS};

type Market = SoftLiquidation<[Band; 10]>;

const UNITS: u128 = 1 << 40;
/// The last step of a fall to 85.
const LOW: u128 = 15;

/// From 100 down by a part of `LOW` at each step.
fn price(step: u128) -> Ratio {
    Ratio::new(100 * STEPS - LOW * step, STEPS).unwrap()
}

fn trade(market: &mut Market, price: Ratio, buys: bool, offer: u128) -> u128 {
    let trade = if buys { Market::buy } else { Market::sell };
    let trade = trade(market, price, Amount::new(offer), 10);
    trade.unwrap().paid.get()
}

/// Trades as long as it pays.
fn arbitrage(market: &mut Market, price: Ratio) {
    for buys in [true, false] {
        let pays = |market: &Market| {
            let pool = market.pool_price(price).unwrap();
            if buys {
                pool < price
            } else {
                pool > price
            }
        };
        if !pays(market) {
            continue;
        }
        let mut offer = 0;
        for bit in (16..48).rev() {
            let (more, mut after) = (offer | 1 << bit, *market);
            if trade(&mut after, price, buys, more) == more && pays(&after) {
                offer = more;
            }
        }
        trade(market, price, buys, offer);
        // The end of a band that is traded through.
        trade(market, price, buys, 1 << 18);
    }
}

/// The collateral and the credit, of what they are at first, while the price falls and while it comes back, by so
/// many steps at once.
fn there_and_back(by: u128) -> [Vec<[u128; 2]>; 2] {
    let grid = BandGrid::new(Ratio::from_integer(98), 100, 10).unwrap();
    let mut market = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 10]).unwrap();
    let mut position = BandPosition::<10>::new(0, 10).unwrap();
    let deposit = market.deposit(&mut position, Amount::new(UNITS), price(0));
    deposit.unwrap();
    let first = market.credit(&position, price(0)).unwrap().get();
    let mut told = |step: u128| {
        if step % by == 0 {
            arbitrage(&mut market, price(step));
        }
        let [collateral, _] = market.amounts(&position).unwrap();
        let credit = market.credit(&position, price(step)).unwrap();
        [collateral.get(), credit.get() * UNITS / first]
    };
    let down: Vec<_> = (0..=STEPS).map(&mut told).collect();
    let mut back: Vec<_> = (0..=STEPS).rev().map(&mut told).collect();
    back.reverse();
    [down, back]
}

pub(crate) fn bands() -> Picture {
    let [down, _] = there_and_back(1);
    let [_, back] = there_and_back(40);
    let line = |name, color, values: Vec<u128>| {
        Line::of(name, color, UNITS * 11 / 10, |step| {
            values.get(step as usize).copied()
        })
    };
    let of = |values: &[[u128; 2]], at: usize| values.iter().map(|of| of[at]).collect();
    // What the deposit is worth at the price, of its worth at first.
    let worth = (0..=STEPS).map(|step| UNITS * (100 * STEPS - LOW * step) / (100 * STEPS));
    Picture {
        name: "bands",
        axes: ["price, from 100 down to 85", "of the first, to 110%"],
        legend: [250, 76],
        lines: vec![
            line("value of the collateral, unsold", GRAY, worth.collect()),
            line("collateral, as the price falls", BLUE, of(&down, 0)),
            line(
                "the same, back from 85 by steps of 2.5",
                ORANGE,
                of(&back, 0),
            ),
            line("credit, as the price falls", GREEN, of(&down, 1)),
        ],
    }
}
