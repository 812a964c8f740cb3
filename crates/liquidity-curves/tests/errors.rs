//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_liquidity_curves::{ConstantProduct, Error, Fee, Market, Quantity, Sell};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn an_error_names_the_quantity_and_the_bound_that_it_crossed() {
    let all = Fee::new(10_000, 10_000).unwrap_err();
    assert_eq!(
        all.to_string(),
        "the numerator of a fee is 10000, above 9999"
    );
    let whole = Fee::new(0, 0).unwrap_err();
    assert_eq!(whole.to_string(), "the denominator of a fee is 0, below 1");
    let empty = ConstantProduct::new(Amount::new(1), Amount::ZERO, Fee::NONE).unwrap_err();
    assert_eq!(empty.to_string(), "the reserve of a token is 0, below 1");
    let ten = Amount::new(10);
    let mut pool = ConstantProduct::new(ten, ten, Fee::NONE).unwrap();
    let out = pool.swap_exact_out(Sell::Token0, ten).unwrap_err();
    assert_eq!(out.to_string(), "the amount to buy is 10, above 9");
    let none = pool.remove_liquidity(Amount::ZERO).unwrap_err();
    assert_eq!(none.to_string(), "the number of shares is 0, below 1");
    let beyond = pool.remove_liquidity(Amount::new(11)).unwrap_err();
    assert_eq!(beyond.to_string(), "the number of shares is 11, above 10");
    let free = pool.delta_at(Ratio::new(0, 1).unwrap()).unwrap_err();
    assert_eq!(free.to_string(), "the price is 0, below 1");
}

#[test]
fn an_empty_pool_trades_nothing_and_takes_a_first_deposit() {
    let (four, nine) = (Amount::new(4), Amount::new(9));
    let mut pool = ConstantProduct::new(four, nine, Fee::UNISWAP_V2).unwrap();
    pool.remove_liquidity(Amount::new(6)).unwrap();
    let (what, value, bound) = (Quantity::Reserve, 0, 1);
    let nothing = Err(Error::OutOfRange { what, value, bound });
    assert_eq!(pool.quote_exact_in(Sell::Token0, four), nothing);
    assert_eq!(pool.quote_exact_out(Sell::Token1, Amount::ZERO), nothing);
    assert_eq!(
        pool.add_liquidity(nine, four).unwrap().shares,
        Amount::new(6)
    );
    assert_eq!(pool.fee(), Fee::UNISWAP_V2);
}

#[test]
fn a_reserve_ends_at_the_largest_amount() {
    let (one, most) = (Amount::new(1), Amount::MAX);
    let pool = ConstantProduct::new(most, one, Fee::NONE).unwrap();
    let max = u128::MAX;
    let beyond = Err(Error::Overflow { bits: 129, max });
    assert_eq!(pool.quote_exact_in(Sell::Token0, one), beyond);
    let pool = ConstantProduct::new(one, most, Fee::NONE).unwrap();
    let all_but_one = Amount::new(max - 1);
    let bought = pool.quote_exact_out(Sell::Token0, all_but_one).unwrap();
    assert_eq!(bought.amount_in, all_but_one);
}
