//! What the ledger keeps: each value under a key of its own, in borsh, as bytes.

use core::marker::PhantomData;

use borsh::{BorshDeserialize, BorshSerialize};
use soroban_sdk::{contracttype, panic_with_error, Address, Bytes, Env, TryFromVal as _, Val};
use tokenomics_escrow_weighting::{Checkpoint, Node, Store};

use crate::error::{own, STORED};

/// The keys of what is kept.
#[contracttype]
#[derive(Clone)]
pub enum Key {
    /// What is granted, locked and staked, and what stakes are paid.
    Tokens,
    /// The heads of the escrow and of its totals, of fixed size.
    Escrow,
    /// An entry of the totals.
    Node(u32),
    Checkpoint(u32),
    Lock(Address),
    Pool,
    Position(Address),
    NextGrant,
    Grant(u64),
    /// The holder and the funder of a grant.
    Parties(u64),
}

/// The longest of what is stored is a node, of 307 bytes.
const ROOM: usize = 320;
/// Ledgers of a day, at five seconds each.
const DAY: u32 = 17_280;
/// An entry that would be archived sooner than this is kept on for that long when it is set.
const KEEP: (u32, u32) = (30 * DAY, 120 * DAY);

/// Returns what is kept under a key, if there is anything.
///
/// Ends the call with [`STORED`] where it can't be read: nothing of a call that ends so stays.
pub fn get<T: BorshDeserialize>(env: &Env, key: &Key) -> Option<T> {
    let found: Val = env.storage().persistent().get(key)?;
    let read = Bytes::try_from_val(env, &found).ok().and_then(|bytes| {
        let mut room = [0; ROOM];
        let place = room.get_mut(..bytes.len() as usize)?;
        bytes.copy_into_slice(place);
        T::try_from_slice(place).ok()
    });
    Some(read.unwrap_or_else(|| panic_with_error!(env, own(STORED))))
}

/// Returns what the constructor has put under a key.
pub fn expect<T: BorshDeserialize>(env: &Env, key: &Key) -> T {
    get(env, key).unwrap_or_else(|| panic_with_error!(env, own(STORED)))
}

/// Keeps a value under a key.
pub fn set<T: BorshSerialize>(env: &Env, key: &Key, value: &T) {
    let mut room = [0; ROOM];
    let mut rest = room.as_mut_slice();
    let written = value.serialize(&mut rest);
    let left = rest.len();
    match written.ok().and(room.split_at_checked(ROOM - left)) {
        Some((bytes, _)) => {
            let storage = env.storage().persistent();
            storage.set(key, &Bytes::from_slice(env, bytes));
            storage.extend_ttl(key, KEEP.0, KEEP.1);
            env.storage().instance().extend_ttl(KEEP.0, KEEP.1);
        }
        None => panic_with_error!(env, own(STORED)),
    }
}

/// Returns the two addresses that are kept under a key, which borsh doesn't know.
pub fn addresses(env: &Env, key: &Key) -> (Address, Address) {
    let found = env.storage().persistent().get(key);
    found.unwrap_or_else(|| panic_with_error!(env, own(STORED)))
}

/// Keeps two addresses under a key.
pub fn set_addresses(env: &Env, key: &Key, both: (Address, Address)) {
    let storage = env.storage().persistent();
    storage.set(key, &both);
    storage.extend_ttl(key, KEEP.0, KEEP.1);
}

/// Keeps nothing under a key any more.
pub fn remove(env: &Env, key: &Key) {
    env.storage().persistent().remove(key);
}

/// An entry that has a number.
pub trait Numbered: Copy + BorshSerialize + BorshDeserialize {
    /// Returns the key of the entry of a number.
    fn key(index: u32) -> Key;
}

impl Numbered for Node {
    fn key(index: u32) -> Key {
        Key::Node(index)
    }
}

impl Numbered for Checkpoint {
    fn key(index: u32) -> Key {
        Key::Checkpoint(index)
    }
}

/// The entries of one kind, each under a key of its own: a change pays for those that it touches.
///
/// Numbers begin at 0 and have no gaps, so that a ledger that can't list its keys is enough.
pub struct Entries<'e, T> {
    env: &'e Env,
    kind: PhantomData<T>,
}

impl<'e, T> Entries<'e, T> {
    /// Creates the store of the entries of a kind.
    pub const fn new(env: &'e Env) -> Self {
        Self {
            env,
            kind: PhantomData,
        }
    }
}

impl<T: Numbered> Store for Entries<'_, T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        get(self.env, &T::key(index))
    }

    fn set(&mut self, index: u32, entry: T) {
        set(self.env, &T::key(index), &entry);
    }
}
