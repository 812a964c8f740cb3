//! The sizes that callers count on, and the texts of errors.

use tokenomics_fixed_math::{
    mul_div, Amount, Decimals, Error, Fraction, Growth, ParseError, Ratio, Rounding, SignedWad,
    Wad, U256,
};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
    assert!(size_of::<ParseError>() <= 48);
}

#[track_caller]
fn says<T>(result: Result<T, Error>, text: &str) {
    assert_eq!(result.err().unwrap().to_string(), text);
}

#[test]
fn an_error_says_what_was_above_or_below_which_bound() {
    says(
        Amount::MAX.checked_add(Amount::new(1)),
        "a result of 129 bits is above the largest value of its type, \
         340282366920938463463374607431768211455",
    );
    says(
        Amount::new(1).checked_sub(Amount::new(2)),
        "cannot take 2 from 1",
    );
    says(
        U256::MAX.checked_add(U256::ONE),
        "an operation on numbers of 256 and 1 bits leaves the range of 256 bits",
    );
    says(
        U256::ONE.checked_shl(256),
        "an operation on numbers of 1 and 256 bits leaves the range of 256 bits",
    );
    says(
        mul_div(1, 1, 0, Rounding::Floor),
        "a number was to be divided by zero",
    );
    says(
        Fraction::from_bps(10_001),
        "a fraction in basis points is 10001, above 10000",
    );
    says(Decimals::new(39), "the number of decimals is 39, above 38");
}

#[test]
fn an_error_of_a_signed_number_names_the_end_that_it_is_beyond() {
    says(
        SignedWad::MAX.checked_add(SignedWad::ONE),
        "a result of 128 bits is above 170141183460469231731687303715884105727",
    );
    says(
        SignedWad::MIN.checked_sub(SignedWad::ONE),
        "a result of 128 bits is below -170141183460469231731687303715884105728",
    );
    says(
        SignedWad::MIN.checked_neg(),
        "a result of 128 bits is above 170141183460469231731687303715884105727",
    );
    says(
        SignedWad::ZERO.ln(Rounding::Floor),
        "the number that a logarithm is taken of is 0, below 0.000000000000000001",
    );
    says(
        SignedWad::from_integer(50).unwrap().exp(Rounding::Floor),
        "the exponent of e is 50, above 47.276307437780177293",
    );
}

#[test]
fn what_leaves_every_type_is_told_by_its_arguments() {
    let two = Wad::from_integer(2).unwrap();
    says(
        two.powi(99, Rounding::Floor),
        "2 to the power of 99 is above the largest representable value, 340282366920938463463.374607431768211455",
    );
    says(
        two.geometric_sum(99, Rounding::Floor),
        "the sum of 99 powers of 2 is above the largest representable value, 340282366920938463463.374607431768211455",
    );
    let doubling = Growth::per_unit(Ratio::from_integer(2)).unwrap();
    says(
        doubling.of(Amount::new(1), 128, Rounding::Floor),
        "a number that grows for 128/1 units of time is above the largest representable value, 340282366920938463463374607431768211455",
    );
}
