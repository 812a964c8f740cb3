//! A reward pool: one token is staked, another is given out to the stakes.

use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::error::ProgramError;
use pinocchio::{AccountView, Address, ProgramResult};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::EncodedLen;

use crate::purse::{transfer, units, vault};
use crate::refused;
use crate::state::{authorised, fresh, is, key, load, signed, start, store, Key, State};

/// A pool, and the vaults of what is staked and of what is given out.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolAccount {
    pub stakes: Key,
    pub rewards: Key,
    pub pool: RewardPool,
}

impl State for PoolAccount {
    const KIND: u8 = 5;
    const LEN: usize = 2 * 32 + RewardPool::ENCODED_LEN;
}

/// A stake, whose it is, and the one pool that has settled it.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct StakeAccount {
    pub owner: Key,
    pub pool: Key,
    pub position: Position,
}

impl State for StakeAccount {
    const KIND: u8 = 6;
    const LEN: usize = 2 * 32 + Position::ENCODED_LEN;
}

/// Makes a pool. Accounts: the pool, just made; the vault of stakes; the vault of rewards.
///
/// # Errors
/// `InvalidArgument` for one vault that is both: rewards would be paid out of stakes.
pub fn create(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [pool, stakes, rewards, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    if stakes.address() == rewards.address() {
        return Err(ProgramError::InvalidArgument);
    }
    let state = PoolAccount {
        stakes: vault(program, stakes, pool)?,
        rewards: vault(program, rewards, pool)?,
        pool: RewardPool::new(),
    };
    start(pool, program, &state)
}

/// Makes an empty stake. Accounts: the owner, who signs; the pool; the stake, just made.
///
/// # Errors
/// Those of [`state`](crate::state).
pub fn open(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [owner, pool, stake, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    signed(owner)?;
    fresh(stake, program)?;
    load::<PoolAccount>(pool, program)?;
    let state = StakeAccount {
        owner: key(owner),
        pool: key(pool),
        position: Position::new(),
    };
    store(stake, &state)
}

/// Stakes tokens. Accounts: the owner, who signs; their purse; the pool; the stake; the vault of stakes.
///
/// # Errors
/// The code of [`RewardPool::deposit`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn stake(program: &Address, accounts: &[AccountView], amount: u64) -> ProgramResult {
    let [owner, purse, pool, stake, stakes, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (mut of_pool, mut of_stake) = both(program, owner, pool, stake)?;
    is(stakes, &of_pool.stakes)?;
    let done = of_pool.pool.deposit(&mut of_stake.position, amount.into());
    done.map_err(refused!())?;
    transfer(program, purse, stakes, owner, amount)?;
    store(pool, &of_pool)?;
    store(stake, &of_stake)
}

/// Gives tokens to all who have staked. Accounts: a funder, who signs; their purse; the pool; the vault
/// of rewards.
///
/// # Errors
/// The code of [`RewardPool::fund`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn fund(program: &Address, accounts: &[AccountView], amount: u64) -> ProgramResult {
    let [funder, purse, pool, rewards, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    signed(funder)?;
    let mut state: PoolAccount = load(pool, program)?;
    is(rewards, &state.rewards)?;
    state.pool.fund(amount.into()).map_err(refused!())?;
    transfer(program, purse, rewards, funder, amount)?;
    store(pool, &state)
}

/// Pays out the whole units that a stake has earned. Accounts: the owner, who signs; the pool; the
/// stake; the vault of rewards; a purse, whoever's.
///
/// # Errors
/// The code of [`RewardPool::claim`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn claim(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [owner, pool, stake, rewards, purse, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (mut of_pool, mut of_stake) = both(program, owner, pool, stake)?;
    is(rewards, &of_pool.rewards)?;
    let claimed = of_pool.pool.claim(&mut of_stake.position);
    let claimed = claimed.map_err(refused!())?;
    transfer(program, rewards, purse, pool, units(claimed)?)?;
    store(pool, &of_pool)?;
    store(stake, &of_stake)
}

/// Takes tokens out of a stake; what they have earned stays with it. Accounts: the owner, who signs; the
/// pool; the stake; the vault of stakes; a purse, whoever's.
///
/// # Errors
/// The code of [`RewardPool::withdraw`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn unstake(program: &Address, accounts: &[AccountView], amount: u64) -> ProgramResult {
    let [owner, pool, stake, stakes, purse, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (mut of_pool, mut of_stake) = both(program, owner, pool, stake)?;
    is(stakes, &of_pool.stakes)?;
    let done = of_pool.pool.withdraw(&mut of_stake.position, amount.into());
    done.map_err(refused!())?;
    transfer(program, stakes, purse, pool, amount)?;
    store(pool, &of_pool)?;
    store(stake, &of_stake)
}

/// Reads a pool and a stake in it, of which `owner` has signed.
fn both(
    program: &Address,
    owner: &AccountView,
    pool: &AccountView,
    stake: &AccountView,
) -> Result<(PoolAccount, StakeAccount), ProgramError> {
    let state: StakeAccount = load(stake, program)?;
    authorised(owner, &state.owner)?;
    // A stake that another pool has settled isn't worth what this one would take it for.
    is(pool, &state.pool)?;
    Ok((load(pool, program)?, state))
}
