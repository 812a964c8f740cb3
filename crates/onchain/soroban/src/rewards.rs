//! The reward pool: stakes, and what they are paid.

use soroban_sdk::{contracttype, Address, Env, Error};
use tokenomics_fee_split::{self as fee_split, Position, RewardPool};

use crate::error::fees;
use crate::stored::{expect, get, set, Key};
use crate::tokens::{amount, pay, take, units, Token};

/// A stake, and its rewards.
#[contracttype]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    pub staked: i128,
    pub claimable: i128,
}

/// Creates a pool without stakes or funds.
pub fn create_pool(env: &Env) {
    set(env, &Key::Pool, &RewardPool::new());
}

pub fn stake(env: &Env, holder: &Address, tokens: i128) -> Result<(), Error> {
    holder.require_auth();
    let shares = amount(tokens)?.get();
    take(env, Token::Principal, holder, tokens);
    change(env, holder, |pool, position| pool.deposit(position, shares))
}

pub fn unstake(env: &Env, holder: &Address, tokens: i128) -> Result<(), Error> {
    holder.require_auth();
    let shares = amount(tokens)?;
    change(env, holder, |pool, position| {
        pool.withdraw(position, shares.get())
    })?;
    pay(env, Token::Principal, holder, shares).map(drop)
}

pub fn fund(env: &Env, funder: &Address, tokens: i128) -> Result<(), Error> {
    funder.require_auth();
    let amount = amount(tokens)?;
    take(env, Token::Reward, funder, tokens);
    let mut pool: RewardPool = expect(env, &Key::Pool);
    pool.fund(amount).map_err(fees)?;
    set(env, &Key::Pool, &pool);
    Ok(())
}

pub fn claim(env: &Env, holder: &Address) -> Result<i128, Error> {
    holder.require_auth();
    let paid = change(env, holder, RewardPool::claim)?;
    pay(env, Token::Reward, holder, paid)
}

/// Returns a stake, and its rewards: 0 for whoever has none.
pub fn of(env: &Env, holder: &Address) -> Result<Stake, Error> {
    let position: Position = get(env, &Key::Position(holder.clone())).unwrap_or_default();
    let pool: RewardPool = expect(env, &Key::Pool);
    let claimable = pool.claimable(&position).map_err(fees)?;
    Ok(Stake {
        staked: units(position.shares().into())?,
        claimable: units(claimable)?,
    })
}

fn change<R>(
    env: &Env,
    holder: &Address,
    make: impl FnOnce(&mut RewardPool, &mut Position) -> Result<R, fee_split::Error>,
) -> Result<R, Error> {
    let key = Key::Position(holder.clone());
    let mut pool: RewardPool = expect(env, &Key::Pool);
    let mut position: Position = get(env, &key).unwrap_or_default();
    let done = make(&mut pool, &mut position).map_err(fees)?;
    set(env, &Key::Pool, &pool);
    set(env, &key, &position);
    Ok(done)
}
