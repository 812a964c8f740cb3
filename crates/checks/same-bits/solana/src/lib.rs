//! The program of crates/checks/same-bits in Solana's virtual machine, a batch of cases an instruction.

use mollusk_svm::program::{loader_keys, ProgramCache};
use mollusk_svm::Mollusk;
use same_bits::{Case, Outcome, OUTCOME_BYTES};
use solana_account::Account;
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;

const ID: Pubkey = Pubkey::new_from_array([255; 32]);
const ROOM: Pubkey = Pubkey::new_from_array([1; 32]);

/// What a call may compute: more than any batch takes, and few enough to end.
const UNITS: u64 = 1 << 32;
/// The frame of a call, and so of the linker's: this is about the bits of results, and not about what a
/// program on the chain may keep on its stack.
const FRAME: usize = 32_768;
/// The memory to allocate from that the program counts on.
const HEAP: u32 = 262_144;

/// The virtual machine with the program.
pub struct Machine(Mollusk);

impl Machine {
    /// Loads a program.
    pub fn load(program: &[u8]) -> Self {
        let mut mollusk = Mollusk::default();
        mollusk.compute_budget.compute_unit_limit = UNITS;
        mollusk.compute_budget.stack_frame_size = FRAME;
        mollusk.compute_budget.heap_size = HEAP;
        // The machine's frames are part of what a program is loaded with.
        let (features, budget) = (&mollusk.feature_set, &mollusk.compute_budget);
        mollusk.program_cache = ProgramCache::new(features, budget, false);
        mollusk.add_program_with_loader_and_elf(&ID, &loader_keys::LOADER_V3, program);
        Self(mollusk)
    }

    /// Calls the cases of one batch, and returns their outcomes, or why there are none.
    pub fn batch(&self, cases: &[Case]) -> Result<Vec<Outcome>, String> {
        let mut data = Vec::new();
        cases.iter().for_each(|case| case.write(&mut data));
        let account = Account {
            lamports: 1_000_000_000_000,
            data: vec![0; cases.len() * OUTCOME_BYTES],
            owner: ID,
            ..Account::default()
        };
        let accounts = vec![AccountMeta::new(ROOM, false)];
        let call = Instruction::new_with_bytes(ID, &data, accounts);
        let result = self.0.process_instruction(&call, &[(ROOM, account)]);
        if !result.program_result.is_ok() {
            return Err(format!("{:?}", result.program_result));
        }
        let (_, account) = &result.resulting_accounts[0];
        Ok(account
            .data
            .chunks(OUTCOME_BYTES)
            .map(Outcome::read)
            .collect())
    }
}
