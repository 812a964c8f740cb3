//! The instructions, and which of them does what.

use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::error::ProgramError;
use pinocchio::{AccountView, Address, ProgramResult};
use tokenomics_escrow_weighting::Terms;
use tokenomics_fixed_math::Timestamp;

use crate::collateral::Prices;
use crate::grant::NewGrant;
use crate::{collateral, escrow, grant, pool};

/// An instruction, as borsh writes it: a byte, and its arguments. The accounts of each stand at the
/// function of its name.
#[derive(BorshSerialize, BorshDeserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instruction {
    CreateGrant(NewGrant),
    ClaimGrant,
    RevokeGrant,
    CreateEscrow(Terms),
    Lock { amount: u64, end: Timestamp },
    Extend { end: Timestamp },
    Withdraw,
    Weight { at: Timestamp },
    CreatePool,
    OpenStake,
    Stake { amount: u64 },
    Fund { amount: u64 },
    ClaimRewards,
    Unstake { amount: u64 },
    CreateMarket(Prices),
    SetPrices(Prices),
    OpenLoan,
    Deposit { amount: u64 },
    Borrow { amount: u64 },
    CheckHealth,
}

/// The number of instructions.
const COUNT: u8 = 20;

/// Runs an instruction.
///
/// # Errors
/// `InvalidInstructionData` for bytes that are none, or arguments that a library's constructor refuses;
/// else the instruction's own.
pub fn process(program: &Address, accounts: &[AccountView], data: &[u8]) -> ProgramResult {
    // borsh would write a text about a byte that is no instruction, and the machine can't run what does.
    if data.first().is_none_or(|&which| which >= COUNT) {
        return Err(ProgramError::InvalidInstructionData);
    }
    let read = Instruction::try_from_slice(data);
    match read.map_err(|_| ProgramError::InvalidInstructionData)? {
        Instruction::CreateGrant(new) => grant::create(program, accounts, new),
        Instruction::ClaimGrant => grant::claim(program, accounts),
        Instruction::RevokeGrant => grant::revoke(program, accounts),
        Instruction::CreateEscrow(terms) => escrow::create(program, accounts, terms),
        Instruction::Lock { amount, end } => escrow::lock(program, accounts, amount, end),
        Instruction::Extend { end } => escrow::extend(program, accounts, end),
        Instruction::Withdraw => escrow::withdraw(program, accounts),
        Instruction::Weight { at } => escrow::weight(program, accounts, at),
        Instruction::CreatePool => pool::create(program, accounts),
        Instruction::OpenStake => pool::open(program, accounts),
        Instruction::Stake { amount } => pool::stake(program, accounts, amount),
        Instruction::Fund { amount } => pool::fund(program, accounts, amount),
        Instruction::ClaimRewards => pool::claim(program, accounts),
        Instruction::Unstake { amount } => pool::unstake(program, accounts, amount),
        Instruction::CreateMarket(prices) => collateral::create(program, accounts, prices),
        Instruction::SetPrices(prices) => collateral::price(program, accounts, prices),
        Instruction::OpenLoan => collateral::open(program, accounts),
        Instruction::Deposit { amount } => collateral::deposit(program, accounts, amount),
        Instruction::Borrow { amount } => collateral::borrow(program, accounts, amount),
        Instruction::CheckHealth => collateral::check(program, accounts),
    }
}
