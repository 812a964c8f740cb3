//! What an account holds: a byte that says of which kind it is, and a state as borsh writes it.

use borsh::io::{ErrorKind, Read, Result as Decoded};
use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::error::ProgramError;
use pinocchio::sysvars::{clock::CLOCK_ID, get_sysvar};
use pinocchio::{AccountView, Address};
use tokenomics_fixed_math::Timestamp;

/// An address, as accounts keep it.
pub type Key = [u8; 32];

/// A state that has an account to itself.
pub trait State: BorshSerialize + BorshDeserialize {
    /// The account's first byte. An account that was just made begins with 0, which is no kind.
    const KIND: u8;
    /// The longest that borsh writes of the state. An account has a byte more.
    const LEN: usize;
    /// The account's length, which the client asks the system program for.
    const SPACE: usize = 1 + Self::LEN;

    /// Reads a state out of an account's bytes.
    ///
    /// # Errors
    /// `UninitializedAccount` for bytes of no kind yet; `InvalidAccountData` for another kind, another
    /// length, bytes that are no state, or bytes behind it.
    fn decode(data: &[u8]) -> Result<Self, ProgramError> {
        let (kind, mut rest) = data.split_first().ok_or(ProgramError::InvalidAccountData)?;
        if *kind == 0 {
            return Err(ProgramError::UninitializedAccount);
        }
        if *kind != Self::KIND || rest.len() != Self::LEN {
            return Err(ProgramError::InvalidAccountData);
        }
        // Byte by byte: the data may lie at any address, and is never cast.
        let state = Self::deserialize(&mut rest).map_err(|_| ProgramError::InvalidAccountData)?;
        // An `Option` that is `None` is shorter. One state has one text.
        if rest.iter().any(|&byte| byte != 0) {
            return Err(ProgramError::InvalidAccountData);
        }
        Ok(state)
    }

    /// Writes a state into an account's bytes, all of them.
    ///
    /// # Errors
    /// `AccountDataTooSmall` for another length than [`SPACE`](Self::SPACE).
    fn encode(&self, data: &mut [u8]) -> Result<(), ProgramError> {
        let (kind, mut rest) = data
            .split_first_mut()
            .filter(|(_, rest)| rest.len() == Self::LEN)
            .ok_or(ProgramError::AccountDataTooSmall)?;
        *kind = Self::KIND;
        let written = self.serialize(&mut rest);
        written.map_err(|_| ProgramError::AccountDataTooSmall)?;
        rest.fill(0);
        Ok(())
    }
}

/// Reads an option as borsh does, but refuses another byte than 0 or 1 without a text, which borsh formats: that
/// ends a program here.
///
/// # Errors
/// Another byte, or bytes that are no value.
pub fn option<T: BorshDeserialize, R: Read>(reader: &mut R) -> Decoded<Option<T>> {
    match u8::deserialize_reader(reader)? {
        0 => Ok(None),
        1 => T::deserialize_reader(reader).map(Some),
        _ => Err(ErrorKind::InvalidData.into()),
    }
}

/// Reads the state of an account of this program's.
///
/// # Errors
/// `InvalidAccountOwner` for another program's account, and as [`State::decode`].
pub fn load<S: State>(account: &AccountView, program: &Address) -> Result<S, ProgramError> {
    owned(account, program)?;
    S::decode(&account.try_borrow()?)
}

/// Writes the state of an account that it was loaded from.
///
/// # Errors
/// `Immutable` for an account that the transaction doesn't write.
pub fn store<S: State>(account: &AccountView, state: &S) -> Result<(), ProgramError> {
    writable(account)?;
    state.encode(&mut account.try_borrow_mut()?)
}

/// Writes the first state of an account that the client has just made, of the right length and for this
/// program. It signs, as it does for the system program: nobody else can take it in between.
///
/// # Errors
/// `AccountAlreadyInitialized` for an account with a state; else as the checks have it.
pub fn start<S: State>(
    account: &AccountView,
    program: &Address,
    state: &S,
) -> Result<(), ProgramError> {
    fresh(account, program)?;
    store(account, state)
}

/// Checks that an account was just made, for this program, and signs.
///
/// # Errors
/// `AccountAlreadyInitialized` for an account with a state; else as the checks have it.
pub fn fresh(account: &AccountView, program: &Address) -> Result<(), ProgramError> {
    owned(account, program)?;
    signed(account)?;
    match account.try_borrow()?.first() {
        Some(0) => Ok(()),
        Some(_) => Err(ProgramError::AccountAlreadyInitialized),
        None => Err(ProgramError::AccountDataTooSmall),
    }
}

/// Checks that an account is this program's.
///
/// # Errors
/// `InvalidAccountOwner`.
pub fn owned(account: &AccountView, program: &Address) -> Result<(), ProgramError> {
    if account.owned_by(program) {
        Ok(())
    } else {
        Err(ProgramError::InvalidAccountOwner)
    }
}

/// Checks that an account has signed.
///
/// # Errors
/// `MissingRequiredSignature`.
pub fn signed(account: &AccountView) -> Result<(), ProgramError> {
    if account.is_signer() {
        Ok(())
    } else {
        Err(ProgramError::MissingRequiredSignature)
    }
}

/// Checks that the transaction writes an account.
///
/// # Errors
/// `Immutable`.
pub fn writable(account: &AccountView) -> Result<(), ProgramError> {
    if account.is_writable() {
        Ok(())
    } else {
        Err(ProgramError::Immutable)
    }
}

/// Checks that an account is the one that a state names.
///
/// # Errors
/// `IncorrectAuthority`.
pub fn is(account: &AccountView, key: &Key) -> Result<(), ProgramError> {
    if account.address().as_array() == key {
        Ok(())
    } else {
        Err(ProgramError::IncorrectAuthority)
    }
}

/// Checks that an account has signed, and is the one that a state names.
///
/// # Errors
/// `MissingRequiredSignature`, `IncorrectAuthority`.
pub fn authorised(account: &AccountView, key: &Key) -> Result<(), ProgramError> {
    signed(account)?;
    is(account, key)
}

/// Returns the address of an account, as a state keeps it.
#[must_use]
pub fn key(account: &AccountView) -> Key {
    *account.address().as_array()
}

/// Where the clock holds its `unix_timestamp`.
const SECONDS: usize = 32;

/// Returns the time, in seconds, which is the unit of all the program's times.
///
/// # Errors
/// `InvalidArgument` before 1970; the machine's own.
pub fn now() -> Result<Timestamp, ProgramError> {
    // pinocchio's `Clock::get` knows Solana's own target alone, and not upstream's.
    let mut seconds = [0; 8];
    get_sysvar(&mut seconds, &CLOCK_ID, SECONDS)?;
    let seconds = u64::try_from(i64::from_le_bytes(seconds));
    let seconds = seconds.map_err(|_| ProgramError::InvalidArgument)?;
    Ok(Timestamp::new(seconds))
}
