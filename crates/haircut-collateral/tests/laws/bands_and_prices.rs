//! The laws of soft liquidation while its price moves.

use tokenomics_fixed_math::{Amount, Ratio, Rounding};
use tokenomics_haircut_collateral::BandPosition;

use super::bands::{price, trade, BandShape, Market, PriceShape, World, BANDS};

/// A market of which one position holds ten bands, of at least 2^50 units.
fn large(shape: BandShape, amount: u128) -> (Market, BandPosition<10>, Ratio) {
    let exponent = 30 + shape.exponent % 21;
    let shape = BandShape {
        fee: 0,
        exponent,
        ..shape
    };
    let mut market = World::new(shape).market;
    let mut position = BandPosition::new(1, 10).unwrap();
    let amount = Amount::new((1 << 60) + amount % (1 << 60));
    let high = price(market.grid(), PriceShape { band: 4, within: 0 });
    market.deposit(&mut position, amount, high).unwrap();
    (market, position, high)
}

/// Trades until the next unit costs what the oracle says, to within a unit.
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
        // The most with which it still pays afterwards, from above.
        let mut offer = 0_u128;
        for bit in (0..100).rev() {
            let more = offer | 1 << bit;
            let mut after = *market;
            let trade = trade(&mut after, buys, price, Amount::new(more)).unwrap();
            if trade.paid.get() == more && pays(&after) {
                offer = more;
            }
        }
        // The last bit: a band that is emptied stays active, and its price is that of its end.
        trade(market, buys, price, Amount::new(offer)).unwrap();
        trade(market, buys, price, Amount::new(offer / (1 << 30) + 1)).unwrap();
    }
}

/// After trading to any sequence of prices, at most one band holds both, and the price lies within it.
pub(crate) fn price_in_band(shape: BandShape, amount: u128, prices: &[PriceShape]) {
    let (mut market, _, _) = large(shape, amount);
    let grid = market.grid();
    for shape in prices.iter().take(12) {
        let price = price(grid, *shape);
        arbitrage(&mut market, price);
        let mixed = (0..).zip(market.bands()).filter(|(_, band)| {
            // What rounding leaves in a band that is traded to its end is next to nothing. Of few units, which leaps
            // of the price leave, one can be more than the price is out of the band.
            let value = band.collateral().mul_ratio(price, Rounding::Floor).unwrap();
            let (a, b) = (value.get(), band.proceeds().get());
            a.min(b).min(band.collateral().get()) > ((a + b) >> 20).max(1 << 24)
        });
        for (at, _) in mixed {
            assert_eq!(at, market.active());
            let [upper, lower] = [at, at + 1].map(|at| grid.upper_price(at).unwrap());
            let slack = Ratio::new(1_000_001, 1_000_000).unwrap();
            let coarse = |price: Ratio| {
                Ratio::new(price.numerator() >> 64, (price.denominator() >> 64).max(1)).unwrap()
            };
            let widen = |price| coarse(price).checked_mul(slack).unwrap();
            assert!(coarse(price) <= widen(upper) && widen(price) >= coarse(lower));
        }
    }
}

/// The credit is what selling through all bands fetches: no less than by steps of the price, no more than by small
/// ones and the discount of a step; once all is sold it is what there is.
pub(crate) fn credit_of_bands(shape: BandShape, amount: u128, steps: &[PriceShape]) {
    let (mut market, position, high) = large(shape, amount);
    let grid = market.grid();
    let credit = market.credit(&position, high).unwrap().get();
    let units = 10;
    let mut prices: Vec<_> = steps
        .iter()
        .take(12)
        .map(|shape| price(grid, *shape))
        .collect();
    prices.sort();
    // Without proceeds it never falls as the price rises.
    let credits: Vec<_> = prices
        .iter()
        .map(|price| market.credit(&position, *price).unwrap())
        .collect();
    assert!(credits
        .windows(2)
        .all(|pair| pair[0].get() <= pair[1].get() + units));
    assert!(credits.iter().all(|low| low.get() <= credit));
    for price in prices.iter().rev() {
        let before = market.credit(&position, *price).unwrap().get();
        arbitrage(&mut market, *price);
        // Trading to the oracle's price leaves the credit there as it was.
        let after = market.credit(&position, *price).unwrap().get();
        assert!(
            after >= before - (before >> 40) - units && after <= before + (before >> 30) + units
        );
        assert!(after <= credit + (credit >> 30) + units);
        // It is nowhere larger than at the price that the bands are at.
        for other in &prices {
            let elsewhere = market.credit(&position, *other).unwrap().get();
            assert!(elsewhere <= after + (after >> 30) + units);
        }
    }
    let low = price(
        grid,
        PriceShape {
            band: 19,
            within: 0,
        },
    );
    let told = market.credit(&position, low).unwrap().get();
    market.buy(low, Amount::MAX, BANDS as u32).unwrap();
    let [left, proceeds] = market.amounts(&position).unwrap().map(Amount::get);
    assert_eq!(left, 0);
    assert!(told <= proceeds && proceeds <= told + units);
    assert_eq!(market.credit(&position, low), Ok(Amount::new(proceeds)));
}
