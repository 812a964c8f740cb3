//! Delegations, gauges and ballots in a chain's storage: how many entries a change touches, and what
//! happens where it is refused.
#![cfg(feature = "alloc")]

#[path = "laws/named.rs"]
mod named;

use named::{GaugeStorage, Roll, Storage};
use tokenomics_escrow_weighting::{
    Ballots, Choice, Closed, Delegated, Delegations, Error, GaugeVote, Gauges, GaugesHead, Lock,
    LockKind, Shares,
};
use tokenomics_fixed_math::{Amount, Fraction, Timestamp, U256};

const WEEK: u64 = 7 * 86_400;
const FOUR_YEARS: u64 = 4 * 365 * 86_400;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// A lock with an end spread over four years, in no order, on a granule.
fn lock(number: u64, granule: u64) -> Lock {
    let length = 1 + number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % FOUR_YEARS;
    let end = at((number + length).next_multiple_of(granule));
    Lock::new(Amount::new(7), LockKind::Decaying { rate: 1, end }).unwrap()
}

fn half(name: u32) -> Shares<u32, 2> {
    Shares::new(&[(name, Fraction::from_bps(5_000).unwrap())]).unwrap()
}

/// How many entries are read and set by a change of a lock that is delegated by half to a name to
/// which others delegate.
fn touched_by_delegation(granule: u64, others: u64) -> usize {
    let mut storage = Storage::<u32>::default();
    let mut clock = at(0);
    let one = |number: u64| Delegated {
        owner: 1 + u32::try_from(number).unwrap(),
        lock: lock(number, granule),
        to: half(0),
        expires: Some(at((number + FOUR_YEARS / 2).next_multiple_of(granule))),
    };
    for number in 0..others {
        let mut powers = Delegations::resume(clock, &mut storage);
        powers.settle(at(number), &[], &[one(number)]).unwrap();
        clock = powers.clock();
    }
    let old = one(others / 2);
    let to = half(1);
    let _ = storage.touched();
    let mut powers = Delegations::resume(clock, &mut storage);
    let new = Delegated { to, ..old };
    powers.settle(at(others), &[old], &[new]).unwrap();
    storage.touched()
}

/// The same of a vote for a gauge of two.
fn touched_by_vote(granule: u64, others: u64) -> usize {
    let mut gauges = Gauges::with_store(GaugeStorage::<u32>::default());
    gauges.add(at(0), 0).unwrap();
    gauges.add(at(0), 1).unwrap();
    let one = |number: u64| GaugeVote {
        lock: lock(number, granule),
        on: half(0),
    };
    for number in 0..others {
        gauges.settle(at(number), &[], &[one(number)]).unwrap();
    }
    let _ = gauges.store().totals.touched();
    let old = one(others / 2);
    let on = half(1);
    let new = GaugeVote { on, ..old };
    gauges.settle(at(others), &[old], &[new]).unwrap();
    gauges.store().totals.touched()
}

#[test]
fn a_change_among_a_hundred_thousand_touches_few_entries() {
    for touched in [touched_by_delegation, touched_by_vote] {
        let [few, more, many] = [10, 1_000, 100_000].map(|others| touched(1, others));
        assert!(many <= 4 * few, "{many} after {few}");
        assert!(many <= 2 * more, "{many} after {more}");
        // With ends on weeks there are few of them.
        let [few, many] = [10, 2_000].map(|others| touched(WEEK, others));
        assert!(many <= 3 * few, "{many} after {few}");
    }
}

/// A read of one gauge touches its own entries and the totals', whatever others there are.
#[test]
fn the_share_of_a_gauge_reads_no_other() {
    let shares = [4_u32, 400].map(|many| {
        let mut gauges = Gauges::with_store(GaugeStorage::<u32>::default());
        for gauge in 0..many {
            gauges.add(at(0), gauge).unwrap();
        }
        for gauge in 0..4 {
            let (lock, on) = (lock(gauge.into(), WEEK), half(gauge));
            gauges
                .settle(at(1), &[], &[GaugeVote { lock, on }])
                .unwrap();
        }
        let week = gauges.close(at(7), at(8)).unwrap();
        let _ = gauges.store().totals.touched();
        let share = gauges.share_at(&2, week);
        (share, gauges.store().totals.touched())
    });
    assert_eq!(shares[0], shares[1]);
}

/// What fails is seen before anything is set: here at the last of three locks.
#[test]
fn a_refused_change_sets_nothing() {
    let kind = LockKind::Constant {
        level: 1,
        end: None,
    };
    let one = |owner, amount| {
        let lock = Lock::new(Amount::new(amount), kind).unwrap();
        let (to, expires) = (half(9), None);
        Delegated {
            owner,
            lock,
            to,
            expires,
        }
    };
    let mut powers = Delegations::with_totals(Storage::<u32>::default());
    powers.settle(at(1), &[], &[one(1, 7), one(2, 7)]).unwrap();
    let before = powers.clone();
    let missing = powers.settle(at(2), &[one(1, 7), one(2, 7), one(3, 7)], &[]);
    assert!(matches!(missing, Err(Error::NotHeld { .. })), "{missing:?}");
    let above = powers.settle(at(2), &[one(1, 7)], &[one(1, u128::MAX), one(3, u128::MAX)]);
    assert!(matches!(above, Err(Error::Overflow { .. })), "{above:?}");
    assert_eq!(powers, before);

    let mut gauges = Gauges::with_store(GaugeStorage::<u32>::default());
    gauges.add(at(1), 9).unwrap();
    let vote = |amount| {
        let (lock, on) = (one(1, amount).lock, half(9));
        GaugeVote { lock, on }
    };
    gauges.settle(at(1), &[], &[vote(7)]).unwrap();
    let before = gauges.clone();
    let missing = gauges.settle(at(2), &[vote(7), vote(1)], &[vote(9)]);
    assert!(matches!(missing, Err(Error::NotHeld { .. })), "{missing:?}");
    let above = gauges.settle(at(2), &[], &[vote(u128::MAX)]);
    assert!(matches!(above, Err(Error::Overflow { .. })), "{above:?}");
    assert_eq!(gauges, before);
}

#[test]
fn gauges_whose_last_removed_was_never_listed_are_refused() {
    let head = |listed, last| GaugesHead {
        clock: at(3),
        listed,
        removed_last: last,
    };
    let resume = |head| Gauges::resume(head, GaugeStorage::<u32>::default()).map(drop);
    assert_eq!(resume(head(1, Some(0))), Ok(()));
    assert_eq!(resume(head(1, Some(1))), Err(Error::Stored { at: at(3) }));
    assert_eq!(resume(head(0, Some(0))), Err(Error::Stored { at: at(3) }));
}

/// Whatever a store holds that no changes led to, each read ends.
#[test]
fn a_circle_of_removed_gauges_ends() {
    let mut gauges = Gauges::with_store(GaugeStorage::<u32>::default());
    for gauge in 0..2 {
        gauges.add(at(0), gauge).unwrap();
    }
    gauges.remove(at(1), &0).unwrap();
    gauges.remove(at(2), &1).unwrap();
    let (head, mut store) = (gauges.head(), gauges.store().clone());
    store.listings.get_mut(&0).unwrap().removed_before = Some(1);
    let gauges = Gauges::resume(head, store).unwrap();
    assert_eq!(gauges.unallocated_at(at(9)), U256::ZERO);
}

#[test]
fn ballots_are_kept_by_their_tally_and_an_entry_for_each_voter() {
    let mut roll = Roll::default();
    let closed = Closed::before(at(1), at(2)).unwrap();
    let mut ballots = Ballots::with_voters(closed, &mut roll);
    ballots.count(&7, Choice::For, U256::from(5)).unwrap();
    let tally = *ballots.tally();

    let mut ballots = Ballots::resume(tally, &mut roll);
    let again = ballots.count(&7, Choice::Against, U256::from(5));
    assert_eq!(again, Err(Error::VotedBefore));
    ballots.count(&8, Choice::Against, U256::MAX).unwrap_err();
    ballots.count(&8, Choice::Against, U256::from(6)).unwrap();
    assert_eq!(ballots.tally().cast(), U256::from(11));
}
