//! What is written is read back, and what no calls lead to can't be read.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode};
use serde_json::json;
use tokenomics_fixed_math::{fraction, wad, Amount, Ratio, Span, Timestamp};
use tokenomics_liquidity_curves::{
    Amplification, Arbitrage, BlockTimes, Concentrated, ConcentratedParams, ConcentratedPosition,
    ConstantProduct, ContinuousSchedule, Exact, Fee, FeeGrowth, FixedTicks, GradualWeights, Kyle,
    Ladder, Level, OptimalSchedule, PrimaryMarket, PrimaryMarketParams, ResilientBook, Sell,
    SqrtPrice, StableSwap, Tick, Ticket, Ticks, Weighted,
};

fn by_each<T>(value: &T) -> [T; 3]
where
    T: serde::Serialize + serde::de::DeserializeOwned,
    T: borsh::BorshSerialize + BorshDeserialize + Encode + Decode,
{
    let text = serde_json::to_string(value).unwrap();
    let (borsh, scale) = (borsh::to_vec(value).unwrap(), value.encode());
    let mut input = scale.as_slice();
    let read = [
        serde_json::from_str(&text).unwrap(),
        T::try_from_slice(&borsh).unwrap(),
        T::decode(&mut input).unwrap(),
    ];
    assert!(input.is_empty());
    read
}

fn pool() -> ConstantProduct {
    ConstantProduct::new(Amount::new(5), Amount::MAX, Fee::UNISWAP_V2).unwrap()
}

fn weighted() -> Weighted<3> {
    let weights = [fraction!("0.5"), fraction!("0.3"), fraction!("0.2")];
    let reserves = [16, 16, u128::MAX].map(Amount::new);
    Weighted::new(reserves, weights, Fee::UNISWAP_V2).unwrap()
}

fn ladder() -> Ladder<2> {
    let amount = Amount::new(7);
    let (bid, ask) = (Level { price: 3, amount }, Level { price: 4, amount });
    Ladder::new(Ratio::new(1, 100).unwrap(), &[bid], &[ask], Fee::NONE).unwrap()
}

/// Four of ten claims stand in the queue.
fn primary_market() -> (PrimaryMarket, Ticket) {
    let params = PrimaryMarketParams {
        redeem_capacity: Amount::new(2),
        ..PrimaryMarketParams::PAR
    };
    let start = Timestamp::new(9);
    let mut market = PrimaryMarket::new(params, start).unwrap();
    market.mint(Amount::new(10), start).unwrap();
    let redemption = market.redeem(Amount::new(6), start).unwrap();
    (market, redemption.ticket)
}

#[test]
fn every_type_is_read_as_it_was_written() {
    assert_eq!(by_each(&pool()), [pool(); 3]);
    let mut empty = pool();
    empty.remove_liquidity(empty.shares()).unwrap();
    assert_eq!(by_each(&empty), [empty; 3]);
    assert_eq!(by_each(&weighted()), [weighted(); 3]);
    assert_eq!(by_each(&ladder()), [ladder(); 3]);
    let (market, ticket) = primary_market();
    assert_eq!(by_each(&market), [market; 3]);
    assert_eq!(by_each(&market.state()), [market.state(); 3]);
    assert_eq!(by_each(&ticket).each_ref(), [&ticket; 3]);
    assert_eq!(by_each(&Fee::UNISWAP_V2), [Fee::UNISWAP_V2; 3]);
    for sell in Sell::BOTH {
        assert_eq!(by_each(&sell), [sell; 3]);
    }
}

#[test]
fn a_pool_is_named_fields_with_amounts_as_text() {
    let fee = json!({ "numerator": "3", "denominator": "1000" });
    let text = json!({
        "reserve0": "5",
        "reserve1": u128::MAX.to_string(),
        "shares": 41_248_173_712_355_948_587_u128.to_string(),
        "fee": fee,
    });
    assert_eq!(serde_json::to_value(pool()).unwrap(), text);
}

#[test]
fn a_position_is_read_as_it_was_written() {
    let params = ConcentratedParams::UNISWAP_V3_030;
    let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new()).unwrap();
    let [lower, upper] = [-60, 60].map(|tick| Tick::new(tick).unwrap());
    let mut position = ConcentratedPosition::new(lower, upper).unwrap();
    let million = Amount::new(1_000_000);
    pool.add_liquidity(&mut position, million).unwrap();
    let all = Exact::In(Amount::new(1_000));
    pool.swap(Sell::Token0, all, lower.sqrt_price()).unwrap();
    pool.remove_liquidity(&mut position, Amount::new(10_000))
        .unwrap();
    assert!(position.inside() != FeeGrowth::default() && !position.owed0().is_zero());
    assert_eq!(by_each(&position), [position; 3]);
    assert_eq!(by_each(&params), [params; 3]);
    for price in [SqrtPrice::MIN, pool.sqrt_price(), SqrtPrice::MAX] {
        assert_eq!(by_each(&price), [price; 3]);
        assert_eq!(by_each(&price.tick()), [price.tick(); 3]);
    }
    let mut text = serde_json::to_value(position).unwrap();
    text["upper"] = text["lower"].clone();
    assert!(serde_json::from_value::<ConcentratedPosition>(text).is_err());
    let beyond = json!({ "index": 887_273 });
    assert!(serde_json::from_value::<Tick>(beyond).is_err());
}

/// The pool beside its ticks, and the ticks in their room.
#[test]
fn a_pool_and_its_ticks_are_read_as_they_were_written() {
    let params = ConcentratedParams::UNISWAP_V3_030;
    let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<4>::new()).unwrap();
    pool.set_protocol_fee(4, 10).unwrap();
    let [lower, upper] = [-60, 60].map(|tick| Tick::new(tick).unwrap());
    let mut position = ConcentratedPosition::new(lower, upper).unwrap();
    let liquidity = Amount::new(10_u128.pow(30));
    pool.add_liquidity(&mut position, liquidity).unwrap();
    pool.swap_exact_in(Sell::Token0, Amount::new(1_000_000))
        .unwrap();
    let state = pool.state();
    assert!(!state.protocol_fees.owed0.is_zero());
    assert_eq!(by_each(&state), [state; 3]);
    for ticks in by_each(pool.ticks()) {
        let restored = Concentrated::restore(state, ticks).unwrap();
        assert_eq!(restored.state(), state);
        for tick in [lower, upper] {
            assert_eq!(ticks.get(tick), pool.ticks().get(tick));
        }
    }
    let text = serde_json::to_value(pool.ticks()).unwrap();
    let net = |at: usize| text["ticks"][at][1]["net"].clone();
    assert_eq!(net(0), json!(liquidity.to_string()));
    assert_eq!(net(1), json!(format!("-{liquidity}")));
    let read = |key: &str, value| {
        let mut text = text.clone();
        text[key] = value;
        serde_json::from_value::<FixedTicks<4>>(text)
    };
    assert!(read("len", json!(5)).is_err() && read("len", json!(4)).is_err());
    assert!(read("len", json!(1)).is_ok());
    let [low, high] = [0, 1].map(|at| text["ticks"][at].clone());
    let nothing = text["ticks"][2].clone();
    assert!(read("ticks", json!([low, high, nothing, nothing])).is_ok());
    assert!(read("ticks", json!([high, low, nothing, nothing])).is_err());
    assert!(read("ticks", json!([low, low, nothing, nothing])).is_err());
}

#[test]
fn a_weighted_pool_is_arrays_of_texts() {
    let fee = json!({ "numerator": "3", "denominator": "1000" });
    let text = json!({
        "reserves": ["16", "16", u128::MAX.to_string()],
        "weights": ["0.5", "0.3", "0.2"],
        "shares": weighted().shares().get().to_string(),
        "fee": fee,
    });
    assert_eq!(serde_json::to_value(weighted()).unwrap(), text);
    for (key, value) in [
        ("weights", json!(["0.5", "0.5"])),
        ("weights", json!(["0.5", "0.3", "0.3"])),
        ("reserves", json!(["16", "0", "16"])),
    ] {
        let mut text = text.clone();
        text[key] = value;
        assert!(
            serde_json::from_value::<Weighted<3>>(text).is_err(),
            "{key}"
        );
    }
}

#[test]
fn a_ladder_is_read_only_as_it_stands() {
    let text = serde_json::to_value(ladder()).unwrap();
    let none = json!({ "price": "0", "amount": "0" });
    assert_eq!(text["bids"], json!([{ "price": "3", "amount": "7" }, none]));
    for (key, levels) in [
        ("bids", json!([{ "price": "4", "amount": "7" }, none])),
        ("bids", json!([none, { "price": "3", "amount": "7" }])),
        (
            "asks",
            json!([{ "price": "4", "amount": "7" }, { "price": "4", "amount": "7" }]),
        ),
        ("asks", json!([{ "price": "4", "amount": "0" }, none])),
    ] {
        let mut text = text.clone();
        text[key] = levels;
        assert!(serde_json::from_value::<Ladder<2>>(text).is_err(), "{key}");
    }
}

#[test]
fn a_primary_market_is_read_only_with_sums_that_calls_lead_to() {
    let (market, ticket) = primary_market();
    let text = serde_json::to_value(market).unwrap();
    for (key, value) in [
        ("served", json!("7")),
        ("outstanding", json!("3")),
        ("served_in_period", json!("3")),
        ("reserved", json!("3")),
        ("last", json!("8")),
    ] {
        let mut text = text.clone();
        assert!(text.get(key).is_some(), "{key}");
        text[key] = value;
        assert!(
            serde_json::from_value::<PrimaryMarket>(text).is_err(),
            "{key}"
        );
    }
    let text = serde_json::to_value(ticket).unwrap();
    assert_eq!(text, json!({ "paid_to": "2", "end": "6" }));
    let beyond = json!({ "paid_to": "7", "end": "6" });
    assert!(serde_json::from_value::<Ticket>(beyond).is_err());
}

#[test]
fn what_restore_refuses_is_not_read() {
    let mut text = serde_json::to_value(pool()).unwrap();
    text["reserve0"] = "0".into();
    let error = serde_json::from_value::<ConstantProduct>(text).unwrap_err();
    assert_eq!(error.to_string(), "the reserve of a token is 0, below 1");
    // A fee of all: 10 parts of 10.
    let bytes = [10_u64, 10].map(u64::to_le_bytes).concat();
    assert!(Fee::try_from_slice(&bytes).is_err());
    assert!(Fee::decode(&mut bytes.as_slice()).is_err());
}

fn stable_pool() -> StableSwap<3> {
    let (amplification, rate) = (Amplification::from_hundredths(8_550), 10_u128.pow(18));
    let reserves = [Amount::new(1_000), Amount::new(2_000), Amount::new(5)];
    let rates = [rate, 2 * rate, 10_u128.pow(30)];
    StableSwap::new(amplification.unwrap(), Fee::NONE, rates, reserves).unwrap()
}

#[test]
fn a_stable_pool_is_read_as_it_was_written() {
    let pool = stable_pool();
    assert_eq!(by_each(&pool), [pool; 3]);
    let mut empty = pool;
    empty.remove_liquidity(empty.shares()).unwrap();
    assert_eq!(by_each(&empty), [empty; 3]);
    let amplification = pool.amplification();
    assert_eq!(by_each(&amplification), [amplification; 3]);
    let text = json!({
        "reserves": ["1000", "2000", "5"],
        "rates": ["1000000000000000000", "2000000000000000000", 10_u128.pow(30).to_string()],
        "amplification": { "hundredths": 8_550 },
        "fee": { "numerator": "0", "denominator": "1" },
        "shares": pool.shares().to_string(),
    });
    assert_eq!(serde_json::to_value(pool).unwrap(), text);
}

#[test]
fn a_stable_pool_that_restore_refuses_is_not_read() {
    let text = serde_json::to_value(stable_pool()).unwrap();
    let refused = |key: &str, value: serde_json::Value| {
        let mut text = text.clone();
        text[key] = value;
        let error = serde_json::from_value::<StableSwap<3>>(text).unwrap_err();
        error.to_string()
    };
    let reserves = refused("reserves", json!(["1", "0", "1"]));
    assert_eq!(reserves, "the reserve of a token is 0, below 1");
    let shares = refused("shares", "0".into());
    assert_eq!(shares, "the reserve of a token is 1000, above 0");
    let short = refused("reserves", json!(["1", "2"]));
    assert_eq!(short, "invalid length 2, expected 3 numbers");
    let amplification = refused("amplification", json!({ "hundredths": 99 }));
    assert_eq!(
        amplification,
        "the amplification in hundredths is 99, below 100"
    );
    let bytes = borsh::to_vec(&stable_pool()).unwrap();
    let mut none = bytes.clone();
    none[..16].fill(0);
    assert!(StableSwap::<3>::try_from_slice(&bytes).is_ok());
    assert!(StableSwap::<3>::try_from_slice(&none).is_err());
    assert!(StableSwap::<3>::decode(&mut none.as_slice()).is_err());
}

#[test]
fn the_closed_forms_are_read_as_they_were_written() {
    let (one, start) = (Ratio::ONE, Timestamp::new(9));
    let market = Kyle::new(Ratio::new(1, 5).unwrap(), Amount::MAX).unwrap();
    assert_eq!(by_each(&market), [market; 3]);
    for times in BlockTimes::ALL {
        let arbitrage = Arbitrage::new(wad!("0.0025"), 7_200, Fee::UNISWAP_V2, times).unwrap();
        assert_eq!(by_each(&arbitrage), [arbitrage; 3]);
    }
    let mut book = ResilientBook::new(one, Ratio::from_integer(1_000), one, start).unwrap();
    book.execute(Sell::Token0, Amount::new(7), start).unwrap();
    assert_eq!(by_each(&book), [book; 3]);
    let schedule = OptimalSchedule::new(Amount::new(7), one, Span::new(9), 4).unwrap();
    assert_eq!(by_each(&schedule), [schedule; 3]);
    let schedule = ContinuousSchedule::new(Amount::new(7), one, Span::new(9));
    assert_eq!(by_each(&schedule), [schedule; 3]);
}

#[test]
fn the_closed_forms_are_read_only_as_they_are_made() {
    let (one, start) = (Ratio::ONE, Timestamp::new(9));
    let book = ResilientBook::new(one, Ratio::from_integer(1_000), one, start).unwrap();
    let text = serde_json::to_value(book).unwrap();
    for (bought, sold, is_read) in [(1, 1, false), (0, 1_001, false), (0, 1_000, true)] {
        let mut text = text.clone();
        text["impact"] = json!({ "bought": bought.to_string(), "sold": sold.to_string() });
        assert_eq!(
            serde_json::from_value::<ResilientBook>(text).is_ok(),
            is_read
        );
    }
    let market = Kyle::new(one, Amount::new(1)).unwrap();
    let mut text = serde_json::to_value(market).unwrap();
    text["noise"] = json!("0");
    assert!(serde_json::from_value::<Kyle>(text).is_err());
    let schedule = OptimalSchedule::new(Amount::new(7), one, Span::new(9), 4).unwrap();
    let mut text = serde_json::to_value(schedule).unwrap();
    text["intervals"] = json!(0);
    assert!(serde_json::from_value::<OptimalSchedule>(text).is_err());
    let arbitrage = Arbitrage::new(wad!("1"), 1, Fee::NONE, BlockTimes::Poisson).unwrap();
    let mut text = serde_json::to_value(arbitrage).unwrap();
    text["blocks"] = json!(0);
    assert!(serde_json::from_value::<Arbitrage>(text).is_err());
}

#[test]
fn weights_in_time_are_read_as_they_were_written() {
    let sets = [
        ["0.5", "0.3", "0.2"].map(|text| text.parse().unwrap()),
        ["0.1", "0.1", "0.8"].map(|text| text.parse().unwrap()),
    ];
    let [start, end] = [9, 10].map(Timestamp::new);
    let gradual = GradualWeights::new(start, end, sets[0], sets[1]).unwrap();
    assert_eq!(by_each(&gradual), [gradual; 3]);
    let text = json!({
        "start": serde_json::to_value(start).unwrap(),
        "end": serde_json::to_value(end).unwrap(),
        "start_weights": ["0.5", "0.3", "0.2"],
        "end_weights": ["0.1", "0.1", "0.8"],
    });
    assert_eq!(serde_json::to_value(gradual).unwrap(), text);
    for (key, value) in [
        ("end", text["start"].clone()),
        ("start_weights", json!(["0.5", "0.3", "0.1"])),
        ("end_weights", json!(["0", "0.2", "0.8"])),
        ("end_weights", json!(["0.2", "0.8"])),
    ] {
        let mut text = text.clone();
        text[key] = value;
        let read = serde_json::from_value::<GradualWeights<3>>(text);
        assert!(read.is_err(), "{key}");
    }
}
