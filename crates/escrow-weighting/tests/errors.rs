//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_escrow_weighting::{Error, Lock, Quantity, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
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
    let none = Lock::new(Amount::ZERO, at(9)).unwrap_err();
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
    let lock = Lock::new(Amount::new(7), at(9)).unwrap();
    let (what, value, bound) = (Quantity::Part, 7, 6);
    let whole = lock.split(Amount::new(value)).unwrap_err();
    assert_eq!(whole, Error::OutOfRange { what, value, bound });
    assert_eq!(whole.to_string(), "the part to split off is 7, above 6");
    // Of one unit nothing can be split off.
    let unit = Lock::new(Amount::new(1), at(9)).unwrap();
    let (value, bound) = (1, 0);
    let refused = unit.split(Amount::new(value));
    assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    let all = Lock::new(Amount::MAX, at(9)).unwrap();
    let max = u128::MAX;
    assert_eq!(all.merge(unit), Err(Error::Overflow { bits: 129, max }));
}

#[cfg(feature = "alloc")]
#[test]
fn an_escrow_names_what_it_refuses() {
    let terms = Terms::new(Span::new(70), Span::new(7)).unwrap();
    let mut escrow = tokenomics_escrow_weighting::Escrow::new(terms);
    let lock = escrow.create(at(5), Amount::new(3), at(14)).unwrap();
    let mut create = |now, end| escrow.create(at(now), Amount::new(3), at(end)).unwrap_err();
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

/// The sum of the amounts, each times its end, is of 256 bits after any changes.
#[cfg(feature = "alloc")]
#[test]
fn sums_that_no_changes_lead_to_are_told_by_their_end() {
    use tokenomics_escrow_weighting::{Escrow, EscrowState};
    use tokenomics_fixed_math::U256;

    let terms = Terms::new(Span::new(70), Span::new(7)).unwrap();
    let restored = |ends: &[(u64, U256)]| {
        Escrow::restore(EscrowState {
            terms,
            clock: at(70),
            checkpoints: vec![],
            ends: ends.iter().map(|&(end, sum)| (at(end), sum)).collect(),
            held: vec![],
        })
    };
    let stored = |end| Err(Error::Stored { at: at(end) });
    assert_eq!(restored(&[(7, U256::MAX)]), stored(7));
    // In units of 2^251, of which 32 have no room: 14 + 21 by the second end, 28 + 14 by the clock.
    let (one, four) = (U256::new(1 << 123, 0), U256::new(1 << 125, 0));
    assert_eq!(restored(&[(14, one), (21, one)]), stored(21));
    assert_eq!(restored(&[(7, four), (14, one)]), stored(70));
}
