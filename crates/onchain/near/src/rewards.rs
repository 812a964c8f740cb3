//! The reward pool: stakes, and what they are paid.

use near_sdk::{env, near, AccountId};
use tokenomics_fee_split::{Error, Position, RewardPool};
use tokenomics_fixed_math::Amount;

use crate::deposit::{pay, positive};
use crate::stored::{get, set, Key};
use crate::{Embedder, Refusal};

/// A stake, and its rewards.
#[near(serializers = [json])]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stake {
    pub staked: Amount,
    pub claimable: Amount,
}

pub fn stake(state: &mut Embedder, amount: Amount) -> Result<(), Refusal> {
    let shares = positive(amount)?.get();
    change(state, |pool, position| pool.deposit(position, shares))
}

pub fn unstake(state: &mut Embedder, amount: Amount) -> Result<(), Refusal> {
    let shares = positive(amount)?.get();
    change(state, |pool, position| pool.withdraw(position, shares))?;
    pay(&env::predecessor_account_id(), amount);
    Ok(())
}

pub fn claim(state: &mut Embedder) -> Result<Amount, Refusal> {
    let paid = change(state, RewardPool::claim)?;
    Ok(pay(&env::predecessor_account_id(), paid))
}

/// Returns a stake, and its rewards: 0 for whoever has none.
pub fn of(state: &Embedder, holder: &AccountId) -> Result<Stake, Refusal> {
    let position: Position = get(&Key::Position(holder)).unwrap_or_default();
    Ok(Stake {
        staked: position.shares().into(),
        claimable: state.pool.claimable(&position)?,
    })
}

fn change<R>(
    state: &mut Embedder,
    make: impl FnOnce(&mut RewardPool, &mut Position) -> Result<R, Error>,
) -> Result<R, Refusal> {
    let holder = env::predecessor_account_id();
    let mut position: Position = get(&Key::Position(&holder)).unwrap_or_default();
    let done = make(&mut state.pool, &mut position)?;
    set(&Key::Position(&holder), &position);
    Ok(done)
}
