//! The way into the program from the virtual machine.
#![allow(
    unsafe_code,
    reason = "pinocchio reads the machine's input by pointers"
)]

use pinocchio::{AccountView, Address, ProgramResult};
// The 128-bit multiplication and division that the target doesn't have.
use solana_compiler_builtins as _;

/// The most accounts that an instruction names.
const ACCOUNTS: usize = 5;

pinocchio::program_entrypoint!(process, ACCOUNTS);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

// In a frame of its own: a frame has 4 KB.
#[inline(never)]
fn process(program: &Address, accounts: &[AccountView], data: &[u8]) -> ProgramResult {
    crate::instruction::process(program, accounts, data)
}
