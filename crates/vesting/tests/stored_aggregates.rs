//! An aggregate in a chain's storage: its head and its nodes are read as they were written.
#![cfg(all(
    feature = "alloc",
    feature = "serde",
    feature = "borsh",
    feature = "scale"
))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Aggregate, AggregateHead, Cliff, Error, Linear, Node};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn check_read<T>(value: &T)
where
    T: serde::Serialize
        + serde::de::DeserializeOwned
        + borsh::BorshSerialize
        + BorshDeserialize
        + Encode
        + Decode
        + MaxEncodedLen
        + PartialEq
        + core::fmt::Debug,
{
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    let bytes = borsh::to_vec(value).unwrap();
    assert_eq!(&T::try_from_slice(&bytes).unwrap(), value);
    assert_eq!(&T::decode(&mut value.encode().as_slice()).unwrap(), value);
    assert!(value.encoded_size() <= T::max_encoded_len());
}

fn summed() -> Aggregate<Vec<Node>> {
    let mut all = Aggregate::new(Vec::new());
    let line = Linear::new(at(0), at(3), Amount::new(10)).unwrap();
    let cliff = Cliff::new(at(7), Amount::MAX.checked_sub(Amount::new(10)).unwrap());
    all.add(&line).unwrap();
    all.add(&cliff).unwrap();
    all.add(&Cliff::new(at(9), Amount::ZERO)).unwrap();
    all.remove(&Cliff::new(at(9), Amount::ZERO)).unwrap();
    all
}

#[test]
fn a_head_and_nodes_are_read_as_they_were_written() {
    let all = summed();
    check_read(&all.head());
    all.nodes().iter().for_each(check_read);
    check_read(&Aggregate::new(Vec::<Node>::new()).head());
}

#[test]
fn nodes_of_another_head_are_refused() {
    let (empty, mut all) = (Aggregate::new(Vec::<Node>::new()).head(), summed());
    let (total, added, last) = (Amount::ZERO, Amount::MAX, Timestamp::MAX);
    let refused = Aggregate::resume(all.head(), Vec::<Node>::new()).map(drop);
    let other = Error::NotThese {
        total,
        added,
        at: last,
    };
    assert_eq!(refused, Err(other));
    // Nothing of it is told by an empty head, so it is as good as empty.
    assert!(Aggregate::resume(empty, all.nodes().clone()).is_ok());
    let before = all.head();
    all.remove(&Linear::new(at(0), at(3), Amount::new(10)).unwrap())
        .unwrap();
    assert!(Aggregate::resume(before, all.nodes().clone()).is_err());
}

/// The bytes of what is stored, which a new version has to read: integers in little endian, in the
/// order of the fields.
#[test]
fn stored_bytes_stay_as_they_are() {
    let mut all = Aggregate::new(Vec::new());
    all.add(&Cliff::new(at(7), Amount::new(5))).unwrap();
    let time = 7_u64.to_le_bytes();
    // A root that is leaf 0, one leaf that was taken and none that is free, and no branch.
    let head = [
        &[0_u8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
        &5_u128.to_le_bytes(),
    ]
    .concat();
    assert_eq!(all.head().encode(), head);
    assert_eq!(borsh::to_vec(&all.head()).unwrap(), head);
    // Taken, at 7, of no slope, 5 units in 2^-128, nothing uneven, behind which one change stands, and
    // without a branch.
    let own = [[0_u8; 48].as_slice(), &5_u128.to_le_bytes(), &[0; 8]].concat();
    let leaf = [time.as_slice(), &own, &1_u128.to_le_bytes()].concat();
    let node = [[1_u8].as_slice(), &leaf, &[0, 0]].concat();
    assert_eq!(all.nodes()[0].encode(), node);
    let read: (AggregateHead, Node) = (
        Decode::decode(&mut head.as_slice()).unwrap(),
        Node::try_from_slice(&node).unwrap(),
    );
    let read = Aggregate::resume(read.0, vec![read.1]).unwrap();
    assert_eq!(read.vested_at(at(7)).exact(), Some(Amount::new(5)));
}
