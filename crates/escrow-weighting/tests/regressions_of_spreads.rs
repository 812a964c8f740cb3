//! Faults of others that what spreads the power of a lock must not have, and the texts of its errors.

use tokenomics_escrow_weighting::{Boost, Error};
use tokenomics_escrow_weighting::{Delegated, GaugeVote, Lock, LockKind, Ring, Shares, Totals};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp, U256};

const WEEK: u64 = 7 * 86_400;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn decaying(amount: u128, end: u64) -> Lock {
    let kind = LockKind::Decaying {
        rate: 1,
        end: at(end),
    };
    Lock::new(Amount::new(amount), kind).unwrap()
}

fn sum(weights: impl Iterator<Item = U256>) -> U256 {
    weights.fold(U256::ZERO, |sum, weight| sum.checked_add(weight).unwrap())
}

/// Curve's and Balancer's controllers floor the slope of each share: three gauges of a third sum to
/// 15,724,800 units less than the voter's power.
#[test]
fn gauges_sum_to_the_voters_power() {
    let on = Shares::<_, 4>::from_bps(&[(1_u8, 3_333), (2, 3_333), (3, 3_334)]).unwrap();
    for amount in [1, 2, 20, 1_000, 1_000_000_000_000_000_000_001] {
        let lock = decaying(amount, 52 * WEEK);
        let vote = GaugeVote { lock, on };
        for time in [0, 26 * WEEK, 52 * WEEK - 1, 52 * WEEK].map(at) {
            let spread = sum(vote.powers().map(|(_, power)| power.weight_at(time)));
            assert_eq!(spread, lock.weight_at(time));
            assert!(
                vote.powers().all(|(gauge, _)| gauge.is_some()),
                "nothing is left"
            );
        }
    }
}

/// On chain: a ring for each name, and a change that takes out and puts in what `powers` says.
#[test]
fn a_host_without_a_heap_keeps_a_ring_for_each_name() {
    let mut rings = [Ring::<60>::new(Span::new(WEEK)).unwrap(); 3];
    let mut apply = |now, one: &Delegated<usize, 2>, is_in: bool| {
        for (name, power) in one.powers() {
            let (old, new) = if is_in {
                (None, Some(power))
            } else {
                (Some(power), None)
            };
            rings[name].replace(at(now), old, new).unwrap();
        }
        rings.map(|ring| {
            [now, 10 * WEEK, 40 * WEEK].map(|time| ring.weight_at(at(time.max(now))).unwrap())
        })
    };
    let half = Fraction::from_bps(5_000).unwrap();
    let to = Shares::new(&[(1, half), (2, half)]).unwrap();
    let expires = Some(at(20 * WEEK));
    let lock = decaying(7, 52 * WEEK);
    let one = Delegated {
        owner: 0,
        lock,
        to,
        expires,
    };
    let [owner, first, second] = apply(5, &one, true);
    let weight = |part: u128, time: u64| U256::from(part * u128::from(52 * WEEK - time));
    assert_eq!(owner, [U256::ZERO, U256::ZERO, weight(7, 40 * WEEK)]);
    assert_eq!(first, [weight(4, 5), weight(4, 10 * WEEK), U256::ZERO]);
    assert_eq!(second, [weight(3, 5), weight(3, 10 * WEEK), U256::ZERO]);
    // Long after the expiry: what it was still comes out.
    assert_eq!(apply(30 * WEEK, &one, false)[1][0], U256::ZERO);
    let alone = Delegated {
        to: Shares::none(),
        ..one
    };
    assert_eq!(
        apply(30 * WEEK, &alone, true)[0][0],
        lock.weight_at(at(30 * WEEK))
    );
}

/// A share that isn't a whole unit goes to the largest remainder, and of equal ones to the first.
#[test]
fn ties_go_to_the_first_and_the_rest_comes_last() {
    let half = Fraction::from_bps(5_000).unwrap();
    let quarter = Fraction::from_bps(2_500).unwrap();
    let split = |shares: &[(char, Fraction)], amount| {
        let (parts, rest) = Shares::<_, 3>::new(shares)
            .unwrap()
            .split(Amount::new(amount));
        (parts.map(Amount::get), rest.get())
    };
    assert_eq!(split(&[('a', half), ('b', half)], 1), ([1, 0, 0], 0));
    assert_eq!(split(&[('a', half)], 1), ([1, 0, 0], 0));
    assert_eq!(
        split(&[('a', quarter), ('b', quarter), ('c', quarter)], 2),
        ([1, 1, 0], 0)
    );
    assert_eq!(split(&[('a', quarter), ('b', half)], 1), ([0, 1, 0], 0));
    assert_eq!(split(&[], 5), ([0; 3], 5));
    let all = u128::MAX;
    assert_eq!(
        split(&[('a', half), ('b', half)], all),
        ([all / 2 + 1, all / 2, 0], 0)
    );
}

/// The exact value is below one unit by less than 10^−18 of it.
#[test]
fn a_boost_is_floored_once() {
    let (one, all) = (Amount::new(1), U256::MAX);
    let almost = all.checked_sub(U256::ONE).unwrap();
    let boost = Boost::new(Fraction::ZERO);
    assert_eq!(boost.of(one, one, almost, all), Amount::ZERO);
    assert_eq!(boost.of(one, one, all, all), one);
}

#[test]
fn errors_say_what_they_refuse() {
    let third = Fraction::from_bps(3_334).unwrap();
    let above = Shares::<_, 3>::new(&[(1, third); 3]).unwrap_err();
    let text = "the sum of shares is 1000200000000000000, above 1000000000000000000";
    assert_eq!(above.to_string(), text);
    let many = Shares::<_, 3>::new(&[(1, Fraction::ZERO); 4]).unwrap_err();
    assert_eq!(many.to_string(), "the number of names is 4, above 3");
    let bps = Shares::<_, 3>::from_bps(&[(1, 10_001)]).unwrap_err();
    assert!(matches!(bps, Error::Math(_)), "{bps:?}");
    assert_eq!(Error::NotListed.to_string(), "the gauge isn't listed");
    assert_eq!(
        Error::ListedBefore.to_string(),
        "the gauge was listed before"
    );
    assert_eq!(Error::VotedBefore.to_string(), "the name has voted before");
}

#[cfg(feature = "alloc")]
mod with_a_heap {
    use tokenomics_escrow_weighting::{Closed, Delegations, Gauges};

    use super::*;

    fn on(gauges: &[(&'static str, u64)]) -> Shares<&'static str, 2> {
        Shares::from_bps(gauges).unwrap()
    }

    /// In Curve a lock that is increased votes with what it was until its owner votes again.
    #[test]
    fn votes_are_live_after_an_increase() {
        let mut gauges = Gauges::new();
        gauges.add(at(0), "pool").unwrap();
        let on = on(&[("pool", 10_000)]);
        let [old, new] = [100, 250].map(|amount| GaugeVote {
            lock: decaying(amount, 90),
            on,
        });
        gauges.settle(at(1), &[], &[old]).unwrap();
        gauges.settle(at(2), &[old], &[new]).unwrap();
        assert_eq!(gauges.weight_at(&"pool", at(2)), new.lock.weight_at(at(2)));
    }

    /// verwa, issue 62: the power that voted for a gauge is lost when it is removed.
    #[test]
    fn a_removed_gauge_gives_its_power_back() {
        let mut gauges = Gauges::new();
        for gauge in ["bad", "good"] {
            gauges.add(at(0), gauge).unwrap();
        }
        let lock = decaying(10, 90);
        let old = GaugeVote {
            lock,
            on: on(&[("bad", 7_000), ("good", 3_000)]),
        };
        gauges.settle(at(1), &[], &[old]).unwrap();
        gauges.remove(at(2), &"bad").unwrap();
        let new = GaugeVote {
            on: on(&[("good", 10_000)]),
            ..old
        };
        let none = GaugeVote {
            on: on(&[("bad", 1)]),
            ..old
        };
        assert_eq!(gauges.settle(at(3), &[], &[none]), Err(Error::NotListed));
        gauges.settle(at(3), &[old], &[new]).unwrap();
        assert_eq!(gauges.weight_at(&"good", at(3)), lock.weight_at(at(3)));
        assert_eq!(gauges.unallocated_at(at(3)), U256::ZERO);
        let week = Closed::before(at(3), at(4)).unwrap();
        assert_eq!(
            gauges.relative_weights(week),
            Some(vec![("good", Fraction::ONE)])
        );
    }

    /// verwa, issue 396: vote, delegate, and let the delegate vote too.
    #[test]
    fn power_counts_once_whoever_has_it() {
        let (lock, now) = (decaying(10, 90), at(5));
        let all = Shares::<_, 2>::new(&[("bob", Fraction::ONE)]).unwrap();
        let alone = Delegated {
            owner: "alice",
            lock,
            to: Shares::none(),
            expires: None,
        };
        let lent = Delegated { to: all, ..alone };
        let mut powers = Delegations::new();
        powers.settle(now, &[], &[alone]).unwrap();
        powers.settle(now, &[alone], &[lent]).unwrap();
        // Delegated twice, or counted twice, it isn't there any more.
        assert!(powers.settle(now, &[alone], &[lent]).is_err());
        let names = ["alice", "bob"];
        let all = sum(names.iter().map(|name| powers.power_at(name, now)));
        assert_eq!(all, lock.weight_at(now));

        let mut gauges = Gauges::new();
        gauges.add(at(0), "pool").unwrap();
        let vote = GaugeVote {
            lock,
            on: on(&[("pool", 10_000)]),
        };
        gauges.settle(now, &[], &[vote]).unwrap();
        // Whoever holds the lock next has to hand the vote in to make another.
        gauges.settle(now, &[vote], &[vote]).unwrap();
        assert_eq!(gauges.weight_at(&"pool", now), lock.weight_at(now));
    }

    /// Two locks that are held until the clock's last instant, one for good, aren't mistaken for more.
    #[test]
    fn what_is_held_for_good_is_counted_with_the_last_instant() {
        let lock = |end| {
            let kind = LockKind::Constant { level: 1, end };
            Delegated::<_, 1>::to_nobody("alice", Lock::new(Amount::new(5), kind).unwrap())
        };
        let [good, last] = [None, Some(Timestamp::MAX)].map(lock);
        let mut powers = Delegations::new();
        powers.settle(at(1), &[], &[good]).unwrap();
        let before = powers.clone();
        let refused = powers.settle(at(2), &[good, last], &[]);
        assert!(matches!(refused, Err(Error::NotHeld { .. })), "{refused:?}");
        assert_eq!(powers, before);
        assert!(matches!(
            powers.settle(at(0), &[], &[good]),
            Err(Error::Backdated { .. })
        ));
    }

    /// What is taken out at one time may have been held until several.
    #[test]
    fn locks_of_several_ends_are_settled_at_once() {
        let locks = [70, 80, 90].map(|end| decaying(5, end));
        let locks = locks.map(|lock| Delegated::<_, 1>::to_nobody("alice", lock));
        let mut powers = Delegations::new();
        powers.settle(at(1), &[], &locks).unwrap();
        powers.settle(at(2), &locks, &locks[1..]).unwrap();
        let rest = sum(locks[1..].iter().map(|one| one.lock.weight_at(at(3))));
        assert_eq!(powers.power_at(&"alice", at(3)), rest);
    }

    /// More than the largest amount can't be held by a name, and what is refused changes nothing.
    #[test]
    fn a_name_holds_at_most_the_largest_amount() {
        let most = Delegated::<_, 1>::to_nobody("alice", decaying(u128::MAX, 90));
        let mut powers = Delegations::new();
        powers.settle(at(1), &[], &[most]).unwrap();
        let before = powers.clone();
        let more = Delegated {
            lock: decaying(1, 90),
            ..most
        };
        assert!(matches!(
            powers.settle(at(2), &[], &[more]),
            Err(Error::Overflow { .. })
        ));
        assert_eq!(powers, before);
        powers.settle(at(2), &[most], &[more]).unwrap();
        assert_eq!(powers.power_at(&"alice", at(89)), U256::ONE);
        let whole = most.lock;
        assert_eq!(before.power_at(&"alice", at(3)), whole.weight_at(at(3)));
    }
}

/// More than the largest amount for one name is refused before any of it is written, also where each
/// part would fit by itself.
#[cfg(feature = "alloc")]
#[test]
fn a_name_that_is_given_too_much_is_given_nothing() {
    let mut powers = tokenomics_escrow_weighting::Delegations::new();
    let to = Shares::<_, 1>::new(&[(9_u8, Fraction::ONE)]).unwrap();
    let given = |owner, amount| Delegated {
        owner,
        lock: decaying(amount, 10),
        to,
        expires: None,
    };
    powers.settle(at(0), &[], &[given(1, 5)]).unwrap();
    let before = powers.clone();
    let both = [given(2, u128::MAX - 10), given(3, 9)];
    let refused = powers.settle(at(1), &[], &both);
    assert!(
        matches!(refused, Err(Error::Overflow { .. })),
        "{refused:?}"
    );
    assert_eq!(powers, before);
    powers.settle(at(1), &[], &both[..1]).unwrap();
}
