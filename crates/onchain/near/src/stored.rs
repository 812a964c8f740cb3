//! What the contract's storage keeps beside its state: each value under a key of its own, in borsh.

use std::marker::PhantomData;

use borsh::{BorshDeserialize, BorshSerialize};
use near_sdk::{env, AccountId};
use tokenomics_escrow_weighting::{Checkpoint, Node, Store};

use crate::Refusal;

/// The keys of what is kept, in borsh: a byte below 5, and what follows. The contract's state stands under
/// `STATE`.
#[derive(Debug, Clone, BorshSerialize)]
pub enum Key<'a> {
    /// An entry of the totals.
    Node(u32),
    Checkpoint(u32),
    Lock(&'a AccountId),
    Position(&'a AccountId),
    Grant(u32),
}

impl Key<'_> {
    /// Returns the key as storage has it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        // Writing to memory can't fail.
        borsh::to_vec(self).unwrap_or_default()
    }
}

/// Returns what is kept under a key, if there is anything.
///
/// Ends the call with [`Refusal::STORED`] where it can't be read: nothing of a call that ends so stays.
pub fn get<T: BorshDeserialize>(key: &Key) -> Option<T> {
    let bytes = env::storage_read(&key.bytes())?;
    Some(T::try_from_slice(&bytes).unwrap_or_else(|_| end()))
}

/// Keeps a value under a key.
pub fn set<T: BorshSerialize>(key: &Key, value: &T) {
    let bytes = borsh::to_vec(value).unwrap_or_else(|_| end());
    env::storage_write(&key.bytes(), &bytes);
}

/// Keeps nothing under a key any more.
pub fn remove(key: &Key) {
    env::storage_remove(&key.bytes());
}

fn end() -> ! {
    env::panic_str(Refusal::from(Refusal::STORED).as_ref())
}

/// An entry that has a number.
pub(crate) trait Numbered: Copy + BorshSerialize + BorshDeserialize {
    /// Returns the key of the entry of a number.
    fn key(index: u32) -> Key<'static>;
}

impl Numbered for Node {
    fn key(index: u32) -> Key<'static> {
        Key::Node(index)
    }
}

impl Numbered for Checkpoint {
    fn key(index: u32) -> Key<'static> {
        Key::Checkpoint(index)
    }
}

/// The entries of one kind, each under a key of its own: a change pays for those that it touches.
///
/// Numbers begin at 0 and have no gaps, so that a trie that can't list its keys is enough.
pub(crate) struct Entries<T>(PhantomData<T>);

impl<T> Entries<T> {
    /// Creates the store of the entries of a kind.
    #[must_use]
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Numbered> Store for Entries<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        get(&T::key(index))
    }

    fn set(&mut self, index: u32, entry: T) {
        set(&T::key(index), &entry);
    }
}
