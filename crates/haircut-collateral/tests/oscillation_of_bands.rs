//! How much is lost to those who trade with the bands while the price falls and comes back, as the page says.

use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio};
use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};

const TOKEN: u128 = 1_000_000_000_000_000_000;
type Market = SoftLiquidation<[Band; 40]>;

/// Ten tokens over ten bands, from 100 down.
fn ten(amplification: u32, fee: Fraction) -> (Market, BandPosition<10>) {
    let grid = BandGrid::new(Ratio::from_integer(100), amplification, 40).unwrap();
    let mut market = SoftLiquidation::new(grid, fee, [Band::EMPTY; 40]).unwrap();
    let mut position = BandPosition::new(0, 10).unwrap();
    let price = Ratio::from_integer(101);
    market
        .deposit(&mut position, Amount::new(10 * TOKEN), price)
        .unwrap();
    (market, position)
}

/// Trades as long as it pays: what is offered is the most after which the next unit still does.
fn arbitrage(market: &mut Market, price: f64) {
    let at = Ratio::new((price * 1e18) as u128, TOKEN).unwrap();
    let kept = 1.0 - market.fee().raw() as f64 / 1e18;
    for buys in [true, false] {
        let pays = |market: &Market| {
            let pool = market.pool_price(at).unwrap();
            let pool = pool.numerator() as f64 / pool.denominator() as f64;
            if buys {
                pool / kept < price
            } else {
                pool * kept > price
            }
        };
        let trade = |market: &mut Market, offer| {
            let offer = Amount::new(offer);
            let trade = if buys { Market::buy } else { Market::sell };
            trade(market, at, offer, 40).unwrap()
        };
        if !pays(market) {
            continue;
        }
        let mut offer = 0;
        for bit in (36..72).rev() {
            let mut after = *market;
            let more = offer | 1 << bit;
            if trade(&mut after, more).paid.get() == more && pays(&after) {
                offer = more;
            }
        }
        trade(market, offer);
        // The end of a band that is traded through.
        trade(market, 1 << 40);
    }
}

/// The price moves by steps of a part, from `from` to `to`.
fn moved(market: &mut Market, from: f64, to: f64, step: f64) {
    let steps = ((to / from).ln().abs() / step).ceil();
    for at in 1..=(steps as u32) {
        arbitrage(market, from * (to / from).powf(f64::from(at) / steps));
    }
}

/// In parts of a million.
fn share(part: Amount, of: Amount) -> u128 {
    part.get() * 1_000_000 / of.get()
}

/// What a fall through all bands fetches of the credit, by the step of the price.
#[test]
fn a_fall_by_steps() {
    for (amplification, low, step, fetched) in [
        (100, 89.0, 0.01, 985_267),
        (100, 89.0, 0.001, 998_513),
        (10, 30.0, 0.01, 985_902),
    ] {
        let (mut market, position) = ten(amplification, Fraction::ZERO);
        let credit = market.credit(&position, Ratio::from_integer(101)).unwrap();
        moved(&mut market, 100.0, low, step);
        let [left, proceeds] = market.amounts(&position).unwrap();
        eprintln!(
            "{amplification} {step} {left} {} {fetched}",
            share(proceeds, credit)
        );
    }
}

/// What is left of the collateral after the price fell through all bands and came back, once and ten times.
#[test]
fn there_and_back() {
    for (fee, step, times, expected) in [
        (Fraction::ZERO, 0.01, 1, 970_685),
        (Fraction::ZERO, 0.01, 10, 742_651),
        (Fraction::ZERO, 0.001, 1, 997_022),
        (fraction!("0.006"), 0.01, 1, 964_779),
        (fraction!("0.006"), 0.01, 10, 698_683),
        (fraction!("0.006"), 0.001, 1, 991_014),
    ] {
        let (mut market, position) = ten(100, fee);
        for _ in 0..times {
            moved(&mut market, 103.0, 87.0, step);
            moved(&mut market, 87.0, 103.0, step);
        }
        let [left, proceeds] = market.amounts(&position).unwrap();
        assert!(proceeds.is_zero());
        assert_eq!(share(left, Amount::new(10 * TOKEN)), expected);
    }
}

/// What is left of the credit after a hundred moves of three parts in a thousand there and back, within the bands: a fee
/// above them keeps them from being traded.
#[test]
fn small_moves() {
    for (fee, expected) in [
        (Fraction::ZERO, 972_644),
        (fraction!("0.001"), 984_785),
        (fraction!("0.006"), 1_000_000),
    ] {
        let (mut market, position) = ten(100, fee);
        let credit = |market: &Market| market.credit(&position, Ratio::from_integer(95)).unwrap();
        moved(&mut market, 100.0, 95.0, 0.001);
        let before = credit(&market);
        for _ in 0..100 {
            arbitrage(&mut market, 95.3);
            arbitrage(&mut market, 95.0);
        }
        assert_eq!(share(credit(&market), before), expected);
    }
}
