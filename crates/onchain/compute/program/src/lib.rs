//! One call of the crates, or of a peer, for each instruction, so that its compute units can be read.
//!
//! An instruction is the number of a call, the result that it must have, and its operands, all in words
//! of 64 bits. The runner makes the same calls on the host: a result that differs fails.

#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

pub mod calls;
mod mechanisms;
mod numbers;
mod peers;
#[cfg(target_arch = "bpf")]
mod program;

/// The operands of a call: numbers of 128 bits, as the lower and the upper word.
pub type Operands = [u64; 16];

/// Returns an operand.
#[inline(always)]
fn operand(of: &Operands, at: usize) -> u128 {
    let [low, high] = [2 * at, 2 * at + 1].map(|at| of[at & 15]);
    u128::from(high) << 64 | u128::from(low)
}

/// Returns an operand that fits a word.
#[inline(always)]
fn word(of: &Operands, at: usize) -> u64 {
    of[(2 * at) & 15]
}

/// Folds a result into a word; what there is no result for is all ones.
#[inline(always)]
fn folded(result: Option<u128>) -> u64 {
    match result {
        Some(result) => {
            (result as u64) ^ ((result >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        }
        None => u64::MAX,
    }
}
