//! The sizes that callers count on, and the text of a parameter outside of its range.

use tokenomics_emission_curves::{Constant, Decay, Error, Exponential, Quantity};
use tokenomics_fixed_math::{Amount, Ratio, Timestamp};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn an_error_names_the_quantity_and_the_bound_that_it_crossed() {
    let at = Timestamp::new;
    let error = Constant::new(at(5), at(4), Ratio::ONE).unwrap_err();
    let what = Quantity::End;
    let (value, bound) = (4, 6);
    assert_eq!(error, Error::OutOfRange { what, value, bound });
    assert_eq!(error.to_string(), "the end is 4, below 6");
}

/// What the numbers refuse is out of range where it is a parameter, and else too long.
#[test]
fn an_error_of_the_numbers_is_one_of_the_curves() {
    let (start, end) = (Timestamp::ZERO, Timestamp::new(9));
    let rate = Ratio::from_integer(1 << 63);
    let too_fast = Exponential::new(start, end, Amount::new(1), Decay::Continuous(rate));
    let what = Quantity::ContinuousRate;
    let (value, bound) = (1 << 63, (1 << 63) - 1);
    let expected = Error::OutOfRange { what, value, bound };
    assert_eq!(too_fast.unwrap_err(), expected);
    let most = Constant::new(start, end, Ratio::MAX).unwrap_err();
    let max = u128::MAX;
    assert_eq!(most, Error::Overflow { bits: 132, max });
}
