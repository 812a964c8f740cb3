//! The sizes that callers count on, and the texts of errors.

use tokenomics_fixed_math::{Amount, Error as MathError, Span, Timestamp, U256};
use tokenomics_rate_controllers::{Error, Quantity};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

/// The length of what didn't fit stands for its digits.
#[test]
fn an_overflow_of_the_numbers_is_told_by_its_length() {
    let clock = Timestamp::MAX.checked_add(Span::new(1)).unwrap_err();
    let amount = Amount::MAX.checked_add(Amount::new(1)).unwrap_err();
    let wide = U256::new(1 << 99, 0).to_u128().unwrap_err();
    for (error, bits, max) in [
        (clock, 65, u64::MAX.into()),
        (amount, 129, u128::MAX),
        (wide, 228, u128::MAX),
    ] {
        assert_eq!(Error::from(error), Error::Overflow { bits, max });
    }
    assert_eq!(
        Error::from(clock).to_string(),
        "a result of 65 bits is above the largest value of its type, 18446744073709551615"
    );
}

/// Any other error of the numbers is kept whole.
#[test]
fn an_error_of_the_numbers_says_what_it_was() {
    let wide = U256::MAX.checked_add(U256::MAX).unwrap_err();
    let (left_bits, right_bits) = (256, 256);
    assert_eq!(
        wide,
        MathError::Wide {
            left_bits,
            right_bits
        }
    );
    assert_eq!(Error::from(wide), Error::Math(wide.into()));
    assert_eq!(
        Error::from(wide).to_string(),
        "an operation on numbers of 256 and 256 bits leaves the range of 256 bits"
    );
}

#[test]
fn an_error_names_the_quantity_and_the_bound_that_it_crossed() {
    let texts = [(0, 1), (9, 8)].map(|(value, bound)| {
        let what = Quantity::Elasticity;
        Error::OutOfRange { what, value, bound }.to_string()
    });
    let expected = [
        "the elasticity is 0, below 1",
        "the elasticity is 9, above 8",
    ];
    assert_eq!(texts, expected);
}
