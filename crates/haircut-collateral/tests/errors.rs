//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_fixed_math::{fraction, Amount, Decimals, Ratio, Span, Wad};
use tokenomics_haircut_collateral::{
    unit_price, Account, Debt, Error, Haircut, Holding, Margin, Portfolio, Quantity,
};
use tokenomics_haircut_collateral::{
    ConcentrationThreshold, Confidence, DepthBudget, LiquidityRange, PriceAge, TimeToExit,
    Volatility,
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
fn an_error_of_a_rule_says_its_value_in_its_own_unit() {
    let budget = DepthBudget::new(Amount::new(5), fraction!("0")).unwrap_err();
    assert_eq!(
        budget.to_string(),
        "the cost of the depth is 0, below 0.000000000000000001"
    );
    let age = PriceAge::new(Span::new(60), Span::new(60)).unwrap_err();
    assert_eq!(age.to_string(), "the age of a stale price is 60, below 61");
    let last = PriceAge::new(Span::MAX, Span::MAX).unwrap_err();
    let (what, value) = (Quantity::StaleAge, u64::MAX.into());
    let bound = value + 1;
    assert_eq!(last, Error::OutOfRange { what, value, bound });
    let threshold = ConcentrationThreshold::new(Amount::ZERO).unwrap_err();
    assert_eq!(
        threshold.to_string(),
        "the threshold of concentration is 0, below 1"
    );
    let period = Volatility::new(Wad::ONE, Span::ZERO, fraction!("0")).unwrap_err();
    assert_eq!(
        period.to_string(),
        "the period of a volatility is 0, below 1"
    );
    let year = TimeToExit::new(Wad::ONE, Span::ZERO).unwrap_err();
    assert_eq!(year.to_string(), "the length of a year is 0, below 1");
}

#[test]
fn an_error_of_an_add_on_or_a_price_names_what_is_too_much() {
    let weight = Haircut::from_liability_weights(Wad::ONE, "0.9".parse().unwrap());
    assert_eq!(
        weight.unwrap_err().to_string(),
        "the weight of a debt is 0.9, below 1"
    );
    let weight = Haircut::from_liability_weights("2.5".parse().unwrap(), Wad::ONE);
    assert_eq!(
        weight.unwrap_err().to_string(),
        "the weight of a debt is 2.5, above 2"
    );
    let most = Haircut::FULL.and_add_on(Haircut::FULL).unwrap_err();
    assert_eq!(most.to_string(), "the add-on of a debt is 3, above 1");
    let (price, interval) = (Wad::ONE, Wad::from_percent(51).unwrap());
    let unsure = Confidence::new(Wad::from_integer(2).unwrap()).add_on(price, interval);
    assert_eq!(
        unsure.unwrap_err().to_string(),
        "the confidence interval is 0.51, above 0.5"
    );
    let (half, third) = (Ratio::new(7, 2).unwrap(), Ratio::new(10, 3).unwrap());
    let range = LiquidityRange::new(half, Some(third)).unwrap_err();
    let (what, limit) = (Quantity::UpperPrice, Quantity::LowerPrice);
    let price = third;
    assert_eq!(range, Error::PriceOrder { what, price, limit });
    let text = "the upper price is 10/3, not above the lower price";
    assert_eq!(range.to_string(), text);
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

#[test]
fn what_an_account_keeps_is_told() {
    let held = Holding::new(Amount::new(7), Ratio::new(1, 2).unwrap(), Haircut::NONE);
    let owed = Debt::new(Amount::new(9), Ratio::ONE, Haircut::NONE).unwrap();
    let mut account = Account::<1>::from_entries(&[held], &[owed]).unwrap();
    let text = |error: Error| error.to_string();
    assert_eq!(
        account.remove_holding(0).map_err(text),
        Err("the amount of an entry that is removed is 7, above 0".into())
    );
    assert_eq!(
        account.remove_debt(0).map_err(text),
        Err("the amount of an entry that is removed is 9, above 0".into())
    );
    // Of 3.5.
    assert_eq!(
        account.write_off().map_err(text),
        Err("the value that is still held is 4, above 0".into())
    );
    assert!(matches!(
        account.remove_debt(1),
        Err(Error::NoSuchDebt { index: 1, len: 1 })
    ));
}
