//! The generators make valid values only, and draw both ends.
#![cfg(all(feature = "proptest", feature = "arbitrary"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_escrow_weighting::{strategies, Lock, LockKind, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

fn draw<S: Strategy>(strategy: S) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..400)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

#[test]
fn drawn_terms_and_locks_reach_both_ends() {
    let (terms, locks) = (draw(strategies::terms()), draw(strategies::lock()));
    assert!(terms.iter().any(|terms| terms.max() == Span::new(1)));
    assert!(terms.iter().any(|terms| terms.max() == Span::MAX));
    assert!(terms.iter().any(|terms| terms.granule() == Span::new(1)));
    assert!(terms.iter().any(|terms| terms.granule() == terms.max()));
    assert!(locks.iter().any(|lock| lock.amount() == Amount::new(1)));
    assert!(locks.iter().any(|lock| lock.amount() == Amount::MAX));
    let ends = [Some(Timestamp::ZERO), Some(Timestamp::MAX), None];
    for end in ends {
        assert!(locks.iter().any(|lock| lock.end() == end), "{end:?}");
    }
    let is_constant = |lock: &Lock| matches!(lock.kind(), LockKind::Constant { .. });
    let is_growing = |lock: &Lock| matches!(lock.kind(), LockKind::Growing { .. });
    assert!(locks.iter().any(is_constant) && locks.iter().any(is_growing));
}

#[test]
fn any_bytes_make_valid_terms_and_locks() {
    for byte in 0..=u8::MAX {
        let bytes = [byte; 64];
        let terms = Terms::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(Terms::new(terms.max(), terms.granule()), Ok(terms));
        let lock = Lock::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(Lock::new(lock.amount(), lock.kind()), Ok(lock));
    }
}
