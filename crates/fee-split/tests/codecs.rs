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
fn weights_shares_and_amounts_are_strings() {
    let split = WeightedSplit::new([50, 30, 20]).unwrap();
    let weights = json!(["50", "30", "20"]);
    assert_eq!(serde_json::to_value(split).unwrap(), weights);
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
    assert!(read(json!([0, 1])).is_ok() && read(json!(["0", "1"])).is_ok());
    for wrong in [
        json!([0, 0]),
        json!([1]),
        json!([1, 2, 3]),
        json!(["1", "-2"]),
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

mod of_reward_pools {
    use super::*;
    use parity_scale_codec::MaxEncodedLen;
    use tokenomics_fee_split::{
        ClosedGeneration, MultiPosition, MultiRewardPool, RewardStream, Stake, StakePool,
        StakePoolState, StreamedPool, ZeroShares,
    };
    use tokenomics_fixed_math::{Ratio, Timestamp};

    fn at(time: u64) -> Timestamp {
        Timestamp::new(time)
    }

    fn fits<T: MaxEncodedLen + Encode>(value: &T) {
        assert!(value.encoded_size() <= T::max_encoded_len());
    }

    /// A chain's metadata names the types, and not what they are stored as.
    #[test]
    fn types_are_described_by_their_own_names() {
        fn name<T: scale_info::TypeInfo>() -> &'static str {
            T::type_info().path.ident().unwrap()
        }
        let names = [
            name::<RewardStream>(),
            name::<StreamedPool>(),
            name::<MultiRewardPool<2>>(),
            name::<MultiPosition<2>>(),
            name::<Stake>(),
            name::<ClosedGeneration>(),
            name::<ZeroShares>(),
        ];
        let own =
            "RewardStream StreamedPool MultiRewardPool MultiPosition Stake ClosedGeneration ZeroShares";
        assert_eq!(names.join(" "), own);
    }

    #[test]
    fn streams_and_their_pools_are_read_as_they_were_written() {
        let mut stream = RewardStream::new(at(3));
        stream.top_up(Amount::new(100), at(4), at(11)).unwrap();
        stream.release(at(6)).unwrap();
        assert_eq!(by_each(&stream), [stream; 3]);
        assert_eq!(by_each(&stream.state()), [stream.state(); 3]);
        fits(&stream);
        for rule in [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend] {
            let (mut pool, mut alice) = (StreamedPool::new(at(0), rule), Position::new());
            pool.top_up(Amount::new(100), at(1), at(8)).unwrap();
            pool.deposit(&mut alice, 3, at(5)).unwrap();
            pool.claim(&mut alice, at(6)).unwrap();
            assert_eq!(by_each(&pool), [pool; 3]);
            assert_eq!(by_each(&alice), [alice; 3]);
            fits(&pool);
        }
    }

    #[test]
    fn several_assets_and_stakes_are_read_as_they_were_written() {
        let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
        pool.deposit(&mut alice, 3).unwrap();
        pool.fund(Amount::new(10), 1).unwrap();
        assert_eq!(by_each(&pool), [pool; 3]);
        assert_eq!(by_each(&alice), [alice; 3]);
        fits(&pool);
        fits(&alice);

        let mut pool = StakePool::new([ClosedGeneration::NONE; 1]);
        let mut stake = Stake::new();
        pool.set_boost(&mut stake, Ratio::new(3, 2).unwrap())
            .unwrap();
        pool.deposit(&mut stake, Amount::new(5)).unwrap();
        pool.fund(Amount::new(5)).unwrap();
        pool.slash(Amount::new(5)).unwrap();
        assert_eq!(by_each(&pool.state()), [pool.state(); 3]);
        assert_eq!(by_each(&stake), [stake; 3]);
        assert_eq!(
            by_each(&pool.generations()[0]),
            *pool
                .generations()
                .each_ref()
                .map(|one| [*one; 3])
                .first()
                .unwrap()
        );
        fits(&stake);
        fits(&pool.state());
        fits(&pool.generations()[0]);
        // 5 shares of nothing, whose rewards ended at 1 unit for each.
        let closed = ClosedGeneration::restore(Amount::ZERO, 5, U256::new(0, 0)).unwrap();
        assert_eq!(closed.shares(), pool.generations()[0].shares());
    }

    /// Each changes one thing of a valid value so that no calls lead to it.
    #[test]
    fn what_cannot_be_is_not_read() {
        let mut pool = StreamedPool::new(at(0), ZeroShares::Extend);
        let mut alice = Position::new();
        pool.deposit(&mut alice, 3, at(0)).unwrap();
        pool.top_up(Amount::new(100), at(0), at(7)).unwrap();
        pool.claim(&mut alice, at(2)).unwrap();
        let valid = serde_json::to_value(pool).unwrap();
        assert!(serde_json::from_value::<StreamedPool>(valid.clone()).is_ok());
        let unit = "340282366920938463463374607431768211456";
        for (field, value) in [
            ("paid", json!("29")),
            ("paid", json!("101")),
            ("funded", json!("99")),
            ("unallocated", json!(unit)),
            ("rest", json!("340282366920938463463374607431768211455")),
            (
                "accumulated",
                json!("34028236692093846346337460743176821145600"),
            ),
            ("rule", json!("other")),
            ("surprise", json!("0")),
        ] {
            let mut stored = valid.clone();
            stored[field] = value.clone();
            let read = serde_json::from_value::<StreamedPool>(stored);
            assert!(read.is_err(), "{field}: {value}");
        }
        for (field, value) in [
            ("due", json!("1")),
            ("rate", json!("0")),
            ("rest", json!("0")),
        ] {
            let mut stored = valid.clone();
            stored["stream"][field] = value.clone();
            let read = serde_json::from_value::<StreamedPool>(stored);
            assert!(read.is_err(), "{field}: {value}");
        }
        let position = json!({"shares": "1", "checkpoint": "0", "owed": "0"});
        let mut other = position.clone();
        other["shares"] = json!("2");
        let read = serde_json::from_value::<MultiPosition<2>>;
        assert!(read(json!([position, position])).is_ok());
        assert!(read(json!([position, other])).is_err());
        assert!(read(json!([position])).is_err());
    }

    /// Each changes one thing of a pool of 8 shares of 7 units, after a generation that left nothing.
    #[test]
    fn a_pool_of_stakes_is_restored_up_to_its_bounds() {
        let generations = [ClosedGeneration::NONE; 1];
        let (mut pool, mut stake) = (StakePool::new(generations), Stake::new());
        pool.deposit(&mut stake, Amount::new(1)).unwrap();
        pool.slash(Amount::new(1)).unwrap();
        pool.deposit(&mut stake, Amount::new(8)).unwrap();
        pool.slash(Amount::new(1)).unwrap();
        let state = pool.state();
        let read = |state| StakePool::restore(state, *pool.generations()).is_ok();
        let with = |assets, shares| StakePoolState {
            assets: Amount::new(assets),
            shares: Amount::new(shares),
            ..state
        };
        assert!(read(with(8, 8)) && !read(with(9, 8)));
        assert!(read(with(7, 7 << 32)) && !read(with(7, (7 << 32) + 1)));
        assert!(!read(with(0, 8)) && !read(with(0, 0))); // weights of nothing
        let released = |released, generation| StakePoolState {
            released: Amount::new(released),
            generation,
            ..state
        };
        assert!(read(released(5, 1)) && !read(released(5, 0)) && read(released(0, 0)));
        assert!(!read(released(0, 2)) && !read(released(u128::MAX - 6, 1)));
        assert!(read(released(u128::MAX - 7, 1)));
    }
}
