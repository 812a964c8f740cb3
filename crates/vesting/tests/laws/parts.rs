//! The laws of splitting and merging.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Grant, Schedule};

use super::at;
use super::calls::{any, grant, Any, Call};
use super::shapes::{moments, Shape};

/// Whether a schedule that is made of others is one.
fn keeps_the_laws(schedule: &dyn Schedule, moments: &[u64], amount: u128) {
    let total = schedule.total();
    let mut last = Amount::ZERO;
    for &moment in moments {
        let vested = schedule.vested_at(at(moment));
        assert!(last <= vested && vested <= total);
        assert!(at(moment) >= schedule.start() || vested.is_zero());
        assert!(at(moment) < schedule.end() || vested == total);
        last = vested;
        match schedule.next_unlock_after(at(moment)) {
            None => assert_eq!(vested, total),
            Some(next) => {
                assert!(next > at(moment) && schedule.vested_at(next) > vested);
                assert_eq!(schedule.vested_at(at(next.get() - 1)), vested);
            }
        }
    }
    let folded = total
        .get()
        .checked_add(1)
        .map_or(amount, |all| amount % all);
    for amount in [folded, 0, 1, total.get(), total.get().saturating_add(1)].map(Amount::new) {
        let Some(time) = schedule.time_of(amount) else {
            assert!(amount > total);
            continue;
        };
        assert!(amount <= total && schedule.vested_at(time) >= amount);
        let before = time.get().checked_sub(1);
        assert!(before.is_none_or(|before| schedule.vested_at(at(before)) < amount));
    }
}

fn sums(whole: &Grant<Any>, parts: [&Grant<Any>; 2], moment: u64) {
    let same = |what: &dyn Fn(&Grant<Any>) -> Amount| {
        let sum = Amount::try_sum(parts.map(what));
        assert_eq!(sum, Ok(what(whole)), "{whole:?} at {moment}");
    };
    same(&Grant::kept);
    same(&Grant::claimed);
    same(&|grant| grant.vested(at(moment)));
    same(&|grant| grant.claimable(at(moment)));
    same(&|grant| grant.unvested(at(moment)));
}

fn split(grant: &Grant<Any>, number: u128) -> [Grant<Any>; 2] {
    let kept = grant.kept().get();
    let amount = Amount::new(kept.checked_add(1).map_or(number, |all| number % all));
    let (first, second) = grant.split(amount).unwrap();
    assert_eq!(first.kept(), amount);
    [any(&first), any(&second)]
}

/// The parts of a grant in any state sum to it at any time, are schedules, and their parts as well;
/// and each has within a unit what is in proportion.
pub fn split_is_exact(shape: Shape, total: u128, calls: &[Call], numbers: [u128; 2], time: u64) {
    let whole = grant(shape, total, calls);
    let moments = moments(whole.schedule(), time);
    let [first, second] = split(&whole, numbers[0]);
    let parts = [split(&first, numbers[1]), split(&second, numbers[1])];
    for &moment in &moments {
        sums(&whole, [&first, &second], moment);
        sums(&first, [&parts[0][0], &parts[0][1]], moment);
        sums(&second, [&parts[1][0], &parts[1][1]], moment);
    }
    for part in [&first, &second, &parts[0][0], &parts[1][1]] {
        keeps_the_laws(part.schedule(), &moments, numbers[1]);
    }
    // From then on the parts go on as the whole does.
    let mut grants = [whole, first, second];
    let now = grants[0].state().clock.max(at(time));
    for grant in &mut grants {
        let _ = grant.resume(now);
    }
    let [whole, first, second] = &grants;
    for &moment in moments.iter().filter(|&&moment| at(moment) >= now) {
        sums(whole, [first, second], moment);
    }
}

/// A merged grant has, from the time of the merger on, what the two had, and entitles at any time to
/// what the two entitled to.
pub fn merge_is_exact(one: (Shape, u128, &[Call]), other: (Shape, u128, &[Call]), time: u64) {
    let mut left = grant(one.0, one.1, one.2);
    let mut right = grant(other.0, other.1, other.2);
    for grant in [&mut left, &mut right] {
        let _ = grant.resume(grant.state().clock);
    }
    let Ok(merged) = left.merge(&right) else {
        assert!(left.kept().checked_add(right.kept()).is_err());
        return;
    };
    let merged = any(&merged);
    assert_eq!(
        merged.state().clock,
        left.state().clock.max(right.state().clock)
    );
    let mut times = moments(left.schedule(), time);
    times.extend(moments(right.schedule(), time));
    times.sort_unstable();
    for &moment in &times {
        if at(moment) >= merged.state().clock {
            sums(&merged, [&left, &right], moment);
        }
        let [one, other] = [&left, &right].map(|grant| grant.entitlement().vested_at(at(moment)));
        assert_eq!(
            Ok(merged.schedule().vested_at(at(moment))),
            one.checked_add(other)
        );
    }
    keeps_the_laws(merged.schedule(), &times, u128::from(time));
}

/// Whatever a holder can do alone, be it splitting, merging or claiming in any order, pays no more
/// by a time than has vested of the schedule.
pub fn a_holder_hastens_nothing(shape: Shape, total: u128, calls: &[Call]) {
    let whole = grant(shape, total, &[]);
    let mut grants = vec![whole.clone()];
    let (mut clock, mut paid) = (0, 0);
    for &(which, time, number) in calls {
        let moments = moments(whole.schedule(), time);
        clock = clock.max(moments[usize::from(which) % moments.len()]);
        let chosen = usize::try_from(time % 5).unwrap() % grants.len();
        match which % 6 {
            0 if grants.len() < 5 => {
                let grant = grants.remove(chosen);
                grants.extend(split(&grant, number));
            }
            1 if grants.len() > 1 => {
                let other = grants.remove(chosen);
                let grant = grants.remove(0);
                grants.push(any(&grant.merge(&other).unwrap()));
            }
            2 => paid += grants[chosen].transfer(at(clock)).unwrap().get(),
            _ => {
                let claimed = grants[chosen].claim_up_to(at(clock), Amount::new(number));
                paid += claimed.unwrap().get();
            }
        }
        assert!(paid <= whole.schedule().vested_at(at(clock)).get());
    }
    for grant in &mut grants {
        paid += grant.claim(Timestamp::MAX).unwrap().get();
    }
    assert_eq!(paid, whole.funded().get());
}
