//! The reward pool: stakes, and what they are paid.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use stylus_sdk::call::transfer::transfer_eth;
use stylus_sdk::prelude::*;
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::Amount;

use crate::error::{refused, Refused, NOTHING_SENT};
use crate::stored::{load, store};
use crate::Embedder;

/// Stakes what is sent along.
pub fn stake(contract: &mut Embedder) -> Result<(), Refused> {
    let shares = sent(contract)?;
    change(contract, |pool, position| {
        pool.deposit(position, shares.get())
    })
}

/// Pays a part of the caller's stake back.
pub fn unstake(contract: &mut Embedder, amount: U256) -> Result<(), Vec<u8>> {
    let shares = Amount::try_from(amount).map_err(Refused::from)?;
    change(contract, |pool, position| {
        pool.withdraw(position, shares.get())
    })?;
    transfer_eth(contract.vm(), contract.vm().msg_sender(), amount)
}

/// Distributes what is sent along.
pub fn fund(contract: &mut Embedder) -> Result<(), Refused> {
    let amount = sent(contract)?;
    let mut pool = pool(contract)?;
    pool.fund(amount)?;
    store(&mut contract.pool, &pool)
}

/// Pays the caller's rewards.
pub fn claim(contract: &mut Embedder) -> Result<U256, Vec<u8>> {
    let paid: U256 = change(contract, RewardPool::claim)?.into();
    transfer_eth(contract.vm(), contract.vm().msg_sender(), paid)?;
    Ok(paid)
}

/// Returns a stake, and its rewards.
pub fn of(contract: &Embedder, holder: Address) -> Result<(U256, U256), Refused> {
    let position = position(contract, holder)?;
    let claimable = pool(contract)?.claimable(&position)?;
    Ok((U256::from(position.shares()), claimable.into()))
}

/// Returns what is sent along.
///
/// # Errors
/// [`NOTHING_SENT`], and the number of more than 128 bits.
pub fn sent(contract: &Embedder) -> Result<Amount, Refused> {
    let amount = Amount::try_from(contract.vm().msg_value())?;
    if amount.is_zero() {
        return Err(refused(NOTHING_SENT));
    }
    Ok(amount)
}

fn pool(contract: &Embedder) -> Result<RewardPool, Refused> {
    Ok(load(&contract.pool)?.unwrap_or_default())
}

fn position(contract: &Embedder, holder: Address) -> Result<Position, Refused> {
    Ok(load(&contract.positions.getter(holder))?.unwrap_or_default())
}

fn change<R>(
    contract: &mut Embedder,
    make: impl FnOnce(&mut RewardPool, &mut Position) -> Result<R, tokenomics_fee_split::Error>,
) -> Result<R, Refused> {
    let holder = contract.vm().msg_sender();
    let (mut pool, mut position) = (pool(contract)?, position(contract, holder)?);
    let done = make(&mut pool, &mut position)?;
    store(&mut contract.pool, &pool)?;
    store(&mut contract.positions.setter(holder), &position)?;
    Ok(done)
}
