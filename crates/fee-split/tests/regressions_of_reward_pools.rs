//! Faults that other streams, stability pools and gauges had, and calls that must be refused.

use tokenomics_fee_split::{
    ClosedGeneration, Error, MultiPosition, MultiRewardPool, Position, Quantity, Stake, StakePool,
    StakePoolState, StakeState, Stream, StreamState, StreamedPool, StreamedPoolState, ZeroStake,
};
use tokenomics_fixed_math::{Amount, Ratio, Timestamp, U256};

const EMPTY: [ClosedGeneration; 2] = [ClosedGeneration::NONE; 2];

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn amount(units: u128) -> Amount {
    Amount::new(units)
}

fn out_of_range<T>(what: Quantity, value: u128, bound: u128) -> Result<T, Error> {
    Err(Error::OutOfRange { what, value, bound })
}

/// A pool of two stakes of 6 and 4.
fn staked() -> (StakePool<[ClosedGeneration; 2]>, [Stake; 2]) {
    let (mut pool, mut stakes) = (StakePool::new(EMPTY), [Stake::new(); 2]);
    pool.deposit(&mut stakes[0], amount(6)).unwrap();
    pool.deposit(&mut stakes[1], amount(4)).unwrap();
    (pool, stakes)
}

/// Popsicle moved shares without what they had been settled at.
#[test]
fn shares_handed_on_in_a_streamed_pool_take_no_rewards_along() {
    let mut pool = StreamedPool::new(at(0), ZeroStake::Hold);
    let [mut alice, mut bob, mut carol] = [Position::new(); 3];
    pool.deposit(&mut alice, 64, at(0)).unwrap();
    pool.top_up(amount(100), at(0), at(100)).unwrap();
    pool.transfer(&mut alice, &mut bob, 64, at(50)).unwrap();
    pool.transfer(&mut bob, &mut carol, 64, at(50)).unwrap();
    let claims = [&mut alice, &mut bob, &mut carol].map(|one| pool.claim(one, at(100)).unwrap());
    assert_eq!(claims.map(Amount::get), [50, 0, 50]);
}

/// A position that was copied can't be told from two, but no more is paid than has come.
#[test]
fn a_copied_position_is_paid_no_more_than_has_come() {
    let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroStake::Hold), Position::new());
    pool.deposit(&mut alice, 2, at(0)).unwrap();
    let mut copy = alice;
    pool.top_up(amount(16), at(0), at(4)).unwrap();
    assert_eq!(pool.claim(&mut alice, at(3)), Ok(amount(12)));
    let before = (pool, copy);
    let refused = pool.claim(&mut copy, at(3));
    assert_eq!(refused, out_of_range(Quantity::Claim, 12, 0));
    assert_eq!((pool, copy), before);
    // A position with more shares than there are isn't this pool's.
    let mut stranger = Position::restore(3, U256::ZERO, U256::ZERO);
    let refused = pool.set_shares(&mut stranger, 0, at(3));
    assert_eq!(refused, out_of_range(Quantity::Shares, 3, 2));
    let refused = pool.withdraw(&mut alice, 3, at(3));
    assert_eq!(refused, out_of_range(Quantity::Shares, 3, 2));
}

/// Of 10 over 3 seconds, 3.33 have come after one and 6.67 are to come: each is told in whole units that
/// nobody gains by.
#[test]
fn what_is_to_come_is_ceiled_and_what_has_come_floored() {
    let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroStake::Sink), Position::new());
    pool.top_up(amount(10), at(0), at(3)).unwrap();
    pool.settle(at(1)).unwrap();
    assert_eq!((pool.unallocated(), pool.to_come()), (amount(3), amount(7)));
    pool.deposit(&mut alice, 1, at(1)).unwrap();
    pool.settle(at(2)).unwrap();
    assert_eq!((pool.outstanding(), pool.to_come()), (amount(3), amount(4)));
    // A third of a unit that is the sink's, and one that is alice's.
    assert_eq!(pool.carried(amount(3)), Ok(Amount::ZERO));
    pool.settle(at(3)).unwrap();
    assert_eq!(
        (pool.outstanding(), pool.to_come()),
        (amount(6), Amount::ZERO)
    );
    assert_eq!(pool.carried(amount(6)), Ok(amount(1)));
}

/// A clock that runs back is told, and nothing has changed.
#[test]
fn a_streamed_pool_refuses_a_clock_that_ran_back() {
    for rule in [ZeroStake::Hold, ZeroStake::Sink, ZeroStake::Extend] {
        let mut pool = StreamedPool::new(at(9), rule);
        let before = pool;
        let (at, last) = (at(8), at(9));
        let (mut alice, mut bob) = (Position::new(), Position::new());
        let refused = [
            pool.deposit(&mut alice, 1, at),
            pool.withdraw(&mut alice, 0, at),
            pool.set_shares(&mut alice, 1, at),
            pool.transfer(&mut alice, &mut bob, 0, at),
            pool.claim(&mut alice, at).map(drop),
            pool.compound(&mut alice, at).map(drop),
            pool.top_up(amount(1), at, Timestamp::MAX),
            pool.take_unallocated(at).map(drop),
            pool.settle(at),
        ];
        assert_eq!(refused, [Err(Error::Backdated { at, last }); 9]);
        assert_eq!((pool, alice), (before, Position::new()));
    }
}

/// The largest stream over the longest time, and over the shortest.
#[test]
fn the_largest_streams_come_to_the_last_unit() {
    let mut stream = Stream::new(at(0));
    stream.top_up(Amount::MAX, at(0), Timestamp::MAX).unwrap();
    assert_eq!(stream.end(), Ok(Timestamp::MAX));
    let mut fast = Stream::new(at(0));
    fast.top_up(Amount::MAX, at(0), at(1)).unwrap();
    for stream in [&mut stream, &mut fast] {
        assert!(stream.top_up(amount(1), at(0), at(9)).is_err());
        assert_eq!(stream.release(Timestamp::MAX), Ok(Amount::MAX));
    }
    // What is due counts as well.
    fast.top_up(
        Amount::MAX,
        Timestamp::MAX.checked_sub(2_u64.into()).unwrap(),
        at(9),
    )
    .unwrap_err();
    let mut due = Stream::new(at(0));
    due.top_up(Amount::MAX, at(0), at(2)).unwrap();
    assert!(due.top_up(amount(1), at(1), at(2)).is_err());
}

/// A top-up has a length: the end isn't the time of the call, nor before it.
#[test]
fn a_top_up_of_no_length_is_refused() {
    let mut stream = Stream::new(at(5));
    for end in [0, 4, 5] {
        let refused = stream.top_up(amount(1), at(5), at(end));
        assert_eq!(refused, out_of_range(Quantity::StreamLength, 0, 1));
    }
    assert_eq!(stream, Stream::new(at(5)));
}

/// A stored stream comes to an end, at a rate that is above 0 just if something is to come.
#[test]
fn a_stream_is_restored_up_to_its_bounds() {
    let state = |rate: u128, rest: U256| StreamState {
        rate: rate.into(),
        rest,
        due: U256::ZERO,
        last: at(5),
    };
    let least = U256::from(u128::from(u64::MAX));
    assert!(Stream::restore(state(1, least)).is_ok());
    let slow = Stream::restore(state(1, least.checked_add(U256::ONE).unwrap()));
    assert_eq!(
        slow,
        out_of_range(Quantity::StreamLength, 1 << 64, u64::MAX.into())
    );
    let none = Stream::restore(state(0, U256::ONE));
    assert_eq!(none, out_of_range(Quantity::StreamRate, 0, 1));
    let nothing = Stream::restore(state(1, U256::ZERO));
    assert_eq!(nothing, out_of_range(Quantity::StreamRate, 1, 0));
    let (rate, rest, due) = (U256::MAX, U256::MAX, U256::ONE);
    let full = StreamState {
        rate,
        rest,
        due,
        last: at(5),
    };
    assert!(Stream::restore(full).is_err());
    assert!(Stream::restore(StreamState {
        due: U256::ZERO,
        ..full
    })
    .is_ok());
}

/// Each changes one thing of a pool that has given 40 of 80 to one share, and paid 30.
#[test]
fn a_streamed_pool_is_restored_up_to_its_bounds() {
    let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroStake::Sink), Position::new());
    pool.top_up(amount(80), at(0), at(8)).unwrap();
    pool.deposit(&mut alice, 1, at(1)).unwrap();
    pool.claim(&mut alice, at(4)).unwrap();
    pool.settle(at(5)).unwrap();
    let state = pool.state();
    assert_eq!(
        (pool.paid(), pool.unallocated(), pool.to_come()),
        (amount(30), amount(10), amount(30))
    );
    assert_eq!(pool.outstanding(), amount(10));
    let refused = |state| StreamedPool::restore(state).unwrap_err();
    assert_eq!(StreamedPool::restore(state), Ok(pool));
    let range = |what, value, bound| Error::OutOfRange { what, value, bound };
    let paid = StreamedPoolState {
        paid: amount(41),
        ..state
    };
    assert_eq!(refused(paid), range(Quantity::Paid, 41, 40));
    let all_paid = StreamedPoolState {
        paid: amount(40),
        ..state
    };
    assert!(StreamedPool::restore(all_paid).is_ok());
    let rest = StreamedPoolState {
        rest: amount(1),
        ..all_paid
    };
    assert_eq!(refused(rest), range(Quantity::Rest, 1, 0));
    let earned = StreamedPoolState {
        accumulated: U256::new(40, 1),
        ..state
    };
    assert_eq!(refused(earned), range(Quantity::RewardPerShare, 41, 40));
    let extended = StreamedPoolState {
        rule: ZeroStake::Extend,
        ..state
    };
    assert_eq!(refused(extended), range(Quantity::Unallocated, 10, 0));
    let due = StreamState {
        due: U256::ONE,
        ..state.stream
    };
    assert_eq!(
        refused(StreamedPoolState {
            stream: due,
            ..state
        }),
        range(Quantity::Unallocated, 1, 0)
    );
    let funded = StreamedPoolState {
        funded: amount(29),
        ..state
    };
    assert!(StreamedPool::restore(funded).is_err());
}

/// An ERC-4626 vault's first depositor raises the price of a share by a donation and takes the next one's
/// deposit. Here nothing raises it above a unit.
#[test]
fn a_first_staker_cannot_dilute_the_next() {
    let (mut pool, [mut thief, mut victim]) = (StakePool::new(EMPTY), [Stake::new(); 2]);
    pool.deposit(&mut thief, amount(1)).unwrap();
    pool.fund(amount(10_000)).unwrap(); // a donation is a reward, and no stake
    pool.deposit(&mut victim, amount(9_999)).unwrap();
    assert_eq!(pool.amount(&victim), Ok(amount(9_999)));
    assert_eq!(pool.amount(&thief), Ok(amount(1)));
}

/// A boost that was raised counts from then on, and not for what was earned before.
#[test]
fn a_boost_is_settled_when_it_changes() {
    let (mut pool, mut stakes) = staked();
    pool.fund(amount(10 << 20)).unwrap();
    pool.set_boost(&mut stakes[1], Ratio::from_integer(100))
        .unwrap();
    assert_eq!(pool.claimable(&stakes[1]), Ok(amount(4 << 20)));
    pool.set_boost(&mut stakes[1], Ratio::ZERO).unwrap();
    pool.fund(amount(6)).unwrap();
    assert_eq!(pool.claimable(&stakes[0]), Ok(amount((6 << 20) + 6)));
    assert_eq!(pool.amount(&stakes[1]), Ok(amount(4)));
}

/// Rewards that are the staked token are staked, and worth what they were.
#[test]
fn compounding_stakes_what_was_earned() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(8)).unwrap();
    pool.slash(amount(4)).unwrap();
    pool.fund(amount(16)).unwrap();
    assert_eq!(pool.compound(&mut alice), Ok(amount(16)));
    assert_eq!(
        (pool.amount(&alice), alice.shares()),
        (Ok(amount(20)), amount(40))
    );
    assert_eq!(
        (pool.assets(), pool.rewards().paid()),
        (amount(20), amount(16))
    );
}

/// Stakes of other pools are refused: with more shares, of a later generation, or of one that is missing.
#[test]
fn a_stake_of_another_pool_is_refused() {
    let (mut pool, [mut alice, _]) = staked();
    let before = pool;
    let state = |generation, shares| StakeState {
        generation,
        shares: amount(shares),
        boost: Ratio::ZERO,
        ..Stake::new().state()
    };
    for (state, what, value, bound) in [
        (state(0, 11), Quantity::Shares, 11, 10),
        (state(1, 1), Quantity::Generation, 1, 0),
        (state(u32::MAX, 0), Quantity::Generation, u32::MAX.into(), 0),
    ] {
        let mut stake = Stake::restore(state).unwrap();
        let refused = [
            pool.deposit(&mut stake, amount(1)),
            pool.withdraw(&mut stake, amount(0)),
            pool.set_boost(&mut stake, Ratio::ONE),
            pool.claim(&mut stake).map(drop),
            pool.take_released(&mut stake).map(drop),
            pool.amount(&stake).map(drop),
            pool.transfer(&mut stake, &mut alice, amount(0)),
            pool.transfer(&mut alice, &mut stake, amount(0)),
        ];
        assert_eq!(refused, [out_of_range(what, value, bound); 8]);
        assert_eq!((pool, stake.state()), (before, state));
    }
}

/// A stake that was copied leaves a closed generation twice only as far as others have left it something.
#[test]
fn no_more_leaves_a_closed_generation_than_was_in_it() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(1 << 35)).unwrap();
    pool.slash(amount((1 << 35) - 7)).unwrap();
    let mut copy = alice;
    assert_eq!(pool.take_released(&mut alice), Ok(amount(7)));
    let refused = pool.take_released(&mut copy);
    assert_eq!(refused, out_of_range(Quantity::Shares, 1 << 35, 0));
    assert_eq!(pool.take_released(&mut alice), Ok(Amount::ZERO));
    // Nor is a stake that has left worth or transferable anything.
    let mut bob = Stake::new();
    let refused = pool.transfer(&mut alice, &mut bob, amount(1));
    assert_eq!(refused, out_of_range(Quantity::Stake, 1, 0));
}

/// A transfer of nothing from a stake whose generation is closed leaves both as they were.
#[test]
fn a_closed_stake_transfers_nothing() {
    let (mut pool, [mut alice, mut bob]) = staked();
    pool.slash(amount(10)).unwrap();
    let before = (pool, alice, bob);
    assert_eq!(pool.transfer(&mut alice, &mut bob, Amount::ZERO), Ok(()));
    assert_eq!((pool, alice, bob), before);
    let mut late = Stake::new();
    pool.deposit(&mut late, amount(4)).unwrap();
    pool.transfer(&mut late, &mut alice, amount(1)).unwrap();
    assert_eq!((pool.amount(&alice), alice.weight()), (Ok(amount(1)), 1));
    assert_eq!((pool.amount(&late), late.weight()), (Ok(amount(3)), 3));
}

/// More than a stake is worth can't be withdrawn or transferred, nor a unit that rounding would have to make.
#[test]
fn a_stake_is_worth_no_more_than_its_part() {
    let (mut pool, [mut alice, mut bob]) = staked();
    pool.slash(amount(1)).unwrap(); // 5.4 and 3.6
    let before = (pool, alice, bob);
    let refused = out_of_range(Quantity::Stake, 6, 5);
    assert_eq!(pool.withdraw(&mut alice, amount(6)), refused);
    assert_eq!(pool.transfer(&mut alice, &mut bob, amount(6)), refused);
    assert_eq!((pool, alice, bob), before);
    pool.withdraw(&mut alice, amount(5)).unwrap();
    assert_eq!(
        (pool.amount(&bob), pool.assets()),
        (Ok(amount(4)), amount(4))
    );
}

/// What two generations left adds up, and a stake that slept through one is paid its part.
#[test]
fn what_generations_left_adds_up() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    for left in [3, 5] {
        pool.deposit(&mut alice, amount(1 << 36)).unwrap();
        pool.slash(amount((1 << 36) - left)).unwrap();
    }
    assert_eq!((pool.generation(), pool.released()), (2, amount(8)));
    assert_eq!(pool.releasable(&alice), Ok(amount(8)));
    assert_eq!(pool.take_released(&mut alice), Ok(amount(8)));
    // The store has room for two.
    pool.deposit(&mut alice, amount(9)).unwrap();
    let before = pool;
    assert_eq!(pool.slash(amount(9)), Err(Error::Full { capacity: 2 }));
    assert_eq!(pool, before);
    assert_eq!(pool.slash(amount(10)), out_of_range(Quantity::Slash, 10, 9));
    pool.slash(amount(8)).unwrap();
    assert_eq!(pool.amount(&alice), Ok(amount(1)));
}

/// What is staked and what was released can be counted together, whatever a slash releases.
#[test]
fn a_deposit_leaves_room_for_what_a_slash_releases() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(1 << 40)).unwrap();
    pool.slash(amount((1 << 40) - 5)).unwrap();
    let max = u128::MAX;
    let refused = pool.deposit(&mut alice, amount(max - 4));
    assert_eq!(refused, Err(Error::Overflow { bits: 129, max }));
    pool.deposit(&mut alice, amount(max - 5)).unwrap();
    pool.slash(amount(max - 5 - 9)).unwrap();
    assert_eq!(pool.released(), amount(14));
}

/// No weights are restored where nothing is staked, and none from a store that has lost a generation.
#[test]
fn a_pool_of_stakes_needs_its_store() {
    let (mut pool, _) = staked();
    pool.slash(amount(10)).unwrap();
    let state = pool.state();
    assert!(StakePool::restore(state, *pool.generations()).is_ok());
    let none: [ClosedGeneration; 0] = [];
    let refused = StakePool::restore(state, none).map(|pool| pool.state());
    assert_eq!(refused, out_of_range(Quantity::Generation, 1, 0));
    let mut rewards = state.rewards;
    rewards.total_shares = amount(1);
    let refused = StakePool::restore(StakePoolState { rewards, ..state }, *pool.generations());
    assert_eq!(refused, out_of_range(Quantity::Shares, 1, 0));
}

/// A call that fails in one asset changes none.
#[test]
fn assets_change_together_or_not_at_all() {
    let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    pool.deposit(&mut alice, 2).unwrap();
    pool.fund(1, amount(6)).unwrap();
    let mut state = alice.state();
    // In the second asset it was settled by a pool that was further on.
    state[1] = Position::restore(2, U256::new(4, 0), U256::ZERO);
    let mut foreign = MultiPosition::restore(state).unwrap();
    let before = (pool, foreign);
    assert!(pool.withdraw(&mut foreign, 1).is_err());
    assert!(pool.claim_all(&mut foreign).is_err());
    assert!(pool.transfer(&mut foreign, &mut alice, 1).is_err());
    assert_eq!((pool, foreign), before);
    assert_eq!(
        pool.claim(&mut alice, 2),
        out_of_range(Quantity::Asset, 2, 1)
    );
}

#[cfg(feature = "alloc")]
#[test]
fn closed_generations_are_kept_in_a_vec() {
    let (mut pool, mut alice) = (StakePool::new(Vec::new()), Stake::new());
    for _ in 0..5 {
        pool.deposit(&mut alice, amount(3)).unwrap();
        pool.slash(amount(3)).unwrap();
    }
    assert_eq!((pool.generation(), pool.generations().len()), (5, 5));
}
