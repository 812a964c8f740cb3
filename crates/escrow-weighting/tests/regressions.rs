//! Faults that other escrows had, each of which would fail here.
#![cfg(feature = "alloc")]

use tokenomics_escrow_weighting::{Error, Escrow, Lock, LockKind, Quantity, Terms};
use tokenomics_fixed_math::{wad, Amount, Span, Timestamp, U256};

const WEEK: u64 = 7 * 86_400;
const FOUR_YEARS: u64 = 4 * 365 * 86_400;

fn curve() -> Terms {
    Terms::new(Span::new(FOUR_YEARS), Span::new(WEEK)).unwrap()
}

fn week(number: u64) -> Timestamp {
    Timestamp::new(number * WEEK)
}

/// The kind of a lock as Curve's.
fn until(end: Timestamp) -> LockKind {
    curve().decaying(wad!("1"), end).unwrap()
}

/// What a unit weighs of each second that is left.
const RATE: u128 = 1_000_000_000_000_000_000;

fn tokens(whole: u128) -> Amount {
    Amount::new(whole * 1_000_000_000_000_000_000)
}

/// Curve's VotingEscrow steps through at most 255 weeks and then takes that week for now: a lock
/// made after 300 counts 45 weeks too few, 163/208 = 0.78 of it, and it stays so.
#[test]
fn after_three_hundred_silent_weeks_the_total_is_the_sum_of_the_weights() {
    let mut escrow = Escrow::new(curve());
    escrow
        .create(week(2_700), tokens(5), until(week(2_908)))
        .unwrap();
    let lock = escrow
        .create(week(3_000), tokens(1_000), until(week(3_208)))
        .unwrap();
    for number in 3_000..3_210 {
        assert_eq!(escrow.total_at(week(number)), lock.weight_at(week(number)));
    }
    assert_eq!(
        escrow.total_at(week(2_907)),
        U256::product(tokens(5).get(), u128::from(WEEK) * RATE)
    );
    assert_eq!(escrow.total_at(week(2_950)), U256::ZERO);
}

/// Curve keeps a slope of ⌊amount / 126,144,000⌋ per second: less than that weighs nothing.
#[test]
fn the_dust_that_curve_rounds_to_nothing_has_its_weight() {
    let mut escrow = Escrow::new(curve());
    let dust = Amount::new(126_143_999);
    let lock = escrow
        .create(week(2_700), dust, until(week(2_908)))
        .unwrap();
    // 126,143,999 · 208 weeks / 208.57 weeks.
    assert_eq!(
        curve().weight(lock.weight_at(week(2_700))).unwrap(),
        Amount::new(125_798_399)
    );
    assert_eq!(
        escrow.total_weight_at(week(2_700)),
        Ok(Amount::new(125_798_399))
    );

    let unit = Lock::new(Amount::new(1), until(week(2_908))).unwrap();
    let left = U256::product(WEEK.into(), RATE);
    assert_eq!(unit.weight_at(week(2_907)), left);
}

/// Velodrome floors a slope for each part, and a split destroyed up to 122,852,705 wei of weight.
#[test]
fn a_lock_split_into_two_hundred_weighs_what_it_weighed() {
    let mut rest = Lock::new(
        Amount::new(1_000_000_000_000_000_000_007),
        until(week(2_908)),
    )
    .unwrap();
    let whole = rest.weight_at(week(2_700));
    let mut parts = U256::ZERO;
    for part in 1..200_u128 {
        let (taken, left) = rest.split(Amount::new(part * 12_345_678_910_111)).unwrap();
        parts = parts.checked_add(taken.weight_at(week(2_700))).unwrap();
        rest = left;
    }
    assert_eq!(parts.checked_add(rest.weight_at(week(2_700))), Ok(whole));
}

/// Velocimeter counted merged locks twice in the supply (#214), and the merge of different ends
/// changed weights in silence.
#[test]
fn a_merge_adds_nothing_to_what_is_locked_or_weighed() {
    let mut escrow = Escrow::new(curve());
    let one = escrow
        .create(week(2_700), tokens(1), until(week(2_800)))
        .unwrap();
    let two = escrow
        .create(week(2_700), tokens(2), until(week(2_801)))
        .unwrap();
    assert_eq!(
        one.merge(two),
        Err(Error::KindsDiffer {
            left: Some(week(2_800)),
            right: Some(week(2_801))
        })
    );
    let one = escrow.extend(week(2_701), one, week(2_801)).unwrap();
    let (total, locked) = (escrow.total_at(week(2_750)), escrow.locked());
    let both = one.merge(two).unwrap();
    assert_eq!(both.weight_at(week(2_750)), total);
    assert_eq!((both.amount(), locked), (tokens(3), tokens(3)));
    assert_eq!(escrow.withdraw(week(2_801), both), Ok(tokens(3)));
    assert_eq!(escrow.locked(), Amount::ZERO);
}

/// FIATDAO's quitLock let one lock, be counted and leave in one block (#237).
#[test]
fn nothing_leaves_in_the_second_in_which_it_came() {
    let mut escrow = Escrow::new(curve());
    let now = week(2_700);
    for end in [now, Timestamp::new(now.get() - WEEK)] {
        let refused = escrow.create(now, tokens(1), until(end)).unwrap_err();
        let (what, value) = (Quantity::End, end.get().into());
        let bound = (now.get() + 1).into();
        assert_eq!(refused, Error::OutOfRange { what, value, bound });
    }
    let lock = escrow.create(now, tokens(1), until(week(2_701))).unwrap();
    let end = week(2_701);
    assert_eq!(
        escrow.withdraw(now, lock),
        Err(Error::NotEnded { end, at: now })
    );
    assert_eq!(escrow.total_at(now), lock.weight_at(now));
    // And who votes by the second before sees nothing of it.
    assert_eq!(escrow.total_at(Timestamp::new(now.get() - 1)), U256::ZERO);
}

/// `>` for `>=` at a boundary (velocimeter #495): a lock would count in the second it ends.
#[test]
fn at_its_end_a_lock_weighs_nothing_and_can_be_withdrawn() {
    let mut escrow = Escrow::new(curve());
    let lock = escrow
        .create(week(2_700), Amount::new(3), until(week(2_701)))
        .unwrap();
    let (end, before) = (week(2_701), Timestamp::new(week(2_701).get() - 1));
    assert_eq!(escrow.total_at(before), U256::from(3 * RATE));
    assert_eq!(lock.weight_at(before), U256::from(3 * RATE));
    assert_eq!(escrow.total_at(end), U256::ZERO);
    assert_eq!(lock.weight_at(end), U256::ZERO);
    assert_eq!(
        escrow.extend(end, lock, week(2_702)),
        Err(Error::Ended { end, at: end })
    );
    assert!(escrow.withdraw(before, lock).is_err());
    assert_eq!(escrow.withdraw(end, lock), Ok(Amount::new(3)));
    assert_eq!(
        escrow.withdraw(end, lock),
        Err(Error::NotHeld {
            amount: Amount::new(3),
            end,
            held: Amount::ZERO
        })
    );
}

/// A change that starts from an outdated end (FIATDAO #217) moves weight that isn't there: with
/// veRWA (#206) the slope then fell below zero.
#[test]
fn a_lock_as_it_was_before_it_was_extended_is_refused() {
    let mut escrow = Escrow::new(curve());
    let old = escrow
        .create(week(2_700), tokens(1), until(week(2_710)))
        .unwrap();
    escrow.extend(week(2_700), old, week(2_720)).unwrap();
    let before = escrow.clone();
    let refused = Error::NotHeld {
        amount: tokens(1),
        end: week(2_710),
        held: Amount::ZERO,
    };
    assert_eq!(escrow.extend(week(2_701), old, week(2_730)), Err(refused));
    assert_eq!(escrow.increase(week(2_701), old, tokens(1)), Err(refused));
    assert_eq!(escrow.withdraw(week(2_710), old), Err(refused));
    assert_eq!(escrow, before);
}

/// Curve reverts for times before its last point.
#[test]
fn the_weight_of_the_past_is_told_and_never_changes() {
    let mut escrow = Escrow::new(curve());
    let lock = escrow
        .create(week(2_700), tokens(1), until(week(2_710)))
        .unwrap();
    escrow
        .create(week(2_703), tokens(7), until(week(2_800)))
        .unwrap();
    escrow.withdraw(week(2_710), lock).unwrap();
    escrow
        .create(week(2_711), tokens(9), until(week(2_800)))
        .unwrap();
    assert_eq!(escrow.total_at(week(2_702)), lock.weight_at(week(2_702)));
    assert_eq!(escrow.total_at(week(2_699)), U256::ZERO);
}

/// The clock of a chain doesn't run backwards; where a host's does, it is told so.
#[test]
fn a_clock_that_runs_backwards_is_refused() {
    let mut escrow = Escrow::new(curve());
    escrow
        .create(week(2_700), tokens(1), until(week(2_710)))
        .unwrap();
    assert_eq!(
        escrow.create(week(2_699), tokens(1), until(week(2_710))),
        Err(Error::Backdated {
            at: week(2_699),
            last: week(2_700)
        })
    );
}

/// A withdrawal is a change as well, after which nothing can be changed before it.
#[test]
fn nothing_changes_before_a_withdrawal() {
    let mut escrow = Escrow::new(curve());
    let lock = escrow
        .create(week(2_700), tokens(1), until(week(2_701)))
        .unwrap();
    escrow.withdraw(week(2_705), lock).unwrap();
    assert_eq!(escrow.clock(), week(2_705));
    let (at, last) = (week(2_704), week(2_705));
    let refused = escrow.create(at, tokens(1), until(week(2_710)));
    assert_eq!(refused, Err(Error::Backdated { at, last }));
}

/// An "extension" to an earlier end would let one out before the time.
#[test]
fn a_lock_is_never_shortened() {
    let mut escrow = Escrow::new(curve());
    let now = week(2_700);
    let lock = escrow.create(now, tokens(1), until(week(2_710))).unwrap();
    let (least, most) = (week(2_710).get() + 1, now.get() + FOUR_YEARS);
    let before = escrow.clone();
    for (end, bound) in [
        (week(2_709), least),
        (week(2_710), least),
        (week(2_909), most),
    ] {
        let refused = escrow.extend(now, lock, end);
        let (what, value) = (Quantity::End, end.get().into());
        let bound = bound.into();
        assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    }
    assert_eq!(escrow, before);
}

/// A lock of nothing would be an entry that anyone can make and nobody pays for.
#[test]
fn no_split_leaves_a_lock_of_nothing() {
    let lock = Lock::new(Amount::new(2), until(week(2_710))).unwrap();
    for value in [0, 2, 3] {
        let (what, bound) = (Quantity::Part, 1);
        let refused = lock.split(Amount::new(value));
        assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    }
    assert!(lock.split(Amount::new(1)).is_ok());
    let nothing = Lock::new(Amount::ZERO, until(week(2_710)));
    let (what, value, bound) = (Quantity::Amount, 0, 1);
    assert_eq!(nothing, Err(Error::OutOfRange { what, value, bound }));
}

/// Both ends of the clock and the largest amount, in one escrow.
#[test]
fn the_largest_amount_may_be_locked_until_the_last_second() {
    let last = Timestamp::MAX;
    let terms = Terms::new(Span::MAX, Span::new(1)).unwrap();
    let until = |end| terms.decaying(wad!("1"), end).unwrap();
    let mut escrow = Escrow::new(terms);
    let lock = escrow.create(Timestamp::ZERO, Amount::MAX, until(last));
    let lock = lock.unwrap();
    assert_eq!(escrow.total_weight_at(Timestamp::ZERO), Ok(Amount::MAX));
    assert_eq!(
        escrow.total_at(Timestamp::ZERO),
        U256::product(u128::MAX, u128::from(u64::MAX) * RATE)
    );
    assert!(escrow
        .create(Timestamp::ZERO, Amount::new(1), until(last))
        .is_err());
    assert_eq!(escrow.total_at(last), U256::ZERO);
    assert_eq!(escrow.withdraw(last, lock), Ok(Amount::MAX));
    // The room is for what is held, not for all that ever was.
    let mut escrow = Escrow::new(Terms::new(Span::new(9), Span::new(1)).unwrap());
    for round in 0..5_u64 {
        let (now, end) = (Timestamp::new(round * 9), Timestamp::new(round * 9 + 9));
        let lock = escrow.create(now, Amount::MAX, until(end)).unwrap();
        assert_eq!(escrow.total_weight_at(now), Ok(Amount::MAX));
        escrow.withdraw(end, lock).unwrap();
    }
}
