//! The health of a collateral account, which a lending contract asks with its oracle's prices.

use tokenomics_fixed_math::{Error, Ratio, Wad};
use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};

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
        credit: portfolio.credit(Margin::Maintenance)?,
        owed: portfolio.owed(Margin::Maintenance)?,
    })
}

fn holding(entry: &Entry) -> Result<Holding, ContractError> {
    Ok(Holding::new(entry.amount, price(entry)?, haircut(entry)?))
}

fn debt(entry: &Entry) -> Result<Debt, ContractError> {
    Ok(Debt::new(entry.amount, price(entry)?, haircut(entry)?)?)
}

fn haircut(entry: &Entry) -> Result<Haircut, ContractError> {
    Ok(Haircut::new(entry.initial, entry.maintenance)?)
}

/// Returns a price as it is: a number of 10^-18.
fn price(entry: &Entry) -> Result<Ratio, Error> {
    Ratio::new(entry.price.raw(), Wad::SCALE)
}
