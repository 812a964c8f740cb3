//! The accounts that each instruction names, and what is checked of them.

use anchor_lang::prelude::*;

use crate::state::{GrantAccount, PoolAccount, Purse, StakeAccount};

#[derive(Accounts)]
pub struct CreateGrant<'info> {
    pub funder: Signer<'info>,
    #[account(mut, constraint = purse.owner == funder.key())]
    pub purse: Account<'info, Purse>,
    // Just made by the client, and signing as it does for the system program: nobody else can take it.
    #[account(zero, signer)]
    pub grant: Account<'info, GrantAccount>,
    #[account(mut, constraint = vault.owner == grant.key())]
    pub vault: Account<'info, Purse>,
}

#[derive(Accounts)]
pub struct ClaimGrant<'info> {
    pub holder: Signer<'info>,
    #[account(mut, has_one = holder, has_one = vault)]
    pub grant: Account<'info, GrantAccount>,
    #[account(mut)]
    pub vault: Account<'info, Purse>,
    #[account(mut)]
    pub purse: Account<'info, Purse>,
    pub clock: Sysvar<'info, Clock>,
}

#[derive(Accounts)]
pub struct RevokeGrant<'info> {
    pub funder: Signer<'info>,
    #[account(mut, has_one = funder, has_one = vault)]
    pub grant: Account<'info, GrantAccount>,
    #[account(mut)]
    pub vault: Account<'info, Purse>,
    #[account(mut)]
    pub purse: Account<'info, Purse>,
    pub clock: Sysvar<'info, Clock>,
}

#[derive(Accounts)]
pub struct CreatePool<'info> {
    #[account(zero, signer)]
    pub pool: Account<'info, PoolAccount>,
    #[account(constraint = stakes.owner == pool.key())]
    pub stakes: Account<'info, Purse>,
    // Rewards would be paid out of stakes if they were one.
    #[account(constraint = rewards.owner == pool.key() && rewards.key() != stakes.key())]
    pub rewards: Account<'info, Purse>,
}

#[derive(Accounts)]
pub struct OpenStake<'info> {
    pub owner: Signer<'info>,
    pub pool: Account<'info, PoolAccount>,
    #[account(zero, signer)]
    pub stake: Account<'info, StakeAccount>,
}

#[derive(Accounts)]
pub struct ChangeStake<'info> {
    pub owner: Signer<'info>,
    #[account(mut, has_one = stakes)]
    pub pool: Account<'info, PoolAccount>,
    // A stake that another pool has settled isn't worth what this one would take it for.
    #[account(mut, has_one = owner, has_one = pool)]
    pub stake: Account<'info, StakeAccount>,
    #[account(mut)]
    pub stakes: Account<'info, Purse>,
    #[account(mut)]
    pub purse: Account<'info, Purse>,
}

#[derive(Accounts)]
pub struct Fund<'info> {
    pub funder: Signer<'info>,
    #[account(mut, constraint = purse.owner == funder.key())]
    pub purse: Account<'info, Purse>,
    #[account(mut, has_one = rewards)]
    pub pool: Account<'info, PoolAccount>,
    #[account(mut)]
    pub rewards: Account<'info, Purse>,
}

#[derive(Accounts)]
pub struct ClaimReward<'info> {
    pub owner: Signer<'info>,
    #[account(mut, has_one = rewards)]
    pub pool: Account<'info, PoolAccount>,
    #[account(mut, has_one = owner, has_one = pool)]
    pub stake: Account<'info, StakeAccount>,
    #[account(mut)]
    pub rewards: Account<'info, Purse>,
    #[account(mut)]
    pub purse: Account<'info, Purse>,
}
