//! What grows, an entry at a time under a key of its own, so that a change pays for the entries it touches.

use std::cell::{Cell, RefCell};

use borsh::{BorshDeserialize, BorshSerialize};
use cosmwasm_std::Storage;
use cw_storage_plus::Map;
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_escrow_weighting::Store;

use crate::ContractError;

/// The contract's storage, which several [`Entries`] share while a message is handled.
///
/// A [`Store`] has no errors of its own: an entry that can't be read or set counts as none, and is
/// remembered. [`check`](Self::check) is to be called before anything is made of an answer.
pub struct Host<'s> {
    storage: Access<'s>,
    failed: Cell<Option<&'static str>>,
}

enum Access<'s> {
    Read(&'s dyn Storage),
    Change(RefCell<&'s mut dyn Storage>),
}

impl<'s> Host<'s> {
    /// Creates a host that is only read.
    #[must_use]
    pub fn read(storage: &'s dyn Storage) -> Self {
        Self {
            storage: Access::Read(storage),
            failed: Cell::new(None),
        }
    }

    /// Creates a host that is read and changed.
    #[must_use]
    pub fn change(storage: &'s mut dyn Storage) -> Self {
        Self {
            storage: Access::Change(RefCell::new(storage)),
            failed: Cell::new(None),
        }
    }

    /// Checks that all entries could be read and set.
    ///
    /// # Errors
    /// [`ContractError::Stored`].
    pub fn check(&self) -> Result<(), ContractError> {
        match self.failed.get() {
            Some(namespace) => Err(ContractError::Stored { namespace }),
            None => Ok(()),
        }
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        match &self.storage {
            Access::Read(storage) => storage.get(key),
            // Nothing is lent for longer than a call.
            Access::Change(storage) => storage.try_borrow().ok()?.get(key),
        }
    }

    fn set(&self, key: &[u8], bytes: &[u8]) -> Option<()> {
        match &self.storage {
            Access::Read(_) => None,
            Access::Change(storage) => {
                storage.try_borrow_mut().ok()?.set(key, bytes);
                Some(())
            }
        }
    }
}

/// The entries of one kind, in a map by their number, in borsh: fewer bytes than JSON, and no number to be
/// parsed.
pub struct Entries<'a, 's, T> {
    namespace: &'static str,
    host: &'a Host<'s>,
    entries: Map<u32, T>,
}

impl<'a, 's, T: Serialize + DeserializeOwned> Entries<'a, 's, T> {
    /// Creates the store of the entries under a namespace.
    #[must_use]
    pub const fn new(namespace: &'static str, host: &'a Host<'s>) -> Self {
        Self {
            namespace,
            host,
            entries: Map::new(namespace),
        }
    }

    fn fail(&self) {
        self.host.failed.set(Some(self.namespace));
    }
}

impl<T> Store for Entries<'_, '_, T>
where
    T: Copy + BorshSerialize + BorshDeserialize + Serialize + DeserializeOwned,
{
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        let bytes = self.host.get(&self.entries.key(index))?;
        let read = T::try_from_slice(&bytes);
        if read.is_err() {
            self.fail();
        }
        read.ok()
    }

    fn set(&mut self, index: u32, entry: T) {
        let bytes = borsh::to_vec(&entry).ok();
        let key = self.entries.key(index);
        if bytes
            .and_then(|bytes| self.host.set(&key, &bytes))
            .is_none()
        {
            self.fail();
        }
    }
}
