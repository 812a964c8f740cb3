//! The sizes that callers count on, and the text of a parameter outside of its range.

use tokenomics_emission_curves::{
    Baseline, Compounding, CompoundingParams, Constant, Decay, Disinflation, DisinflationParams,
    Error, Exponential, Quantity,
};
use tokenomics_fixed_math::{fraction, Amount, Error as MathError, Ratio, Span, Timestamp};

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

/// What the numbers refuse is out of range where it is a parameter; else it says what it was.
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

fn growth(units: u128) -> Error {
    let units = Ratio::from_integer(units);
    Error::Math(MathError::Growth { units }.into())
}

/// A supply or a baseline that can't be counted any more has grown for so many units.
#[test]
fn what_grows_above_128_bits_is_told_by_its_time() {
    let params = CompoundingParams {
        start: Timestamp::new(5),
        end: Timestamp::new(1_005),
        supply: Amount::new(1),
        rate: Ratio::ONE,
        period: Span::new(5),
    };
    let compounding = Compounding::new(params).unwrap_err();
    assert_eq!(compounding, growth(200));
    assert_eq!(
        compounding.to_string(),
        "a number that grows for 200/1 units of time is above the largest representable value, \
         340282366920938463463374607431768211455"
    );
    // At the terminal rate from the start on, and so for 1,000 years.
    let disinflation = Disinflation::new(DisinflationParams {
        start: Timestamp::ZERO,
        end: Timestamp::new(10_000),
        supply: Amount::new(1_000),
        year: Span::new(10),
        initial: fraction!("0.1"),
        taper: fraction!("0.5"),
        terminal: fraction!("0.1"),
    });
    assert_eq!(disinflation.unwrap_err(), growth(1_000));
    let decay = Decay::HalfLife(Span::new(100));
    let doubling = Baseline::new(Amount::new(9), decay, 1, Ratio::from_integer(2)).unwrap();
    let last = doubling.baseline_by(Timestamp::new(127));
    assert_eq!(last, Ok((1 << 127) - 1));
    assert_eq!(doubling.baseline_by(Timestamp::new(128)), Err(growth(128)));
    // All that can be counted is less than this by the end of epoch 127.
    assert_eq!(doubling.effective_time(u128::MAX), Err(growth(128)));
}
