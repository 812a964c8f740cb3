//! The reward pool: stakes, and what they are paid.

use cosmwasm_std::{Addr, Deps, DepsMut, MessageInfo, Response, Storage};
use cw_storage_plus::{Item, Map};
use tokenomics_fee_split::{Error, Position, RewardPool};

use crate::funds::{pay_rewards, pay_tokens, refuse_any, rewards, tokens};
use crate::msg::RewardAnswer;
use crate::ContractError;
use tokenomics_fixed_math::Amount;

const POOL: Item<RewardPool> = Item::new("pool");
const POSITIONS: Map<&Addr, Position> = Map::new("positions");

/// Creates a pool without stakes or funds.
///
/// # Errors
/// [`ContractError::Std`] if it can't be stored.
pub fn create_pool(storage: &mut dyn Storage) -> Result<(), ContractError> {
    Ok(POOL.save(storage, &RewardPool::new())?)
}

/// Stakes what is sent along.
///
/// # Errors
/// As [`RewardPool::deposit`].
pub fn stake(deps: DepsMut, info: &MessageInfo) -> Result<Response, ContractError> {
    let amount = tokens(deps.storage, info)?;
    change(deps.storage, &info.sender, |pool, position| {
        pool.deposit(position, amount.get())
    })?;
    Ok(Response::new())
}

/// Distributes what is sent along; without stakes, to those that come.
///
/// # Errors
/// As [`RewardPool::fund`].
pub fn fund(deps: DepsMut, info: &MessageInfo) -> Result<Response, ContractError> {
    let amount = rewards(deps.storage, info)?;
    let mut pool = POOL.load(deps.storage)?;
    pool.fund(amount)?;
    POOL.save(deps.storage, &pool)?;
    Ok(Response::new())
}

/// Pays the sender's rewards.
///
/// # Errors
/// As [`RewardPool::claim`].
pub fn claim(deps: DepsMut, info: &MessageInfo) -> Result<Response, ContractError> {
    refuse_any(info)?;
    let paid = change(deps.storage, &info.sender, RewardPool::claim)?;
    pay_rewards(deps.storage, &info.sender, paid)
}

/// Pays a part of the sender's stake back; the rewards stay claimable.
///
/// # Errors
/// As [`RewardPool::withdraw`].
pub fn unstake(
    deps: DepsMut,
    info: &MessageInfo,
    amount: Amount,
) -> Result<Response, ContractError> {
    refuse_any(info)?;
    change(deps.storage, &info.sender, |pool, position| {
        pool.withdraw(position, amount.get())
    })?;
    pay_tokens(deps.storage, &info.sender, amount)
}

/// Returns a stake, and its rewards: 0 for whoever has none.
///
/// # Errors
/// [`ContractError::Reward`] for a position that the pool can't have made.
pub fn query(deps: Deps, holder: &str) -> Result<RewardAnswer, ContractError> {
    let holder = deps.api.addr_validate(holder)?;
    let position = POSITIONS.may_load(deps.storage, &holder)?;
    let position = position.unwrap_or_default();
    Ok(RewardAnswer {
        staked: Amount::new(position.shares()),
        claimable: POOL.load(deps.storage)?.claimable(&position)?,
    })
}

fn change<R>(
    storage: &mut dyn Storage,
    holder: &Addr,
    make: impl FnOnce(&mut RewardPool, &mut Position) -> Result<R, Error>,
) -> Result<R, ContractError> {
    let mut pool = POOL.load(storage)?;
    let mut position = POSITIONS.may_load(storage, holder)?.unwrap_or_default();
    let done = make(&mut pool, &mut position)?;
    POOL.save(storage, &pool)?;
    POSITIONS.save(storage, holder, &position)?;
    Ok(done)
}
