//! Faults that streams and pools of several assets had, and calls that must be refused.

use tokenomics_fee_split::{
    Error, MultiPosition, MultiRewardPool, Position, Quantity, RewardStream, RewardStreamState,
    StreamedPool, StreamedPoolState, ZeroShares,
};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn amount(units: u128) -> Amount {
    Amount::new(units)
}

fn out_of_range<T>(what: Quantity, value: u128, bound: u128) -> Result<T, Error> {
    Err(Error::OutOfRange { what, value, bound })
}

/// Popsicle moved shares without what they had been settled at.
#[test]
fn shares_handed_on_in_a_streamed_pool_take_no_rewards_along() {
    let mut pool = StreamedPool::new(at(0), ZeroShares::Hold);
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
    let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
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
    let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Sink), Position::new());
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
    for rule in [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend] {
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
    let mut stream = RewardStream::new(at(0));
    stream.top_up(Amount::MAX, at(0), Timestamp::MAX).unwrap();
    assert_eq!(stream.end(), Ok(Timestamp::MAX));
    let mut fast = RewardStream::new(at(0));
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
    let mut due = RewardStream::new(at(0));
    due.top_up(Amount::MAX, at(0), at(2)).unwrap();
    assert!(due.top_up(amount(1), at(1), at(2)).is_err());
}

/// A top-up has a length: the end isn't the time of the call, nor before it.
#[test]
fn a_top_up_of_no_length_is_refused() {
    let mut stream = RewardStream::new(at(5));
    for end in [0, 4, 5] {
        let refused = stream.top_up(amount(1), at(5), at(end));
        assert_eq!(refused, out_of_range(Quantity::StreamLength, 0, 1));
    }
    assert_eq!(stream, RewardStream::new(at(5)));
}

/// A stored stream comes to an end, at a rate that is above 0 just if something is to come.
#[test]
fn a_stream_is_restored_up_to_its_bounds() {
    let state = |rate: u128, rest: U256| RewardStreamState {
        rate: rate.into(),
        rest,
        due: U256::ZERO,
        last: at(5),
    };
    let least = U256::from(u128::from(u64::MAX));
    assert!(RewardStream::restore(state(1, least)).is_ok());
    let slow = RewardStream::restore(state(1, least.checked_add(U256::ONE).unwrap()));
    assert_eq!(
        slow,
        out_of_range(Quantity::StreamLength, 1 << 64, u64::MAX.into())
    );
    let none = RewardStream::restore(state(0, U256::ONE));
    assert_eq!(none, out_of_range(Quantity::StreamRate, 0, 1));
    let nothing = RewardStream::restore(state(1, U256::ZERO));
    assert_eq!(nothing, out_of_range(Quantity::StreamRate, 1, 0));
    let (rate, rest, due) = (U256::MAX, U256::MAX, U256::ONE);
    let full = RewardStreamState {
        rate,
        rest,
        due,
        last: at(5),
    };
    assert!(RewardStream::restore(full).is_err());
    assert!(RewardStream::restore(RewardStreamState {
        due: U256::ZERO,
        ..full
    })
    .is_ok());
}

/// Each changes one thing of a pool that has given 40 of 80 to one share, and paid 30.
#[test]
fn a_streamed_pool_is_restored_up_to_its_bounds() {
    let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Sink), Position::new());
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
    let with_a_rest = |rest| StreamedPoolState {
        accumulated: U256::new(39, 1),
        rest: amount(rest),
        ..state
    };
    // 39 and a hair, and what is less than a unit by as much.
    assert!(StreamedPool::restore(with_a_rest(u128::MAX)).is_ok());
    let above = StreamedPoolState {
        accumulated: U256::new(39, 2),
        ..with_a_rest(u128::MAX)
    };
    assert_eq!(refused(above), range(Quantity::RewardPerShare, 41, 40));
    let extended = StreamedPoolState {
        rule: ZeroShares::Extend,
        ..state
    };
    assert_eq!(refused(extended), range(Quantity::Unallocated, 10, 0));
    let due = RewardStreamState {
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

/// A call that fails in one asset changes none.
#[test]
fn assets_change_together_or_not_at_all() {
    let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    pool.deposit(&mut alice, 2).unwrap();
    pool.fund(amount(6), 1).unwrap();
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

/// A stored pool of several assets has one set of shares.
#[test]
fn assets_of_other_shares_are_not_restored() {
    let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    pool.deposit(&mut alice, 2).unwrap();
    let mut state = pool.state();
    assert_eq!(MultiRewardPool::restore(state), Ok(pool));
    state[1].total_shares = amount(3);
    let refused = MultiRewardPool::restore(state);
    assert_eq!(refused, out_of_range(Quantity::Shares, 3, 2));
    state[1].paid = amount(1);
    let refused = MultiRewardPool::restore(state);
    assert_eq!(refused, out_of_range(Quantity::Paid, 1, 0));
}
