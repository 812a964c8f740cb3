//! Programs that embed the crates, in the chains' own virtual machines.

pub(crate) mod sbf;
pub(crate) mod solana;

/// Of the steps of `check`, those of chains.
pub(crate) const STEPS: &[&str] = &[solana::STEP.name];
