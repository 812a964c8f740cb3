//! Totals in a chain's storage and in arrays: how many entries a change touches, and what happens
//! where there is no room.
#![cfg(feature = "alloc")]

mod laws;

use laws::{at, week, Chain, OnChain, WEEK};
use tokenomics_escrow_weighting::{
    Checkpoint, Error, Escrow, ExitPenalty, History, InMemory, Lock, LockKind, Node, Power, Terms,
    Totals,
};
use tokenomics_fixed_math::{fraction, Amount, Span, Timestamp, U256};

const FOUR_YEARS: u64 = 4 * 365 * 86_400;

fn until(end: Timestamp) -> LockKind {
    LockKind::Decaying { rate: 1, end }
}

/// How many nodes and checkpoints one lock touches after so many others.
fn touched(granule: u64, others: u64) -> [(u32, usize); 2] {
    let terms = Terms::new(Span::new(FOUR_YEARS), Span::new(granule)).unwrap();
    let (nodes, checkpoints) = (Chain::<Node>::default(), Chain::<Checkpoint>::default());
    let totals: OnChain = History::new(nodes.clone(), checkpoints.clone());
    let mut escrow = Escrow::with_totals(terms, totals);
    let mut lock = |number: u64| {
        let now = 2_700 * WEEK + number;
        // Spread over all four years, in no order.
        let length = 1 + number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % (FOUR_YEARS - WEEK);
        let end = (now + length).next_multiple_of(granule);
        let locked = escrow.create(at(now), Amount::new(5), until(at(end)));
        locked.unwrap();
    };
    (0..others).for_each(&mut lock);
    let _ = (nodes.touched(), checkpoints.touched());
    lock(others);
    [nodes.touched(), checkpoints.touched()]
}

#[test]
fn a_lock_among_a_hundred_thousand_touches_few_entries() {
    // With ends on weeks, and with each lock's end its own.
    for (granule, most) in [(WEEK, 10), (1, 18)] {
        for others in [10, 1_000, 100_000] {
            let [nodes, checkpoints] = touched(granule, others);
            assert!(nodes.1 <= most, "{nodes:?} after {others}");
            // Each is read, and set if a sum in it is another.
            assert!(nodes.0 <= 3 * most as u32, "{nodes:?} after {others}");
            assert_eq!(checkpoints.1, 2);
        }
    }
}

/// Ends of which each shares one bit more with the last instant: the longest path there can be.
#[test]
fn no_ends_make_a_change_touch_more_than_33_distinct_nodes() {
    let (nodes, checkpoints) = (Chain::<Node>::default(), Chain::<Checkpoint>::default());
    let totals: OnChain = History::new(nodes.clone(), checkpoints);
    let mut escrow = Escrow::with_totals(Terms::new(Span::MAX, Span::new(1)).unwrap(), totals);
    let hostile = (0..=64).map(|ones| !u64::MAX.checked_shr(ones).unwrap_or(0));
    for end in hostile.filter(|&end| end > 0) {
        let locked = escrow.create(at(0), Amount::new(1), until(at(end)));
        locked.unwrap();
    }
    let _ = nodes.touched();
    escrow
        .create(at(0), Amount::new(1), until(Timestamp::MAX))
        .unwrap();
    assert!((30..=33).contains(&nodes.touched().1));
}

#[test]
fn an_array_that_is_full_refuses_until_a_node_is_free() {
    let terms = Terms::new(Span::new(FOUR_YEARS), Span::new(WEEK)).unwrap();
    let totals = History::new([Node::EMPTY; 2], [Checkpoint::NONE; 8]);
    let mut escrow = Escrow::with_totals(terms, totals);
    let (now, five) = (week(2_700), Amount::new(5));
    let first = escrow.create(now, five, until(week(2_701))).unwrap();
    let second = escrow.create(now, five, until(week(2_702))).unwrap();
    let before = escrow;
    let full = Err(Error::Full { capacity: 2 });
    assert_eq!(escrow.create(now, five, until(week(2_703))), full);
    // Part of a lock can't move to a third end, since the rest stays at the second.
    let (part, rest) = second.split(Amount::new(2)).unwrap();
    assert_eq!(escrow.extend(now, part, week(2_703)), full);
    assert_eq!(escrow.head(), before.head());
    for at in [now, week(2_701), week(2_702)] {
        assert_eq!(escrow.total_at(at), before.total_at(at));
    }

    // All of it can, in the place of the second.
    let third = escrow.extend(now, part.merge(rest).unwrap(), week(2_703));
    let third = third.unwrap();
    let free = ExitPenalty::flat(fraction!("0"));
    let _ = escrow.exit(now, first, free).unwrap();
    let again = escrow.create(now, five, until(week(2_702))).unwrap();
    let both = again.weight_at(now).checked_add(third.weight_at(now));
    assert_eq!(Ok(escrow.total_at(now)), both);
}

/// Of a change at several times none is made if there is no room for one of them, and nothing is held
/// of what was refused.
#[test]
fn a_change_at_several_times_is_made_at_all_of_them_or_at_none() {
    let lock = |amount, end| Lock::new(Amount::new(amount), until(at(end))).unwrap();
    let mut totals = History::new([Node::EMPTY; 3], [Checkpoint::NONE; 8]);
    let (first, second) = (lock(5, 50), lock(7, 60));
    totals.replace(at(0), None, Some(first.into())).unwrap();
    totals.replace(at(0), None, Some(second.into())).unwrap();
    // There is room for 20, and not for 30.
    let window = Power::from(lock(9, 60)).starting(at(20)).until(at(30));
    let full = Err(Error::Full { capacity: 3 });
    assert_eq!(totals.replace(at(0), None, Some(window)), full);
    for time in (0..70).map(at) {
        let both = first.weight_at(time).checked_add(second.weight_at(time));
        assert_eq!(Ok(totals.weight_at(time)), both, "at {time}");
    }
    let (end, amount, held) = (at(60), Amount::new(8), Amount::new(7));
    let more = totals.replace(at(0), Some(lock(8, 60).into()), None);
    assert_eq!(more, Err(Error::NotHeld { end, amount, held }));
    // The room that it would have taken is free.
    totals
        .replace(at(0), None, Some(lock(1, 40).into()))
        .unwrap();
}

#[test]
fn checkpoints_that_are_full_refuse_all_but_the_last_time() {
    let mut totals = History::new([Node::EMPTY; 8], [Checkpoint::NONE; 2]);
    let lock = |amount| Power::from(Lock::new(Amount::new(amount), until(at(50))).unwrap());
    totals.replace(at(1), None, Some(lock(1))).unwrap();
    totals.replace(at(2), None, Some(lock(2))).unwrap();
    let before = totals;
    let full = Err(Error::Full { capacity: 2 });
    assert_eq!(totals.replace(at(3), Some(lock(1)), Some(lock(4))), full);
    assert_eq!(totals, before);
    totals.replace(at(2), Some(lock(1)), Some(lock(4))).unwrap();
    assert_eq!(totals.weight_at(at(3)), U256::from(6 * 47));
    assert_eq!(totals.weight_at(at(1)), U256::from(49));
}

/// What begins and what ends at one time may cancel there, and the time is given back: what is left of
/// them must still be taken out one by one.
#[test]
fn changes_that_cancel_are_taken_back_one_by_one() {
    let lock = Lock::new(Amount::new(5), until(at(100))).unwrap();
    let (until_fifty, from_fifty) = (
        Power::from(lock).until(at(50)),
        Power::from(lock).starting(at(50)),
    );
    let mut totals = InMemory::default();
    for power in [until_fifty, from_fifty, until_fifty] {
        totals.replace(at(0), None, Some(power)).unwrap();
    }
    // The changes at 50 sum to nothing.
    totals.replace(at(0), Some(until_fifty), None).unwrap();
    assert_eq!(totals.weight_at(at(60)), lock.weight_at(at(60)));
    totals.replace(at(0), Some(until_fifty), None).unwrap();
    assert_eq!(totals.weight_at(at(49)), U256::ZERO);
    assert_eq!(totals.weight_at(at(60)), lock.weight_at(at(60)));
    totals.replace(at(0), Some(from_fifty), None).unwrap();
    for time in [0, 49, 50, 99].map(at) {
        assert_eq!(totals.weight_at(time), U256::ZERO);
    }
}
