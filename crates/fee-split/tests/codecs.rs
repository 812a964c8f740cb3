//! What is written is read back as it was, and what no calls lead to is not read at all.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode};
use serde_json::{json, Value};
use tokenomics_fee_split::{Position, RewardPool, WeightedSplit};
use tokenomics_fixed_math::{Amount, U256};

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

/// A pool with a remainder, and a position that is owed a fraction.
fn ran() -> (RewardPool, Position) {
    let (mut pool, mut alice, mut bob) = (RewardPool::new(), Position::new(), Position::new());
    pool.set_shares(&mut alice, 2).unwrap();
    pool.set_shares(&mut bob, u128::MAX - 9).unwrap();
    pool.fund(Amount::new(1_000)).unwrap();
    pool.claim(&mut bob).unwrap();
    pool.set_shares(&mut bob, 0).unwrap();
    pool.set_shares(&mut alice, 0).unwrap();
    pool.fund(Amount::new(50)).unwrap();
    (pool, alice)
}

#[test]
fn every_type_is_read_as_it_was_written() {
    let (pool, alice) = ran();
    assert_eq!(by_each(&pool), [pool; 3]);
    assert_eq!(by_each(&alice), [alice; 3]);
    assert_eq!(by_each(&RewardPool::new()), [RewardPool::new(); 3]);
    let split = WeightedSplit::new([0, 1, u64::MAX]).unwrap();
    assert_eq!(by_each(&split), [split; 3]);
    let long = WeightedSplit::new([3; 40]).unwrap();
    assert_eq!(by_each(&long), [long; 3]);
}

#[test]
fn weights_are_integers_and_shares_and_amounts_are_strings() {
    let split = WeightedSplit::new([50, 30, 20]).unwrap();
    assert_eq!(serde_json::to_value(split).unwrap(), json!([50, 30, 20]));
    let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut alice, 4).unwrap();
    pool.fund(Amount::new(1)).unwrap();
    let quarter = "85070591730234615865843651857942052864";
    assert_eq!(
        serde_json::to_value(pool).unwrap(),
        json!({
            "total_shares": "4", "accumulated": quarter, "rest": "0",
            "funded": "1", "paid": "0", "unallocated": "0",
        })
    );
    assert_eq!(
        serde_json::to_value(alice).unwrap(),
        json!({"shares": "4", "checkpoint": "0", "owed": "0"})
    );
}

#[test]
fn weights_of_nothing_or_of_another_number_are_not_read() {
    let read = serde_json::from_value::<WeightedSplit<2>>;
    assert!(read(json!([0, 1])).is_ok());
    for wrong in [
        json!([0, 0]),
        json!([1]),
        json!([1, 2, 3]),
        json!(["1", "2"]),
    ] {
        assert!(read(wrong.clone()).is_err(), "{wrong}");
    }
    // borsh names the quantity.
    let borsh = WeightedSplit::<2>::try_from_slice(&[0; 16]).unwrap_err();
    assert_eq!(borsh.to_string(), "the sum of the weights");
    assert!(WeightedSplit::<2>::decode(&mut [0; 16].as_slice()).is_err());
}

/// The bytes of stored values: integers in little endian, in the order of the fields.
#[test]
fn stored_bytes_stay_as_they_are() {
    let (pool, alice) = ran();
    let state = pool.state();
    let wide = |number: U256| (number.low(), number.high());
    let of_pool = (
        (
            state.total_shares.get(),
            wide(state.accumulated),
            state.rest.get(),
        ),
        (
            state.funded.get(),
            state.paid.get(),
            state.unallocated.get(),
        ),
    );
    let of_alice = (alice.shares(), wide(alice.checkpoint()), wide(alice.owed()));
    assert_eq!(
        borsh::to_vec(&pool).unwrap(),
        borsh::to_vec(&of_pool).unwrap()
    );
    assert_eq!(pool.encode(), of_pool.encode());
    assert_eq!(by_each(&state), [state; 3]);
    assert_eq!(
        borsh::to_vec(&alice).unwrap(),
        borsh::to_vec(&of_alice).unwrap()
    );
    assert_eq!(alice.encode(), of_alice.encode());
    let split = WeightedSplit::new([3, 0, 7]).unwrap();
    let weights = [3_u64, 0, 7];
    assert_eq!(
        borsh::to_vec(&split).unwrap(),
        borsh::to_vec(&weights).unwrap()
    );
    assert_eq!(split.encode(), weights.encode());
}

/// Each line changes one thing of a valid pool so that no calls lead to it.
#[test]
fn a_pool_that_cannot_be_is_not_read() {
    let (pool, _) = ran();
    let valid = serde_json::to_value(pool).unwrap();
    assert!(serde_json::from_value::<RewardPool>(valid.clone()).is_ok());
    assert_eq!(
        (pool.funded(), pool.paid()),
        (Amount::new(1_050), Amount::new(999))
    );
    assert_eq!(
        (pool.unallocated(), pool.outstanding()),
        (Amount::new(50), Amount::new(1))
    );
    assert_ne!(valid["rest"], json!("0"));
    let wrong: [(&str, Value); 7] = [
        ("paid", json!("1001")),      // more than was distributed
        ("paid", json!("1000")),      // and a remainder of nothing
        ("unallocated", json!("52")), // with what is paid, more than was funded
        ("unallocated", json!("1051")),
        ("funded", json!("49")),
        // 1,000 units a share, and a hair.
        (
            "accumulated",
            json!("340282366920938463463374607431768211456001"),
        ),
        ("surprise", json!("0")),
    ];
    for (field, value) in wrong {
        let mut stored = valid.clone();
        stored[field] = value.clone();
        let read = serde_json::from_value::<RewardPool>(stored);
        assert!(read.is_err(), "{field}: {value}");
    }
}
