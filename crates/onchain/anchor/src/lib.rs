//! An Anchor program that embeds the crates: vesting grants and a reward pool.
//!
//! The client makes each account with the system program, of the length that `INIT_SPACE` and Anchor's
//! discriminator of 8 bytes say. All amounts are in base units, all times in seconds. An error of a library
//! is a custom error with its `code()`.

use anchor_lang::prelude::*;
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Gate, Grant, Linear};

#[cfg(feature = "idl-build")]
pub mod idl;
mod named;
mod state;
mod stored;

pub use named::*;
pub use state::*;

declare_id!("TokenomicsAnchor111111111111111111111111111");

/// The terms of a grant.
#[derive(AnchorSerialize, AnchorDeserialize, Debug, Clone, PartialEq)]
pub struct NewGrant {
    pub holder: Pubkey,
    pub start: Time,
    pub cliff: Time,
    pub end: Time,
    pub total: u64,
}

#[program]
pub mod embedded {
    use super::*;

    /// Makes a grant, and moves all of it into its vault.
    pub fn create_grant(ctx: Context<CreateGrant>, new: NewGrant) -> Result<()> {
        let CreateGrant {
            funder,
            purse,
            grant,
            vault,
        } = ctx.accounts;
        let linear = Linear::new(*new.start, *new.end, Amount::from(new.total));
        let linear = linear.map_err(|why| refused(why.code()))?;
        grant.funder = funder.key();
        grant.holder = new.holder;
        grant.vault = vault.key();
        grant.vesting = Some(Vesting(Grant::new(Gate::new(linear, *new.cliff))));
        transfer(purse, vault, Amount::from(new.total))
    }

    /// Pays out all that has vested and wasn't claimed.
    pub fn claim_grant(ctx: Context<ClaimGrant>) -> Result<()> {
        let now = now(&ctx.accounts.clock)?;
        let ClaimGrant {
            grant,
            vault,
            purse,
            ..
        } = ctx.accounts;
        let vesting = grant.vesting.as_mut();
        let vesting = vesting.ok_or(ProgramError::UninitializedAccount)?;
        let paid = vesting.claim(now).map_err(|why| refused(why.code()))?;
        transfer(vault, purse, paid)
    }

    /// Ends the vesting now, and pays what hasn't vested back.
    pub fn revoke_grant(ctx: Context<RevokeGrant>) -> Result<()> {
        let now = now(&ctx.accounts.clock)?;
        let RevokeGrant {
            grant,
            vault,
            purse,
            ..
        } = ctx.accounts;
        let vesting = grant.vesting.as_mut();
        let vesting = vesting.ok_or(ProgramError::UninitializedAccount)?;
        let returned = vesting.revoke(now).map_err(|why| refused(why.code()))?;
        transfer(vault, purse, returned)
    }

    /// Makes a pool.
    pub fn create_pool(ctx: Context<CreatePool>) -> Result<()> {
        let CreatePool {
            pool,
            stakes,
            rewards,
        } = ctx.accounts;
        pool.stakes = stakes.key();
        pool.rewards = rewards.key();
        pool.pool = Pool(RewardPool::new());
        Ok(())
    }

    /// Makes an empty stake.
    pub fn open_stake(ctx: Context<OpenStake>) -> Result<()> {
        let OpenStake { owner, pool, stake } = ctx.accounts;
        stake.owner = owner.key();
        stake.pool = pool.key();
        stake.stake = Stake(Position::new());
        Ok(())
    }

    /// Adds tokens to a stake.
    pub fn stake(ctx: Context<ChangeStake>, amount: u64) -> Result<()> {
        let ChangeStake {
            owner,
            pool,
            stake,
            stakes,
            purse,
        } = ctx.accounts;
        require_keys_eq!(purse.owner, owner.key());
        let amount = Amount::from(amount);
        let done = pool.pool.deposit(&mut stake.stake, amount.get());
        done.map_err(|why| refused(why.code()))?;
        transfer(purse, stakes, amount)
    }

    /// Takes tokens out of a stake; what they have earned stays with it.
    pub fn unstake(ctx: Context<ChangeStake>, amount: u64) -> Result<()> {
        let ChangeStake {
            pool,
            stake,
            stakes,
            purse,
            ..
        } = ctx.accounts;
        let amount = Amount::from(amount);
        let done = pool.pool.withdraw(&mut stake.stake, amount.get());
        done.map_err(|why| refused(why.code()))?;
        transfer(stakes, purse, amount)
    }

    /// Gives tokens to all who have staked.
    pub fn fund(ctx: Context<Fund>, amount: u64) -> Result<()> {
        let Fund {
            purse,
            pool,
            rewards,
            ..
        } = ctx.accounts;
        let amount = Amount::from(amount);
        let done = pool.pool.fund(amount);
        done.map_err(|why| refused(why.code()))?;
        transfer(purse, rewards, amount)
    }

    /// Pays out the whole units that a stake has earned.
    pub fn claim_reward(ctx: Context<ClaimReward>) -> Result<()> {
        let ClaimReward {
            pool,
            stake,
            rewards,
            purse,
            ..
        } = ctx.accounts;
        let claimed = pool.pool.claim(&mut stake.stake);
        let claimed = claimed.map_err(|why| refused(why.code()))?;
        transfer(rewards, purse, claimed)
    }
}

/// Moves tokens out of a purse, whose owner has been checked, into another of the same token. Anchor has
/// refused one account that is both.
fn transfer(from: &mut Purse, to: &mut Purse, amount: Amount) -> Result<()> {
    require_keys_eq!(from.mint, to.mint);
    let amount = u64::try_from(amount.get()).map_err(|_| ProgramError::InsufficientFunds)?;
    let left = from.amount.checked_sub(amount);
    from.amount = left.ok_or(ProgramError::InsufficientFunds)?;
    let sum = to.amount.checked_add(amount);
    to.amount = sum.ok_or(ProgramError::ArithmeticOverflow)?;
    Ok(())
}

/// Returns an error of a library's as the program's.
fn refused(code: u16) -> Error {
    ProgramError::Custom(code.into()).into()
}

/// Returns the time, which is the unit of all the program's times.
fn now(clock: &Clock) -> Result<Timestamp> {
    let seconds = u64::try_from(clock.unix_timestamp);
    let seconds = seconds.map_err(|_| ProgramError::InvalidArgument)?;
    Ok(Timestamp::new(seconds))
}
