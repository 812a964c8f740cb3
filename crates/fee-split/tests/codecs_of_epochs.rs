//! What is stored of epochs is read back as it was, and what no calls lead to is not read at all.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::{json, Value};
use tokenomics_fee_split::{
    EpochCursor, EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, Epochs,
    EpochsState, LinearEpochs, ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

fn by_each<T>(value: &T) -> [T; 3]
where
    T: serde::Serialize + serde::de::DeserializeOwned,
    T: borsh::BorshSerialize + BorshDeserialize + Encode + Decode + MaxEncodedLen,
{
    let text = serde_json::to_string(value).unwrap();
    let (borsh, scale) = (borsh::to_vec(value).unwrap(), value.encode());
    assert!(scale.len() <= T::max_encoded_len());
    let mut input = scale.as_slice();
    let read = [
        serde_json::from_str(&text).unwrap(),
        T::try_from_slice(&borsh).unwrap(),
        T::decode(&mut input).unwrap(),
    ];
    assert!(input.is_empty());
    read
}

fn terms() -> EpochTerms {
    EpochTerms::new(EpochTermsParams {
        start: Timestamp::new(100),
        length: Span::new(10),
        reading: EpochReading::Last,
        zero_weight: ZeroWeight::Sink,
        claim_within: Some(Span::new(30)),
    })
    .unwrap()
}

/// Three entries, one of them swept, one read and one open, and a cursor that is owed a third.
fn ran() -> (Epochs<[EpochPot; 4]>, EpochCursor) {
    let mut epochs = Epochs::new(terms(), [EpochPot::EMPTY; 4]);
    for at in [100, 115, 141] {
        epochs.fund(Amount::new(10), Timestamp::new(at)).unwrap();
    }
    let thirds = (|_| U256::from(3), |_| U256::ONE);
    let mut cursor = EpochCursor::new();
    let claimed = epochs.claim(&mut cursor, &thirds, Timestamp::new(141), 9);
    assert_eq!(claimed.unwrap().amount, Amount::new(3));
    let swept = epochs.sweep(thirds.0, Timestamp::new(141), 9).unwrap();
    assert_eq!(swept.amount, Amount::new(10));
    (epochs, cursor)
}

#[test]
fn every_type_is_read_as_it_was_written() {
    let (epochs, cursor) = ran();
    let state = epochs.state();
    assert_eq!((state.entries, state.read, state.swept), (3, 2, 1));
    assert_eq!(by_each(&state), [state; 3]);
    assert_eq!(by_each(&state.terms), [state.terms; 3]);
    assert_eq!(by_each(&cursor), [cursor; 3]);
    for entry in *epochs.entries() {
        assert_eq!(by_each(&entry), [entry; 3]);
    }
    assert_eq!(Epochs::restore(state, *epochs.entries()), Ok(epochs));
}

#[test]
fn people_read_amounts_as_strings_and_choices_as_words() {
    let (epochs, cursor) = ran();
    let terms = json!({
        "start": "100", "length": "10", "reading": "last", "zero_weight": "sink",
        "claim_within": "30",
    });
    assert_eq!(serde_json::to_value(epochs.state().terms).unwrap(), terms);
    let third = "113427455640312821154458202477256070485";
    let expected = json!({"next": 2, "owed": third});
    assert_eq!(serde_json::to_value(cursor).unwrap(), expected);
    let entry = serde_json::to_value(epochs.entries()[2]).unwrap();
    assert_eq!(
        entry,
        json!({"epoch": "4", "pot": "10", "weight": "0", "left": "0"})
    );
}

/// The bytes of stored values: integers in little endian, in the order of the fields.
#[test]
fn stored_bytes_stay_as_they_are() {
    let (epochs, cursor) = ran();
    let wide = |number: U256| (number.low(), number.high());
    let of_terms = (100_u64, 10_u64, 1_u8, 1_u8, Some(30_u64));
    let state = epochs.state();
    let counts = (3_u32, 2_u32, 1_u32);
    let amounts = (30_u128, 3_u128, 10_u128, 0_u128, 0_u128);
    let of_state = (of_terms, 141_u64, counts, amounts, wide(state.owed), 0_u128);
    assert_eq!(
        borsh::to_vec(&state).unwrap(),
        borsh::to_vec(&of_state).unwrap()
    );
    assert_eq!(state.encode(), of_state.encode());
    let entry = epochs.entries()[1];
    let of_entry = (1_u64, 10_u128, wide(U256::from(3)), wide(entry.left()));
    assert_eq!(
        borsh::to_vec(&entry).unwrap(),
        borsh::to_vec(&of_entry).unwrap()
    );
    assert_eq!(entry.encode(), of_entry.encode());
    let of_cursor = (2_u32, wide(cursor.owed()));
    assert_eq!(
        borsh::to_vec(&cursor).unwrap(),
        borsh::to_vec(&of_cursor).unwrap()
    );
    assert_eq!(cursor.encode(), of_cursor.encode());
    // What a chain has to have room for.
    let lengths = [
        EpochsState::max_encoded_len(),
        EpochPot::max_encoded_len(),
        EpochCursor::max_encoded_len(),
    ];
    assert_eq!(lengths, [175, 88, 36]);
}

#[test]
fn terms_and_entries_that_cannot_be_are_not_read() {
    let (epochs, _) = ran();
    let change = |mut stored: Value, field: &str, value: Value| {
        stored[field] = value;
        stored
    };
    let terms = serde_json::to_value(epochs.state().terms).unwrap();
    for (field, value) in [
        ("length", json!("0")),
        ("claim_within", json!("0")),
        ("reading", json!("middle")),
        ("zero_weight", json!("burn")),
        ("surprise", json!(0)),
    ] {
        let stored = change(terms.clone(), field, value);
        assert!(
            serde_json::from_value::<EpochTerms>(stored).is_err(),
            "{field}"
        );
    }
    let unbounded = change(terms, "claim_within", Value::Null);
    assert!(serde_json::from_value::<EpochTerms>(unbounded).is_ok());
    let entry = serde_json::to_value(epochs.entries()[1]).unwrap();
    for (field, value) in [
        ("pot", json!("6")),
        ("weight", json!("0")),
        ("epoch", json!(-1)),
    ] {
        let stored = change(entry.clone(), field, value);
        assert!(
            serde_json::from_value::<EpochPot>(stored).is_err(),
            "{field}"
        );
    }
    let mut bytes = borsh::to_vec(&epochs.state().terms).unwrap();
    bytes[8] = 0;
    let refused = EpochTerms::try_from_slice(&bytes).unwrap_err();
    assert_eq!(refused.to_string(), "the length of an epoch");
    assert!(EpochTerms::decode(&mut bytes.as_slice()).is_err());
}

#[test]
fn sums_are_read_as_they_were_written() {
    let params = EpochTermsParams {
        start: Timestamp::new(2),
        length: Span::new(10),
        reading: EpochReading::First,
        zero_weight: ZeroWeight::Hold,
        claim_within: None,
    };
    let terms = EpochTerms::new(params).unwrap();
    let stores = ([EpochPot::EMPTY; 2], [EpochSum::ZERO; 2]);
    let mut epochs = LinearEpochs::new(terms, stores.0, stores.1).unwrap();
    epochs.fund(Amount::new(5), Timestamp::new(2)).unwrap();
    let closed = epochs.close(|_| U256::from(4), Timestamp::new(12), 1);
    assert_eq!(closed, Ok(true));
    let (state, (entries, sums)) = (epochs.state(), epochs.stores());
    assert_eq!(by_each(&state), [state; 3]);
    assert_eq!(by_each(&sums[0]), [sums[0]; 3]);
    assert_eq!(LinearEpochs::restore(state, *entries, *sums), Ok(epochs));
    // 5/4 and 10/4, with 384 bits of fractions, the lowest first.
    let wide = |whole: u128, quarters: u128| [0, 0, quarters << 126, whole];
    let of_sum = (wide(1, 1), wide(2, 2));
    assert_eq!(sums[0].encode(), of_sum.encode());
    assert_eq!(
        borsh::to_vec(&sums[0]).unwrap(),
        borsh::to_vec(&of_sum).unwrap()
    );
    assert_eq!(EpochSum::max_encoded_len(), 128);
    let halves = |[a, b, c, d]: [u128; 4]| [U256::new(b, a), U256::new(d, c)];
    let sum = EpochSum::restore(halves(of_sum.0), halves(of_sum.1));
    assert_eq!(sum, sums[0]);
    assert_eq!(sum.per_weight(), halves(of_sum.0));
    assert_eq!(sum.per_weight_time(), halves(of_sum.1));
}
