//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_escrow_weighting::{
    Cooldown, Error, ExitPenalty, Lock, LockKind, Quantity, Terms, TermsParams,
};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp, Wad};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn until(end: u64) -> LockKind {
    let (rate, end) = (1, at(end));
    LockKind::Decaying { rate, end }
}

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn terms_and_locks_name_the_quantity_and_the_bound_that_it_crossed() {
    let terms = |max, granule| Terms::new(Span::new(max), Span::new(granule));
    let weeks = terms(70, 7).unwrap();
    let end_for = |now, duration| weeks.end_for(at(now), Span::new(duration)).unwrap_err();
    let none = Lock::new(Amount::ZERO, until(9)).unwrap_err();
    let texts = [
        (terms(9, 0).unwrap_err(), "the granule is 0, below 1"),
        (terms(9, 10).unwrap_err(), "the granule is 10, above 9"),
        (terms(0, 1).unwrap_err(), "the granule is 1, above 0"),
        (none, "the amount of a lock is 0, below 1"),
        (end_for(0, 71), "the duration is 71, above 70"),
        (end_for(8, 2), "the end of a lock is 7, below 9"),
    ];
    for (error, text) in texts {
        assert_eq!(error.to_string(), text);
    }
    let past = end_for(u64::MAX, 70);
    let max = u64::MAX.into();
    assert_eq!(past, Error::Overflow { bits: 65, max });
    assert_eq!(
        past.to_string(),
        "a result of 65 bits is above the largest value of its type, 18446744073709551615"
    );
}

#[test]
fn a_split_and_a_merge_name_what_they_refuse() {
    let lock = Lock::new(Amount::new(7), until(9)).unwrap();
    let (what, value, bound) = (Quantity::Part, 7, 6);
    let whole = lock.split(Amount::new(value)).unwrap_err();
    assert_eq!(whole, Error::OutOfRange { what, value, bound });
    assert_eq!(whole.to_string(), "the part to split off is 7, above 6");
    // Of one unit nothing can be split off.
    let unit = Lock::new(Amount::new(1), until(9)).unwrap();
    let (value, bound) = (1, 0);
    let refused = unit.split(Amount::new(value));
    assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    let all = Lock::new(Amount::MAX, until(9)).unwrap();
    let max = u128::MAX;
    assert_eq!(all.merge(unit), Err(Error::Overflow { bits: 129, max }));
}

#[cfg(feature = "alloc")]
#[test]
fn an_escrow_names_what_it_refuses() {
    let terms = Terms::new(Span::new(70), Span::new(7)).unwrap();
    let mut escrow = tokenomics_escrow_weighting::Escrow::new(terms);
    let lock = escrow.create(at(5), Amount::new(3), until(14)).unwrap();
    let mut create = |now, end| {
        escrow
            .create(at(now), Amount::new(3), until(end))
            .unwrap_err()
    };
    let texts = [
        (
            create(4, 14),
            "4 is before 5, up to which everything is counted already",
        ),
        (
            create(5, 15),
            "the end of a lock is 15, not a multiple of the granule, 7",
        ),
        (create(5, 77), "the end of a lock is 77, above 75"),
        (
            escrow.withdraw(at(13), lock).unwrap_err(),
            "the lock ends at 14, and it is only 13",
        ),
        (
            escrow.extend(at(14), lock, at(21)).unwrap_err(),
            "the lock ended at 14, and it is 14",
        ),
        (
            escrow
                .withdraw(at(14), lock.merge(lock).unwrap())
                .unwrap_err(),
            "a lock of 6 until 14, where 3 are held until then",
        ),
        (
            Error::Stored { at: at(5) },
            "no changes lead to what is stored about 5",
        ),
    ];
    for (error, text) in texts {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn the_terms_of_a_leaving_and_of_a_kind_name_what_they_refuse() {
    let terms = |min, most| {
        let (max, granule, min) = (Span::new(70), Span::new(7), Span::new(min));
        let most = Wad::from_raw(most);
        Terms::from_params(TermsParams {
            max,
            granule,
            min,
            most,
        })
    };
    let weeks = terms(9, 3).unwrap();
    let bound = u128::MAX / 70;
    let over = bound + 1;
    let growing = LockKind::Growing {
        level: 1,
        rate: 1,
        since: at(5),
        full: at(4),
        end: None,
    };
    let texts = [
        (terms(0, 1).unwrap_err(), "the shortest lock is 0, below 1"),
        (
            terms(65, 1).unwrap_err(),
            "the shortest lock is 65, above 64",
        ),
        (
            weeks.permanent(Wad::from_raw(4)).unwrap_err(),
            "the multiplier of a lock is 4, above 3",
        ),
        (
            weeks.end_for(at(0), Span::new(8)).unwrap_err(),
            "the end of a lock is 7, below 9",
        ),
        (
            ExitPenalty::linear(Span::ZERO, Fraction::ONE).unwrap_err(),
            "the time over which a penalty falls is 0, below 1",
        ),
        (
            Cooldown::new(Span::ZERO, Span::ZERO).unwrap_err(),
            "the window of a cooldown is 0, below 1",
        ),
        (
            Lock::new(Amount::new(1), growing).unwrap_err(),
            "the time at which a bonus is full is 4, below 5",
        ),
    ];
    for (error, text) in texts {
        assert_eq!(error.to_string(), text);
    }
    let what = Quantity::Most;
    let refused = Err(Error::OutOfRange {
        what,
        value: over,
        bound,
    });
    assert_eq!(terms(1, over), refused);
    assert!(terms(1, bound).is_ok());
}

#[test]
fn a_unit_never_weighs_more_than_128_bits_hold() {
    let lock = |kind| Lock::new(Amount::new(1), kind).map(drop);
    let max = u128::MAX;
    let over = Err(Error::Overflow { bits: 129, max });
    let decaying = |rate| LockKind::Decaying { rate, end: at(8) };
    assert_eq!(lock(decaying(max / 8)), Ok(()));
    assert_eq!(lock(decaying(max / 8 + 1)), over);
    let growing = |level, rate| LockKind::Growing {
        level,
        rate,
        since: at(1),
        full: at(4),
        end: None,
    };
    assert_eq!(lock(growing(max - 6, 2)), Ok(()));
    assert_eq!(lock(growing(max - 5, 2)), over);
}

/// An end is told from none where a lock is permanent.
#[cfg(feature = "alloc")]
#[test]
fn a_permanent_lock_is_named_as_one() {
    let terms = Terms::new(Span::new(70), Span::new(7)).unwrap();
    let mut escrow = tokenomics_escrow_weighting::Escrow::new(terms);
    let permanent = terms.permanent(Wad::ONE).unwrap();
    let lock = escrow.create(at(5), Amount::new(3), permanent).unwrap();
    let twice = lock.merge(lock).unwrap();
    let window = Cooldown::new(Span::new(10), Span::new(2)).unwrap();
    let texts = [
        (
            escrow.increase(at(5), twice, Amount::new(1)).unwrap_err(),
            "a lock of 6 until it is made to end, where 3 are held until then",
        ),
        (
            lock.merge(Lock::new(Amount::new(1), until(9)).unwrap())
                .unwrap_err(),
            "locks until it is made to end and 9 of other kinds or ends can't merge: extend the \
             earlier one first",
        ),
        (
            escrow.withdraw(at(5), lock).unwrap_err(),
            "the lock is permanent",
        ),
        (
            window
                .cooling(lock.amount(), at(5))
                .unwrap()
                .check_open(at(17))
                .unwrap_err(),
            "the window is from 15 until 17, and it is 17",
        ),
    ];
    for (error, text) in texts {
        assert_eq!(error.to_string(), text);
    }
}

/// Stored sums that no changes lead to are told by the time that they are about.
#[cfg(feature = "alloc")]
#[test]
fn sums_that_no_changes_lead_to_are_told_by_their_time() {
    use tokenomics_escrow_weighting::{Escrow, EscrowState};
    use tokenomics_fixed_math::U256;

    let terms = Terms::new(Span::new(70), Span::new(7)).unwrap();
    let mut escrow = Escrow::new(terms);
    let kind = terms.decaying(Wad::ONE, at(14)).unwrap();
    escrow.create(at(5), Amount::new(3), kind).unwrap();
    let valid = escrow.state();
    let restored = |change: &dyn Fn(&mut EscrowState)| {
        let mut state = valid.clone();
        change(&mut state);
        Escrow::restore(state).map(drop)
    };
    let stored = |end| Err(Error::Stored { at: at(end) });
    assert_eq!(restored(&|_| ()), Ok(()));
    assert_eq!(restored(&|it| it.clock = at(4)), stored(5));
    assert_eq!(restored(&|it| it.changes[0].3 = Amount::new(2)), stored(5));
    let (end, granule) = (at(15), Span::new(7));
    let what = Quantity::End;
    let off = Err(Error::OffGranule {
        what,
        at: end,
        granule,
    });
    assert_eq!(restored(&|it| it.changes[0].0 = end), off);
    assert_eq!(restored(&|it| it.changes[0].0 = at(77)), stored(77));
    // As much as all there can be weighs, and a unit more than what is held does.
    assert_eq!(restored(&|it| it.checkpoints[0].2 = U256::MAX), stored(5));
    let most = U256::product(3 * 70, 1_000_000_000_000_000_000);
    let none = U256::ZERO;
    let constant = |it: &mut EscrowState, level: U256| {
        it.checkpoints[0] = (at(5), none, level);
        it.changes[0] = (Timestamp::MAX, none, none, Amount::new(3));
    };
    assert_eq!(restored(&|it| constant(it, most)), Ok(()));
    let more = most.checked_add(U256::from(1)).unwrap();
    assert_eq!(restored(&|it| constant(it, more)), stored(5));
}
