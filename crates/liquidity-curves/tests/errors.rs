//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio, Rounding, Span, Timestamp};
use tokenomics_liquidity_curves::{
    Amplification, ConstantProduct, Error, Fee, Ladder, Level, Market, Position, PrimaryMarket,
    PrimaryMarketParams, Quantity, Sell, StableSwap, StableSwapState, Ticket, Weighted,
};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn an_error_names_the_quantity_and_the_bound_that_it_crossed() {
    let all = Fee::new(10_000, 10_000).unwrap_err();
    assert_eq!(
        all.to_string(),
        "the numerator of a fee is 10000, above 9999"
    );
    let whole = Fee::new(0, 0).unwrap_err();
    assert_eq!(whole.to_string(), "the denominator of a fee is 0, below 1");
    let empty = ConstantProduct::new(Amount::new(1), Amount::ZERO, Fee::NONE).unwrap_err();
    assert_eq!(empty.to_string(), "the reserve of a token is 0, below 1");
    let ten = Amount::new(10);
    let mut pool = ConstantProduct::new(ten, ten, Fee::NONE).unwrap();
    let out = pool.swap_exact_out(Sell::Token0, ten).unwrap_err();
    assert_eq!(out.to_string(), "the amount to buy is 10, above 9");
    let none = pool.remove_liquidity(Amount::ZERO).unwrap_err();
    assert_eq!(none.to_string(), "the number of shares is 0, below 1");
    let beyond = pool.remove_liquidity(Amount::new(11)).unwrap_err();
    assert_eq!(beyond.to_string(), "the number of shares is 11, above 10");
    let free = pool.delta_at(Ratio::new(0, 1).unwrap()).unwrap_err();
    assert_eq!(free.to_string(), "the price is 0, below 1");
}

#[test]
fn a_weighted_pool_names_the_token_and_the_weight() {
    let (half, ten) = (fraction!("0.5"), Amount::new(10));
    let text = |error: Error| error.to_string();
    let made = |weights| Weighted::new([ten; 2], weights, Fee::NONE);
    let none = text(made([Fraction::ONE, Fraction::ZERO]).unwrap_err());
    assert_eq!(none, "the weight of a token in 1e-18 is 0, below 1");
    let low = text(made([half, fraction!("0.4")]).unwrap_err());
    assert_eq!(
        low,
        "the sum of the weights in 1e-18 is 900000000000000000, below 1000000000000000000"
    );
    let one = text(Weighted::new([ten], [Fraction::ONE], Fee::NONE).unwrap_err());
    assert_eq!(one, "the number of tokens is 1, below 2");
    let mut pool = made([half; 2]).unwrap();
    let no = text(pool.swap_exact_in(0, 2, ten).unwrap_err());
    assert_eq!(no, "the index of a token is 2, above 1");
    let same = text(pool.swap_exact_in(1, 1, ten).unwrap_err());
    assert_eq!(
        same,
        "the token with the index 1 is to be swapped for itself"
    );
    let all = text(pool.remove_single(0, ten).unwrap_err());
    assert_eq!(all, "the number of shares is 10, above 9");
    pool.remove_liquidity(ten).unwrap();
    assert!(pool.swap_exact_in(0, 1, ten).is_err() && pool.add_single(0, ten).is_err());
    let empty = "the reserve of a token is 0, below 1";
    assert_eq!(text(pool.invariant(Rounding::Floor).unwrap_err()), empty);
    assert_eq!(text(pool.value_at(Ratio::ONE).unwrap_err()), empty);
    assert_eq!(pool.add_liquidity([ten; 2]).unwrap().shares, ten);
}

#[test]
fn a_ladder_names_the_level() {
    let level = |price, amount| Level {
        price,
        amount: Amount::new(amount),
    };
    let text = |tick, bids: &[Level], asks: &[Level]| {
        let made = Ladder::<2>::new(tick, bids, asks, Fee::NONE);
        made.unwrap_err().to_string()
    };
    let (one, bid, ask) = (Ratio::ONE, [level(9, 1)], [level(10, 1)]);
    assert_eq!(text(Ratio::ZERO, &bid, &ask), "the tick size is 0, below 1");
    let level_of = |is: &str| format!("the price of a level in ticks is {is}");
    assert_eq!(text(one, &bid, &bid), level_of("9, below 10"));
    assert_eq!(text(one, &[bid[0]; 2], &ask), level_of("9, above 8"));
    assert_eq!(text(one, &[level(0, 1)], &ask), level_of("0, below 1"));
    // The largest price is one for either side.
    for (bids, asks) in [
        (&[level(u64::MAX, 1)][..], &[][..]),
        (&[], &[level(u64::MAX, 1)]),
    ] {
        assert!(Ladder::<2>::new(one, bids, asks, Fee::NONE).is_ok());
    }
    let none = "the amount of a level is 0, below 1";
    assert_eq!(text(one, &[level(9, 0)], &ask), none);
    assert_eq!(text(one, &[Level::default(), bid[0]], &ask), none);
    let many = [level(9, 1), level(8, 1), level(7, 1)];
    assert_eq!(text(one, &many, &ask), "the number of levels is 3, above 2");
    let overflow = "a result of 129 bits is above the largest value of its type, ";
    let most = [level(9, u128::MAX), level(8, 1)];
    assert!(text(Ratio::new(1, 100).unwrap(), &most, &ask).starts_with(overflow));
    let far = [level(u64::MAX - 1, u128::MAX)];
    let beyond = text(Ratio::from_integer(1 << 66), &far, &[]);
    assert!(beyond.starts_with("a result of 257 bits is above"));
    let worth = [level(2, u128::MAX)];
    assert!(text(one, &worth, &ask).starts_with(overflow));

    let mut book = Ladder::<2>::new(one, &bid, &[], Fee::NONE).unwrap();
    let beyond = book
        .swap_exact_out(Sell::Token0, Amount::new(10))
        .unwrap_err();
    assert_eq!(beyond.to_string(), "the amount to buy is 10, above 9");
    assert_eq!(
        book.price_after(Sell::Token1, Amount::ZERO)
            .unwrap_err()
            .to_string(),
        none
    );
    let nothing = book.swap_exact_in(Sell::Token1, Amount::new(5)).unwrap();
    assert_eq!(
        (nothing.amount_in, nothing.amount_out),
        (Amount::ZERO, Amount::ZERO)
    );
}

#[test]
fn a_primary_market_names_the_rule() {
    let (par, start) = (PrimaryMarketParams::PAR, Timestamp::new(100));
    let text = |params| PrimaryMarket::new(params, start).unwrap_err().to_string();
    let half = Ratio::new(1, 2).unwrap();
    let cheap = PrimaryMarketParams {
        mint_price: half,
        ..par
    };
    assert_eq!(text(cheap), "the mint price is 1/2, below the price");
    let strict = PrimaryMarketParams {
        redeem_price: half,
        minimum_backing: Ratio::ONE,
        ..par
    };
    assert_eq!(text(strict), "the price is 1/2, below the minimum backing");
    let free = PrimaryMarketParams {
        redeem_price: Ratio::ZERO,
        ..par
    };
    assert_eq!(text(free), "the price is 0, below 1");
    let no_time = PrimaryMarketParams {
        period: Span::ZERO,
        ..par
    };
    assert_eq!(text(no_time), "the length of a period is 0, below 1");
}

#[test]
fn a_primary_market_names_what_was_too_much() {
    let ([ten, one], start) = ([10, 1].map(Amount::new), Timestamp::new(100));
    let params = PrimaryMarketParams {
        mint_capacity: ten,
        ..PrimaryMarketParams::PAR
    };
    let mut market = PrimaryMarket::new(params, start).unwrap();
    market.mint(ten, start).unwrap();
    let text = |error: Error| error.to_string();
    let full = text(market.mint(one, start).unwrap_err());
    assert_eq!(full, "the number of claims is 1, above 0");
    let more = text(market.redeem(Amount::new(11), start).unwrap_err());
    assert_eq!(more, "the number of claims is 11, above 10");
    let lost = text(market.lose_backing(Amount::new(11), start).unwrap_err());
    assert_eq!(lost, "the loss is 11, above 10");
    let early = text(market.add_backing(one, Timestamp::new(99)).unwrap_err());
    assert_eq!(
        early,
        "99 is before 100, up to which all is settled already"
    );
    let mut foreign = Ticket::restore(Amount::ZERO, one).unwrap();
    let none = text(market.claim(&mut foreign, start).unwrap_err());
    assert_eq!(none, "the position in the queue is 1, above 0");
    market.redeem(ten, start).unwrap();
    let twice = text(market.claim(&mut foreign, start).unwrap_err());
    assert_eq!(twice, "the amount to be paid is 1, above 0");
    assert!(market.backing_after(Amount::ZERO).is_err());
}

/// A host that stores a ticket twice pays it twice, and another's claim is refused: nothing is paid that isn't
/// reserved.
#[test]
fn a_ticket_stored_twice_is_paid_from_what_is_reserved_for_another() {
    let ([hundred, all], start) = ([100, 200].map(Amount::new), Timestamp::new(100));
    let params = PrimaryMarketParams {
        redeem_capacity: hundred,
        ..PrimaryMarketParams::PAR
    };
    let mut market = PrimaryMarket::new(params, start).unwrap();
    market.mint(all, start).unwrap();
    market.redeem(hundred, start).unwrap();
    let mut early = market.redeem(Amount::new(50), start).unwrap().ticket;
    let mut late = market.redeem(Amount::new(50), start).unwrap().ticket;
    let mut again = Ticket::restore(late.paid_to(), late.end()).unwrap();
    let next = start.checked_add(params.period).unwrap();
    for ticket in [&mut late, &mut again] {
        let paid = market.claim(ticket, next).unwrap();
        assert_eq!(paid.amount, Amount::new(50));
        assert_eq!(market.claim(ticket, next).unwrap().amount, Amount::ZERO);
    }
    let refused = market.claim(&mut early, next).unwrap_err();
    assert_eq!(refused.to_string(), "the amount to be paid is 50, above 0");
}

/// A little less than 2^135 units, at the highest amplification.
#[test]
fn a_gamma_names_its_length() {
    let amplification = Amplification::new(1_000_000).unwrap();
    let rates = [10_u128.pow(18); 2];
    let reserves = [Amount::new(1 << 116); 2];
    let pool = StableSwap::new(amplification, Fee::NONE, rates, reserves).unwrap();
    // 1,000,001 times a half of 2^116.
    let (bits, max) = (135, u128::MAX);
    let beyond = Err(Error::Overflow { bits, max });
    assert_eq!(pool.pair(0, 1).unwrap().gamma_at(Ratio::ONE), beyond);
}

#[test]
fn an_empty_pool_trades_nothing_and_takes_a_first_deposit() {
    let (four, nine) = (Amount::new(4), Amount::new(9));
    let mut pool = ConstantProduct::new(four, nine, Fee::UNISWAP_V2).unwrap();
    pool.remove_liquidity(Amount::new(6)).unwrap();
    let (what, value, bound) = (Quantity::Reserve, 0, 1);
    let nothing = Err(Error::OutOfRange { what, value, bound });
    assert_eq!(pool.quote_exact_in(Sell::Token0, four), nothing);
    assert_eq!(pool.quote_exact_out(Sell::Token1, Amount::ZERO), nothing);
    assert_eq!(
        pool.add_liquidity(nine, four).unwrap().shares,
        Amount::new(6)
    );
    assert_eq!(pool.fee(), Fee::UNISWAP_V2);
}

#[test]
fn a_reserve_ends_at_the_largest_amount() {
    let (one, most) = (Amount::new(1), Amount::MAX);
    let pool = ConstantProduct::new(most, one, Fee::NONE).unwrap();
    let max = u128::MAX;
    let beyond = Err(Error::Overflow { bits: 129, max });
    assert_eq!(pool.quote_exact_in(Sell::Token0, one), beyond);
    let pool = ConstantProduct::new(one, most, Fee::NONE).unwrap();
    let all_but_one = Amount::new(max - 1);
    let bought = pool.quote_exact_out(Sell::Token0, all_but_one).unwrap();
    assert_eq!(bought.amount_in, all_but_one);
}

fn stable<const N: usize>(reserves: [u128; N]) -> Result<StableSwap<N>, Error> {
    let amplification = Amplification::new(1).unwrap();
    let rates = [10_u128.pow(18); N];
    StableSwap::new(amplification, Fee::NONE, rates, reserves.map(Amount::new))
}

#[test]
fn a_stable_pool_names_what_it_refuses() {
    let text = |error: Error| error.to_string();
    let coins = stable([1]).unwrap_err();
    assert_eq!(text(coins), "the number of tokens is 1, below 2");
    let coins = stable([1; 9]).unwrap_err();
    assert_eq!(text(coins), "the number of tokens is 9, above 8");
    let reserve = stable([1, 0]).unwrap_err();
    assert_eq!(text(reserve), "the reserve of a token is 0, below 1");
    let mut pool = stable([1_000, 1_000, 1_000]).unwrap();
    let rates = [10_u128.pow(18), 10_u128.pow(18), 10_u128.pow(18) - 1];
    let rate = StableSwap::restore(StableSwapState {
        rates,
        ..pool.state()
    })
    .unwrap_err();
    let expected = "the rate of a coin in 1e-18 is 999999999999999999, below 1000000000000000000";
    assert_eq!(text(rate), expected);
    let coin = pool.swap_exact_in(0, 3, Amount::new(1)).unwrap_err();
    assert_eq!(text(coin), "the index of a token is 3, above 2");
    let same = pool.swap_exact_out(1, 1, Amount::new(1)).unwrap_err();
    assert_eq!(
        text(same),
        "the token with the index 1 is to be swapped for itself"
    );
    let same = pool.pair(0, 0).unwrap_err();
    assert_eq!(
        text(same),
        "the token with the index 0 is to be swapped for itself"
    );
    let out = pool.swap_exact_out(0, 1, Amount::new(1_000)).unwrap_err();
    assert_eq!(text(out), "the amount to buy is 1000, above 999");
    let shares = pool.remove_liquidity(Amount::new(3_001)).unwrap_err();
    assert_eq!(text(shares), "the number of shares is 3001, above 3000");
    let all = pool.remove_single(0, Amount::new(3_000)).unwrap_err();
    assert_eq!(text(all), "the number of shares is 3000, above 2999");
    pool.remove_liquidity(pool.shares()).unwrap();
    let empty = pool.swap_exact_in(0, 1, Amount::new(1)).unwrap_err();
    assert_eq!(text(empty), "the number of shares is 0, below 1");
    assert_eq!(pool.value_in(1), Err(empty));
    let first = pool.add_liquidity([1, 2, 0].map(Amount::new)).unwrap_err();
    assert_eq!(text(first), "the reserve of a token is 0, below 1");
    assert!(pool.add_liquidity([1, 2, 3].map(Amount::new)).is_ok());
}

/// Six coins and more can be so far from parity that Newton's steps go round in a circle: the later
/// contracts revert there, and the first ones take the last step.
#[test]
fn steps_that_go_round_in_a_circle_are_an_error() {
    let circle = [
        61_796_904_622_016,
        53_316_782_665_600,
        4_289_962_430_888,
        1_763_885_187_801,
        5_872_230_240_582,
        3_857_077_745_284,
        2_378_561_893_403,
        2_722_827_215_352,
    ];
    let (what, value, bound) = (Quantity::Steps, 256, 255);
    assert_eq!(
        stable(circle),
        Err(Error::OutOfRange { what, value, bound })
    );
}

/// (A·n·S + n·P)·D is 4·S² here: it has 256 bits below a sum of 2^127.
#[test]
fn what_counts_ends_where_the_contracts_integers_do() {
    let quarter = 1 << 126;
    let mut pool = stable([quarter, quarter - 1]).unwrap();
    let beyond = stable([quarter, quarter]);
    assert!(matches!(beyond, Err(Error::Math(_))), "{beyond:?}");
    // What the contract could still compute, but no swap after it.
    let before = pool;
    let beyond = pool.swap_exact_in(0, 1, Amount::new(3 * quarter));
    let is_overflow = matches!(beyond, Err(Error::Overflow { .. } | Error::Math(_)));
    assert!(is_overflow, "{beyond:?}");
    assert_eq!(pool, before);
    assert!(pool.swap_exact_in(0, 1, Amount::new(1_000)).is_ok());
}
