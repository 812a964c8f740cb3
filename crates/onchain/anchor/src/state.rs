//! What the accounts hold.

use anchor_lang::prelude::*;
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::Timestamp;
use tokenomics_vesting::{Gate, Grant, Linear};

use crate::stored;

stored! {
    /// A linear schedule behind a cliff, and what was claimed of it.
    #[derive(Clone)]
    pub Vesting: Grant<Gate<Linear>>;
    /// A point in time, in seconds since 1970.
    #[derive(Clone)]
    pub Time: Timestamp;
    /// A reward pool.
    #[derive(Clone)]
    pub Pool: RewardPool;
    /// What one has staked in a pool, and earned.
    #[derive(Clone)]
    pub Stake: Position;
}

/// An amount of one token, and who may give it away.
///
/// It stands for an account of the token program: in its place a program calls `transfer_checked` of
/// anchor-spl.
#[account]
#[derive(InitSpace, Debug, PartialEq)]
pub struct Purse {
    pub mint: Pubkey,
    /// A person's address, or, of a vault, that of the state which it belongs to.
    pub owner: Pubkey,
    /// In base units. Token accounts hold 64 bits.
    pub amount: u64,
}

/// A grant, who gave it and may revoke it, who may claim it, and the vault that holds what is left.
#[account]
#[derive(InitSpace, Debug, PartialEq)]
pub struct GrantAccount {
    pub funder: Pubkey,
    pub holder: Pubkey,
    pub vault: Pubkey,
    /// `None` in an account that was just made. Anchor reads it before there is a value, and no schedule
    /// is all zeros.
    pub vesting: Option<Vesting>,
}

/// A pool, and the vaults of what is staked and of what is given out.
#[account]
#[derive(InitSpace, Debug, PartialEq)]
pub struct PoolAccount {
    pub stakes: Pubkey,
    pub rewards: Pubkey,
    pub pool: Pool,
}

/// A stake, whose it is, and the one pool that has settled it.
#[account]
#[derive(InitSpace, Debug, PartialEq)]
pub struct StakeAccount {
    pub owner: Pubkey,
    pub pool: Pubkey,
    pub stake: Stake,
}
