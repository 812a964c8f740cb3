//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_fixed_math::{fraction, Amount, Decimals, Ratio, Wad};
use tokenomics_haircut_collateral::{
    unit_price, Debt, Error, Haircut, Holding, Margin, Portfolio, Quantity,
};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn an_error_names_the_quantity_and_the_bound_that_it_crossed() {
    let crossed = Haircut::new(fraction!("0.1"), fraction!("0.16")).unwrap_err();
    let (what, value, bound) = (
        Quantity::InitialHaircut,
        10_u128.pow(17),
        16 * 10_u128.pow(16),
    );
    assert_eq!(crossed, Error::OutOfRange { what, value, bound });
    assert_eq!(
        crossed.to_string(),
        "the initial haircut is 0.1, below 0.16"
    );
    let equal = Haircut::new(fraction!("0.16"), fraction!("0.16"));
    assert!(equal.is_ok());
    let unpriced = Debt::new(Amount::new(5), Ratio::ZERO, Haircut::NONE).unwrap_err();
    assert_eq!(
        unpriced.to_string(),
        "the price of a debt is 0, below 0.000000000000000001"
    );
    let beyond = Portfolio::new(&[], &[]).max_withdraw(3, Margin::Initial);
    assert_eq!(
        beyond.unwrap_err().to_string(),
        "there is no holding 3 in a portfolio of 0"
    );
}

/// Two of the most at the highest price are worth just below 2^257 / 10^18 quote units: 198 bits.
#[test]
fn a_value_beyond_all_amounts_is_told_by_its_length() {
    let most = Holding::new(Amount::MAX, Wad::MAX.into(), Haircut::NONE);
    let (bits, max) = (198, u128::MAX);
    let too_much = Error::Overflow { bits, max };
    let held = [most; 2];
    let portfolio = Portfolio::new(&held, &[]);
    assert_eq!(portfolio.value(), Err(too_much));
    assert_eq!(portfolio.credit(Margin::Initial), Err(too_much));
    assert_eq!(
        too_much.to_string(),
        format!("a result of 198 bits is above the largest value of its type, {max}")
    );
    let (none, many) = (Decimals::new(0).unwrap(), Decimals::new(38).unwrap());
    let price = unit_price(Wad::MAX, none, many);
    let bits = 195;
    assert_eq!(price, Err(Error::Overflow { bits, max }));
}

#[test]
fn an_amount_and_a_time_are_told_in_whole_units() {
    use tokenomics_fixed_math::{wad, Span};
    use tokenomics_haircut_collateral::{Decay, DutchAuction};

    let line = DutchAuction::new(wad!("1.2"), Decay::Linear(Span::new(0))).unwrap_err();
    assert_eq!(line.to_string(), "the time of an auction is 0, below 1");
    let start = DutchAuction::new(wad!("9"), Decay::Linear(Span::new(1))).unwrap_err();
    assert_eq!(start.to_string(), "the start of an auction is 9, above 8");
}
