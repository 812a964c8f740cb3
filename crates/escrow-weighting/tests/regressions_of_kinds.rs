//! Faults of escrows with more kinds of locks than one, each of which would fail here.
#![cfg(feature = "alloc")]

use tokenomics_escrow_weighting::{
    Closed, Cooldown, Error, Escrow, EscrowHead, ExitPenalty, Growth, InMemory, Lock, LockKind,
    Power, Quantity, Ring, Terms, TermsParams, Totals,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};

/// A multiplier of one.
const ONE: u128 = 1_000_000_000_000_000_000;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// A lock of any kind that ends with the clock weighs nothing in its last instant, and a permanent one
/// still does: an end that is taken for none would count for good.
#[test]
fn in_the_last_instant_all_that_ends_then_is_over_and_what_is_permanent_is_not() {
    let last = Timestamp::MAX;
    let terms = Terms::new(Span::MAX, Span::new(1)).unwrap();
    let (before, end) = (Timestamp::new(u64::MAX - 1), Some(last));
    let growth = Growth {
        from: wad!("0.5"),
        to: wad!("1"),
        since: Timestamp::ZERO,
        over: Span::new(10),
        end,
    };
    let kinds = [
        terms.decaying(wad!("1"), last),
        terms.constant(wad!("1"), last),
        terms.growing(growth),
        terms.permanent(wad!("1")),
    ];
    for kind in kinds {
        let mut escrow = Escrow::new(terms);
        let lock = escrow.create(Timestamp::ZERO, Amount::new(7), kind.unwrap());
        let lock = lock.unwrap();
        for at in [before, last] {
            assert_eq!(escrow.total_at(at), lock.weight_at(at), "{kind:?} at {at}");
            assert_eq!(Power::from(lock).weight_at(at), lock.weight_at(at));
            let until_then = Power::from(lock).until(last).weight_at(at);
            assert_eq!(until_then.is_zero(), at == last);
        }
        let is_permanent = lock.end().is_none();
        assert_eq!(escrow.total_at(last).is_zero(), !is_permanent);
    }
}

/// A bonus that begins later than what it is of is counted, which an escrow refuses but totals don't,
/// would weigh less than nothing at first, were it one line.
#[test]
fn a_bonus_that_has_not_begun_adds_nothing_yet() {
    let kind = LockKind::Growing {
        level: 10,
        rate: 3,
        since: at(20),
        full: at(30),
        end: Some(at(40)),
    };
    let lock = Lock::new(Amount::new(2), kind).unwrap();
    let mut history = InMemory::default();
    let mut ring = Ring::<8>::new(Span::new(10)).unwrap();
    history.replace(at(5), None, Some(lock.into())).unwrap();
    ring.replace(at(5), None, Some(lock.into())).unwrap();
    for time in (5..45).map(at) {
        assert_eq!(history.weight_at(time), lock.weight_at(time), "at {time}");
        assert_eq!(ring.weight_at(time), Ok(lock.weight_at(time)), "at {time}");
    }
}

/// Aave's stkToken lets what cools down vote, and Beanstalk counted what was bought in the same
/// transaction: here what cools down weighs nothing, and what is counted is over.
#[test]
fn what_leaves_weighs_nothing_and_what_comes_is_not_counted_before_it_is_over() {
    let terms = Terms::new(Span::new(100), Span::new(1)).unwrap();
    let mut escrow = Escrow::new(terms);
    let (opened, now) = (at(10), at(11));
    let permanent = terms.permanent(wad!("1")).unwrap();
    let old = escrow.create(opened, Amount::new(1), permanent).unwrap();
    escrow.create(now, Amount::new(1_000), permanent).unwrap();
    let counted = Closed::before(opened, now).unwrap();
    assert_eq!(escrow.total_at(counted.get()), old.weight_at(opened));
    let refused = Closed::before(now, now);
    assert_eq!(refused, Err(Error::NotClosed { at: now, now }));

    let cooldown = Cooldown::new(Span::new(20), Span::new(2)).unwrap();
    let cooling = escrow.start_cooldown(at(12), old, cooldown).unwrap();
    assert_eq!(escrow.total_weight_at(at(12)), Ok(Amount::new(1_000)));
    // Nobody waits for the window beforehand, and then leaves whenever it suits.
    for closed in [at(31), at(34)] {
        assert!(escrow.withdraw_cooled(closed, cooling).is_err());
    }
    let mut at_once = escrow.clone();
    assert_eq!(at_once.withdraw_cooled(at(32), cooling), Ok(Amount::new(1)));
    assert_eq!(escrow.withdraw_cooled(at(33), cooling), Ok(Amount::new(1)));
    // That was a change as well, before which nothing can be changed.
    assert_eq!(escrow.clock(), at(33));
    let refused = escrow.create(at(32), Amount::new(1), permanent);
    let backdated = Error::Backdated {
        at: at(32),
        last: at(33),
    };
    assert_eq!(refused, Err(backdated));
}

/// Each half of a penalty that is floored would let small parts leave for nothing.
#[test]
fn no_split_makes_leaving_early_cheaper() {
    let kind = LockKind::Decaying {
        rate: 1,
        end: at(100),
    };
    let lock = |amount| Lock::new(Amount::new(amount), kind).unwrap();
    let penalty = ExitPenalty::linear(Span::new(1_000), fraction!("0.5")).unwrap();
    // 2.1 of 30, and at least one of each.
    assert_eq!(penalty.of(&lock(30), at(30)).penalty, Amount::new(3));
    assert_eq!(penalty.of(&lock(1), at(99)).penalty, Amount::new(1));
    assert_eq!(penalty.of(&lock(1), at(100)).penalty, Amount::ZERO);
    // The part for people to see is never below what is taken.
    assert_eq!(penalty.part_for(Some(Span::new(70))), fraction!("0.07"));
    assert_eq!(penalty.part_for(Some(Span::new(501))), fraction!("0.5"));
    assert_eq!(penalty.part_for(None), fraction!("0.5"));
    let third = ExitPenalty::linear(Span::new(3), fraction!("1")).unwrap();
    let ceiled = fraction!("0.333333333333333334");
    assert_eq!(third.part_for(Some(Span::new(1))), ceiled);
    // 70 of 100 left, and half is the most.
    let capped = ExitPenalty::linear(Span::new(100), fraction!("0.5")).unwrap();
    assert_eq!(capped.of(&lock(30), at(30)).penalty, Amount::new(15));
    assert_eq!(capped.of(&lock(30), at(60)).penalty, Amount::new(12));
    let flat = ExitPenalty::flat(fraction!("0.1"));
    assert_eq!(flat.of(&lock(11), at(99)).penalty, Amount::new(2));
    assert_eq!(flat.part_for(Some(Span::ZERO)), fraction!("0.1"));
}

/// A lock that can be changed to a kind with an earlier end, or with more weight than the terms have,
/// would be a way out of both.
#[test]
fn no_change_of_kind_frees_a_lock_earlier_or_lifts_it_above_the_largest_multiplier() {
    let params = TermsParams {
        max: Span::new(100),
        granule: Span::new(1),
        min: Span::new(1),
        most: wad!("2"),
    };
    let terms = Terms::from_params(params).unwrap();
    let mut escrow = Escrow::new(terms);
    let kind = terms.constant(wad!("2"), at(50)).unwrap();
    let lock = escrow.create(at(0), Amount::new(5), kind).unwrap();
    let before = escrow.clone();
    let earlier = terms.constant(wad!("2"), at(49)).unwrap();
    let (what, value, bound) = (Quantity::End, 49, 50);
    let refused = Err(Error::OutOfRange { what, value, bound });
    assert_eq!(escrow.convert(at(1), lock, earlier), refused);

    let (what, bound) = (Quantity::Multiplier, 200 * ONE);
    let (level, value) = (bound + 1, bound + 1);
    let heavier = LockKind::Constant { level, end: None };
    let refused = Err(Error::OutOfRange { what, value, bound });
    assert_eq!(escrow.convert(at(1), lock, heavier), refused);
    // A multiplier that is right for the whole time is too much of a lock that lasts half of it.
    let steep = LockKind::Decaying {
        rate: 4 * ONE,
        end: at(51),
    };
    assert_eq!(
        escrow.convert(at(1), lock, steep).map(|lock| lock.kind()),
        Ok(steep)
    );
    assert!(escrow != before);
    let steeper = LockKind::Decaying {
        rate: 4 * ONE,
        end: at(52),
    };
    assert!(escrow.create(at(1), Amount::new(5), steeper).is_err());
}

/// An extra that counts as old as the rest would be a bonus for nothing, and so would one that began
/// to grow before it is due, or a lock from a cooldown that the terms don't have.
#[test]
fn no_bonus_is_older_than_what_it_is_of_or_more_than_the_terms_have() {
    let terms = Terms::new(Span::new(100), Span::new(1)).unwrap();
    let mut escrow = Escrow::new(terms);
    let growth = |since| Growth {
        from: wad!("0.5"),
        to: wad!("1"),
        since: at(since),
        over: Span::new(50),
        end: None,
    };
    let growing = terms.growing(growth(10)).unwrap();
    let lock = escrow.create(at(10), Amount::new(4), growing).unwrap();
    let extra = escrow.increase(at(20), lock, Amount::new(1));
    assert_eq!(extra, Err(Error::OtherKind));

    let (what, value, bound) = (Quantity::Since, 21, 20);
    let early = Err(Error::OutOfRange { what, value, bound });
    let later = terms.growing(growth(21)).unwrap();
    assert_eq!(escrow.create(at(20), Amount::new(4), later), early);
    let falls = Growth {
        from: wad!("1"),
        to: wad!("0.5"),
        ..growth(10)
    };
    assert!(terms.growing(falls).is_err());

    let cooldown = Cooldown::new(Span::ZERO, Span::new(5)).unwrap();
    let cooling = escrow.start_cooldown(at(20), lock, cooldown).unwrap();
    let heavy = LockKind::Constant {
        level: 100 * ONE + 1,
        end: None,
    };
    let (what, value, bound) = (Quantity::Multiplier, 100 * ONE + 1, 100 * ONE);
    let refused = Err(Error::OutOfRange { what, value, bound });
    assert_eq!(escrow.relock(at(21), cooling, heavy), refused);
    assert!(escrow.relock(at(21), cooling, growing).is_ok());
}

/// What is stored about an escrow with a ring can't say that more cools down than is held.
#[test]
fn a_head_of_which_more_cools_down_than_is_held_is_refused() {
    let terms = Terms::new(Span::new(100), Span::new(10)).unwrap();
    let ring = Ring::<10>::new(terms.granule()).unwrap();
    let head = Escrow::with_totals(terms, ring).head();
    assert!(Escrow::resume(head, ring).is_ok());
    let head = EscrowHead {
        clock: at(7),
        cooling: Amount::new(1),
        ..head
    };
    let refused = Err(Error::Stored { at: at(7) });
    assert_eq!(Escrow::resume(head, ring), refused);
}

/// Velodrome's lockPermanent gives a lock the weight of the longest, and unlockPermanent the longest
/// time from then on: neither may cost or give more than the multiplier that the lock has.
#[test]
fn a_permanent_lock_weighs_as_the_longest_does_at_its_start() {
    let terms = Terms::new(Span::new(100), Span::new(10)).unwrap();
    let mut escrow = Escrow::new(terms);
    let kind = terms.decaying(wad!("0.5"), at(50)).unwrap();
    let lock = escrow.create(at(0), Amount::new(40), kind).unwrap();
    assert_eq!(escrow.total_weight_at(at(0)), Ok(Amount::new(10)));
    let lock = escrow.make_permanent(at(30), lock).unwrap();
    for time in [at(30), at(999)] {
        assert_eq!(escrow.total_weight_at(time), Ok(Amount::new(20)));
    }
    let twice = escrow.make_permanent(at(30), lock);
    assert_eq!(twice, Err(Error::Permanent));

    let lock = escrow.end_permanence(at(60), lock).unwrap();
    let kind = terms.decaying(wad!("0.5"), at(160)).unwrap();
    assert_eq!((lock.kind(), lock.amount()), (kind, Amount::new(40)));
    assert_eq!(escrow.total_weight_at(at(60)), Ok(Amount::new(20)));
    assert_eq!(escrow.total_weight_at(at(110)), Ok(Amount::new(10)));
    let twice = escrow.end_permanence(at(60), lock);
    assert_eq!(twice, Err(Error::NotPermanent { end: at(160) }));
}
