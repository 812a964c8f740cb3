//! A vote escrow: locks, each in an account of its owner's, and the sums of their weights in one account.

use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::cpi::set_return_data;
use pinocchio::error::ProgramError;
use pinocchio::{AccountView, Address, ProgramResult};
use tokenomics_escrow_weighting::{Escrow, EscrowHead, Lock, RingHead, RingSlot, SlotRing, Terms};
use tokenomics_fixed_math::{Amount, EncodedLen, Timestamp, Wad};

use crate::purse::{transfer, units, vault};
use crate::refused;
use crate::slots::Slots;
use crate::state::{authorised, fresh, is, key, load, now, owned, signed, store, writable};
use crate::state::{Key, State};

/// How many granules ahead a lock may end: four years of weeks, and the one that is under way.
pub const SLOTS: usize = 209;

/// What stands ahead of the slots in an escrow's account.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct EscrowAccount {
    pub vault: Key,
    pub escrow: EscrowHead,
    pub ring: RingHead,
}

impl State for EscrowAccount {
    const KIND: u8 = 3;
    const LEN: usize = 32 + EscrowHead::ENCODED_LEN + RingHead::ENCODED_LEN;
}

/// The length of an escrow's account, the slots included.
pub const ESCROW_SPACE: usize = EscrowAccount::SPACE + SLOTS * RingSlot::ENCODED_LEN;

/// A lock, whose it is, and the one escrow that has made it.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockAccount {
    pub owner: Key,
    pub escrow: Key,
    /// `None` once it was withdrawn.
    #[borsh(deserialize_with = "crate::state::option")]
    pub lock: Option<Lock>,
}

impl State for LockAccount {
    const KIND: u8 = 4;
    const LEN: usize = 2 * 32 + <Option<Lock>>::ENCODED_LEN;
}

/// The two weights at a time, in base units of the token: what [`weight`] returns.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    pub lock: Amount,
    pub total: Amount,
}

/// An escrow whose slots stay in the account.
type InAccount<'a> = Escrow<SlotRing<Slots<&'a mut [u8]>>>;

/// The account of an escrow, while an instruction changes it.
struct Opened<'a> {
    head: &'a mut [u8],
    vault: Key,
    escrow: InAccount<'a>,
}

impl<'a> Opened<'a> {
    fn read(data: &'a mut [u8]) -> Result<Self, ProgramError> {
        let (head, slots) = split(data)?;
        let stored = EscrowAccount::decode(head)?;
        // The ring has a slot for each end that the terms allow.
        if stored.ring.period != stored.escrow.terms.granule() {
            return Err(ProgramError::InvalidAccountData);
        }
        let ring = SlotRing::resume(stored.ring, Slots(slots)).map_err(refused!())?;
        Ok(Self {
            head,
            vault: stored.vault,
            escrow: Escrow::resume(stored.escrow, ring).map_err(refused!())?,
        })
    }

    fn write(self) -> ProgramResult {
        let stored = EscrowAccount {
            vault: self.vault,
            escrow: self.escrow.head(),
            ring: self.escrow.totals().head(),
        };
        stored.encode(self.head)
    }
}

fn split(data: &mut [u8]) -> Result<(&mut [u8], &mut [u8]), ProgramError> {
    if data.len() == ESCROW_SPACE {
        Ok(data.split_at_mut(EscrowAccount::SPACE))
    } else {
        Err(ProgramError::InvalidAccountData)
    }
}

/// Makes an escrow. Accounts: the escrow, just made; its vault.
///
/// # Errors
/// Those of [`state`](crate::state); terms that the library refuses can't be read.
pub fn create(program: &Address, accounts: &[AccountView], terms: Terms) -> ProgramResult {
    let [escrow, into, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    fresh(escrow, program)?;
    writable(escrow)?;
    let vault = vault(program, into, escrow)?;
    let mut data = escrow.try_borrow_mut()?;
    let (head, slots) = split(&mut data)?;
    // An account that was just made is zero, and so is a slot in which nothing was ever locked.
    let ring = SlotRing::new_in(terms.granule(), Slots(slots)).map_err(refused!())?;
    let escrow = Escrow::with_totals(terms, ring);
    Opened {
        head,
        vault,
        escrow,
    }
    .write()
}

/// Locks tokens until a time, with a weight that decays to nothing by then.
///
/// Accounts: the owner, who signs; their purse; the escrow; its vault; the lock, just made.
///
/// # Errors
/// The code of [`Escrow::create`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn lock(
    program: &Address,
    accounts: &[AccountView],
    amount: u64,
    end: Timestamp,
) -> ProgramResult {
    let [owner, purse, escrow, into, lock, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    signed(owner)?;
    fresh(lock, program)?;
    let made = change(program, escrow, Some(into), |escrow| {
        let kind = escrow.terms().decaying(Wad::ONE, end).map_err(refused!())?;
        escrow
            .create(now()?, amount.into(), kind)
            .map_err(refused!())
    })?;
    transfer(program, purse, into, owner, amount)?;
    let state = LockAccount {
        owner: key(owner),
        escrow: key(escrow),
        lock: Some(made),
    };
    store(lock, &state)
}

/// Moves the end of a lock to a later time.
///
/// Accounts: the owner, who signs; the escrow; the lock.
///
/// # Errors
/// The code of [`Escrow::extend`]'s; those of [`state`](crate::state).
pub fn extend(program: &Address, accounts: &[AccountView], end: Timestamp) -> ProgramResult {
    let [owner, escrow, lock, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (mut state, held) = held(program, owner, escrow, lock)?;
    let extended = change(program, escrow, None, |escrow| {
        escrow.extend(now()?, held, end).map_err(refused!())
    })?;
    state.lock = Some(extended);
    store(lock, &state)
}

/// Pays out a lock that has ended.
///
/// Accounts: the owner, who signs; the escrow; its vault; the lock; a purse, whoever's.
///
/// # Errors
/// The code of [`Escrow::withdraw`]'s; those of [`state`](crate::state) and [`purse`](crate::purse).
pub fn withdraw(program: &Address, accounts: &[AccountView]) -> ProgramResult {
    let [owner, escrow, from, lock, purse, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let (mut state, held) = held(program, owner, escrow, lock)?;
    let paid = change(program, escrow, Some(from), |escrow| {
        escrow.withdraw(now()?, held).map_err(refused!())
    })?;
    transfer(program, from, purse, escrow, units(paid)?)?;
    state.lock = None;
    store(lock, &state)
}

/// Returns the weight of a lock and the total weight at a time from the last change on, by the machine's
/// return data: [`Weights`]. Accounts: the escrow; the lock.
///
/// # Errors
/// The code of [`Escrow::total_weight_at`]'s; those of [`state`](crate::state).
pub fn weight(program: &Address, accounts: &[AccountView], at: Timestamp) -> ProgramResult {
    let [escrow, lock, ..] = accounts else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let state: LockAccount = load(lock, program)?;
    is(escrow, &state.escrow)?;
    owned(escrow, program)?;
    // The slots are read where they are, by what could write them; nothing is.
    let mut data = escrow.try_borrow_mut()?;
    let Opened { escrow, .. } = Opened::read(&mut data)?;
    let own = match state.lock {
        Some(lock) => escrow
            .terms()
            .weight(lock.weight_at(at))
            .map_err(refused!())?,
        None => Amount::ZERO,
    };
    let total = escrow.total_weight_at(at).map_err(refused!())?;
    let mut text = [0; 2 * Amount::ENCODED_LEN];
    let weights = Weights { lock: own, total };
    let written = weights.serialize(&mut text.as_mut_slice());
    written.map_err(|_| ProgramError::AccountDataTooSmall)?;
    set_return_data(&text);
    Ok(())
}

/// Reads a lock that is of this escrow and not withdrawn, of which `owner` has signed.
fn held(
    program: &Address,
    owner: &AccountView,
    escrow: &AccountView,
    lock: &AccountView,
) -> Result<(LockAccount, Lock), ProgramError> {
    let state: LockAccount = load(lock, program)?;
    authorised(owner, &state.owner)?;
    is(escrow, &state.escrow)?;
    let held = state.lock.ok_or(ProgramError::UninitializedAccount)?;
    Ok((state, held))
}

/// Runs a transition of an escrow, which this vault is of, and writes what has changed.
fn change<T>(
    program: &Address,
    account: &AccountView,
    vault: Option<&AccountView>,
    transition: impl FnOnce(&mut InAccount<'_>) -> Result<T, ProgramError>,
) -> Result<T, ProgramError> {
    owned(account, program)?;
    writable(account)?;
    let mut data = account.try_borrow_mut()?;
    let mut opened = Opened::read(&mut data)?;
    if let Some(vault) = vault {
        is(vault, &opened.vault)?;
    }
    let done = transition(&mut opened.escrow)?;
    opened.write()?;
    Ok(done)
}
