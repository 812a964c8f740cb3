//! Bands of nearly 2^126 in value, whose roots have no bit of a fraction: each rounding is a unit of what is
//! traded, and one to the wrong side would be the trader's.

use tokenomics_fixed_math::{Amount, Fraction, Ratio};
use tokenomics_haircut_collateral::{Band, BandGrid, SoftLiquidation, SoftLiquidationState};

type Market = SoftLiquidation<[Band; 1]>;

/// One band from a price of 1 down that holds so much of both.
fn market(amplification: u32, collateral: u128, proceeds: u128) -> Market {
    let grid = BandGrid::new(Ratio::ONE, amplification, 1).unwrap();
    let (fee, active) = (Fraction::ZERO, 0);
    let [collateral, proceeds] = [collateral, proceeds].map(Amount::new);
    let band = Band::restore(collateral, proceeds, Amount::new(1)).unwrap();
    SoftLiquidation::restore(SoftLiquidationState { grid, fee, active }, [band]).unwrap()
}

/// Buys for an offer and sells what it gave, and the other way round; neither gives a unit more than it took.
/// Returns `false` for a band that is above what can be traded.
fn never_gains(market: Market, price: Ratio, offer: u128) -> bool {
    let mut bands = market;
    let Ok(there) = bands.buy(price, Amount::new(offer), 1) else {
        return false;
    };
    let back = bands.sell(price, there.received, 1).unwrap();
    assert!(back.received <= there.paid, "{market:?} {price:?} {offer}");
    let mut bands = market;
    let there = bands.sell(price, Amount::new(offer), 1).unwrap();
    let back = bands.buy(price, there.received, 1).unwrap();
    assert!(back.received <= there.paid, "{market:?} {price:?} {offer}");
    true
}

/// Bands of both, and of much of one and little of the other.
#[test]
fn the_largest_bands_never_lose() {
    let mut seed = 1_u128;
    let mut next = |below: u128| {
        seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645) ^ 0x5851;
        (seed >> 8) % below
    };
    let mut traded = 0;
    for amplification in [2, 3, 100] {
        for at in 0..600 {
            let large = (1 << 125) + next(1 << 124);
            let little = 1 << (20 + next(105));
            let little = 1 + next(little);
            // Within the band or next to it.
            let parts = 1_000 - next(1_000 / u128::from(amplification) + 2);
            let price = Ratio::new(parts, 1_000).unwrap();
            let most = 1 << next(100);
            let offer = 1 + next(most);
            let [x, y] = match at % 3 {
                0 => [large / 2, large / 2],
                1 => [large, little],
                _ => [little, large * 2],
            };
            traded += u32::from(never_gains(market(amplification, y, x), price, offer));
        }
    }
    assert!(traded > 1_200, "{traded}");
}

/// At a mean price of a quarter four units of collateral are one of value, so that no other rounding hides that of
/// what the curve keeps.
#[test]
fn at_a_quarter_no_unit_is_lost() {
    let mut seed = 7_u128;
    let mut next = |below: u128| {
        seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645) ^ 0x5851;
        (seed >> 8) % below
    };
    let (half, mut traded) = (Ratio::new(1, 2).unwrap(), 0);
    for at in 0..2_000 {
        let large = (1 << 125) + next(1 << 124);
        let little = 1 << (100 + next(24));
        let little = 1 + next(little);
        let [x, y] = if at % 2 == 0 {
            [large, little]
        } else {
            [little, large]
        };
        let most = 1 << next(90);
        let offer = 4 + 4 * next(most);
        traded += u32::from(never_gains(market(2, 4 * y, x), half, offer));
    }
    assert!(traded > 1_000, "{traded}");
}
