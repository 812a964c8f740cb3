//! Bad debts of accounts, which are borne once.

use tokenomics_fixed_math::{wad, Amount, Ratio, Wad};
use tokenomics_haircut_collateral::{
    Account, Certificate, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding, Incentive,
    LiquidationTerms, Quantity,
};

fn held(price: Ratio) -> Holding {
    Holding::new(Amount::new(100), price, Haircut::NONE)
}

fn owed(amount: u128) -> Debt {
    Debt::new(Amount::new(amount), Ratio::ONE, Haircut::NONE).unwrap()
}

/// What nothing covers stays owed, and each liquidation tells it until it is written off.
#[test]
fn a_bad_debt_is_told_until_it_is_written_off() {
    let price = Ratio::new(9, 10).unwrap();
    let mut account = Account::<2>::from_entries(&[held(price)], &[owed(100)]).unwrap();
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05")).unwrap());
    let terms =
        LiquidationTerms::new(Wad::ONE, CloseFactor::WHOLE, incentive, Amount::ZERO).unwrap();
    let amount = Amount::new(10);
    for _ in 0..2 {
        let done = account.liquidate(&terms, Amount::MAX).unwrap();
        assert_eq!(done.certificate(), Certificate::BadDebt { amount });
    }
    let written_off = account.write_off().unwrap();
    assert_eq!(written_off.value, amount);
    assert_eq!(written_off.debts, [amount, Amount::ZERO]);
    assert_eq!(account.liquidate(&terms, Amount::MAX), Err(Error::Healthy));
}

/// Whoever deposits a unit has a write-off refused, and loses the unit to a liquidation in the same step.
#[test]
fn a_unit_that_is_given_delays_no_write_off() {
    let price = Ratio::new(9, 10).unwrap();
    let mut account = Account::<2>::from_entries(&[held(price)], &[owed(100)]).unwrap();
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05")).unwrap());
    let terms =
        LiquidationTerms::new(Wad::ONE, CloseFactor::WHOLE, incentive, Amount::ZERO).unwrap();
    account.liquidate(&terms, Amount::MAX).unwrap();
    account.deposit(0, Amount::new(1)).unwrap();
    let refused = account;
    assert!(matches!(
        account.write_off(),
        Err(Error::OutOfRange {
            what: Quantity::HeldValue,
            value: 1,
            bound: 0
        })
    ));
    assert_eq!(account, refused);
    // A unit worth 0.9 pays for one of the debt.
    let amount = Amount::new(9);
    let done = account.liquidate(&terms, Amount::MAX).unwrap();
    assert_eq!(done.certificate(), Certificate::BadDebt { amount });
    assert_eq!(account.write_off().unwrap().value, amount);
}

/// A feed that fails makes a bad debt of what an asset secured. Who bears it has the asset, whose price
/// comes back; the owner would otherwise have both.
#[test]
fn a_holding_without_a_price_goes_with_the_bad_debt() {
    let entries = ([held(Ratio::ONE)], [owed(60)]);
    let mut account = Account::<1>::from_entries(&entries.0, &entries.1).unwrap();
    account
        .reprice_holding(0, Ratio::ZERO, Haircut::NONE)
        .unwrap();
    let written_off = account.write_off().unwrap();
    assert_eq!(written_off.holdings, [Amount::new(100)]);
    assert!(account.withdraw(0, Amount::new(1)).is_err());
    // Without a debt nothing is taken.
    let unpriced = held(Ratio::ZERO);
    let mut account = Account::<1>::from_entries(&[unpriced], &[]).unwrap();
    assert_eq!(account.write_off().unwrap().holdings, [Amount::ZERO]);
    assert_eq!(account.holdings(), [unpriced]);
}

/// Whoever may pay into an account of another, or repay for it, fills none of its places: the owner takes
/// out what was given, and has the place back.
#[test]
fn nobody_fills_the_places_of_another() {
    let empty = held(Ratio::ONE).with_amount(Amount::ZERO);
    let mut account = Account::<2>::from_entries(&[empty], &[owed(5)]).unwrap();
    let given = Amount::new(1);
    account.deposit(0, given).unwrap();
    account.repay(0, Amount::new(5)).unwrap();
    assert_eq!((account.holdings().len(), account.debts().len()), (1, 1));
    assert!(account.deposit(1, given).is_err());
    assert!(account.remove_holding(0).is_err());
    account.withdraw(0, given).unwrap();
    account.remove_holding(0).unwrap();
    account.remove_debt(0).unwrap();
    assert_eq!(account, Account::new());
}
