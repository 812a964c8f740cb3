//! The generators make valid values only, and draw both ends.
#![cfg(all(feature = "proptest", feature = "arbitrary"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_fee_split::{
    strategies, EpochTerms, RewardStream, SplitStream, WeightedSplit, ZeroShares,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

#[test]
fn drawn_weights_reach_both_ends_and_split() {
    let mut runner = TestRunner::deterministic();
    let (mut zero, mut most) = (false, false);
    for _ in 0..200 {
        let drawn = strategies::weighted_split::<3>().new_tree(&mut runner);
        let split = drawn.unwrap().current();
        zero |= split.weights().contains(&0);
        most |= split.weights().contains(&u64::MAX);
        assert_eq!(Amount::try_sum(split.split(Amount::MAX)), Ok(Amount::MAX));
    }
    assert!(zero && most);
}

#[test]
fn any_bytes_make_weights_that_split() {
    for byte in 0..=u8::MAX {
        let bytes = [byte; 24];
        let split = WeightedSplit::<3>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(
            Amount::try_sum(split.split(Amount::new(7))),
            Ok(Amount::new(7))
        );
    }
    assert!(WeightedSplit::<0>::arbitrary(&mut Unstructured::new(&[])).is_err());
}

#[test]
fn drawn_streams_reach_both_ends_and_can_be_stored() {
    let mut runner = TestRunner::deterministic();
    let (mut fresh, mut held, mut large) = (false, false, false);
    for _ in 0..200 {
        let drawn = strategies::split_stream::<3>().new_tree(&mut runner);
        let stream = drawn.unwrap().current();
        fresh |= stream.carried().is_zero();
        held |= !stream.carried().is_zero();
        large |= stream.weights().contains(&(u64::MAX / 3));
        assert_eq!(SplitStream::restore(stream.state()), Ok(stream));
    }
    assert!(fresh && held && large);
    for byte in 0..=u8::MAX {
        let bytes = [byte; 40];
        let stream = SplitStream::<3>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(SplitStream::restore(stream.state()), Ok(stream));
    }
    assert!(SplitStream::<0>::arbitrary(&mut Unstructured::new(&[0; 16])).is_err());
}

#[test]
fn drawn_streams_come_to_an_end() {
    let mut runner = TestRunner::deterministic();
    let (mut zero, mut most, mut short, mut last) = (false, false, false, false);
    for _ in 0..200 {
        let drawn = strategies::reward_stream().new_tree(&mut runner);
        let mut stream = drawn.unwrap().current();
        let end = stream.end().unwrap();
        short |= end.get() == stream.last().get() + 1;
        last |= end == Timestamp::MAX;
        let all = stream.release(end).unwrap();
        zero |= all.is_zero();
        most |= all == Amount::MAX;
        assert!(stream.rest().is_zero());
    }
    assert!(zero && most && short && last);
}

#[test]
fn any_bytes_make_streams_and_rules() {
    let mut rules = [ZeroShares::Hold; 256];
    for (byte, rule) in (0..=u8::MAX).zip(&mut rules) {
        let bytes = [byte; 32];
        let stream = RewardStream::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(RewardStream::restore(stream.state()), Ok(stream));
        *rule = ZeroShares::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
    }
    assert!(rules.contains(&ZeroShares::Sink) && rules.contains(&ZeroShares::Extend));
}

#[test]
fn drawn_terms_of_epochs_reach_both_ends() {
    let mut runner = TestRunner::deterministic();
    let (mut first, mut last, mut short, mut long) = (false, false, false, false);
    let mut unbounded = false;
    for _ in 0..200 {
        let drawn = strategies::epoch_terms().new_tree(&mut runner);
        let terms = drawn.unwrap().current();
        first |= terms.start() == Timestamp::ZERO;
        last |= terms.start() == Timestamp::MAX;
        short |= terms.length() == Span::new(1);
        long |= terms.length() == Span::MAX;
        unbounded |= terms.claim_within().is_none();
        assert_eq!(terms.epoch_at(terms.start()), Ok(0));
    }
    assert!(first && last && short && long && unbounded);
    for byte in 0..=u8::MAX {
        let bytes = [byte; 40];
        let terms = EpochTerms::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert!(terms.length() >= Span::new(1));
    }
}
