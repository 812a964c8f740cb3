//! The sizes that callers count on, and the text of a parameter outside of its range.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{Allocation, Error, LumpLinear, Quantity, Shift, Step, StepParams};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn an_error_names_the_quantity_and_the_bound_that_it_crossed() {
    let at = Timestamp::new;
    let error = LumpLinear::new(at(5), at(9), Amount::new(8), Amount::new(7)).unwrap_err();
    let what = Quantity::Lump;
    let (value, bound) = (8, 7);
    assert_eq!(error, Error::OutOfRange { what, value, bound });
    assert_eq!(error.to_string(), "the lump is 8, above 7");
    let none = Step::new(StepParams {
        start: at(5),
        period: Span::ZERO,
        count: 1,
        total: Amount::new(7),
        allocation: Allocation::FrontLoaded,
    });
    assert_eq!(none.unwrap_err().to_string(), "the period is 0, below 1");
}

/// What the numbers refuse is too long for its type.
#[test]
fn an_error_of_the_numbers_is_an_overflow() {
    let line = LumpLinear::new(Timestamp::ZERO, Timestamp::MAX, Amount::ZERO, Amount::ZERO);
    let later = Shift::later(line.unwrap(), Span::new(1)).unwrap_err();
    let max = u64::MAX.into();
    assert_eq!(later, Error::Overflow { bits: 65, max });
}
