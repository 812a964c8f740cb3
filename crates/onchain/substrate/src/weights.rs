//! The weight of each call: the entries of storage that it may read and write at most, each once and with
//! those of the tokens, which the tests hold every call to.
//!
//! A runtime of one's own benchmarks its calls, as those weigh the proof and the computation too.

use frame_support::pallet_prelude::{Get as _, Weight};

/// Entries of storage that a call reads and writes, at most.
#[derive(Debug, Clone, Copy)]
pub struct Accesses {
    pub reads: u64,
    pub writes: u64,
}

impl Accesses {
    const fn new(reads: u64, writes: u64) -> Self {
        Self { reads, writes }
    }
}

/// The nodes on the way to a time: at most 32 branches and a leaf, whatever others have locked.
const PATH: u64 = 33;

pub const CREATE_GRANT: Accesses = Accesses::new(4, 4);
pub const CLAIM_GRANT: Accesses = Accesses::new(5, 5);
pub const REVOKE_GRANT: Accesses = Accesses::new(3, 3);
/// The path to the end; the nodes that are taken for it and the last checkpoint are beside it.
pub const LOCK: Accesses = Accesses::new(8 + PATH, 6 + PATH);
/// The paths to the end that was and to the one that is.
pub const EXTEND_LOCK: Accesses = Accesses::new(6 + 2 * PATH, 5 + 2 * PATH);
pub const WITHDRAW_LOCK: Accesses = Accesses::new(8 + PATH, 6 + PATH);
pub const STAKE: Accesses = Accesses::new(4, 4);
pub const FUND: Accesses = Accesses::new(4, 3);
pub const CLAIM_REWARDS: Accesses = Accesses::new(5, 4);
pub const UNSTAKE: Accesses = Accesses::new(4, 4);
pub const SET_PRICES: Accesses = Accesses::new(0, 1);
pub const DEPOSIT: Accesses = Accesses::new(4, 3);
pub const WITHDRAW: Accesses = Accesses::new(4, 3);
pub const BORROW: Accesses = Accesses::new(5, 4);
pub const REPAY: Accesses = Accesses::new(5, 4);
pub const CHECK_HEALTH: Accesses = Accesses::new(2, 0);

/// Returns the weight of so many accesses to a runtime's database.
pub fn of<T: frame_system::Config>(accesses: Accesses) -> Weight {
    T::DbWeight::get().reads_writes(accesses.reads, accesses.writes)
}
