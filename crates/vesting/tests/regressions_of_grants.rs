//! Faults of grants that cost others money, each as the sentence that holds here.

use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
use tokenomics_vesting::{Error, Grant, GrantState, Linear, Quantity, Schedule, SlashFrom};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn amount(units: u128) -> Amount {
    Amount::new(units)
}

/// 1,000 units over 100 instants.
fn grant() -> Grant<Linear> {
    Grant::new(Linear::new(at(0), at(100), amount(1_000)).unwrap())
}

/// OpenZeppelin #6493: the unvested part was the balance less the vested, though some of the vested
/// had left the balance already.
#[test]
fn what_was_claimed_before_a_revocation_is_not_subtracted_twice() {
    let mut grant = grant();
    assert_eq!(grant.claim(at(30)), Ok(amount(300)));
    assert_eq!(grant.revoke(at(50)), Ok(amount(500)));
    assert_eq!(grant.claim(at(50)), Ok(amount(200)));
    assert_eq!(grant.claim(at(100)), Ok(Amount::ZERO));
}

/// OpenZeppelin #492: a grant could be revoked again, and returned more each time.
#[test]
fn a_second_revocation_is_refused_and_changes_nothing() {
    let mut grant = grant();
    grant.revoke(at(50)).unwrap();
    let before = grant;
    for now in [50, 80] {
        let refused = Err(Error::AlreadyRevoked { at: at(50) });
        assert_eq!(grant.revoke(at(now)), refused);
        assert_eq!(grant.revoke_at(at(50), at(now)), refused);
    }
    assert_eq!(grant, before);
}

/// firm-protocol #162: a revocation dated back took what had been paid out.
#[test]
fn a_revocation_cannot_be_dated_back() {
    let mut grant = grant();
    grant.claim_up_to(at(70), amount(1)).unwrap();
    let before = grant;
    let backdated = |at, last| Err(Error::Backdated { at, last });
    assert_eq!(grant.revoke(at(20)), backdated(at(20), at(70)));
    assert_eq!(grant.revoke_at(at(70), at(69)), backdated(at(69), at(70)));
    assert_eq!(grant, before);
    assert_eq!(grant.revoke(at(70)), Ok(amount(300)));
    assert_eq!(grant.claimable_at(at(70)), amount(699));
}

/// Hedgey revokes at a date to come: what vests by then must go on vesting, and no sooner.
#[test]
fn after_a_revocation_dated_ahead_vesting_goes_on_until_its_date() {
    let mut grant = grant();
    assert_eq!(grant.revoke_at(at(0), at(60)), Ok(amount(400)));
    assert_eq!(grant.claimable_at(at(10)), amount(100));
    assert_eq!(grant.unvested_at(at(10)), amount(500));
    assert_eq!(grant.claimable_at(at(99)), amount(600));
}

/// A date to come binds the one who named it: it can be brought forward, not put off.
#[test]
fn a_revocation_dated_ahead_can_be_brought_forward() {
    let mut grant = grant();
    grant.revoke_at(at(10), at(60)).unwrap();
    assert!(grant.revoke_at(at(20), at(80)).is_err());
    assert_eq!(grant.revoke(at(20)), Ok(amount(400)));
    assert_eq!(grant.kept(), amount(200));
    assert_eq!(grant.clawed_back(), amount(800));
}

/// Agoric #4300: what a slash could not take from one grant was held against the next, and let it
/// unlock early.
#[test]
fn a_slash_takes_the_last_to_vest_and_moves_no_other_unlock() {
    let (mut slashed, whole) = (grant(), grant());
    let took = slashed.slash(at(30), amount(400), SlashFrom::Unvested);
    assert_eq!(took, Ok(amount(400)));
    for now in 30..60 {
        assert_eq!(slashed.vested_at(at(now)), whole.vested_at(at(now)));
    }
    assert_eq!(slashed.vested_at(at(100)), amount(600));

    // More than there is leaves no debt behind.
    let took = slashed.slash(at(30), Amount::MAX, SlashFrom::Unvested);
    assert_eq!(took, Ok(amount(300)));
    slashed.top_up(amount(500)).unwrap();
    assert_eq!(slashed.kept(), amount(800));
    let (first, second) = slashed.split(amount(300)).unwrap();
    assert_eq!(first.merge(&second), Ok(slashed));
}

/// cosmos-sdk #10712: an account that was slashed and then moved to another version panicked, as
/// more was locked than there was.
#[test]
fn a_slashed_grant_is_restored_and_read_at_any_time() {
    let mut grant = grant();
    grant.claim(at(40)).unwrap();
    let took = grant.slash(at(50), Amount::MAX, SlashFrom::UnvestedThenVested);
    assert_eq!(took, Ok(amount(600)));
    let mut restored = Grant::restore(*grant.schedule(), grant.state()).unwrap();
    for now in [0, 39, 40, 100, u64::MAX] {
        assert_eq!(restored.claim(at(now)), Ok(Amount::ZERO));
        assert_eq!(restored.unvested_at(at(now)), Amount::ZERO);
    }
    let restored = Grant::restore(
        *grant.schedule(),
        GrantState {
            slashed: amount(601),
            ..grant.state()
        },
    );
    assert!(matches!(
        restored,
        Err(Error::OutOfRange {
            what: Quantity::Claimed,
            value: 400,
            bound: 399,
            ..
        })
    ));
}

/// Astroport #99: what had vested and was not claimed was lost when the schedule was changed.
#[test]
fn no_change_of_a_grant_loses_what_was_not_claimed() {
    let half = Fraction::from_percent(50).unwrap();
    type Change = fn(&mut Grant<Linear>, Fraction);
    let changes: [(&str, Change); 6] = [
        ("revoke", |grant, _| {
            grant.revoke(at(30)).unwrap();
        }),
        ("pause", |grant, _| grant.pause(at(30)).unwrap()),
        ("top up", |grant, _| grant.top_up(amount(7)).unwrap()),
        ("accelerate", |grant, half| {
            grant.accelerate(at(30), half).unwrap();
        }),
        ("slash", |grant, _| {
            let all = Amount::MAX;
            grant.slash(at(30), all, SlashFrom::Unvested).unwrap();
        }),
        ("revoke at", |grant, _| {
            grant.revoke_at(at(30), at(31)).unwrap();
        }),
    ];
    for (name, change) in changes {
        let mut grant = grant();
        change(&mut grant, half);
        assert!(grant.claimable_at(at(30)) >= amount(300), "{name}");
    }
    let (first, second) = grant().split(amount(333)).unwrap();
    // To the unit: the split is dated at 0, when nothing had vested, and each part is floored.
    let claimable = [&first, &second].map(|part| part.claimable_at(at(30)));
    assert_eq!(claimable, [amount(99), amount(200)]);
    assert_eq!(
        first.merge(&second).unwrap().claimable_at(at(30)),
        amount(300)
    );
}

/// Polkadot #3436: a merger with a schedule that starts far ahead froze what was about to unlock.
#[test]
fn grants_that_vest_at_other_times_are_not_merged() {
    let unlike = |what| Err(Error::Unlike { what });
    let far = Linear::new(at(u64::MAX - 1), Timestamp::MAX, amount(1)).unwrap();
    assert_eq!(grant().merge(&Grant::new(far)), unlike(Quantity::Schedule));
    let (one, two) = grant().split(amount(500)).unwrap();
    type Change = fn(&mut Grant<Linear>);
    let changes: [(Quantity, Change); 5] = [
        (Quantity::PauseTime, |grant| grant.pause(at(30)).unwrap()),
        (Quantity::Delay, |grant| {
            grant.pause(at(30)).unwrap();
            grant.resume(at(31)).unwrap();
        }),
        (Quantity::RevocationTime, |grant| {
            grant.revoke(at(30)).unwrap();
        }),
        (Quantity::Cut, |grant| {
            let from = SlashFrom::Unvested;
            grant.slash(at(30), amount(3), from).unwrap();
        }),
        (Quantity::Cut, |grant| {
            grant.accelerate(at(30), Fraction::ONE).unwrap();
        }),
    ];
    for (what, change) in changes {
        let mut changed = one;
        change(&mut changed);
        assert_eq!(changed.merge(&two), unlike(what));
        assert_eq!(two.merge(&changed), unlike(what));
    }
    // Two units are as much as rounding may come to.
    let mut slashed = one;
    slashed
        .slash(at(30), amount(2), SlashFrom::Unvested)
        .unwrap();
    assert_eq!(slashed.merge(&two).unwrap().kept(), amount(998));
    // What can't be of one schedule.
    let more = Error::OutOfRange {
        what: Quantity::Funded,
        value: 1_500,
        bound: 1_000,
    };
    assert_eq!(grant().merge(&one), Err(more));
}

/// Evmos CVE-2024-32873 and CVE-2024-37154: delegating what had not vested made it spendable. What
/// is locked depends here on the schedule and on what was claimed, and on nothing held elsewhere.
#[test]
fn nothing_that_a_holder_does_alone_vests_a_unit_sooner() {
    let whole = grant();
    let (mut mine, yours) = whole.split(amount(1)).unwrap();
    mine.transfer(at(10)).unwrap();
    let mut both = yours.merge(&mine).unwrap();
    both.transfer(at(20)).unwrap();
    for now in 20..=100 {
        let claimed = both.claimed().checked_add(both.claimable_at(at(now)));
        assert_eq!(claimed, Ok(whole.vested_at(at(now))));
    }
}

/// Parts that floor shares of one whole leave a unit each behind. Where a split divides what was
/// claimed and lets a part be a unit ahead, that unit is paid twice: by the parts that catch up.
#[test]
fn parts_of_what_was_claimed_in_full_pay_no_unit_again() {
    let whole = Grant::new(Linear::new(at(0), at(12), amount(12)).unwrap());
    for claimed in 0..12 {
        let mut rest = whole;
        let mut paid = rest.claim(at(claimed)).unwrap().get();
        let mut parts = [1, 1, 1, 3, 3, 3].map(|units| {
            let part;
            (part, rest) = rest.split(amount(units)).unwrap();
            part
        });
        for now in claimed..=12 {
            for part in &mut parts {
                paid += part.claim(at(now)).unwrap().get();
            }
            assert!(paid <= u128::from(now), "{paid} by {now}");
        }
        assert_eq!(paid, 12);
    }
}

/// A top-up of a part is no top-up of the others, and none of it is theirs.
#[test]
fn a_part_that_is_topped_up_vests_its_own() {
    let mut whole = grant();
    whole.claim(at(50)).unwrap();
    let (mut mine, yours) = whole.split(amount(400)).unwrap();
    mine.top_up(amount(100)).unwrap();
    assert_eq!((mine.funded(), yours.funded()), (amount(500), amount(600)));
    // The schedule's 1,100 have come to 550: 50 of the 600 that are left since the split at 500, and
    // 25 of this part's 300.
    assert_eq!(mine.claimable_at(at(50)), amount(25));
    assert_eq!(mine.vested_at(at(100)), amount(500));
    assert_eq!(
        mine.merge(&yours),
        Err(Error::Unlike {
            what: Quantity::Schedule
        })
    );
}

/// contracts-sui #449: what had vested could fall again when the balance did.
#[test]
fn what_has_vested_does_not_fall_when_units_leave() {
    let mut grant = grant();
    let mut last = Amount::ZERO;
    for now in 0..=100 {
        match now {
            20 => {
                grant.claim(at(now)).unwrap();
            }
            40 => {
                grant
                    .slash(at(now), amount(100), SlashFrom::Unvested)
                    .unwrap();
            }
            60 => {
                grant.revoke_at(at(now), at(70)).unwrap();
            }
            _ => {}
        }
        assert!(grant.vested_at(at(now)) >= last);
        last = grant.vested_at(at(now));
    }
    assert_eq!(last, amount(700));
}

/// A delay could push an end past the clock's last instant, and what vests there with it.
#[test]
fn a_grant_that_was_paused_for_ages_still_vests_in_full() {
    let linear = Linear::new(at(0), at(u64::MAX - 5), amount(1_000)).unwrap();
    let mut grant = Grant::new(linear);
    grant.pause(at(10)).unwrap();
    grant.resume(at(500)).unwrap();
    assert_eq!(grant.entitlement().end(), Timestamp::MAX);
    assert_eq!(grant.vested_at(at(u64::MAX - 1)), amount(999));
    assert_eq!(grant.claim(Timestamp::MAX), Ok(amount(1_000)));
}

/// Parts of splits at other times, all merged, may have a unit left behind to make up for: with
/// another total they might fall.
#[test]
fn a_grant_that_makes_up_for_a_unit_is_not_topped_up() {
    let whole = Grant::new(Linear::new(at(0), at(3), amount(3)).unwrap());
    let (first, mut rest) = whole.split(amount(1)).unwrap();
    rest.claim(at(2)).unwrap();
    let (second, third) = rest.split(amount(1)).unwrap();
    let mut all = first.merge(&second).unwrap().merge(&third).unwrap();
    assert_eq!(
        (all.funded(), all.state().others),
        (amount(3), Amount::ZERO)
    );
    let vested = [2, 3].map(|now| all.vested_at(at(now)));
    assert_eq!(vested, [amount(1), amount(3)]);
    assert_eq!(all.top_up(amount(5)), Err(Error::NotResizable));
    assert!(rest.merge(&first).unwrap().top_up(amount(5)).is_ok());
}

/// Paused parts stand still since the pause, whenever they are merged.
#[test]
fn paused_parts_are_merged_as_they_stand() {
    let (mut one, mut rest) = grant().split(amount(500)).unwrap();
    rest.claim(at(20)).unwrap();
    let (mut two, _) = rest.split(amount(100)).unwrap();
    for part in [&mut one, &mut two] {
        part.pause(at(40)).unwrap();
        part.claim(at(60)).unwrap();
    }
    let mut both = one.merge(&two).unwrap();
    assert_eq!(both.state().checkpoint, amount(400));
    assert_eq!(both.claimed(), amount(240));
    both.resume(at(70)).unwrap();
    assert_eq!(both.vested_at(at(80)), amount(300));
}

/// A part that has vested beyond what it keeps, by as much as is left of its own, is not as far as one
/// that still has all of that to vest.
#[test]
fn beyond_what_is_kept_is_not_short_of_it() {
    let (mut mine, yours) = grant().split(amount(500)).unwrap();
    let from = SlashFrom::UnvestedThenVested;
    // 250 have vested, and 200 are kept.
    assert_eq!(mine.slash(at(50), amount(300), from), Ok(amount(300)));
    let (some, _) = mine.split(amount(67)).unwrap();
    let what = Quantity::Cut;
    assert_eq!(some.merge(&yours), Err(Error::Unlike { what }));
}

/// What a slash took of the vested is not made up for by another part's unvested.
#[test]
fn a_merger_gives_back_nothing_that_was_slashed() {
    let (mut mine, yours) = grant().split(amount(500)).unwrap();
    let from = SlashFrom::UnvestedThenVested;
    assert_eq!(mine.slash(at(50), amount(400), from), Ok(amount(400)));
    let unlike = Err(Error::Unlike {
        what: Quantity::Cut,
    });
    assert_eq!(mine.merge(&yours), unlike);
    // A part of it of which all has vested is no way around.
    let (some, rest) = mine.split(amount(37)).unwrap();
    assert_eq!(some.merge(&yours), unlike);
    assert_eq!(yours.merge(&rest), unlike);
    let again = some.merge(&rest).unwrap();
    assert_eq!(again.vested_at(at(50)), mine.vested_at(at(50)));
    assert_eq!(again.kept(), amount(100));
}
