//! Programs that embed the crates, in the chains' own virtual machines.

pub(crate) mod sbf;
pub(crate) mod solana;

use crate::check;

/// Of the steps of `check`, those of chains.
const STEPS: &[&str] = &[solana::STEP.name];

/// Runs the steps of all chains, as `check` would.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    check::run(&[STEPS, args].concat())
}
