//! Faults that cost others money, each as the sentence that holds here.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{Allocation, Error, Gate, Grant, Linear, LumpLinear, Schedule, Step};

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

fn instalments(start: u64, period: u64, count: u32) -> Result<Step, Error> {
    let rule = Allocation::CumulativeRoundDown;
    Step::new(at(start), Span::new(period), count, amount(5), rule)
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
    assert_eq!(
        grant.revoke(at(20)),
        Err(Error::AlreadyRevoked { at: at(50) })
    );
    assert_eq!(grant, before);
}

/// firm-protocol #162: a revocation dated back took what had been paid out.
#[test]
fn a_backdated_revocation_cannot_touch_what_was_claimed() {
    let mut grant = grant();
    grant.claim(at(70)).unwrap();
    assert_eq!(grant.revoke(at(20)), Ok(amount(300)));
    assert_eq!(grant.claimed(), amount(700));
    for now in [0, 20, 70, 100] {
        assert_eq!(grant.claimable(at(now)), Amount::ZERO);
        assert_eq!(grant.unvested(at(now)), Amount::ZERO);
    }
}

/// Hedgey revokes at a date to come: what vests by then must go on vesting, and no sooner.
#[test]
fn after_a_revocation_dated_ahead_vesting_goes_on_until_its_date() {
    let mut grant = grant();
    assert_eq!(grant.revoke(at(60)), Ok(amount(400)));
    assert_eq!(grant.claimable(at(10)), amount(100));
    assert_eq!(grant.unvested(at(10)), amount(500));
    assert_eq!(grant.claimable(at(99)), amount(600));
}

/// Where a host's clock steps back, vested − claimed in unsigned integers panics, or wraps and pays.
#[test]
fn a_clock_that_runs_backwards_pays_nothing_and_takes_nothing() {
    let mut grant = grant();
    grant.claim(at(40)).unwrap();
    assert_eq!(grant.claim(at(39)), Ok(Amount::ZERO));
    assert_eq!(grant.claimed(), amount(400));
    assert_eq!(grant.unvested(at(39)), amount(600));
    assert_eq!(grant.claim(at(41)), Ok(amount(10)));
}

/// Zivoe #189 and pallet-vesting: a stored rate floors to 0, so a small grant never vests, or its
/// dust moves the end.
#[test]
fn a_total_of_less_than_a_unit_a_second_still_vests_in_full_and_on_time() {
    let four_years = 126_144_000;
    let schedule = Linear::new(at(0), at(four_years), amount(7)).unwrap();
    assert_eq!(schedule.vested_at(at(four_years / 7)), Amount::ZERO);
    assert_eq!(schedule.vested_at(at(four_years / 7 + 1)), amount(1));
    assert_eq!(schedule.vested_at(at(four_years - 1)), amount(6));
    assert_eq!(schedule.time_of(amount(7)), Some(at(four_years)));
}

/// Cosmos rounds half to even and over-vests in half of the samples.
#[test]
fn no_unit_vests_before_all_of_it_has() {
    let schedule = Linear::new(at(0), at(4), amount(3)).unwrap();
    let vested = [0, 1, 2, 3, 4].map(|time| schedule.vested_at(at(time)).get());
    assert_eq!(vested, [0, 0, 1, 2, 3]);
}

/// Overflow of total · elapsed, which a 128-bit product would have at amounts that are real: 1e12
/// tokens of 18 decimals over four years is within a factor of 3 of it, one of 24 decimals beyond.
#[test]
fn the_largest_total_over_the_longest_time_vests() {
    let schedule = Linear::new(at(0), Timestamp::MAX, Amount::MAX).unwrap();
    // (2^128 − 1)(2^64 − 2)/(2^64 − 1) = (2^64 + 1)(2^64 − 2) exactly.
    let expected = ((1_u128 << 64) + 1) * ((1 << 64) - 2);
    assert_eq!(schedule.vested_at(at(u64::MAX - 1)), amount(expected));
    assert_eq!(schedule.time_of(Amount::MAX), Some(Timestamp::MAX));
}

/// Two meanings of "cliff" (OpenZeppelin #4701): one holds back what vests meanwhile, the other has
/// an amount of its own.
#[test]
fn the_two_cliffs_differ_and_each_has_its_name() {
    let linear = Linear::new(at(0), at(48), amount(4_800)).unwrap();
    let gate = Gate::new(linear, at(12));
    let lump = LumpLinear::new(at(12), at(48), Amount::ZERO, amount(4_800)).unwrap();
    assert_eq!(gate.vested_at(at(12)), amount(1_200));
    assert_eq!(lump.vested_at(at(12)), Amount::ZERO);
    assert_eq!(gate.vested_at(at(30)), amount(3_000));
    assert_eq!(lump.vested_at(at(30)), amount(2_400));
}

/// Sablier #257 (an exponent that gave more than the deposit), and periods that wrap the clock:
/// what can't be evaluated can't be built.
#[test]
fn parameters_out_of_range_are_refused_with_their_values() {
    assert_eq!(
        Linear::new(at(5), at(4), amount(1)),
        Err(Error::NotAfter {
            start: at(5),
            end: at(4)
        })
    );
    let out_of_range = |what, value, min, max| Error::OutOfRange {
        what,
        value,
        min,
        max,
    };
    assert_eq!(
        LumpLinear::new(at(0), at(1), amount(6), amount(5)),
        Err(out_of_range("the lump", 6, 0, 5))
    );
    assert_eq!(
        instalments(0, 0, 1),
        Err(out_of_range("the period", 0, 1, u64::MAX.into()))
    );
    assert_eq!(
        instalments(0, 1, 0),
        Err(out_of_range(
            "the number of instalments",
            0,
            1,
            u32::MAX.into()
        ))
    );
    for (start, period, count) in [(1, u64::MAX, 1), (0, u64::MAX / 2 + 1, 2), (u64::MAX, 1, 1)] {
        let step = instalments(start, period, count);
        assert!(matches!(step, Err(Error::Math(_))), "{step:?}");
    }
    assert!(instalments(u64::MAX - 6, 2, 3).is_ok());
    let linear = Linear::new(at(0), at(1), amount(5)).unwrap();
    assert_eq!(
        Grant::resume(linear, amount(6), None),
        Err(out_of_range("what was claimed", 6, 0, 5))
    );
}
