//! The coins that come in and go out.

use cosmwasm_std::{Addr, BankMsg, Coin, MessageInfo, Response, Storage};
use cw_storage_plus::Item;
use serde::{Deserialize, Serialize};
use tokenomics_fixed_math::Amount;

use crate::ContractError;

/// The denominations that are taken.
#[derive(Serialize, Deserialize)]
pub struct Denoms {
    /// The one that is granted, locked and staked.
    pub token: String,
    /// The one that stakes are paid.
    pub reward: String,
}

/// Where the denominations are kept.
pub const DENOMS: Item<Denoms> = Item::new("denoms");

/// Returns the tokens that were sent along.
///
/// # Errors
/// [`ContractError::Payment`] unless one coin was sent, of that denomination;
/// [`ContractError::TooLarge`].
pub fn tokens(storage: &dyn Storage, info: &MessageInfo) -> Result<Amount, ContractError> {
    paid(info, DENOMS.load(storage)?.token)
}

/// Returns the rewards that were sent along.
///
/// # Errors
/// As [`tokens`].
pub fn rewards(storage: &dyn Storage, info: &MessageInfo) -> Result<Amount, ContractError> {
    paid(info, DENOMS.load(storage)?.reward)
}

/// Checks that nothing was sent along: it would be lost.
///
/// # Errors
/// [`ContractError::NotPayable`].
pub fn refuse_any(info: &MessageInfo) -> Result<(), ContractError> {
    if info.funds.is_empty() {
        return Ok(());
    }
    Err(ContractError::NotPayable)
}

/// Pays tokens out.
///
/// # Errors
/// [`ContractError::Std`] if the denominations can't be read.
pub fn pay_tokens(
    storage: &dyn Storage,
    to: &Addr,
    amount: Amount,
) -> Result<Response, ContractError> {
    Ok(pay(to, amount, DENOMS.load(storage)?.token))
}

/// Pays rewards out.
///
/// # Errors
/// As [`pay_tokens`].
pub fn pay_rewards(
    storage: &dyn Storage,
    to: &Addr,
    amount: Amount,
) -> Result<Response, ContractError> {
    Ok(pay(to, amount, DENOMS.load(storage)?.reward))
}

fn paid(info: &MessageInfo, denom: String) -> Result<Amount, ContractError> {
    match info.funds.as_slice() {
        // A coin holds 256 bits, of which an amount has half.
        [coin] if coin.denom == denom && !coin.amount.is_zero() => {
            let too_large = |_| ContractError::TooLarge {
                amount: coin.amount,
            };
            Amount::try_from(coin.amount).map_err(too_large)
        }
        _ => Err(ContractError::Payment { denom }),
    }
}

/// Says what is paid, and pays it: the bank refuses a coin of 0.
fn pay(to: &Addr, amount: Amount, denom: String) -> Response {
    let response = Response::new().add_attribute("paid", amount.to_string());
    if amount.is_zero() {
        return response;
    }
    let coin = Coin {
        denom,
        amount: amount.into(),
    };
    response.add_message(BankMsg::Send {
        to_address: to.to_string(),
        amount: vec![coin],
    })
}
