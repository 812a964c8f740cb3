//! What is written of splits is read back as it was, and what no calls lead to is not read at all.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::json;
use tokenomics_fee_split::{
    ChangeRules, DelayedRates, ExactAmount, FlooredSplit, PendingPayout, ReferralChain,
    RemainderSplit, SplitStream, SurplusBuffer, Tier, Waterfall, WeightedSplit,
};
use tokenomics_fixed_math::{fraction, Amount, Fraction, Span, Timestamp};

fn by_each<T>(value: &T) -> [T; 3]
where
    T: serde::Serialize + serde::de::DeserializeOwned,
    T: borsh::BorshSerialize + BorshDeserialize + Encode + Decode + MaxEncodedLen,
{
    let text = serde_json::to_string(value).unwrap();
    let (borsh, scale) = (borsh::to_vec(value).unwrap(), value.encode());
    assert!(scale.len() <= T::max_encoded_len());
    [
        serde_json::from_str(&text).unwrap(),
        T::try_from_slice(&borsh).unwrap(),
        T::decode(&mut scale.as_slice()).unwrap(),
    ]
}

/// A stream that holds fractions.
fn ran() -> SplitStream<3> {
    let mut stream = SplitStream::new([3, 4, 0]).unwrap();
    let _ = stream.distribute(Amount::new(2));
    stream
}

#[test]
fn every_split_is_read_as_it_was_written() {
    let stream = ran();
    assert_eq!(stream.carried(), Amount::new(1));
    assert_eq!(by_each(&stream), [stream; 3]);
    assert_eq!(by_each(&stream.state()), [stream.state(); 3]);
    let weights = WeightedSplit::new([1, 0, 7]).unwrap();
    let (remainder, floored) = (RemainderSplit::new(weights), FlooredSplit::new(weights));
    assert_eq!(by_each(&remainder), [remainder; 3]);
    assert_eq!(by_each(&floored), [floored; 3]);
    assert_eq!(
        serde_json::to_value(floored).unwrap(),
        json!(["1", "0", "7"])
    );
}

#[test]
fn a_stream_is_weights_and_what_is_held() {
    let text = json!({
        "weights": ["3", "4", "0"],
        "held": [
            // 6/7 and 1/7 of a unit, and nothing.
            {"parts": "15811494920322472813", "rest": "5"},
            {"parts": "2635249153387078802", "rest": "2"},
            {"parts": "0", "rest": "0"},
        ],
    });
    assert_eq!(serde_json::to_value(ran()).unwrap(), text);
    let state = ran().state();
    let held = state.held.map(|held| (held.parts, held.rest));
    let bytes = (state.weights, held);
    assert_eq!(
        borsh::to_vec(&ran()).unwrap(),
        borsh::to_vec(&bytes).unwrap()
    );
    assert_eq!(ran().encode(), bytes.encode());
    assert_eq!(SplitStream::<3>::max_encoded_len(), 72);
}

#[test]
fn a_stream_that_cannot_be_is_not_read() {
    let valid = serde_json::to_value(ran()).unwrap();
    for (key, value) in [
        ("weights", json!([0, 0, 0])),
        ("weights", json!([3, 4])),
        ("weights", json!([3, 5, 0])), // other fractions
        ("weights", json!([u64::MAX, 4, 0])),
        (
            "held",
            json!([{"parts": 1, "rest": 0}, {"parts": "0", "rest": "0"}, {"parts": "0", "rest": "0"}]),
        ),
        ("surprise", json!(0)),
    ] {
        let mut text = valid.clone();
        text[key] = value;
        assert!(
            serde_json::from_value::<SplitStream<3>>(text.clone()).is_err(),
            "{text}"
        );
    }
    let borsh = SplitStream::<2>::try_from_slice(&[0; 48]).unwrap_err();
    assert_eq!(borsh.to_string(), "the sum of the weights");
}

#[test]
fn payouts_and_chains_are_read_as_they_were_written() {
    let owed = ExactAmount::new(Amount::new(7), fraction!("0.25")).unwrap();
    let payout = PendingPayout::restore(owed);
    assert_eq!(by_each(&owed), [owed; 3]);
    assert_eq!(by_each(&payout), [payout; 3]);
    let text = json!({"owed": {"whole": "7", "fraction": "0.25"}});
    assert_eq!(serde_json::to_value(payout).unwrap(), text);
    let chain = ReferralChain::new([fraction!("0.1"), fraction!("0.05")]).unwrap();
    assert_eq!(by_each(&chain), [chain; 3]);
    let text = json!(["0.1", "0.05"]);
    assert_eq!(serde_json::to_value(chain).unwrap(), text);
}

#[test]
fn whole_fractions_and_rising_shares_are_not_read() {
    let whole = json!({"whole": "7", "fraction": "1"});
    assert!(serde_json::from_value::<ExactAmount>(whole).is_err());
    let one = borsh::to_vec(&(7_u128, Fraction::SCALE)).unwrap();
    assert!(PendingPayout::try_from_slice(&one).is_err());
    let read = serde_json::from_value::<ReferralChain<2>>;
    assert!(read(json!(["0.5", "0.5"])).is_ok());
    assert!(read(json!(["0.4", "0.5"])).is_err());
    assert!(read(json!(["0.6", "0.5"])).is_err());
}

/// A waterfall whose second tier is being filled.
fn waterfall() -> Waterfall<2, 2> {
    let tiers =
        [(5, [1, 0]), (7, [1, 1])].map(|(cap, weights)| Tier::new(Amount::new(cap), weights));
    let residual = WeightedSplit::new([1, 3]).unwrap();
    let mut waterfall = Waterfall::new(tiers.map(Result::unwrap), residual).unwrap();
    let _ = waterfall.distribute(Amount::new(8)).unwrap();
    waterfall
}

#[test]
fn waterfalls_and_reserves_are_read_as_they_were_written() {
    let waterfall = waterfall();
    assert_eq!(by_each(&waterfall), [waterfall; 3]);
    assert_eq!(by_each(&waterfall.state()), [waterfall.state(); 3]);
    let held = json!([{"parts": "0", "rest": "0"}, {"parts": "0", "rest": "0"}]);
    let text = json!({
        "tiers": [
            {"cap": "5", "filled": "5", "weights": ["1", "0"]},
            {"cap": "7", "filled": "3", "weights": ["1", "1"]},
        ],
        "residual": {"weights": ["1", "3"], "held": held},
    });
    assert_eq!(serde_json::to_value(waterfall).unwrap(), text);
    let mut buffer = SurplusBuffer::new(Amount::new(9));
    let _ = buffer.fill(Amount::new(4));
    assert_eq!(by_each(&buffer), [buffer; 3]);
    let text = json!({"target": "9", "level": "4"});
    assert_eq!(serde_json::to_value(buffer).unwrap(), text);
}

#[test]
fn waterfalls_and_reserves_that_cannot_be_are_not_read() {
    let valid = serde_json::to_value(waterfall()).unwrap();
    for (tier, key, value) in [
        (0, "cap", json!("4")),
        (0, "cap", json!("6")),
        (1, "filled", json!("8")),
        (1, "weights", json!([0, 0])),
        (1, "surprise", json!(0)),
    ] {
        let mut text = valid.clone();
        text["tiers"][tier][key] = value;
        let read = serde_json::from_value::<Waterfall<2, 2>>(text.clone());
        assert!(read.is_err(), "{text}");
    }
    let above = borsh::to_vec(&(9_u128, 10_u128)).unwrap();
    let refused = SurplusBuffer::try_from_slice(&above).unwrap_err();
    assert_eq!(refused.to_string(), "the level of a reserve");
}

/// Rates of which a change is to come.
fn rates() -> DelayedRates<2> {
    let rules = ChangeRules {
        delay: Span::new(10),
        max_step: fraction!("0.2"),
    };
    let halves = [fraction!("0.5"), fraction!("0.5")];
    let mut rates = DelayedRates::new(halves, rules, Timestamp::new(5)).unwrap();
    let new = [fraction!("0.6"), fraction!("0.4")];
    rates.announce(new, Timestamp::new(6)).unwrap();
    rates
}

#[test]
fn delayed_rates_are_read_as_they_were_written() {
    let rates = rates();
    assert_eq!(by_each(&rates), [rates; 3]);
    assert_eq!(by_each(&rates.state()), [rates.state(); 3]);
    let text = json!({
        "rules": {"delay": Span::new(10), "max_step": "0.2"},
        "rates": ["0.5", "0.5"],
        "announced": {"rates": ["0.6", "0.4"], "effective": Timestamp::new(16)},
        "last": Timestamp::new(6),
    });
    assert_eq!(serde_json::to_value(rates).unwrap(), text);
    for (key, value) in [
        ("rates", json!(["0.5", "0.4"])),
        ("last", json!(Timestamp::new(16))),
        ("last", json!(Timestamp::new(5))),
        ("rules", json!({"delay": Span::new(0), "max_step": "0.2"})),
        ("rules", json!({"delay": Span::new(10), "max_step": "0.05"})),
    ] {
        let mut text = text.clone();
        text[key] = value;
        let read = serde_json::from_value::<DelayedRates<2>>(text.clone());
        assert!(read.is_err(), "{text}");
    }
}
