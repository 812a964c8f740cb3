//! Programs that embed the crates, in the chains' own virtual machines.

pub(crate) mod cosmwasm;
pub(crate) mod figures;
pub(crate) mod sbf;
pub(crate) mod solana;
pub(crate) mod substrate;

use crate::check;
use crate::step::said;

/// Of the steps of `check`, those of chains.
const STEPS: &[&str] = &[solana::STEP.name, cosmwasm::STEP.name, substrate::STEP.name];

/// Runs the steps of all chains, as `check` would, or writes what each chain's calls cost into
/// docs/onchain.md.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    match args {
        ["--accept"] => said(cosmwasm::accept()),
        rest => check::run(&[STEPS, rest].concat()),
    }
}
