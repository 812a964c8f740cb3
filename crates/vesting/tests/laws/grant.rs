//! The laws of grants.

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};
use tokenomics_vesting::{AnySchedule, Grant, Resize, Schedule, SlashFrom};

use super::at;
use super::calls::{apply, grant, share, time_of, Call, Moved, What};
use super::parts::{merge, split};
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
    fn audit(&self, grants: &[Grant<AnySchedule>], moment: u64) {
        let sum = |part: fn(&Grant<AnySchedule>, Timestamp) -> Amount| -> u128 {
            grants
                .iter()
                .map(|grant| part(grant, at(moment)).get())
                .sum()
        };
        let claimed = sum(|grant, _| grant.claimed());
        assert_eq!(claimed, self.paid, "{grants:?} at {moment}");
        let left = sum(Grant::claimable_at) + sum(Grant::unvested_at);
        assert_eq!(sum(|grant, _| grant.clawed_back()), self.returned);
        assert_eq!(sum(|grant, _| grant.slashed()), self.slashed);
        assert_eq!(sum(|grant, _| grant.funded()), self.funded);
        assert_eq!(
            self.paid + left + self.returned + self.slashed,
            self.funded,
            "{grants:?} at {moment}"
        );
        for grant in grants {
            let now = at(moment);
            let parts = [
                grant.claimed(),
                grant.claimable_at(now),
                grant.unvested_at(now),
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
    let mut grants = vec![Grant::new(schedule(shape, total))];
    let mut books = Books {
        funded: grants[0].funded().get(),
        ..Books::default()
    };
    for &call in calls {
        let Call { time, amount, .. } = call;
        let chosen = usize::try_from(time % 7).unwrap() % grants.len();
        match (call.what, grants.len()) {
            (What::Split, 1..=4) => {
                let grant = grants.remove(chosen);
                grants.extend(split(&grant, amount));
            }
            (What::Merge, 2..) => {
                let other = (chosen + 1) % grants.len();
                if let Some(merged) = merge(&grants[chosen], &grants[other]) {
                    grants.remove(chosen.max(other));
                    grants.remove(chosen.min(other));
                    grants.push(merged);
                }
            }
            _ => {
                // What the books sum must fit them.
                let room = u128::MAX - books.funded;
                if call.what == What::TopUp && amount > room {
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
    calls.sort_unstable_by_key(|call| call.time);
    for call in calls {
        let now = at(call.time.min(end));
        let amount = Amount::new(call.amount);
        let mut do_to_both = |what: &dyn Fn(&mut Grant<AnySchedule>) -> u128| {
            assert_eq!(what(&mut once), what(&mut often));
        };
        let units = |moved: Result<Amount, _>| moved.map_or(0, Amount::get);
        match call.what {
            What::Revoke => do_to_both(&|grant| units(grant.revoke(now))),
            What::Pause => do_to_both(&|grant| u128::from(grant.pause(now).is_ok())),
            What::Resume => do_to_both(&|grant| {
                let lasted = grant.resume(now).map_or(Span::ZERO, |lasted| lasted);
                lasted.get().into()
            }),
            What::Accelerate => {
                do_to_both(&|grant| units(grant.accelerate(now, share(call.amount))));
            }
            What::SlashUnvested => {
                do_to_both(&|grant| units(grant.slash(now, amount, SlashFrom::Unvested)));
            }
            What::TopUp => do_to_both(&|grant| u128::from(grant.top_up(amount).is_ok())),
            _ => drop(often.claim_up_to(now, amount).unwrap()),
        }
    }
    once.claim(at(end)).unwrap();
    often.claim(at(end)).unwrap();
    assert_eq!(once.state(), often.state(), "{:?}", once.schedule());
    assert!(once.claimable_at(at(end)).is_zero());
}

/// No call but a slash that names it lowers what has vested, and none lowers what was claimed; of a
/// grant, and of a part of it, and of a part of that.
pub fn vested_is_kept(shape: Shape, total: u128, calls: &[Call]) {
    let mut grant = grant(shape, total, &[]);
    for &call in calls {
        if call.what == What::Split {
            grant = split(&grant, call.amount)[usize::from(call.moment % 2)].clone();
            continue;
        }
        let before = grant.clone();
        let moved = apply(&mut grant, call);
        let now = at(time_of(&before, call)).max(grant.state().clock);
        assert!(grant.claimed() >= before.claimed());
        let lost = before
            .vested_at(now)
            .get()
            .saturating_sub(grant.vested_at(now).get());
        match moved {
            Ok(Moved::Slashed(taken)) if call.what == What::SlashVested => {
                let vested = taken.saturating_sub(before.unvested_at(now).get());
                assert_eq!(lost, vested, "{before:?} by {call:?} to {grant:?}");
            }
            _ => assert_eq!(lost, 0, "{before:?} by {call:?} to {grant:?}"),
        }
    }
}

/// What each transition does to what vests from then on, told from what would have vested: of a grant
/// and of its parts.
pub fn transitions_are_their_formulas(shape: Shape, total: u128, calls: &[Call], call: Call) {
    let whole = grant(shape, total, calls);
    for part in split(&whole, call.amount / 2) {
        formulas(&part, call);
    }
    formulas(&whole, call);
}

fn formulas(before: &Grant<AnySchedule>, call: Call) {
    let now = time_of(before, call).max(before.state().clock.get());
    let (time, number) = (call.time, call.amount);
    let later: Vec<u64> = moments(before.schedule(), time)
        .into_iter()
        .filter(|&moment| moment >= now)
        .collect();
    let (kept, vested) = (before.kept().get(), |time| before.vested_at(at(time)).get());
    let after = |transition: &dyn Fn(&mut Grant<AnySchedule>)| {
        let mut grant = before.clone();
        transition(&mut grant);
        later
            .iter()
            .map(|&time| grant.vested_at(at(time)).get())
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
    assert!(share != Fraction::ONE || hastened == before.unvested_at(at(now)).get());
    assert_eq!(
        after(&|grant| {
            grant.accelerate(at(now), share).unwrap();
        }),
        by(&|time| kept.min(vested(time).saturating_add(hastened)))
    );
    for (from, most) in [
        (SlashFrom::Unvested, before.unvested_at(at(now)).get()),
        (SlashFrom::UnvestedThenVested, kept - before.claimed().get()),
    ] {
        let taken = number.min(most);
        let slashed = after(&|grant| {
            let amount = grant.slash(at(now), Amount::new(number), from);
            assert_eq!(amount, Ok(Amount::new(taken)));
        });
        assert_eq!(slashed, by(&|time| vested(time).min(kept - taken)));
    }
    if let Ok(total) = before.schedule().total().checked_add(Amount::new(number)) {
        if let (None, Ok(larger)) = (before.revoked_at(), before.schedule().with_total(total)) {
            let anew = Grant::restore(larger, before.state()).unwrap();
            let topped = after(&|grant| grant.top_up(Amount::new(number)).unwrap());
            assert_eq!(topped, by(&|time| anew.vested_at(at(time)).get()));
            for (more, less) in topped.iter().zip(by(&vested)) {
                assert!((less..=less.saturating_add(number)).contains(more));
            }
        }
    }
}

/// A pause makes all that comes after it later by as long as it lasted.
pub fn a_pause_shifts(shape: Shape, total: u128, calls: &[Call], times: [u64; 3]) {
    let whole = grant(shape, total, calls);
    let [first, second] = split(&whole, u128::from(times[0]));
    for grant in [whole, first, second] {
        shifts(grant, times);
    }
}

fn shifts(mut grant: Grant<AnySchedule>, times: [u64; 3]) {
    let _ = grant.resume(grant.state().clock);
    let mut times = times.map(|time| time.max(grant.state().clock.get()));
    times.sort_unstable();
    let [paused, resumed, later] = times;
    let before = grant.clone();
    grant.pause(at(paused)).unwrap();
    let halted = grant.vested_at(at(resumed));
    assert_eq!(halted, before.vested_at(at(paused)));
    let lasted = grant.resume(at(resumed)).unwrap().get();
    assert_eq!(lasted, resumed - paused);
    // At the clock's last instant all has vested, delayed or not.
    if later < u64::MAX {
        assert_eq!(
            grant.vested_at(at(later)),
            before.vested_at(at(later - lasted))
        );
    }
    assert_eq!(grant.vested_at(Timestamp::MAX), grant.kept());
}
