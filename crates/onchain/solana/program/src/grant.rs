//! Vesting grants: a linear schedule behind a cliff.

use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::error::ProgramError;
use pinocchio::{AccountView, Address, ProgramResult};
use tokenomics_fixed_math::{Amount, EncodedLen, Timestamp};
use tokenomics_vesting::{Gate, Grant, Linear};

use crate::purse::{transfer, units, vault};
use crate::refused;
use crate::state::{authorised, fresh, is, key, load, now, signed, store, Key, State};

/// A schedule and what was claimed of it.
pub type Vesting = Grant<Gate<Linear>>;

/// A grant, who gave it and may revoke it, who may claim it, and the vault that holds what is left.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantAccount {
    pub funder: Key,
    pub holder: Key,
    pub vault: Key,
    pub vesting: Vesting,
}

impl State for GrantAccount {
    const KIND: u8 = 2;
    const LEN: usize = 3 * 32 + Vesting::ENCODED_LEN;
}

/// The terms of a grant.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGrant {
    pub holder: Key,
    pub start: Timestamp,
    pub cliff: Timestamp,
    pub end: Timestamp,
    pub total: u64,
}

/// Makes a grant, and moves all of it into its vault.
///
/// Accounts: the funder, who signs; their purse; the grant, just made; its vault.
///
/// # Errors
/// The code of [`Linear::new`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn create(program: &Address, accounts: &[AccountView], new: NewGrant) -> ProgramResult {
    let [funder, purse, grant, into, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    signed(funder)?;
    fresh(grant, program)?;
    let total = Amount::from(new.total);
    let linear = Linear::new(new.start, new.end, total).map_err(refused!())?;
    let state = GrantAccount {
        funder: key(funder),
        holder: new.holder,
        vault: vault(program, into, grant)?,
        vesting: Grant::new(Gate::new(linear, new.cliff)),
    };
    transfer(program, purse, into, funder, new.total)?;
    store(grant, &state)
}

/// Pays out all that has vested and wasn't claimed.
///
/// Accounts: the holder, who signs; the grant; its vault; a purse, whoever's.
///
/// # Errors
/// The code of [`Grant::claim`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn claim(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [holder, grant, from, purse, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let mut state: GrantAccount = load(grant, program)?;
    authorised(holder, &state.holder)?;
    let paid = state.vesting.claim(now()?).map_err(refused!())?;
    is(from, &state.vault)?;
    transfer(program, from, purse, grant, units(paid)?)?;
    store(grant, &state)
}

/// Ends the vesting now, and pays what hasn't vested back.
///
/// Accounts: the funder, who signs; the grant; its vault; a purse, whoever's.
///
/// # Errors
/// The code of [`Grant::revoke`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn revoke(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [funder, grant, from, purse, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let mut state: GrantAccount = load(grant, program)?;
    authorised(funder, &state.funder)?;
    let returned = state.vesting.revoke(now()?).map_err(refused!())?;
    is(from, &state.vault)?;
    transfer(program, from, purse, grant, units(returned)?)?;
    store(grant, &state)
}
