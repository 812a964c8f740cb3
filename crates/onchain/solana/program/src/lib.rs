//! Four mechanisms in one program: vesting grants, a vote escrow, a reward pool and collateral accounts.
//!
//! Each instruction reads the accounts that it is about, through checks, runs one transition of a
//! library's type, moves tokens, and writes the accounts back. A refusal of a library's is the custom
//! error of its `code()`; what the program itself refuses is one of Solana's own errors.
#![cfg_attr(target_arch = "bpf", no_std)]
#![deny(unsafe_code)]

pub mod collateral;
#[cfg(target_arch = "bpf")]
mod entrypoint;
pub mod escrow;
pub mod grant;
pub mod instruction;
pub mod pool;
pub mod purse;
pub mod slots;
pub mod state;

pub use instruction::Instruction;
pub use purse::Purse;
pub use state::{Key, State};

/// Returns the refusal of a library as this program's: its code, which never changes its meaning.
macro_rules! refused {
    () => {
        |error| pinocchio::error::ProgramError::Custom(error.code().into())
    };
}
pub(crate) use refused;
