//! Accounts, and the virtual machine that runs the program on them.

pub mod scene;

use std::collections::BTreeMap;

use embedded::{Instruction, Key, Purse, State};
use mollusk_svm::result::ProgramResult;
use mollusk_svm::Mollusk;
use solana_account::Account;
pub use solana_instruction::AccountMeta;
pub use solana_program_error::ProgramError;
pub use solana_pubkey::Pubkey;

/// The program as it was built, without the end of its name.
const PROGRAM: &str = "libembedded";
pub const ID: Pubkey = Pubkey::new_from_array([255; 32]);

/// The program returned nothing: the machine ended it.
pub const ABORTED: ProgramError = ProgramError::Custom(u32::MAX);

/// All accounts by their addresses, and the machine.
pub struct World {
    mollusk: Mollusk,
    pub accounts: BTreeMap<Pubkey, Account>,
    made: u8,
    /// The compute units of the last instruction.
    pub units: u64,
}

impl World {
    /// A world without accounts.
    ///
    /// # Panics
    /// Where the program wasn't built.
    pub fn new() -> Self {
        let built = std::env::var_os("SBF_OUT_DIR").is_some();
        assert!(built, "`cargo xtask check solana` builds the program first");
        Self {
            mollusk: Mollusk::new(&ID, PROGRAM),
            accounts: BTreeMap::new(),
            made: 0,
            units: 0,
        }
    }

    /// Sets the time.
    pub fn at(&mut self, seconds: i64) {
        self.mollusk.sysvars.clock.unix_timestamp = seconds;
    }

    fn add(&mut self, account: Account) -> Pubkey {
        self.made += 1;
        let key = Pubkey::new_from_array([self.made; 32]);
        self.accounts.insert(key, account);
        key
    }

    /// A person, or a token: an address of nothing.
    pub fn person(&mut self) -> Pubkey {
        self.add(Account::default())
    }

    /// An account of the program's that was just made.
    pub fn blank(&mut self, space: usize) -> Pubkey {
        self.add(Account {
            lamports: 1_000_000_000,
            data: vec![0; space],
            owner: ID,
            ..Account::default()
        })
    }

    /// A purse.
    pub fn purse(&mut self, mint: Pubkey, owner: Pubkey, amount: u64) -> Pubkey {
        let purse = self.blank(Purse::SPACE);
        let (mint, owner) = (mint.to_bytes(), owner.to_bytes());
        let state = Purse {
            mint,
            owner,
            amount,
        };
        self.set(purse, &state);
        purse
    }

    /// Writes a state without the program.
    pub fn set<S: State>(&mut self, key: Pubkey, state: &S) {
        let account = self.accounts.get_mut(&key).unwrap();
        state.encode(&mut account.data).unwrap();
    }

    /// The state of an account, as the program reads it.
    pub fn state<S: State>(&self, key: Pubkey) -> S {
        S::decode(&self.accounts[&key].data).unwrap()
    }

    /// The amount in a purse.
    pub fn amount(&self, purse: Pubkey) -> u64 {
        self.state::<Purse>(purse).amount
    }

    /// Runs an instruction, keeps what it changed, and returns its return data.
    pub fn run(
        &mut self,
        instruction: &Instruction,
        accounts: &[AccountMeta],
    ) -> Result<Vec<u8>, ProgramError> {
        self.run_bytes(&borsh::to_vec(instruction).unwrap(), accounts)
    }

    /// Runs an instruction of any bytes. A program that the machine ended is [`ABORTED`].
    pub fn run_bytes(
        &mut self,
        data: &[u8],
        metas: &[AccountMeta],
    ) -> Result<Vec<u8>, ProgramError> {
        let instruction = solana_instruction::Instruction {
            program_id: ID,
            accounts: metas.to_vec(),
            data: data.to_vec(),
        };
        let mut named: Vec<Pubkey> = metas.iter().map(|meta| meta.pubkey).collect();
        named.sort_unstable();
        named.dedup();
        let of = |key: &Pubkey| (*key, self.accounts[key].clone());
        let accounts: Vec<_> = named.iter().map(of).collect();
        let result = self.mollusk.process_instruction(&instruction, &accounts);
        self.units = result.compute_units_consumed;
        match result.program_result {
            ProgramResult::Success => {
                self.accounts.extend(result.resulting_accounts);
                Ok(result.return_data)
            }
            ProgramResult::Failure(error) => Err(error),
            ProgramResult::UnknownError(_) => Err(ABORTED),
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// An account that is read.
pub fn read(pubkey: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(pubkey, false)
}

/// An account that signs.
pub fn signs(pubkey: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(pubkey, true)
}

/// An account that is written.
pub fn written(pubkey: Pubkey) -> AccountMeta {
    AccountMeta::new(pubkey, false)
}

/// An account that was just made: it signs, and is written.
pub fn made(pubkey: Pubkey) -> AccountMeta {
    AccountMeta::new(pubkey, true)
}

/// The address as states keep it.
pub fn key(pubkey: Pubkey) -> Key {
    pubkey.to_bytes()
}

/// The refusal of a library, as the program says it.
pub fn code(code: u16) -> ProgramError {
    ProgramError::Custom(code.into())
}
