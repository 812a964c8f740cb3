//! Accounts in memory, and instructions to the program's entry as the machine makes them.

use std::sync::Once;

use anchor_embedder::{Purse, ID};
use anchor_lang::prelude::{pubkey, AccountInfo, Clock, Pubkey};
use anchor_lang::solana_program::sysvar::SysvarId;
use anchor_lang::{AccountDeserialize, AccountSerialize, InstructionData, Space};
use solana_sysvar::program_stubs::{set_syscall_stubs, SyscallStubs};

/// The owner of the chain's own accounts.
const SYSVAR: Pubkey = pubkey!("Sysvar1111111111111111111111111111111111111");

/// An account, and whether it signs.
pub struct Held {
    pub key: Pubkey,
    pub signs: bool,
    pub owner: Pubkey,
    pub data: Vec<u8>,
}

impl Held {
    fn new(name: u8, signs: bool, owner: Pubkey, data: Vec<u8>) -> Self {
        Self {
            key: key(name),
            signs,
            owner,
            data,
        }
    }

    /// A person, who signs.
    pub fn person(name: u8) -> Self {
        Self::new(name, true, Pubkey::default(), Vec::new())
    }

    /// An account that a client has just made.
    pub fn made<T: Space>(name: u8) -> Self {
        Self::new(name, true, ID, vec![0; 8 + T::INIT_SPACE])
    }

    pub fn purse(name: u8, owner: u8, amount: u64) -> Self {
        let mint = key(200);
        let owner = key(owner);
        let purse = Purse {
            mint,
            owner,
            amount,
        };
        let mut data = Vec::new();
        purse.try_serialize(&mut data).unwrap();
        Self::new(name, false, ID, data)
    }

    /// The chain's clock at a time.
    pub fn clock(seconds: i64) -> Self {
        let mut data = vec![0; 32];
        data.extend(seconds.to_le_bytes());
        Self {
            key: Clock::id(),
            ..Self::new(0, false, SYSVAR, data)
        }
    }

    /// A copy, which the entry asks to live as long as all others do.
    fn info(&self) -> AccountInfo<'static> {
        AccountInfo::new(
            Box::leak(Box::new(self.key)),
            self.signs,
            true,
            // More than an account of any length here has to hold.
            Box::leak(Box::new(1_000_000_000)),
            Vec::leak(self.data.clone()),
            Box::leak(Box::new(self.owner)),
            false,
        )
    }

    pub fn read<T: AccountDeserialize>(&self) -> T {
        T::try_deserialize(&mut &*self.data).unwrap()
    }

    pub fn amount(&self) -> u64 {
        self.read::<Purse>().amount
    }
}

pub fn key(name: u8) -> Pubkey {
    Pubkey::new_from_array([name; 32])
}

/// Calls the entry with an instruction's bytes, and keeps what it writes only if it succeeds, as the chain does.
pub fn call(accounts: &mut [&mut Held], instruction: &impl InstructionData) -> Result<(), u64> {
    CHAIN.call_once(|| drop(set_syscall_stubs(Box::new(Chain))));
    let infos = accounts.iter().map(|held| held.info()).collect();
    let infos: &'static [AccountInfo<'static>] = Vec::leak(infos);
    let data: &'static [u8] = Vec::leak(instruction.data());
    anchor_embedder::entry(&ID, infos, data).map_err(u64::from)?;
    for (held, info) in accounts.iter_mut().zip(infos) {
        held.data = info.data.borrow().to_vec();
    }
    Ok(())
}

/// The chain's rent, which an account that was just made has to have paid.
struct Chain;

impl SyscallStubs for Chain {
    fn sol_get_rent_sysvar(&self, _: *mut u8) -> u64 {
        // What is written there already is the default rent, which is the chain's.
        0
    }

    fn sol_log(&self, _: &str) {}
}

static CHAIN: Once = Once::new();
