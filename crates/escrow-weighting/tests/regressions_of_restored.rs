//! Faults that a hostile reader found.
#![cfg(feature = "alloc")]
#![allow(missing_docs, clippy::unwrap_used)]

use tokenomics_escrow_weighting::{
    Checkpoint, Conviction, Error, Escrow, EscrowState, History, Lock, LockKind, Node, Ring,
    Support, Terms, TermsParams, Totals,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp, U256};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// A line whose total is 0 at both ends and 2^246 in between: slope·1,024 wraps to 0.
#[test]
fn a_total_that_wraps_between_two_changes_is_refused() {
    let terms = Terms::new(Span::new(4_096), Span::new(1)).unwrap();
    let slope = U256::new(1 << 118, 0);
    let back = U256::new((1 << 127) + ((1 << 127) - (1 << 118)), 0);
    // slope · 1,024 is 0: so is the intercept of a line through 1,024, and of one through 2,048.
    let state = EscrowState {
        terms,
        clock: at(1_024),
        locked: Amount::new(1),
        cooling: Amount::ZERO,
        checkpoints: vec![(at(1_024), slope, U256::ZERO)],
        changes: vec![(at(2_049), back, U256::ZERO, Amount::new(1))],
    };
    let refused = Escrow::restore(state).map(|escrow| escrow.total_at(at(1_025)));
    assert_eq!(refused, Err(Error::Stored { at: at(1_024) }));
}

/// With terms whose shortest lock was longer than the longest less a granule, one end in ten was
/// refused, of a lock that has no other way out. There are no such terms, and with the next there is
/// an end at any time.
#[test]
fn permanence_ends_at_any_time() {
    let (max, granule) = (Span::new(1_000), Span::new(10));
    let params = TermsParams {
        max,
        granule,
        min: Span::new(991),
        most: wad!("1"),
    };
    let mut escrow = Escrow::new(Terms::from_params(params).unwrap());
    let kind = escrow.terms().permanent(wad!("1")).unwrap();
    let lock = escrow.create(at(0), Amount::new(5), kind).unwrap();
    for now in 0..20 {
        assert!(escrow.clone().end_permanence(at(now), lock).is_ok());
    }
}

#[test]
fn a_stake_of_the_same_changes_no_conviction() {
    let conviction = Conviction::new(fraction!("0.999999")).unwrap();
    let once = conviction
        .stake(Support::NONE, at(0), Amount::new(1))
        .unwrap();
    let often = (1..=1_000).fold(once, |support, now| {
        conviction.stake(support, at(now), Amount::new(1)).unwrap()
    });
    let end = at(100_000);
    assert_eq!(conviction.at(&often, end), conviction.at(&once, end));
}

#[test]
fn what_still_counts_is_not_released() {
    let kind = LockKind::Decaying {
        rate: 1,
        end: at(100),
    };
    let lock = Lock::new(Amount::new(7), kind).unwrap();
    let early = Err(Error::NotEnded {
        end: at(100),
        at: at(5),
    });
    let mut history = History::new([Node::EMPTY; 4], [Checkpoint::NONE; 4]);
    history.replace(at(1), None, Some(lock.into())).unwrap();
    assert_eq!(history.release(at(5), lock.into()), early);
    let mut ring = Ring::<16>::new(Span::new(10)).unwrap();
    ring.replace(at(1), None, Some(lock.into())).unwrap();
    assert_eq!(ring.release(at(5), lock.into()), early);
}

/// A leaf that stands where it can't: `state` went round for ever, until memory ended.
#[cfg(feature = "serde")]
#[test]
fn the_state_of_a_hostile_store_ends() {
    let (mut nodes, mut points) = (Vec::new(), Vec::new());
    let mut history = History::new(&mut nodes, &mut points);
    for end in [8, 10] {
        let kind = LockKind::Decaying {
            rate: 1,
            end: at(end),
        };
        let lock = Lock::new(Amount::new(1), kind).unwrap();
        history.replace(at(1), None, Some(lock.into())).unwrap();
    }
    let head = history.head();
    let stored = serde_json::to_string(&nodes).unwrap();
    let stored = stored.replacen("\"at\":\"10\"", "\"at\":\"1\"", 1);
    let nodes: Vec<Node> = serde_json::from_str(&stored).unwrap();
    let totals = History::restore(head, nodes, points);
    let (locked, cooling) = (Amount::new(2), Amount::ZERO);
    let terms = Terms::new(Span::new(100), Span::new(1)).unwrap();
    let head = tokenomics_escrow_weighting::EscrowHead {
        terms,
        clock: at(1),
        locked,
        cooling,
    };
    let escrow = Escrow::resume(head, totals).unwrap();
    assert!(escrow.state().changes.len() <= 2);
}
