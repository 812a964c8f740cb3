//! Storage as the mechanisms read it: an entry that can't be decoded is an error, and never nothing.

use core::cell::Cell;
use core::marker::PhantomData;

use codec::FullCodec;
use frame_support::storage::{StorageMap, StorageValue};
use tokenomics_escrow_weighting::Store;

/// A value in storage that doesn't decode, or that its mechanism couldn't have left.
#[derive(Debug, PartialEq, Eq)]
pub struct Corrupt;

/// Returns a value, if there is one.
///
/// FRAME logs what it can't decode and answers that there is nothing, or the default of the type.
pub fn value<V, S>() -> Result<Option<V>, Corrupt>
where
    V: FullCodec,
    S: StorageValue<V, Query = Option<V>>,
{
    match S::get() {
        None if S::exists() => Err(Corrupt),
        found => Ok(found),
    }
}

/// Returns what a map has under a key, if there is anything.
pub fn entry<K, V, M>(key: &K) -> Result<Option<V>, Corrupt>
where
    K: FullCodec,
    V: FullCodec,
    M: StorageMap<K, V, Query = Option<V>>,
{
    match M::get(key) {
        None if M::contains_key(key) => Err(Corrupt),
        found => Ok(found),
    }
}

/// The entries of a storage map by their number, each read and written by itself.
pub struct Entries<E, M> {
    corrupt: Cell<bool>,
    map: PhantomData<(E, M)>,
}

impl<E, M> Entries<E, M> {
    pub const fn new() -> Self {
        Self {
            corrupt: Cell::new(false),
            map: PhantomData,
        }
    }

    /// Fails if an entry couldn't be read: what was made of the others is to be thrown away.
    pub fn check(&self) -> Result<(), Corrupt> {
        if self.corrupt.get() {
            return Err(Corrupt);
        }
        Ok(())
    }
}

impl<E, M> Store for Entries<E, M>
where
    E: FullCodec + Copy,
    M: StorageMap<u32, E, Query = Option<E>>,
{
    type Entry = E;

    fn get(&self, index: u32) -> Option<E> {
        let found = entry::<u32, E, M>(&index);
        found.unwrap_or_else(|Corrupt| {
            self.corrupt.set(true);
            None
        })
    }

    fn set(&mut self, index: u32, entry: E) {
        M::insert(index, entry);
    }
}
