//! The laws of grants.

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};
use tokenomics_vesting::{Grant, Resize, Schedule, SlashFrom};

use super::at;
use super::calls::{any, apply, grant, share, time_of, Any, Call, Moved};
use super::shapes::{moments, schedule, Shape};

/// What one books who sees only what moves.
#[derive(Debug, Default)]
struct Books {
    funded: u128,
    paid: u128,
    returned: u128,
    slashed: u128,
}

impl Books {
    fn book(&mut self, moved: Moved) {
        match moved {
            Moved::Nothing => {}
            Moved::Paid(amount) => self.paid += amount,
            Moved::Returned(amount) => self.returned += amount,
            Moved::Slashed(amount) => self.slashed += amount,
            Moved::Funded(amount) => self.funded += amount,
        }
    }

    /// What is left of each grant sums to what the books say, and each grant's parts to what it was
    /// funded with.
    fn audit(&self, grants: &[Grant<Any>], moment: u64) {
        let sum = |part: fn(&Grant<Any>, Timestamp) -> Amount| -> u128 {
            grants
                .iter()
                .map(|grant| part(grant, at(moment)).get())
                .sum()
        };
        let claimed = sum(|grant, _| grant.claimed());
        assert_eq!(claimed, self.paid, "{grants:?} at {moment}");
        let left = sum(Grant::claimable) + sum(Grant::unvested);
        assert_eq!(
            self.paid + left + self.returned + self.slashed,
            self.funded,
            "{grants:?} at {moment}"
        );
        for grant in grants {
            let now = at(moment);
            let parts = [
                grant.claimed(),
                grant.claimable(now),
                grant.unvested(now),
                grant.clawed_back(),
                grant.slashed(),
            ];
            assert_eq!(Amount::try_sum(parts), Ok(grant.funded()), "{grant:?}");
        }
    }
}

/// claimed + claimable + unvested + clawed back + slashed = funded, summed over all grants that one
/// was split into and merged from, after any sequence of calls, at any time.
pub fn conservation(shape: Shape, total: u128, calls: &[Call]) {
    let mut grants = vec![Grant::new(Any::Base(schedule(shape, total)))];
    let mut books = Books {
        funded: grants[0].funded().get(),
        ..Books::default()
    };
    // Each of them asks the schedule once more, so a few are enough.
    let mut made = 0;
    for &call in calls {
        let (which, time, number) = call;
        let chosen = usize::try_from(time % 7).unwrap() % grants.len();
        match (which / 16, grants.len()) {
            (14, 1..=4) if made < 4 => {
                made += 1;
                let grant = grants.remove(chosen);
                let kept = grant.kept().get();
                let amount = kept.checked_add(1).map_or(number, |all| number % all);
                let (first, second) = grant.split(Amount::new(amount)).unwrap();
                grants.extend([any(&first), any(&second)]);
            }
            (15, 2..) if made < 4 => {
                made += 1;
                let other = (chosen + 1) % grants.len();
                if let Ok(merged) = grants[chosen].merge(&grants[other]) {
                    let merged = any(&merged);
                    grants.remove(chosen.max(other));
                    grants.remove(chosen.min(other));
                    grants.push(merged);
                }
            }
            _ => {
                // The sum of all grants must fit what they could be merged into.
                let room = u128::MAX - books.funded;
                if matches!(which % 16, 9 | 10) && number > room {
                    continue;
                }
                if let Ok(moved) = apply(&mut grants[chosen], call) {
                    books.book(moved);
                }
            }
        }
        for moment in moments(grants[0].schedule(), time) {
            books.audit(&grants, moment);
        }
        for grant in &grants {
            assert!(Grant::restore(grant.schedule().clone(), grant.state()).is_ok());
        }
    }
}

/// However one claims, between whatever else is done to the grant, a last claim at a time comes to
/// what a single claim would have.
pub fn claim_pattern(shape: Shape, total: u128, calls: &[Call], end: u64) {
    let mut once = grant(shape, total, &[]);
    let mut often = once.clone();
    let mut calls = calls.to_vec();
    calls.sort_unstable_by_key(|&(_, time, _)| time);
    for (which, time, number) in calls {
        let now = at(time.min(end));
        let amount = Amount::new(number);
        let mut do_to_both = |what: &dyn Fn(&mut Grant<Any>) -> u128| {
            assert_eq!(what(&mut once), what(&mut often));
        };
        let units = |moved: Result<Amount, _>| moved.map_or(0, Amount::get);
        match which % 12 {
            0 => do_to_both(&|grant| units(grant.revoke(now))),
            1 => do_to_both(&|grant| u128::from(grant.pause(now).is_ok())),
            2 => do_to_both(&|grant| {
                let lasted = grant.resume(now).map_or(Span::ZERO, |lasted| lasted);
                lasted.get().into()
            }),
            3 => do_to_both(&|grant| units(grant.accelerate(now, share(number)))),
            4 => do_to_both(&|grant| units(grant.slash(now, amount, SlashFrom::Unvested))),
            5 => do_to_both(&|grant| u128::from(grant.top_up(amount).is_ok())),
            _ => drop(often.claim_up_to(now, amount).unwrap()),
        }
    }
    once.claim(at(end)).unwrap();
    often.claim(at(end)).unwrap();
    assert_eq!(once.state(), often.state(), "{:?}", once.schedule());
    assert!(once.claimable(at(end)).is_zero());
}

/// No call but a slash that names it lowers what has vested, and none lowers what was claimed.
pub fn vested_is_kept(shape: Shape, total: u128, calls: &[Call]) {
    let mut grant = grant(shape, total, &[]);
    for &call in calls {
        let before = grant.clone();
        let moved = apply(&mut grant, call);
        let now = at(time_of(&before, call)).max(grant.state().clock);
        assert!(grant.claimed() >= before.claimed());
        let lost = before
            .vested(now)
            .get()
            .saturating_sub(grant.vested(now).get());
        match moved {
            Ok(Moved::Slashed(taken)) if call.0 % 16 == 8 => {
                let vested = taken.saturating_sub(before.unvested(now).get());
                assert_eq!(lost, vested, "{before:?} by {call:?} to {grant:?}");
            }
            _ => assert_eq!(lost, 0, "{before:?} by {call:?} to {grant:?}"),
        }
    }
}

/// What each transition does to what vests from then on, told from what would have vested.
pub fn transitions_are_their_formulas(shape: Shape, total: u128, calls: &[Call], call: Call) {
    let before = grant(shape, total, calls);
    let now = time_of(&before, call).max(before.state().clock.get());
    let (_, time, number) = call;
    let later: Vec<u64> = moments(before.schedule(), time)
        .into_iter()
        .filter(|&moment| moment >= now)
        .collect();
    let (kept, vested) = (before.kept().get(), |time| before.vested(at(time)).get());
    let after = |transition: &dyn Fn(&mut Grant<Any>)| {
        let mut grant = before.clone();
        transition(&mut grant);
        later
            .iter()
            .map(|&time| grant.vested(at(time)).get())
            .collect::<Vec<_>>()
    };
    let by = |formula: &dyn Fn(u64) -> u128| -> Vec<u128> {
        later.iter().map(|&time| formula(time)).collect()
    };

    let date = now.saturating_add(time % 40);
    let mut returned = 0;
    let revoked = {
        let mut grant = before.clone();
        if let Ok(amount) = grant.revoke_at(at(now), at(date)) {
            returned = amount.get();
        }
        after(&|grant| {
            let _ = grant.revoke_at(at(now), at(date));
        })
    };
    if before.revoked_at().is_none_or(|at| at.get() > date) {
        assert_eq!(returned, kept - vested(date));
        assert_eq!(revoked, by(&|time| vested(time).min(vested(date))));
    }
    let paused = after(&|grant| {
        let _ = grant.pause(at(now));
    });
    if before.paused_at().is_none() {
        assert_eq!(paused, by(&|_| vested(now)));
    }
    let share = share(number);
    let hastened = before.clone().accelerate(at(now), share).unwrap().get();
    assert!(share != Fraction::ONE || hastened == before.unvested(at(now)).get());
    assert_eq!(
        after(&|grant| {
            grant.accelerate(at(now), share).unwrap();
        }),
        by(&|time| kept.min(vested(time).saturating_add(hastened)))
    );
    for (from, most) in [
        (SlashFrom::Unvested, before.unvested(at(now)).get()),
        (SlashFrom::UnvestedThenVested, kept - before.claimed().get()),
    ] {
        let taken = number.min(most);
        let slashed = after(&|grant| {
            let amount = grant.slash(at(now), Amount::new(number), from);
            assert_eq!(amount, Ok(Amount::new(taken)));
        });
        assert_eq!(slashed, by(&|time| vested(time).min(kept - taken)));
    }
    if let Ok(total) = before.funded().checked_add(Amount::new(number)) {
        if let (None, Ok(larger)) = (before.revoked_at(), before.schedule().with_total(total)) {
            let anew = Grant::restore(larger, before.state()).unwrap();
            let topped = after(&|grant| grant.top_up(Amount::new(number)).unwrap());
            assert_eq!(topped, by(&|time| anew.vested(at(time)).get()));
            for (more, less) in topped.iter().zip(by(&vested)) {
                assert!((less..=less.saturating_add(number)).contains(more));
            }
        }
    }
}

/// A pause makes all that comes after it later by as long as it lasted.
pub fn a_pause_shifts(shape: Shape, total: u128, calls: &[Call], times: [u64; 3]) {
    let mut grant = grant(shape, total, calls);
    let _ = grant.resume(grant.state().clock);
    let mut times = times.map(|time| time.max(grant.state().clock.get()));
    times.sort_unstable();
    let [paused, resumed, later] = times;
    let before = grant.clone();
    grant.pause(at(paused)).unwrap();
    let halted = grant.vested(at(resumed));
    assert_eq!(halted, before.vested(at(paused)));
    let lasted = grant.resume(at(resumed)).unwrap().get();
    assert_eq!(lasted, resumed - paused);
    // At the clock's last instant all has vested, delayed or not.
    if later < u64::MAX {
        assert_eq!(grant.vested(at(later)), before.vested(at(later - lasted)));
    }
    assert_eq!(grant.vested(Timestamp::MAX), grant.kept());
}
