//! What the closed forms refuse, and by which words.

use tokenomics_fixed_math::{wad, Amount, Ratio, Span, Timestamp};
use tokenomics_liquidity_curves::{
    Arbitrage, BlockTimes, Error, Fee, Impact, Kyle, OptimalSchedule, ResilientBook,
    ResilientBookState, Sell,
};

fn text<T: core::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn kyles_market_names_what_is_out_of_range() {
    let one = Ratio::ONE;
    let made = |volatility, noise| text(Kyle::new(volatility, Amount::new(noise)));
    assert_eq!(
        made(Ratio::ZERO, 1),
        "the volatility of the value is 0, below 1"
    );
    assert_eq!(made(one, 0), "the volatility of the flow is 0, below 1");
    let market = Kyle::new(one, Amount::new(1)).unwrap();
    let auction = |number, of| text(market.auction(number, of));
    assert_eq!(auction(1, 0), "the number of auctions is 0, below 1");
    assert_eq!(
        auction(1, 1_025),
        "the number of auctions is 1025, above 1024"
    );
    assert_eq!(auction(0, 3), "the number of an auction is 0, below 1");
    assert_eq!(auction(4, 3), "the number of an auction is 4, above 3");
    assert!(market.auction(1_024, 1_024).is_ok());
    let many = market.auctions::<1_025>().map(|_| ());
    assert_eq!(text(many), "the number of auctions is 1025, above 1024");
}

#[test]
fn arbitrage_names_what_is_out_of_range() {
    let made = |variance, blocks| {
        text(Arbitrage::new(
            variance,
            blocks,
            Fee::NONE,
            BlockTimes::Poisson,
        ))
    };
    assert_eq!(made(wad!("0"), 1), "the variance is 0, below 1");
    assert_eq!(made(wad!("1"), 0), "the number of blocks is 0, below 1");
}

#[test]
fn a_resilient_book_names_what_is_out_of_range() {
    let (one, ten, at) = (Ratio::ONE, Ratio::from_integer(10), Timestamp::new);
    let made = |price, depth| text(ResilientBook::new(price, depth, one, at(0)));
    assert_eq!(made(Ratio::ZERO, one), "the price is 0, below 1");
    assert_eq!(
        made(one, Ratio::ZERO),
        "the depth of the book is 0, below 1"
    );
    let fast = Ratio::from_integer(1 << 63);
    assert!(ResilientBook::new(one, one, fast, at(0)).is_err());
    let mut book = ResilientBook::new(one, ten, Ratio::ZERO, at(5)).unwrap();
    book.execute(Sell::Token1, Amount::new(3), at(5)).unwrap();
    let before = book;
    let early = text(book.execute(Sell::Token0, Amount::new(1), at(4)));
    assert_eq!(early, "4 is before 5, up to which all is settled already");
    // Ten units down to a price of 0, and three that were bought before.
    let over = text(book.execute(Sell::Token0, Amount::new(14), at(5)));
    assert_eq!(over, "the amount to sell is 14, above 13");
    assert_eq!(book, before);
    assert!(book.execute(Sell::Token0, Amount::new(13), at(5)).is_ok());
    assert_eq!(book.price_at(at(5)), Ok(Ratio::ZERO));
    let over = text(book.execute(Sell::Token0, Amount::new(1), at(5)));
    assert_eq!(over, "the amount to sell is 1, above 0");
    let [bought, sold] = [1, 2].map(Amount::new);
    let restored = |impact| {
        let state = book.state();
        text(ResilientBook::restore(ResilientBookState {
            impact,
            ..state
        }))
    };
    let both = restored(Impact { bought, sold });
    assert_eq!(both, "the impact left is 1, above 0");
    let (bought, sold) = (Amount::ZERO, Amount::new(11));
    assert_eq!(
        restored(Impact { bought, sold }),
        "the impact left is 11, above 10"
    );
}

#[test]
fn a_schedule_names_what_is_out_of_range() {
    let (amount, time) = (Amount::new(100), Span::new(60));
    let made = |intervals| OptimalSchedule::new(amount, Ratio::ONE, time, intervals);
    assert_eq!(
        text(made(0)),
        "the number of trades after the first is 0, below 1"
    );
    let schedule = made(3).unwrap();
    let beyond = "the number of a trade is 4, above 3";
    assert_eq!(text(schedule.trade(4)), beyond);
    assert_eq!(text(schedule.traded_by(4)), beyond);
    assert_eq!(text(schedule.time_of(4)), beyond);
    assert_eq!(
        text(schedule.cost(Ratio::ZERO)),
        "the depth of the book is 0, below 1"
    );
}

/// A unit of the impact stays, so that no sale is cheaper for having been split into units.
#[test]
fn the_last_unit_of_an_impact_stays() {
    let (one, at) = (Ratio::ONE, Timestamp::new);
    let mut book = ResilientBook::new(one, Ratio::from_integer(9), one, at(0)).unwrap();
    book.execute(Sell::Token0, Amount::new(5), at(0)).unwrap();
    assert_eq!(book.impact_at(at(u64::MAX)).unwrap().sold, Amount::new(1));
}
