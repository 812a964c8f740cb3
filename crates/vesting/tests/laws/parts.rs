//! The laws of splitting and merging.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{AnySchedule, Error, Grant, Schedule};

use super::at;
use super::calls::{apply, grant, Call, What};
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
    let folded = fold(amount, total);
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

/// The number, folded into 0 to `most`.
fn fold(number: u128, most: Amount) -> u128 {
    let all = most.get().checked_add(1);
    all.map_or(number, |all| number % all)
}

/// The two parts into which a number splits a grant.
pub fn split(grant: &Grant<AnySchedule>, number: u128) -> [Grant<AnySchedule>; 2] {
    let amount = Amount::new(fold(number, grant.kept()));
    let (first, second) = grant.split(amount).unwrap();
    assert_eq!(first.kept(), amount);
    [first, second]
}

/// The merger of two parts of one whole, if they are alike.
pub fn merge(one: &Grant<AnySchedule>, other: &Grant<AnySchedule>) -> Option<Grant<AnySchedule>> {
    match one.merge(other) {
        Ok(merged) => Some(merged),
        Err(Error::Unlike { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Each counter of a whole is the sum of the parts', and none is lost.
fn counters_sum(whole: &Grant<AnySchedule>, parts: [&Grant<AnySchedule>; 2]) {
    let same = |what: &dyn Fn(&Grant<AnySchedule>) -> Amount| {
        let sum = Amount::try_sum(parts.map(what));
        assert_eq!(sum, Ok(what(whole)), "{whole:?} of {parts:?}");
    };
    same(&Grant::funded);
    same(&Grant::kept);
    same(&Grant::claimed);
    same(&Grant::clawed_back);
    same(&Grant::slashed);
    same(&|grant| grant.state().accelerated);
    for grant in parts {
        let restored = Grant::restore(grant.schedule().clone(), grant.state());
        assert_eq!(restored.as_ref(), Ok(grant));
    }
}

/// By how much the parts have vested less than the whole at a time, or more where it is below 0.
fn less(whole: &Grant<AnySchedule>, parts: [&Grant<AnySchedule>; 2], moment: u64) -> i128 {
    let sum = Amount::try_sum(parts.map(|grant| grant.vested_at(at(moment)))).unwrap();
    let whole = whole.vested_at(at(moment));
    let apart = i128::try_from(whole.abs_diff(sum).get()).unwrap_or(i128::MAX);
    if sum > whole {
        -apart
    } else {
        apart
    }
}

fn is_split(whole: &Grant<AnySchedule>, parts: [&Grant<AnySchedule>; 2], moments: &[u64]) {
    counters_sum(whole, parts);
    let state = whole.state();
    let is_part = state.others != Amount::ZERO || state.checkpoint != Amount::ZERO;
    let most = 1 + i128::from(is_part);
    for &moment in moments {
        let less = less(whole, parts, moment);
        assert!(less >= 0, "{parts:?} hasten {whole:?} at {moment}");
        let is_later = at(moment) >= state.clock;
        assert!(!is_later || less <= most, "{less} at {moment}: {whole:?}");
    }
    assert_eq!(less(whole, parts, state.clock.get()), 0, "{whole:?}");
    let all = state.paused_at.is_none() && whole.entitlement().end() <= Timestamp::MAX;
    assert!(!all || less(whole, parts, u64::MAX) == 0);
}

/// The parts of a grant in any state have counters that sum to its own, and so has what has vested by
/// the split; from there on they have vested as much as it, or a unit less, or two less if it is a
/// part itself, and in the end all. They are schedules, and their parts as well.
pub fn split_loses_nothing(
    shape: Shape,
    total: u128,
    calls: &[Call],
    numbers: [u128; 2],
    time: u64,
) {
    let whole = grant(shape, total, calls);
    let moments = moments(whole.schedule(), time);
    let [first, second] = split(&whole, numbers[0]);
    is_split(&whole, [&first, &second], &moments);
    // From then on the parts go on as the whole does.
    let mut grants = [whole, first, second];
    let now = grants[0].state().clock.max(at(time));
    for grant in &mut grants {
        let _ = grant.resume(now);
    }
    let [whole, first, second] = &mut grants;
    for &moment in moments.iter().filter(|&&moment| at(moment) >= now) {
        let most = (0..=1).contains(&less(whole, [first, second], moment));
        assert!(most, "{first:?} and {second:?} of {whole:?}");
    }
    for part in [first, second] {
        let entitlement = part.entitlement();
        keeps_the_laws(&entitlement, &moments, numbers[1]);
        // At another checkpoint than the first split's.
        part.claim(now).unwrap();
        let [one, two] = split(part, numbers[1]);
        is_split(part, [&one, &two], &moments);
        keeps_the_laws(&one.entitlement(), &moments, numbers[0]);
        keeps_the_laws(&two.entitlement(), &moments, numbers[0]);
    }
}

/// A whole that is split and merged is what it was, whatever had happened to it, and so is one that is
/// split again; a part has the counters that it had.
pub fn merge_undoes_split(shape: Shape, total: u128, calls: &[Call], numbers: [u128; 2]) {
    let whole = grant(shape, total, calls);
    let [first, second] = split(&whole, numbers[0]);
    assert_eq!(first.merge(&second).as_ref(), Ok(&whole));
    assert_eq!(second.merge(&first).as_ref(), Ok(&whole));
    let [one, two] = split(&second, numbers[1]);
    let again = one.merge(&two).unwrap();
    assert_eq!(again, second);
    assert_eq!(again.merge(&first), Ok(whole));
}

/// A merger of two parts, whatever each has claimed of late, has what the two had at its clock, and
/// later a unit more at most and two less at most, or none less of parts of one split; and is a
/// schedule.
pub fn merge_keeps_pace(
    shape: Shape,
    total: u128,
    calls: [&[Call]; 3],
    numbers: [u128; 2],
    time: u64,
) {
    let whole = grant(shape, total, calls[0]);
    let [mut one, rest] = split(&whole, numbers[0]);
    let [mut two, _] = split(&rest, numbers[1]);
    for (part, calls) in [(&mut one, calls[1]), (&mut two, calls[2])] {
        for &call in calls {
            let _ = apply(part, call);
            // What was split again has another checkpoint.
            if call.what == What::Split {
                *part = split(part, call.amount)[0].clone();
            }
        }
    }
    let Some(merged) = merge(&one, &two) else {
        return;
    };
    counters_sum(&merged, [&one, &two]);
    let clock = merged.state().clock;
    assert_eq!(clock, one.state().clock.max(two.state().clock));
    let moments = moments(merged.schedule(), time);
    let is_of_one_split = one.state().checkpoint == two.state().checkpoint;
    let least = if is_of_one_split { 0 } else { -2 };
    for &moment in moments.iter().filter(|&&moment| at(moment) >= clock) {
        let more = less(&merged, [&one, &two], moment);
        assert!(
            (least..=1).contains(&more),
            "{merged:?} of {one:?}, {two:?}"
        );
    }
    assert!(less(&merged, [&one, &two], clock.get()) >= 0);
    keeps_the_laws(&merged.entitlement(), &moments, u128::from(time));
}

/// Whatever a holder can do alone, be it splitting, merging or claiming in any order, pays no more
/// by a time than has vested of the schedule.
pub fn a_holder_hastens_nothing(shape: Shape, total: u128, calls: &[Call]) {
    let whole = grant(shape, total, &[]);
    let mut grants = vec![whole.clone()];
    let (mut clock, mut paid) = (0, 0);
    for &call in calls {
        let moments = moments(whole.schedule(), call.time);
        clock = clock.max(moments[usize::from(call.moment) % moments.len()]);
        let chosen = usize::from(call.moment ^ (call.time as u8)) % grants.len();
        match call.what {
            What::Split | What::Revoke | What::Pause if grants.len() < 7 => {
                let grant = grants.remove(chosen);
                grants.extend(split(&grant, call.amount));
            }
            What::Merge | What::Resume if grants.len() > 1 => {
                let other = grants.remove(chosen);
                let grant = grants.remove(0);
                grants.push(grant.merge(&other).unwrap());
            }
            What::Transfer => paid += grants[chosen].transfer(at(clock)).unwrap().get(),
            _ => {
                let claimed = grants[chosen].claim_up_to(at(clock), Amount::new(call.amount));
                paid += claimed.unwrap().get();
            }
        }
        let vested = whole.schedule().vested_at(at(clock)).get();
        let claimable = grants
            .iter()
            .map(|grant| grant.claimable_at(at(clock)).get());
        assert!(paid + claimable.sum::<u128>() <= vested, "{grants:?}");
    }
    for grant in &mut grants {
        paid += grant.claim(Timestamp::MAX).unwrap().get();
    }
    assert_eq!(paid, whole.funded().get());
}
