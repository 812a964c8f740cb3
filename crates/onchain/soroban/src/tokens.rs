//! The tokens that come in and go out.

use soroban_sdk::{token::TokenClient, Address, Env, Error};
use tokenomics_fixed_math::Amount;

use crate::error::{math, own, NOT_POSITIVE};
use crate::stored::{addresses, set_addresses, Key};

/// Which of the two tokens.
#[derive(Clone, Copy)]
pub enum Token {
    /// What is granted, locked and staked.
    Principal,
    /// What stakes are paid.
    Reward,
}

/// Keeps which tokens they are.
pub fn name(env: &Env, principal: &Address, reward: &Address) {
    set_addresses(env, &Key::Tokens, (principal.clone(), reward.clone()));
}

/// Returns an amount that comes in.
///
/// # Errors
/// [`NOT_POSITIVE`].
pub fn amount(units: i128) -> Result<Amount, Error> {
    let amount = Amount::try_from(units).map_err(|_| own(NOT_POSITIVE))?;
    if amount.is_zero() {
        return Err(own(NOT_POSITIVE));
    }
    Ok(amount)
}

/// Returns an amount as calls have it.
///
/// # Errors
/// That of a conversion, from 2^127 units on.
pub fn units(amount: Amount) -> Result<i128, Error> {
    i128::try_from(amount).map_err(math)
}

/// Takes tokens from an account, which has to allow it.
pub fn take(env: &Env, token: Token, from: &Address, units: i128) {
    client(env, token).transfer(from, env.current_contract_address(), &units);
}

/// Pays tokens out, and returns how many. Nothing is sent where there is nothing to send.
///
/// # Errors
/// As [`units`].
pub fn pay(env: &Env, token: Token, to: &Address, amount: Amount) -> Result<i128, Error> {
    let units = units(amount)?;
    if units > 0 {
        client(env, token).transfer(&env.current_contract_address(), to, &units);
    }
    Ok(units)
}

fn client(env: &Env, token: Token) -> TokenClient<'_> {
    let (principal, reward) = addresses(env, &Key::Tokens);
    let address = match token {
        Token::Principal => principal,
        Token::Reward => reward,
    };
    TokenClient::new(env, &address)
}
