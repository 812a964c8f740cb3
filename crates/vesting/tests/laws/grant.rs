//! The laws of grants.

use tokenomics_fixed_math::Amount;
use tokenomics_vesting::{AnySchedule, Error, Grant, Schedule};

use super::at;
use super::shapes::{moments, schedule, Shape};

/// One call on a grant: which, when, and with what maximum.
pub type Call = (u8, u64, u128);

/// claimed + claimable + unvested + clawed_back = funded after any sequence of calls, on a clock
/// that jumps as it likes; what is claimed only grows, and by what was paid; a grant is revoked
/// once; a refused call changes nothing.
pub fn conservation(shape: Shape, total: u128, calls: &[Call]) {
    let schedule = schedule(shape, total);
    let mut grant = Grant::new(schedule.clone());
    let (mut paid, mut returned) = (0, 0);
    for &(call, time, max) in calls {
        let moments = moments(&schedule, time);
        let now = moments[usize::from(call) % moments.len()];
        let before = grant.clone();
        let claimable = grant.claimable(at(now)).get();
        match call % 8 {
            0 => match grant.revoke(at(now)) {
                Ok(amount) => {
                    returned += amount.get();
                    assert!(!before.is_revoked());
                    assert_eq!(grant.revoked_at(), Some(at(now)));
                    // The vested part is kept.
                    assert_eq!(grant.claimable(at(now)).get(), claimable);
                    assert!(grant.unvested(at(now)).is_zero());
                }
                Err(error) => {
                    let at = before.revoked_at().unwrap();
                    assert_eq!(error, Error::AlreadyRevoked { at });
                    assert_eq!(grant, before);
                }
            },
            1..=3 => {
                let amount = grant.claim(at(now)).unwrap().get();
                assert_eq!(amount, claimable);
                paid += amount;
            }
            _ => {
                let amount = grant.claim_up_to(at(now), Amount::new(max)).unwrap().get();
                assert_eq!(amount, claimable.min(max));
                paid += amount;
            }
        }
        assert_eq!(grant.claimed().get(), paid);
        assert_eq!(grant.clawed_back().get(), returned);
        assert!(grant.claimed() <= before.claimed().max(schedule.vested_at(at(now))));
        for moment in moments {
            parts_sum(&grant, moment);
        }
        let resumed = Grant::resume(schedule.clone(), grant.claimed(), grant.revoked_at());
        assert_eq!(resumed.as_ref(), Ok(&grant));
    }
}

fn parts_sum(grant: &Grant<AnySchedule>, moment: u64) {
    let parts = [
        grant.claimed(),
        grant.claimable(at(moment)),
        grant.unvested(at(moment)),
        grant.clawed_back(),
    ];
    assert_eq!(
        Amount::try_sum(parts),
        Ok(grant.funded()),
        "{grant:?} at {moment}: {parts:?}"
    );
}

/// However one claims until a time, revoked meanwhile or not, a last claim at that time comes to
/// what a single claim would have.
pub fn claim_pattern(shape: Shape, total: u128, calls: &[Call], revoked: Option<u64>, end: u64) {
    let schedule = schedule(shape, total);
    let revoked = revoked.map(|time| at(time.min(end)));
    let (mut once, mut often) = (Grant::new(schedule.clone()), Grant::new(schedule.clone()));
    // Before the revocation, and after it.
    let (early, late): (Vec<_>, Vec<_>) = calls
        .iter()
        .map(|&(_, time, max)| (at(time.min(end)), Amount::new(max)))
        .partition(|(time, _)| revoked.is_none_or(|revoked| *time <= revoked));
    for (time, max) in early {
        often.claim_up_to(time, max).unwrap();
    }
    if let Some(revoked) = revoked {
        assert_eq!(often.revoke(revoked), once.revoke(revoked));
    }
    for (time, max) in late {
        often.claim_up_to(time, max).unwrap();
    }
    once.claim(at(end)).unwrap();
    often.claim(at(end)).unwrap();
    assert_eq!(once, often);
    let earned = schedule.vested_at(revoked.unwrap_or(at(end)));
    assert_eq!(often.claimed(), earned);
}
