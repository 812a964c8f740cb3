//! The generators make valid terms only, and draw both ends.
#![cfg(all(feature = "proptest", feature = "arbitrary"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_fee_split::{strategies, Vault, VaultTerms};
use tokenomics_fixed_math::{Fraction, Span, Timestamp};

#[test]
fn drawn_terms_reach_both_ends_and_are_valid() {
    let mut runner = TestRunner::deterministic();
    let mut ends = [false; 6];
    for _ in 0..200 {
        let drawn = strategies::vault_terms().new_tree(&mut runner);
        let terms = drawn.unwrap().current();
        Vault::new(terms, Timestamp::ZERO).unwrap();
        ends[0] |= terms.decimals_offset == 0;
        ends[1] |= terms.decimals_offset == VaultTerms::MAX_OFFSET;
        ends[2] |= terms.performance_fee == Fraction::ZERO;
        ends[3] |= terms.management_fee == Fraction::ONE;
        ends[4] |= terms.fee_period == Span::new(1);
        ends[5] |= terms.withdrawal_delay == Span::MAX;
    }
    assert_eq!(ends, [true; 6]);
}

#[test]
fn any_bytes_make_terms() {
    for byte in 0..=u8::MAX {
        let bytes = [byte; 64];
        let terms = VaultTerms::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        Vault::new(terms, Timestamp::ZERO).unwrap();
    }
}
