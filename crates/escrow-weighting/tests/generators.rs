//! The generators make valid values only, and draw both ends.
#![cfg(all(feature = "proptest", feature = "arbitrary"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_escrow_weighting::{strategies, Lock, Terms};
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
    assert!(locks.iter().any(|lock| lock.end() == Timestamp::ZERO));
    assert!(locks.iter().any(|lock| lock.end() == Timestamp::MAX));
}

#[test]
fn any_bytes_make_valid_terms_and_locks() {
    for byte in 0..=u8::MAX {
        let bytes = [byte; 24];
        let terms = Terms::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(Terms::new(terms.max(), terms.granule()), Ok(terms));
        let lock = Lock::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert!(!lock.amount().is_zero());
    }
}
