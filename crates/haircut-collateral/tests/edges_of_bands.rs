//! Bands at the ends of what they hold, cost and are asked for.

use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio};
use tokenomics_haircut_collateral::{
    Band, BandGrid, BandPosition, BandTrade, Error, Quantity, SoftLiquidation,
};

type Market = SoftLiquidation<[Band; 8]>;

/// Eight bands of 1% from a price of 1 down.
fn market(base: Ratio) -> Market {
    let grid = BandGrid::new(base, 100, 8).unwrap();
    SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 8]).unwrap()
}

fn deposited(units: u128) -> (Market, BandPosition<8>) {
    let (mut market, mut position) = (market(Ratio::ONE), BandPosition::new(0, 8).unwrap());
    let price = Ratio::from_integer(2);
    market
        .deposit(&mut position, Amount::new(units), price)
        .unwrap();
    (market, position)
}

fn named<T: core::fmt::Debug>(result: Result<T, Error>) -> Quantity {
    match result.unwrap_err() {
        Error::OutOfRange { what, .. } => what,
        other => panic!("{other}"),
    }
}

/// One to twenty units: each unit is in a band, costs a unit at least, and comes back for one at most.
#[test]
fn a_few_units() {
    for units in 1..=20_u128 {
        let (mut market, mut position) = deposited(units);
        let held = market.bands().map(|band| band.collateral().get());
        let even = |at: u128| units / 8 + u128::from(at < units % 8);
        assert_eq!(held, [0, 1, 2, 3, 4, 5, 6, 7].map(even));
        let price = Ratio::new(95, 100).unwrap();
        let (mut paid, mut received) = (0, 0);
        // One unit of the debt asset at a time: it buys a unit or isn't taken.
        for _ in 0..40 {
            let trade = market.buy(price, Amount::new(1), 8).unwrap();
            assert!(trade.received <= trade.paid);
            paid += trade.paid.get();
            received += trade.received.get();
        }
        let rest = market.buy(price, Amount::new(1_000), 8).unwrap();
        assert_eq!(received + rest.received.get(), units);
        paid += rest.paid.get();
        let [left, proceeds] = market.amounts(&position).unwrap();
        assert_eq!((left, proceeds), (Amount::ZERO, Amount::new(paid)));
        let back = market.sell(price, Amount::MAX, 8).unwrap();
        assert!(back.paid.get() >= units && back.received.get() == paid);
        let out = market.withdraw(&mut position, Fraction::ONE).unwrap();
        assert_eq!(out, [back.paid, Amount::ZERO]);
    }
}

/// At the upper price of a band a purchase begins, and at its lower price the band is all sold.
#[test]
fn the_ends_of_a_band() {
    let (market, _) = deposited(8_000_000_000);
    let grid = market.grid();
    let (upper, lower) = (grid.upper_price(0).unwrap(), grid.upper_price(1).unwrap());
    // A hundredth of a millionth above and below.
    let near = |price: Ratio, parts: u128| {
        let parts = Ratio::new(parts, 100_000_000).unwrap();
        Ratio::new(price.numerator() >> 64, price.denominator() >> 64)
            .unwrap()
            .checked_mul(parts)
            .unwrap()
    };
    for (oracle, cheaper) in [
        (near(upper, 99_999_999), true),
        (near(upper, 100_000_001), false),
    ] {
        assert_eq!(market.pool_price(oracle).unwrap() < oracle, cheaper);
    }
    for (oracle, cheaper) in [
        (near(lower, 99_999_999), true),
        (near(lower, 100_000_001), false),
    ] {
        let mut after = market;
        let all = after.buy(oracle, Amount::MAX, 1).unwrap();
        assert_eq!(all.received, Amount::new(1_000_000_000));
        assert_eq!(after.active(), 0);
        assert_eq!(after.pool_price(oracle).unwrap() < oracle, cheaper);
    }
}

#[test]
fn deposits_are_below_the_active_band_and_the_price() {
    let mut market = market(Ratio::from_integer(4));
    let mut first = BandPosition::<8>::new(0, 2).unwrap();
    let four = Ratio::from_integer(4);
    let refused = market.deposit(&mut first, Amount::new(20), four);
    let (what, limit) = (Quantity::DepositPrice, Quantity::BandUpperPrice);
    let price = four;
    assert_eq!(refused, Err(Error::PriceOrder { what, price, limit }));
    let five = Ratio::from_integer(5);
    market.deposit(&mut first, Amount::new(20), five).unwrap();
    market
        .buy(Ratio::from_integer(3), Amount::new(5), 8)
        .unwrap();
    assert_eq!(
        (market.active(), market.bands()[0].proceeds()),
        (0, Amount::new(5))
    );
    // The active band has proceeds, the next one hasn't.
    assert_eq!(
        named(market.deposit(&mut first, Amount::new(20), five)),
        Quantity::BandIndex
    );
    let mut second = BandPosition::<8>::new(1, 7).unwrap();
    market.deposit(&mut second, Amount::new(20), five).unwrap();
    // Beyond the grid.
    let mut beyond = BandPosition::<8>::new(2, 7).unwrap();
    assert_eq!(
        named(market.deposit(&mut beyond, Amount::new(20), five)),
        Quantity::BandIndex
    );
    assert!(beyond.is_empty());
}

/// A position that isn't of these bands takes nothing out.
#[test]
fn forged_shares_take_nothing() {
    let (mut market, mut position) = deposited(80);
    let mut state = position.state();
    state.shares[7] = Amount::new(state.shares[7].get() + 1);
    let mut forged = BandPosition::restore(state).unwrap();
    let before = market;
    assert_eq!(
        named(market.withdraw(&mut forged, Fraction::ONE)),
        Quantity::BandShares
    );
    assert_eq!(named(market.amounts(&forged)), Quantity::BandShares);
    assert_eq!(
        named(market.credit(&forged, Ratio::from_integer(2))),
        Quantity::BandShares
    );
    assert_eq!(
        (market, forged),
        (before, BandPosition::restore(state).unwrap())
    );
    let half = market.withdraw(&mut position, fraction!("0.5")).unwrap();
    assert_eq!(half, [Amount::new(40), Amount::ZERO]);
}

/// The owner of a band burns all of its shares but one and trades with it until that is worth 1e18: what is
/// deposited then isn't the owner's.
#[test]
fn an_inflated_share_takes_no_deposit() {
    let grid = BandGrid::new(Ratio::ONE, 100, 1).unwrap();
    let mut market = SoftLiquidation::new(grid, fraction!("0.003"), [Band::EMPTY; 1]).unwrap();
    let mut owner = BandPosition::<1>::new(0, 1).unwrap();
    let (one, two) = (Amount::new(1), Ratio::from_integer(2));
    market.deposit(&mut owner, one, two).unwrap();
    let almost = Fraction::from_raw(Fraction::SCALE - 1).unwrap();
    market.withdraw(&mut owner, almost).unwrap();
    assert_eq!(market.bands()[0].shares(), one);
    let price = Ratio::new(995, 1_000).unwrap();
    for _ in 0..5_924 {
        market.buy(price, Amount::MAX, 1).unwrap();
        market.sell(price, Amount::MAX, 1).unwrap();
    }
    let held = market.bands()[0].collateral().get();
    assert!(held > 1_000_000_000_000_000_000);

    let (mut other, before) = (BandPosition::<1>::new(0, 1).unwrap(), market);
    for amount in [1, held - 1, held, 2 * held - 1, 1_024 * held - 1] {
        let (what, value, bound) = (Quantity::BandShares, amount / held, 1_024);
        let few = market.deposit(&mut other, Amount::new(amount), two);
        assert_eq!(few, Err(Error::OutOfRange { what, value, bound }));
        assert!(other.is_empty() && market == before);
    }
    // Enough for the floor to take less than a part in 1,024.
    let enough = Amount::new(1_025 * held - 1);
    market.deposit(&mut other, enough, two).unwrap();
    let [worth, _] = market.amounts(&other).unwrap();
    assert!(worth < enough && enough.get() - worth.get() < enough.get() >> 10);
}

/// 2^108 units are as many as a band takes, and 2^126 in value as much as it trades.
#[test]
fn near_the_largest_amounts() {
    let mut market = market(Ratio::ONE);
    let mut position = BandPosition::<1>::new(0, 1).unwrap();
    let (two, most) = (Ratio::from_integer(2), (1 << 108) - 1);
    assert!(market.deposit(&mut position, Amount::MAX, two).is_err());
    assert!(market
        .deposit(&mut position, Amount::new(most + 1), two)
        .is_err());
    assert!(position.is_empty());
    market
        .deposit(&mut position, Amount::new(most), two)
        .unwrap();
    assert!(market.deposit(&mut position, Amount::new(1), two).is_err());
    let low = Ratio::new(99, 100).unwrap();
    let credit = market.credit(&position, low).unwrap();
    let mut sold = market;
    let all = sold.buy(low, Amount::MAX, 8).unwrap();
    assert_eq!(all.received, Amount::new(most));
    assert!(credit <= all.paid && all.paid.get() - credit.get() <= 1);
    // A price of 2^18 makes it worth 2^126 or more; it is still worth what it was, and can leave.
    let high = Ratio::from_integer(1 << 18);
    let before = market;
    let Error::Overflow { bits, max } = market.buy(high, Amount::MAX, 8).unwrap_err() else {
        panic!("another error");
    };
    assert!(bits > 126 && max == (1 << 126) - 1);
    assert_eq!(market, before);
    assert!(market.credit(&position, high).is_ok());
    // A price above which even the mean price can't be told.
    assert!(market
        .buy(Ratio::from_integer(u128::MAX), Amount::MAX, 8)
        .is_err());
    assert!(market
        .credit(&position, Ratio::from_integer(u128::MAX))
        .is_ok());
    let out = market.withdraw(&mut position, Fraction::ONE).unwrap();
    assert_eq!(out[0], Amount::new(most));
}

/// At a price of 0 nothing is traded, and what isn't sold is worth nothing.
#[test]
fn a_price_of_zero() {
    let (mut market, position) = deposited(80);
    let none = BandTrade::default();
    assert_eq!(
        named(market.buy(Ratio::ZERO, Amount::new(1), 8)),
        Quantity::BandMeanPrice
    );
    assert_eq!(
        named(market.pool_price(Ratio::ZERO)),
        Quantity::BandMeanPrice
    );
    // There is nothing to sell for.
    assert_eq!(market.sell(Ratio::ZERO, Amount::new(1), 8), Ok(none));
    assert_eq!(market.credit(&position, Ratio::ZERO), Ok(Amount::ZERO));
    market
        .buy(Ratio::new(9, 10).unwrap(), Amount::new(20), 8)
        .unwrap();
    let [_, proceeds] = market.amounts(&position).unwrap();
    assert_eq!(market.credit(&position, Ratio::ZERO), Ok(proceeds));
}

/// No offer and no band are no trade; a trade reads so many bands and leaves the rest of the offer.
#[test]
fn trades_end() {
    let (mut market, _) = deposited(80_000);
    let (price, none) = (Ratio::new(9, 10).unwrap(), BandTrade::default());
    assert_eq!(market.buy(price, Amount::ZERO, 8), Ok(none));
    assert_eq!(market.buy(price, Amount::MAX, 0), Ok(none));
    let three = market.buy(price, Amount::MAX, 3).unwrap();
    assert_eq!((three.received, market.active()), (Amount::new(30_000), 2));
    // The active band is sold, so the next is the second that is read.
    let next = market.buy(price, Amount::MAX, 2).unwrap();
    assert_eq!((next.received, market.active()), (Amount::new(10_000), 3));
    let back = market.sell(price, Amount::MAX, 1).unwrap();
    assert_eq!((back.received, market.active()), (next.paid, 3));
    assert_eq!(market.raise_active(8), Ok(2));
    assert_eq!(market.raise_active(8), Ok(2));
}

/// A part of what is paid stays with the band, rounded up.
#[test]
fn the_fee_stays() {
    let grid = BandGrid::new(Ratio::ONE, 100, 8).unwrap();
    let mut market = SoftLiquidation::new(grid, fraction!("0.1"), [Band::EMPTY; 8]).unwrap();
    let mut position = BandPosition::<8>::new(0, 8).unwrap();
    let two = Ratio::from_integer(2);
    market
        .deposit(&mut position, Amount::new(80_000), two)
        .unwrap();
    let mut free = deposited(80_000).0;
    let price = Ratio::new(95, 100).unwrap();
    let trade = market.buy(price, Amount::new(1_001), 8).unwrap();
    let without = free.buy(price, Amount::new(900), 8).unwrap();
    assert_eq!(trade.received, without.received);
    assert_eq!(trade.paid, Amount::new(1_001));
    // The whole of a band costs the least of which enough is left.
    let mut whole = deposited(80_000).0;
    let net = whole.buy(price, Amount::MAX, 1).unwrap().paid.get();
    let grid = market.grid();
    let mut market = SoftLiquidation::new(grid, fraction!("0.1"), [Band::EMPTY; 8]).unwrap();
    let mut position = BandPosition::<8>::new(0, 8).unwrap();
    market
        .deposit(&mut position, Amount::new(80_000), two)
        .unwrap();
    let gross = market.buy(price, Amount::MAX, 1).unwrap().paid.get();
    assert_eq!(gross, (net * 10).div_ceil(9));
    assert_eq!(market.bands()[0].proceeds().get(), gross);
}

/// A band from 8 to 4 that is all sold at 4 for 2 each, and the price back at 8: it is bought back at 16, and
/// what that leaves counts at √32.
#[test]
fn the_credit_of_what_is_sold_after_a_rise() {
    let grid = BandGrid::new(Ratio::from_integer(8), 2, 1).unwrap();
    let mut market = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 1]).unwrap();
    let mut position = BandPosition::<1>::new(0, 1).unwrap();
    let nine = Ratio::from_integer(9);
    market
        .deposit(&mut position, Amount::new(1_000), nine)
        .unwrap();
    let four = Ratio::from_integer(4);
    let half = market.buy(four, Amount::new(900), 1).unwrap();
    let credit = |market: &SoftLiquidation<[Band; 1]>, price| {
        let price = Ratio::from_integer(price);
        market.credit(&position, price).unwrap().get()
    };
    // A unit that was kept for less than it costs.
    assert_eq!(credit(&market, 4), 2_001);
    // z² − (900 + 16·y)·z − 900·16·y = 0 of the y that is left.
    let left = 1_000 - half.received.get();
    let (b, c) = ((900 + 16 * left) as f64, (900 * 16 * left) as f64);
    let root = (b + (b * b + 4.0 * c).sqrt()) / 2.0;
    let expected = (root / 16.0 * 32_f64.sqrt()) as u128;
    assert_eq!(credit(&market, 8), expected);
    let all = market.buy(four, Amount::MAX, 1).unwrap();
    assert_eq!(half.paid.get() + all.paid.get(), 2_002);
    assert_eq!(credit(&market, 4), 2_002);
    assert_eq!(credit(&market, 8), 707);
}

/// Nine units at a mean price of 2/9, which is floored: they cost two, and count for one.
#[test]
fn credit_is_floored() {
    let grid = BandGrid::new(Ratio::from_integer(3), 2, 1).unwrap();
    let mut market = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 1]).unwrap();
    let mut position = BandPosition::<1>::new(0, 1).unwrap();
    let four = Ratio::from_integer(4);
    market.deposit(&mut position, Amount::new(9), four).unwrap();
    assert_eq!(market.credit(&position, Ratio::ONE), Ok(Amount::new(1)));
    let all = market.buy(Ratio::ONE, Amount::MAX, 1).unwrap();
    assert_eq!((all.paid, all.received), (Amount::new(2), Amount::new(9)));
}

/// Near the most that a band trades, where a root has no bit of a fraction: no unit comes back too many.
#[test]
fn large_trades_never_gain() {
    let base = Ratio::from_integer(1 << 18);
    let mut market = market(base);
    let mut position = BandPosition::<1>::new(0, 1).unwrap();
    let deposit = Amount::new((1 << 107) - 12_345);
    let high = Ratio::from_integer(1 << 19);
    market.deposit(&mut position, deposit, high).unwrap();
    let mut seed = 1_u128;
    for at in 0..400 {
        seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645) ^ 0x5851;
        let price = Ratio::new((1 << 18) * (9_901 + at % 98) + (seed >> 112), 10_000).unwrap();
        let offer = Amount::new(seed >> (6 + at % 60));
        let before = market;
        let there = market.buy(price, offer, 1).unwrap();
        let back = market.sell(price, there.received, 1).unwrap();
        assert!(back.received <= there.paid);
        // Go on from elsewhere.
        market = before;
        market.buy(price, offer, 1).unwrap();
    }
}

/// What an error says, and the bound that it names.
#[test]
fn errors_of_bands() {
    let text = |error: Error| error.to_string();
    let grid = |amplification, count| BandGrid::new(Ratio::ONE, amplification, count);
    assert_eq!(
        text(grid(1, 1).unwrap_err()),
        "the amplification of a grid of bands is 1, below 2"
    );
    let most = grid(2, 70).unwrap_err();
    assert_eq!(text(most), "the number of bands is 70, above 63");
    let market = SoftLiquidation::new(grid(2, 1).unwrap(), Fraction::ONE, [Band::EMPTY; 1]);
    assert_eq!(
        text(market.unwrap_err()),
        "the fee of a trade with bands is 1, above 0.999999999999999999"
    );
    let few = SoftLiquidation::new(grid(2, 2).unwrap(), Fraction::ZERO, [Band::EMPTY; 1]);
    assert_eq!(few, Err(Error::Full { capacity: 1 }));
    let position = BandPosition::<3>::new(0, 4);
    assert_eq!(
        text(position.unwrap_err()),
        "the number of bands of a position is 4, above 3"
    );
    let mut other = deposited(8).0;
    let shallow = other.deposit(
        &mut BandPosition::<1>::new(0, 1).unwrap(),
        Amount::new(1),
        Ratio::ONE,
    );
    assert_eq!(
        text(shallow.unwrap_err()),
        "the price at a deposit is 1/1, not above the upper price of its first band"
    );
}
