//! The texts of errors about epochs, and the bounds up to which a state is restored.

use tokenomics_fee_split::{
    ClosedEpoch, EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs,
    EpochsState, Error, Quantity, Store, ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

const PARAMS: EpochTermsParams = EpochTermsParams {
    start: Timestamp::new(100),
    length: Span::new(10),
    reading: EpochReading::First,
    zero_weight: ZeroWeight::Hold,
    claim_within: Some(Span::new(30)),
};

fn terms() -> EpochTerms {
    EpochTerms::new(PARAMS).unwrap()
}

/// Entries of epochs 0, 1 and 4 at 141: the first is swept, the second read.
fn ran() -> Epochs<[EpochPot; 3]> {
    let mut epochs = Epochs::new(terms(), [EpochPot::EMPTY; 3]);
    for time in [100, 115, 141] {
        epochs.fund(Amount::new(10), at(time)).unwrap();
    }
    let thirds = (|_| U256::from(3), |_| U256::ONE);
    let claimed = epochs.claim(&mut EpochCursor::new(), &thirds, at(141), 9);
    assert_eq!(claimed.unwrap().amount, Amount::new(3)); // of 3 1/3
    let swept = epochs.sweep(thirds.0, at(141), 9).unwrap();
    assert_eq!(swept.amount, Amount::new(10));
    epochs
}

#[test]
fn terms_name_what_they_refuse() {
    let length = Span::ZERO;
    let refused = EpochTerms::new(EpochTermsParams { length, ..PARAMS }).unwrap_err();
    assert_eq!(refused.to_string(), "the length of an epoch is 0, below 1");
    let claim_within = Some(Span::ZERO);
    let refused = EpochTerms::new(EpochTermsParams {
        claim_within,
        ..PARAMS
    })
    .unwrap_err();
    let text = "the time within which an epoch can be claimed is 0, below 1";
    assert_eq!(refused.to_string(), text);
    let early = terms().epoch_at(at(99)).unwrap_err();
    assert_eq!(
        early.to_string(),
        "99 is before 100, up to which all is settled already"
    );
    let open = terms().closed(3, at(139)).unwrap_err();
    assert_eq!(open.to_string(), "epoch 3 isn't over at 139");
}

#[test]
fn calls_name_what_they_refuse() {
    let mut epochs = ran();
    let (before, one) = (epochs, (|_| U256::ONE, |_| U256::ONE));
    let mut cursor = EpochCursor::restore(4, U256::ZERO);
    let refused = epochs.claim(&mut cursor, &one, at(141), 9);
    let what = Quantity::EpochEntries;
    assert_eq!(
        refused,
        Err(Error::OutOfRange {
            what,
            value: 4,
            bound: 3
        })
    );
    // All are owed a third of a unit, less a hair.
    let mut cursor = EpochCursor::restore(3, epochs.state().owed);
    assert!(epochs.claimable(&cursor, &one, at(141), 9).is_ok());
    let more = epochs.state().owed.checked_add(U256::ONE).unwrap();
    cursor = EpochCursor::restore(3, more);
    let refused = epochs.claim(&mut cursor, &one, at(141), 9).unwrap_err();
    let text = "the amount owed, in units rounded up, is 1, above 0";
    assert_eq!(refused.to_string(), text);
    let full = epochs.fund(Amount::new(1), at(150)).unwrap_err();
    assert_eq!(full.to_string(), "the store is full, with a capacity of 3");
    let heavy = (|_| U256::from(3), |_| U256::from(4));
    let refused = epochs.claim(&mut EpochCursor::new(), &heavy, at(141), 9);
    let text = "the holders of epoch 1 weigh more than its total";
    assert_eq!(refused.unwrap_err().to_string(), text);
    assert_eq!(epochs, before);
}

/// What fails after a step keeps what was done, and says that it isn't done.
#[test]
fn a_later_epoch_that_fails_ends_the_call_before_it() {
    let mut epochs = Epochs::new(terms(), [EpochPot::EMPTY; 3]);
    for time in [100, 110] {
        epochs.fund(Amount::new(10), at(time)).unwrap();
    }
    let weights = (
        |_| U256::from(3),
        |epoch: ClosedEpoch| match epoch.number() {
            0 => U256::ONE,
            _ => U256::from(9),
        },
    );
    let mut cursor = EpochCursor::new();
    let claimed = epochs.claim(&mut cursor, &weights, at(125), 9).unwrap();
    assert_eq!((claimed.amount, claimed.is_done), (Amount::new(3), false));
    assert_eq!((cursor.next(), epochs.state().read), (1, 1));
    let (before, place) = (epochs, cursor);
    let refused = epochs.claim(&mut cursor, &weights, at(126), 9);
    assert_eq!(refused, Err(Error::Overweight { epoch: 1 }));
    assert_eq!((epochs, cursor), (before, place));
}

/// A store that can lose an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Lossy([Option<EpochPot>; 3]);
impl Store for Lossy {
    type Entry = EpochPot;

    fn get(&self, index: u32) -> Option<EpochPot> {
        self.0[usize::try_from(index).unwrap()]
    }

    fn set(&mut self, index: u32, entry: EpochPot) {
        self.0[usize::try_from(index).unwrap()] = Some(entry);
    }
}

/// A store that has lost an entry: of a later one what is before it is done.
#[test]
fn an_entry_that_was_lost_is_told() {
    let one = (|_| U256::ONE, |_| U256::ONE);
    let mut epochs = Epochs::new(terms(), Lossy([None; 3]));
    for time in [100, 110, 120] {
        epochs.fund(Amount::new(10), at(time)).unwrap();
    }
    let lost = |index: usize| {
        let (state, mut entries) = (epochs.state(), *epochs.entries());
        entries.0[index] = None;
        Epochs::restore(state, entries)
    };
    assert_eq!(lost(2), Err(Error::Missing { index: 2 }));
    let mut first = lost(0).unwrap();
    let missing = Error::Missing { index: 0 };
    assert_eq!(missing.to_string(), "the store has no entry 0");
    assert_eq!(
        first.claim(&mut EpochCursor::new(), &one, at(130), 9),
        Err(missing)
    );
    assert_eq!(first.close(one.0, at(130), 9), Err(missing));
    assert_eq!(first.state(), lost(0).unwrap().state());
    let mut second = lost(1).unwrap();
    let claimed = second
        .claim(&mut EpochCursor::new(), &one, at(130), 9)
        .unwrap();
    assert_eq!((claimed.amount, claimed.is_done), (Amount::new(10), false));
}

/// What was swept isn't read again: a host may delete it.
#[test]
fn entries_that_were_swept_may_be_gone() {
    let one = (|_| U256::ONE, |_| U256::ONE);
    let mut epochs = Epochs::new(terms(), Lossy([None; 3]));
    for time in [100, 110, 150] {
        epochs.fund(Amount::new(10), at(time)).unwrap();
    }
    let swept = epochs.sweep(one.0, at(150), 9).unwrap();
    assert_eq!((swept.amount, swept.is_done), (Amount::new(20), true));
    let (state, mut entries) = (epochs.state(), *epochs.entries());
    (entries.0[0], entries.0[1]) = (None, None);
    let mut epochs = Epochs::restore(state, entries).unwrap();
    assert_eq!(epochs.cursor_since(at(0)).unwrap().next(), 2);
    epochs.fund(Amount::new(1), at(159)).unwrap();
    let mut cursor = EpochCursor::new();
    let claimed = epochs.claim(&mut cursor, &one, at(160), 1).unwrap();
    assert_eq!((claimed.amount, claimed.is_done), (Amount::new(11), true));
    let swept = epochs.sweep(one.0, at(190), 1).unwrap();
    assert_eq!((swept.amount, swept.is_done), (Amount::ZERO, true));
    // With all of them swept.
    let (state, none) = (epochs.state(), Lossy([None; 3]));
    let mut epochs = Epochs::restore(state, none).unwrap();
    let mut cursor = EpochCursor::new();
    let claimed = epochs.claim(&mut cursor, &one, at(190), 1).unwrap();
    assert_eq!((claimed.amount, cursor.next()), (Amount::ZERO, 3));
}

/// Each changes one thing of a state.
#[test]
fn a_state_is_restored_up_to_its_bounds() {
    let epochs = ran();
    let (state, entries) = (epochs.state(), *epochs.entries());
    assert_eq!(Epochs::restore(state, entries), Ok(epochs));
    let amount = Amount::new;
    let edges = [
        EpochsState {
            paid: amount(19),
            ..state
        },
        EpochsState {
            waiting: amount(16),
            ..state
        },
        EpochsState {
            owed: U256::new(17, 0),
            ..state
        },
        EpochsState {
            clock: at(140),
            ..state
        },
        EpochsState {
            entries: 2,
            ..state
        },
    ];
    for edge in edges {
        assert!(Epochs::restore(edge, entries).is_ok(), "{edge:?}");
    }
    let unbounded = EpochTermsParams {
        claim_within: None,
        ..PARAMS
    };
    let wrong = [
        EpochsState {
            paid: amount(21),
            ..state
        },
        EpochsState {
            expired: amount(28),
            ..state
        },
        EpochsState {
            unallocated: amount(18),
            ..state
        },
        EpochsState {
            waiting: amount(17),
            ..state
        }, // and a fraction is owed
        EpochsState {
            waiting: amount(18),
            owed: U256::ZERO,
            ..state
        },
        EpochsState {
            owed: U256::new(17, 1),
            ..state
        },
        EpochsState {
            owed: U256::new(17, 0),
            expired_rest: amount(1),
            ..state
        },
        EpochsState {
            owed: U256::MAX,
            expired_rest: amount(1),
            ..state
        },
        EpochsState {
            paid: Amount::MAX,
            ..state
        },
        EpochsState {
            clock: at(139),
            ..state
        },
        EpochsState {
            clock: at(99),
            ..state
        },
        EpochsState {
            entries: 4,
            ..state
        },
        EpochsState {
            entries: 1,
            ..state
        },
        EpochsState { read: 3, ..state },
        EpochsState { read: 4, ..state },
        EpochsState { swept: 3, ..state },
        EpochsState {
            terms: EpochTerms::new(unbounded).unwrap(),
            ..state
        },
    ];
    for wrong in wrong {
        assert!(Epochs::restore(wrong, entries).is_err(), "{wrong:?}");
    }
    // As many entries as epochs have begun.
    let none = Epochs::new(terms(), entries).state();
    let first = |entries: u32| EpochsState {
        clock: at(109),
        entries,
        ..none
    };
    assert!(Epochs::restore(first(1), entries).is_ok());
    assert!(Epochs::restore(first(2), entries).is_err());
}

#[test]
fn two_that_are_owed_more_than_there_is_do_not_merge() {
    let most = EpochCursor::restore(0, U256::MAX);
    assert!(matches!(most.merged_with(most), Err(Error::Math(_))));
}

/// Epoch 0 had 10, and its entry says 100.
fn with_too_much(params: EpochTermsParams) -> Epochs<[EpochPot; 1]> {
    let mut epochs = Epochs::new(EpochTerms::new(params).unwrap(), [EpochPot::EMPTY]);
    epochs.fund(Amount::new(10), at(103)).unwrap();
    let entry = EpochPot::restore(0, Amount::new(100), U256::ZERO, U256::ZERO);
    Epochs::restore(epochs.state(), [entry.unwrap()]).unwrap()
}

fn too_much(what: Quantity) -> Error {
    let (value, bound) = (100, 10);
    Error::OutOfRange { what, value, bound }
}

/// `Epochs::restore` doesn't sum the entries, so that each call checks what it takes from one.
#[test]
fn of_entries_with_too_much_no_more_is_paid_than_was_funded() {
    let mut epochs = with_too_much(PARAMS);
    let before = epochs;
    let all = (|_| U256::ONE, |_| U256::ONE);
    let claimed = epochs.claim(&mut EpochCursor::new(), &all, at(110), 9);
    assert_eq!(claimed, Err(too_much(Quantity::Owed)));
    assert_eq!(epochs, before);

    let nobody = |_| U256::ZERO;
    let refused = epochs.close(nobody, at(110), 9);
    assert_eq!(refused, Err(too_much(Quantity::Paid)));
    let mut unallocated = with_too_much(EpochTermsParams {
        zero_weight: ZeroWeight::Sink,
        ..PARAMS
    });
    let refused = unallocated.close(nobody, at(110), 9);
    assert_eq!(refused, Err(too_much(Quantity::Paid)));
    assert_eq!(unallocated.take_unallocated(), Amount::ZERO);

    // Its total is read, and what is left of it isn't taken.
    let swept = epochs.sweep(all.0, at(140), 9).unwrap();
    assert_eq!((swept.amount, swept.is_done), (Amount::ZERO, false));
    let refused = epochs.sweep(all.0, at(140), 9);
    assert_eq!(refused, Err(too_much(Quantity::Paid)));
}

/// Rounded up to units, a fraction above the largest number of them would be lost.
#[test]
fn nothing_is_restored_above_the_largest_amount() {
    let above = U256::new(u128::MAX, 1);
    let pot = |left| EpochPot::restore(7, Amount::MAX, U256::ONE, left);
    assert!(pot(U256::new(u128::MAX, 0)).is_ok());
    assert!(pot(above).is_err());
    let entries = [EpochPot::EMPTY; 3];
    let state = |owed| EpochsState {
        funded: Amount::MAX,
        owed,
        ..Epochs::new(terms(), entries).state()
    };
    let most = U256::new(u128::MAX, 0);
    assert!(Epochs::restore(state(most), entries).is_ok());
    assert!(Epochs::restore(state(above), entries).is_err());
}

/// Entries are of one epoch after the other: the last one has as many before it, and those that were read
/// are over.
#[test]
fn no_more_entries_are_restored_than_epochs_had_begun() {
    let pots = [0, 1, 2]
        .map(|epoch| EpochPot::restore(epoch, Amount::ZERO, U256::ZERO, U256::ZERO).unwrap());
    let state = |entries, read| EpochsState {
        clock: at(125),
        entries,
        read,
        swept: read,
        ..Epochs::new(terms(), pots).state()
    };
    assert!(Epochs::restore(state(3, 2), pots).is_ok());
    assert!(Epochs::restore(state(3, 3), pots).is_err()); // epoch 2 isn't over
    let skipped = [pots[0], pots[1], pots[1]];
    assert!(Epochs::restore(state(3, 2), skipped).is_err());
}
