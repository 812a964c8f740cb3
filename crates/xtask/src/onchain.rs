//! Programs that embed the crates, in the chains' own virtual machines.

pub(crate) mod anchor;
pub(crate) mod compute;
pub(crate) mod cosmwasm;
pub(crate) mod figures;
mod module;
pub(crate) mod near;
pub(crate) mod same_bits;
pub(crate) mod sbf;
pub(crate) mod solana;
pub(crate) mod soroban;
pub(crate) mod stylus;
pub(crate) mod substrate;

use crate::step::said;

/// Of the steps of `check`, those of chains.
pub(crate) const STEPS: [&str; 9] = [
    same_bits::STEP.name,
    solana::STEP.name,
    compute::STEP.name,
    anchor::STEP.name,
    cosmwasm::STEP.name,
    substrate::STEP.name,
    soroban::STEP.name,
    near::STEP.name,
    stylus::STEP.name,
];

/// Writes what each chain's calls cost into docs/onchain.md.
pub(crate) fn accept() -> Result<(), String> {
    said(compute::accept())?;
    said(cosmwasm::accept())?;
    said(soroban::accept())?;
    said(near::accept())?;
    said(stylus::accept())
}
