//! The literals of the numbers, by the one name.

use tokenomics::{Amount, Fraction, SignedWad, Wad};

const FEE: Fraction = tokenomics::fraction!("0.25");
const BOOST: Wad = tokenomics::wad!("2.5");
const DELTA: SignedWad = tokenomics::signed_wad!("-0.5");
const LEAST: Amount = tokenomics::amount!("1_000.5", 6);

#[test]
fn every_literal_is_at_the_root() {
    assert_eq!(Fraction::from_percent(25), Ok(FEE));
    assert_eq!(BOOST.to_string(), "2.5");
    assert_eq!(DELTA.to_string(), "-0.5");
    assert_eq!(LEAST.get(), 1_000_500_000);
    assert_eq!(tokenomics::fixed_math::fraction!("0.25"), FEE);
}

#[test]
fn so_is_every_type_and_function_of_the_numbers() {
    use tokenomics::{icbrt, isqrt, Growth, ParseError, Rounding, Span};
    assert_eq!(isqrt(10, Rounding::Ceil), 4);
    assert_eq!(icbrt(10, Rounding::Floor), 2);
    assert!(Growth::doubling(Span::from_days(365)).is_ok());
    assert_eq!("".parse::<Amount>(), Err(ParseError::Empty));
}
