//! The sizes that callers count on, and the text of a parameter outside of its range.

use tokenomics_emission_curves::{Constant, Error, Quantity};
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
