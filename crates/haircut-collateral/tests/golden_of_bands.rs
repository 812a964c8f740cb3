//! Figures of LLAMMA, from its deployed form: curvefi/curve-stablecoin at v1 (edbb5ef), contracts/AMM.vy compiled by
//! vyper 0.3.10 and called in a virtual machine, with a fee of 0, tokens of 18 decimals and an oracle
//! that has stood still for longer than its limit of moves looks back.

use tokenomics_fixed_math::{wad, Amount, Fraction, Ratio, Rounding, Wad};
use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, BandTrade, SoftLiquidation};

const TOKEN: u128 = 1_000_000_000_000_000_000;

type Market = SoftLiquidation<[Band; 60]>;

fn market(amplification: u32, base: u128) -> Market {
    let grid = BandGrid::new(Ratio::from_integer(base), amplification, 60).unwrap();
    SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 60]).unwrap()
}

/// Ten tokens over the ten bands from 2,970 to 2,686.09.
fn ten() -> (Market, BandPosition<10>) {
    let mut market = market(100, 3_000);
    let mut position = BandPosition::new(1, 10).unwrap();
    let price = Ratio::from_integer(6_000);
    market
        .deposit(&mut position, Amount::new(10 * TOKEN), price)
        .unwrap();
    (market, position)
}

fn near(found: Amount, expected: u128, off: u128) {
    assert!(
        found.get().abs_diff(expected) <= off,
        "{found} isn't {expected}"
    );
}

#[test]
fn llamma_prices_of_bands() {
    let mut grid = BandGrid::new(Ratio::from_integer(3_000), 100, 100).unwrap();
    let price = |grid: &BandGrid, band| {
        let price = grid.upper_price(band).unwrap();
        Wad::from_ratio(price.numerator(), price.denominator(), Rounding::HalfEven).unwrap()
    };
    for (band, expected) in [
        (0, wad!("3000")),
        (1, wad!("2970")),
        (2, wad!("2940.3")),
        (3, wad!("2910.897")),
    ] {
        assert_eq!(price(&grid, band), expected);
    }
    // There by a table of powers, off by up to 4 in 1e12; here 3,000·0.99^n to the last digit.
    for (band, exact, theirs) in [
        (
            10,
            wad!("2713.14622502641347003"),
            wad!("2713.146225026413473"),
        ),
        (
            50,
            wad!("1815.018201412609951344"),
            wad!("1815.018201412609566"),
        ),
        (
            100,
            wad!("1098.097023819688514792"),
            wad!("1098.097023816052869"),
        ),
    ] {
        assert_eq!(price(&grid, band), exact);
        assert!(exact.abs_diff(theirs).raw() <= exact.raw() / 250_000_000_000);
    }
    // The upper price over the lower one is A/(A − 1).
    grid = BandGrid::new(Ratio::from_integer(99), 100, 1).unwrap();
    assert_eq!(price(&grid, 1), wad!("98.01"));
}

#[test]
fn llamma_trades_within_a_band() {
    let (mut market, position) = ten();
    let price = Ratio::from_integer(2_960);
    for (paid, received) in [
        (1_000 * TOKEN, 338_971_457_249_857_767),
        (1_500 * TOKEN, 504_170_171_675_414_376),
    ] {
        let trade = market.buy(price, Amount::new(paid), 50).unwrap();
        assert_eq!(trade.paid, Amount::new(paid));
        near(trade.received, received, 1_000);
    }
    let back = market.sell(price, Amount::new(TOKEN / 2), 50).unwrap();
    near(back.received, 1_487_655_212_696_585_468_784, 1_000_000);
    let [collateral, proceeds] = market.amounts(&position).unwrap();
    near(collateral, 9_656_858_371_074_727_857, 1_000);
    near(proceeds, 1_012_344_787_303_414_530_204, 1_000_000);
    let pool = market.pool_price(price).unwrap();
    let pool = Wad::from_ratio(pool.numerator(), pool.denominator(), Rounding::Floor).unwrap();
    assert!(pool.abs_diff(wad!("2960.382649854057861949")) <= wad!("0.00000000001"));
}

#[test]
fn llamma_trades_within_a_wide_band() {
    let mut market = market(10, 100);
    let mut position = BandPosition::<4>::new(0, 4).unwrap();
    let high = Ratio::from_integer(200);
    market
        .deposit(&mut position, Amount::new(4 * TOKEN), high)
        .unwrap();
    near(
        market.credit(&position, high).unwrap(),
        326_252_186_199_571_695_454,
        400_000,
    );
    let price = Ratio::from_integer(95);
    let bought = market.buy(price, Amount::new(50 * TOKEN), 50).unwrap();
    near(bought.received, 551_040_088_166_414_105, 1_000);
    let sold = market.sell(price, Amount::new(TOKEN / 4), 50).unwrap();
    near(sold.received, 23_388_461_449_689_118_983, 100_000);
}

/// Above all bands and below them the same. Within one, LLAMMA takes x + y·√(lower·p) once traded to p,
/// which is above what continuous selling fetches: here by 4 parts in 1e6 of the band.
#[test]
fn llamma_get_x_down() {
    let (mut market, position) = ten();
    let credit = |market: &Market, price| {
        let price = Ratio::from_integer(price);
        market.credit(&position, price).unwrap()
    };
    let all = 28_256_174_336_147_466_110_405;
    near(credit(&market, 6_000), all, 30_000_000);
    near(credit(&market, 2_970), all, 30_000_000);
    near(
        credit(&market, 2_600),
        22_068_802_667_557_464_769_672,
        30_000_000,
    );
    let within = |market: &Market, price, theirs| {
        let ours = credit(market, price).get();
        let band = 2_955 * TOKEN;
        assert!(ours < theirs && theirs - ours < band / 250_000, "{ours}");
    };
    within(&market, 2_960, 28_251_161_572_500_480_804_551);
    let price = Ratio::from_integer(2_960);
    for paid in [1_000, 1_500] {
        market.buy(price, Amount::new(paid * TOKEN), 50).unwrap();
        within(&market, 2_960, 28_251_161_572_500_480_806_223);
    }
    market.sell(price, Amount::new(TOKEN / 2), 50).unwrap();
    within(&market, 2_850, 27_651_338_965_004_938_844_357);
}

/// All that is left at once, far below: what it fetches is the credit.
#[test]
fn llamma_sold_through() {
    let (mut market, position) = ten();
    let low = Ratio::from_integer(2_600);
    let credit = market.credit(&position, low).unwrap();
    let all = market.buy(low, Amount::MAX, 50).unwrap();
    assert_eq!(all.received, Amount::new(10 * TOKEN));
    let BandTrade { paid, .. } = all;
    assert!(credit <= paid && paid.get() - credit.get() <= 10);
}
