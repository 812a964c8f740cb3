//! The health of a collateral account, which a lending contract asks with its oracle's prices.

use cosmwasm_std::Decimal;
use tokenomics_fixed_math::{Amount, Error, Fraction, Ratio};
use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};

use crate::funds::units;
use crate::msg::{Account, Entry, HealthAnswer};
use crate::ContractError;

/// The most holdings, and the most debts, so that nobody can make an answer dear.
const MOST: usize = 8;

/// Returns whether an account's collateral covers its debts: products of amounts and prices are compared
/// whole, and nothing is divided.
///
/// # Errors
/// [`ContractError::TooMany`]; [`ContractError::Collateral`] for a debt whose price is 0, or that counts less
/// to keep a position open than to open it.
pub fn query(account: Account) -> Result<HealthAnswer, ContractError> {
    if account.holdings.len().max(account.debts.len()) > MOST {
        return Err(ContractError::TooMany { most: MOST });
    }
    let holdings: Result<Vec<_>, _> = account.holdings.iter().map(holding).collect();
    let debts: Result<Vec<_>, _> = account.debts.iter().map(debt).collect();
    let (holdings, debts) = (holdings?, debts?);
    let portfolio = Portfolio::new(&holdings, &debts);
    Ok(HealthAnswer {
        may_borrow: portfolio.is_healthy(Margin::Initial),
        liquidatable: portfolio.is_liquidatable(),
        credit: units(portfolio.credit(Margin::Maintenance)?),
        owed: units(portfolio.owed(Margin::Maintenance)?),
    })
}

fn holding(entry: &Entry) -> Result<Holding, ContractError> {
    let amount = Amount::new(entry.amount.u128());
    Ok(Holding::new(amount, price(entry)?, haircut(entry)?))
}

fn debt(entry: &Entry) -> Result<Debt, ContractError> {
    let amount = Amount::new(entry.amount.u128());
    Ok(Debt::new(amount, price(entry)?, haircut(entry)?)?)
}

fn haircut(entry: &Entry) -> Result<Haircut, ContractError> {
    let (initial, maintenance) = (fraction(entry.initial)?, fraction(entry.maintenance)?);
    Ok(Haircut::new(initial, maintenance)?)
}

/// Returns a price as it is: a decimal is a number of 10^-18.
fn price(entry: &Entry) -> Result<Ratio, Error> {
    Ratio::new(entry.price.atomics().u128(), Fraction::SCALE.into())
}

/// Returns a decimal as it is, which is at most 1.
fn fraction(decimal: Decimal) -> Result<Fraction, Error> {
    // What 64 bits don't hold is above 1 as well.
    let raw = u64::try_from(decimal.atomics().u128()).unwrap_or(u64::MAX);
    Fraction::from_raw(raw)
}
