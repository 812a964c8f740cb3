//! A chain's storage that counts what is read and set.

use std::cell::Cell;
use std::collections::BTreeMap;

use cosmwasm_std::{Order, Record};
use cosmwasm_vm::{BackendError, BackendResult, GasInfo};

/// What a call did with the storage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touched {
    pub read: u64,
    pub read_bytes: u64,
    pub set: u64,
    pub set_bytes: u64,
    pub removed: u64,
}

/// What wasmd puts before each key of a contract: a byte, and the contract's address.
const PREFIX: u64 = 33;

impl Touched {
    /// Returns what it costs in the gas of the Cosmos SDK, at its default prices: `KVGasConfig` of
    /// store/types/gas.go.
    pub const fn sdk_gas(&self) -> u64 {
        let read = 1_000 * self.read + 3 * (self.read_bytes + PREFIX * self.read);
        let set = 2_000 * self.set + 30 * (self.set_bytes + PREFIX * self.set);
        read + set + 1_000 * self.removed
    }
}

/// Entries that a chain has committed, those that a message has set since, and what was touched.
#[derive(Debug, Default)]
pub struct Storage {
    committed: BTreeMap<Vec<u8>, Vec<u8>>,
    changed: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    touched: Cell<Touched>,
}

impl Storage {
    /// Creates a storage of these entries.
    pub fn new(committed: BTreeMap<Vec<u8>, Vec<u8>>) -> Self {
        Self {
            committed,
            ..Self::default()
        }
    }

    /// Drops what messages have set since the last that was committed.
    pub fn drop_changes(&mut self) {
        self.changed.clear();
    }

    /// Keeps what messages have set, for all to come.
    pub fn commit(&mut self) {
        let committed = &mut self.committed;
        for (key, value) in std::mem::take(&mut self.changed) {
            match value {
                Some(value) => committed.insert(key, value),
                None => committed.remove(&key),
            };
        }
    }

    /// Returns what was touched since this was last asked.
    pub fn touched(&self) -> Touched {
        self.touched.take()
    }

    /// Returns all entries that are committed, in order.
    pub const fn entries(&self) -> &BTreeMap<Vec<u8>, Vec<u8>> {
        &self.committed
    }

    fn find(&self, key: &[u8]) -> Option<Vec<u8>> {
        match self.changed.get(key) {
            Some(value) => value.clone(),
            None => self.committed.get(key).cloned(),
        }
    }

    fn touch(&self, count: impl FnOnce(&mut Touched)) {
        let mut touched = self.touched.get();
        count(&mut touched);
        self.touched.set(touched);
    }

    fn insert(&mut self, key: &[u8], value: &[u8]) {
        self.touch(|touched| {
            touched.set += 1;
            touched.set_bytes += len(key) + len(value);
        });
        self.changed.insert(key.to_vec(), Some(value.to_vec()));
    }

    fn look_up(&self, key: &[u8]) -> Option<Vec<u8>> {
        let found = self.find(key);
        self.touch(|touched| {
            touched.read += 1;
            touched.read_bytes += len(key) + found.as_deref().map_or(0, len);
        });
        found
    }

    fn delete(&mut self, key: &[u8]) {
        self.touch(|touched| touched.removed += 1);
        self.changed.insert(key.to_vec(), None);
    }
}

fn len(bytes: &[u8]) -> u64 {
    bytes.len() as u64
}

/// What the virtual machine asks for. The chain's prices are told apart from the machine's gas.
impl cosmwasm_vm::Storage for Storage {
    fn get(&self, key: &[u8]) -> BackendResult<Option<Vec<u8>>> {
        (Ok(self.look_up(key)), GasInfo::free())
    }

    fn scan(
        &mut self,
        _start: Option<&[u8]>,
        _end: Option<&[u8]>,
        _order: Order,
    ) -> BackendResult<u32> {
        let why = "the contract never looks through its storage";
        (Err(BackendError::unknown(why)), GasInfo::free())
    }

    fn next(&mut self, iterator_id: u32) -> BackendResult<Option<Record>> {
        let none = BackendError::iterator_does_not_exist(iterator_id);
        (Err(none), GasInfo::free())
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> BackendResult<()> {
        self.insert(key, value);
        (Ok(()), GasInfo::free())
    }

    fn remove(&mut self, key: &[u8]) -> BackendResult<()> {
        self.delete(key);
        (Ok(()), GasInfo::free())
    }
}
