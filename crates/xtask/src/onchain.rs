//! Programs that embed the crates, in the chains' own virtual machines.

pub(crate) mod cosmwasm;
pub(crate) mod figures;

/// Of the steps of `check`, those of chains.
pub(crate) const STEPS: &[&str] = &[cosmwasm::STEP.name];

/// Writes what each chain's calls cost into docs/onchain.md.
pub(crate) fn accept() -> Result<(), String> {
    crate::step::said(cosmwasm::accept())
}
