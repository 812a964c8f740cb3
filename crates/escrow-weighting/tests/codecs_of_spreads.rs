//! What is kept of delegations, gauges and votes is read as it was written, and what a constructor
//! refuses is not read at all.
#![cfg(all(
    feature = "alloc",
    feature = "serde",
    feature = "borsh",
    feature = "scale"
))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::{json, Value};
use tokenomics_escrow_weighting::{
    Choice, Closed, Conviction, Delegated, Delegations, GaugeKey, GaugeVote, Gauges, Listing, Lock,
    LockKind, NamedHead, Shares, Support, Tally, TotalsByName,
};
use tokenomics_fixed_math::{fraction, Amount, Fraction, Timestamp, U256};

#[path = "laws/named.rs"]
mod named;

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
    // Through a tree, which has no integers above 64 bits: they are written as text.
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    let bytes = borsh::to_vec(value).unwrap();
    assert_eq!(&T::try_from_slice(&bytes).unwrap(), value);
    assert_eq!(bytes, value.encode(), "one form");
    assert_eq!(&T::decode(&mut bytes.as_slice()).unwrap(), value);
    assert!(value.encoded_size() <= T::max_encoded_len());
}

fn shares() -> Shares<u8, 3> {
    Shares::new(&[(7, fraction!("0.25")), (9, fraction!("0.5"))]).unwrap()
}

fn lock() -> Lock {
    let (level, end) = (u128::MAX >> 1, None);
    Lock::new(Amount::MAX, LockKind::Constant { level, end }).unwrap()
}

fn delegated() -> Delegated<u8, 3> {
    let (to, expires) = (shares(), Some(Timestamp::MAX));
    Delegated {
        owner: 1,
        lock: lock(),
        to,
        expires,
    }
}

#[test]
fn what_a_holder_keeps_is_read_as_it_was_written() {
    check_read(&shares());
    check_read(&Shares::<u8, 0>::none());
    check_read(&Shares::<u8, 3>::none());
    check_read(&delegated());
    check_read(&Delegated::<u8, 3>::to_nobody(1, lock()));
    check_read(&GaugeVote {
        lock: lock(),
        on: shares(),
    });
    // Names that can't be copied.
    let named = Shares::<String, 2>::new(&[("bob".into(), Fraction::ONE)]).unwrap();
    let written = serde_json::to_value(&named).unwrap();
    assert_eq!(written, json!({"to": [["bob", "1"], null]}));
    let read: Shares<String, 2> = serde_json::from_value(written).unwrap();
    assert_eq!(read, named);
}

#[test]
fn what_a_program_keeps_is_read_as_it_was_written() {
    let closed = Closed::before(at(u64::MAX - 1), Timestamp::MAX).unwrap();
    check_read(&closed);
    let mut tally = Tally::new(closed);
    check_read(&tally);
    for (choice, weight) in [(Choice::For, 1), (Choice::Against, 2), (Choice::Abstain, 3)] {
        check_read(&choice);
        tally.count(choice, U256::new(weight, 4)).unwrap();
    }
    check_read(&tally);
    let conviction = Conviction::new(fraction!("0.9")).unwrap();
    check_read(&conviction);
    let support = conviction.stake(Support::NONE, at(3), Amount::new(7));
    check_read(
        &conviction
            .stake(support.unwrap(), at(8), Amount::new(9))
            .unwrap(),
    );
}

#[test]
fn what_a_chain_keeps_of_totals_is_read_as_it_was_written() {
    let mut powers = Delegations::with_totals(named::Storage::<u8>::default());
    let lock = Lock::new(
        Amount::new(8),
        LockKind::Decaying {
            rate: 3,
            end: at(90),
        },
    )
    .unwrap();
    let one = Delegated {
        lock,
        ..delegated()
    };
    powers.settle(at(4), &[], &[one]).unwrap();
    check_read(&powers.totals().head(&7).unwrap());
    check_read(&NamedHead::NONE);
    powers.totals().nodes.values().for_each(check_read);
    powers.totals().checkpoints.values().for_each(check_read);

    let mut gauges = Gauges::with_store(named::GaugeStorage::<u8>::default());
    check_read(&gauges.head());
    for gauge in 0..3 {
        gauges.add(at(1), gauge).unwrap();
    }
    gauges.remove(at(2), &0).unwrap();
    gauges.remove(at(3), &1).unwrap();
    check_read(&gauges.head());
    gauges
        .store()
        .listings
        .values()
        .for_each(check_read::<Listing>);
    for key in [GaugeKey::All, GaugeKey::Unallocated, GaugeKey::Gauge(7_u8)] {
        check_read(&key);
    }
}

#[test]
fn what_a_constructor_refuses_is_not_read() {
    let read = |to: Value| serde_json::from_value::<Shares<u8, 3>>(json!({ "to": to }));
    assert_eq!(
        read(json!([[7, "0.25"], [9, "0.5"], null])).unwrap(),
        shares()
    );
    assert!(read(json!([[7, "0.5"], [9, "0.5"], [9, "0.000000000000000001"]])).is_err());
    assert!(read(json!([null, [7, "0.25"], [9, "0.5"]])).is_err());
    assert!(read(json!([[7, "0.25"], [9, "0.5"]])).is_err());
    let half = |name: u8| Some((name, fraction!("0.6")));
    let above = [half(1), half(2)];
    let refused = Shares::<u8, 2>::try_from_slice(&borsh::to_vec(&above).unwrap()).unwrap_err();
    assert_eq!(refused.to_string(), "the sum of shares");
    assert!(Shares::<u8, 2>::decode(&mut above.encode().as_slice()).is_err());

    let tally = (at(3), U256::MAX, U256::ONE, U256::ZERO);
    assert!(Tally::try_from_slice(&borsh::to_vec(&tally).unwrap()).is_err());
    assert!(Tally::decode(&mut tally.encode().as_slice()).is_err());
    assert!(Closed::decode(&mut Timestamp::MAX.encode().as_slice()).is_err());
    assert!(Conviction::decode(&mut [0; 8].as_slice()).is_err());
}

/// The bytes of stored values, which a new version has to read: integers in little endian, in the order
/// of the fields.
#[test]
fn stored_bytes_stay_as_they_are() {
    let (time, raw) = (
        |time: u64| time.to_le_bytes(),
        |part: Fraction| part.raw().to_le_bytes(),
    );
    let (quarter, half) = (raw(fraction!("0.25")), raw(fraction!("0.5")));
    let of_shares = [Some((7_u8, quarter)), Some((9, half)), None].encode();
    let read = Shares::<u8, 3>::decode(&mut of_shares.as_slice()).unwrap();
    assert_eq!(read, shares());

    let of_lock = lock().encode();
    let expires = Some(time(u64::MAX)).encode();
    let of_one = [&[1][..], &of_lock, &of_shares, &expires].concat();
    assert_eq!(Delegated::try_from_slice(&of_one).unwrap(), delegated());
    let of_vote = [&of_lock[..], &of_shares].concat();
    let vote = GaugeVote::<u8, 3>::try_from_slice(&of_vote).unwrap();
    assert_eq!((vote.lock, vote.on), (lock(), shares()));

    let support = Support {
        staked: Amount::new(5),
        conviction: Amount::new(6),
        part: 7,
        since: at(8),
    };
    let of_support = (5_u128.to_le_bytes(), 6_u128.to_le_bytes(), time(7), time(8));
    assert_eq!(
        Support::decode(&mut of_support.encode().as_slice()),
        Ok(support)
    );

    // No root, no leaf and no branch, none of either that is free; and no checkpoint.
    let of_head = [&5_u128.to_le_bytes()[..], &[0xff; 4], &[0; 5 + 5 + 4]].concat();
    let head = NamedHead::try_from_slice(&of_head).unwrap();
    assert_eq!((head.held, head.sum), (Amount::new(5), NamedHead::NONE.sum));

    let listing = Listing {
        since: at(3),
        removed: Some(at(4)),
        number: 5,
        removed_before: Some(6),
    };
    let of_listing = (time(3), Some(time(4)), 5_u32, Some(6_u32)).encode();
    assert_eq!(Listing::decode(&mut of_listing.as_slice()), Ok(listing));
    assert_eq!(GaugeKey::Gauge(7_u8).encode(), [2, 7]);
    assert_eq!(
        [GaugeKey::<u8>::All, GaugeKey::Unallocated].encode(),
        [0, 1]
    );
}
