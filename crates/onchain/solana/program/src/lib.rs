#![no_std]
use pinocchio::{AccountView, Address, ProgramResult};
#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

pinocchio::program_entrypoint!(process, 8);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

pub fn process(_: &Address, _accounts: &[AccountView], data: &[u8]) -> ProgramResult {
    let mut data = data;
    use borsh::BorshDeserialize;
    let g = tokenomics_vesting::Grant::<tokenomics_vesting::Linear>::deserialize_reader(&mut data);
    match g { Ok(g) if g.claimed().get() == 0 => Ok(()), _ => Err(pinocchio::error::ProgramError::Custom(3)) }
}
