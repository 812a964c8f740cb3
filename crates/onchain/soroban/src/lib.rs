//! A Soroban contract that embeds the mechanisms: vesting grants, a vote escrow and a reward pool.
//!
//! Tokens are those of any token contract; amounts are `i128` in calls, as all amounts of the chain, and
//! `Amount` within. An error is a number: this contract's own below 10,000, and the crates' from there on.
#![no_std]

mod error;
mod grants;
mod locks;
mod rewards;
pub mod stored;
mod tokens;

use soroban_sdk::{contract, contractimpl, Address, Env, Error};
use tokenomics_fixed_math::Timestamp;

pub use grants::GrantParts;
pub use rewards::Stake;

/// The contract.
#[contract]
pub struct Embedder;

#[contractimpl]
impl Embedder {
    /// Creates an escrow and a pool in which there is nothing yet. `token` is granted, locked and staked, and
    /// `reward` is what stakes are paid; the ends of locks are multiples of `granule` seconds.
    pub fn __constructor(
        env: Env,
        token: Address,
        reward: Address,
        longest_lock: u64,
        granule: u64,
    ) -> Result<(), Error> {
        tokens::name(&env, &token, &reward);
        locks::create_escrow(&env, longest_lock, granule)?;
        rewards::create_pool(&env);
        Ok(())
    }

    /// Grants tokens that vest by the second from a start to an end, and not before a cliff; returns the
    /// number of the grant.
    pub fn create_grant(
        env: Env,
        funder: Address,
        holder: Address,
        amount: i128,
        start: u64,
        cliff: u64,
        end: u64,
    ) -> Result<u64, Error> {
        grants::create(&env, funder, holder, amount, [start, cliff, end])
    }

    /// Pays the holder of a grant what has vested, and returns how much.
    pub fn claim_grant(env: Env, id: u64) -> Result<i128, Error> {
        grants::claim(&env, id)
    }

    /// Ends a grant, pays its funder what has not vested, and returns how much.
    pub fn revoke_grant(env: Env, id: u64) -> Result<i128, Error> {
        grants::revoke(&env, id)
    }

    /// Returns the parts of a grant.
    pub fn grant(env: Env, id: u64) -> Result<GrantParts, Error> {
        grants::parts(&env, id)
    }

    /// Locks tokens until an end. A holder has one lock.
    pub fn create_lock(env: Env, holder: Address, amount: i128, end: u64) -> Result<(), Error> {
        locks::create(&env, &holder, amount, end)
    }

    /// Moves the end of a lock to a later one.
    pub fn extend_lock(env: Env, holder: Address, end: u64) -> Result<(), Error> {
        locks::extend(&env, &holder, end)
    }

    /// Pays a lock back that has ended, and returns how much.
    pub fn withdraw_lock(env: Env, holder: Address) -> Result<i128, Error> {
        locks::withdraw(&env, &holder)
    }

    /// Returns what a holder's lock weighs now, floored.
    pub fn weight(env: Env, holder: Address) -> Result<i128, Error> {
        locks::weight(&env, &holder)
    }

    /// Returns the weight of all locks at any time, floored once.
    pub fn total_weight(env: Env, at: u64) -> Result<i128, Error> {
        locks::total_weight(&env, at)
    }

    /// Stakes tokens.
    pub fn stake(env: Env, holder: Address, amount: i128) -> Result<(), Error> {
        rewards::stake(&env, &holder, amount)
    }

    /// Pays a part of a stake back; its rewards stay claimable.
    pub fn unstake(env: Env, holder: Address, amount: i128) -> Result<(), Error> {
        rewards::unstake(&env, &holder, amount)
    }

    /// Distributes rewards to all stakes; without any, to those that come.
    pub fn fund(env: Env, funder: Address, amount: i128) -> Result<(), Error> {
        rewards::fund(&env, &funder, amount)
    }

    /// Pays a stake's rewards, and returns how much.
    pub fn claim_reward(env: Env, holder: Address) -> Result<i128, Error> {
        rewards::claim(&env, &holder)
    }

    /// Returns a stake, and its rewards.
    pub fn reward(env: Env, holder: Address) -> Result<Stake, Error> {
        rewards::of(&env, &holder)
    }
}

/// Returns the time of the ledger, in seconds.
fn now(env: &Env) -> Timestamp {
    Timestamp::new(env.ledger().timestamp())
}
