//! Tokens, as an amount in an account: in a program of one's own, an account of the token program.

use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::error::ProgramError;
use pinocchio::{AccountView, Address, ProgramResult};
use tokenomics_fixed_math::Amount;

use crate::state::{is, key, load, store, Key, State};

/// An amount of one token, and who may give it away.
///
/// It stands for an account of the token program, and has the fields that count of one: in its place a
/// program calls `Transfer`, with an address that it derives as the owner of its vaults.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purse {
    pub mint: Key,
    /// A person's address, or, of a vault, that of the state which it belongs to.
    pub owner: Key,
    /// In base units. Token accounts hold 64 bits.
    pub amount: u64,
}

impl State for Purse {
    const KIND: u8 = 1;
    const LEN: usize = 32 + 32 + 8;
}

/// Moves tokens out of a purse of `owner`, which has been checked, into another of the same token.
///
/// # Errors
/// `InvalidArgument` for one purse that is both, or purses of two tokens; `IncorrectAuthority` for
/// another owner's; `InsufficientFunds`; `ArithmeticOverflow` beyond 64 bits.
pub fn transfer(
    program: &Address,
    from: &AccountView,
    to: &AccountView,
    owner: &AccountView,
    amount: u64,
) -> ProgramResult {
    // Loaded twice and stored twice, one purse would keep what it gave away.
    if from.address() == to.address() {
        return Err(ProgramError::InvalidArgument);
    }
    let (mut source, mut target): (Purse, Purse) = (load(from, program)?, load(to, program)?);
    is(owner, &source.owner)?;
    if source.mint != target.mint {
        return Err(ProgramError::InvalidArgument);
    }
    let left = source.amount.checked_sub(amount);
    source.amount = left.ok_or(ProgramError::InsufficientFunds)?;
    let sum = target.amount.checked_add(amount);
    target.amount = sum.ok_or(ProgramError::ArithmeticOverflow)?;
    store(from, &source)?;
    store(to, &target)
}

/// Returns an amount as tokens count it.
///
/// # Errors
/// `InsufficientFunds` beyond 64 bits: no purse holds as much.
pub fn units(amount: Amount) -> Result<u64, ProgramError> {
    u64::try_from(amount.get()).map_err(|_| ProgramError::InsufficientFunds)
}

/// Returns the address of a vault, for the state at `owner` that it is to belong to.
///
/// # Errors
/// `IncorrectAuthority` for a purse that anyone else may give away.
pub fn vault(
    program: &Address,
    vault: &AccountView,
    owner: &AccountView,
) -> Result<Key, ProgramError> {
    let purse: Purse = load(vault, program)?;
    is(owner, &purse.owner)?;
    Ok(key(vault))
}
