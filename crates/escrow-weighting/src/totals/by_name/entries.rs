//! The entries of one name as stores of their own.

use core::cell::RefCell;

use tokenomics_internals::Store;

use super::TotalsByName;
use crate::totals::{Checkpoint, Node};

/// A host's storage, to be read or to be changed: nodes and checkpoints of a history share it.
pub(super) enum Host<'a, T> {
    Read(&'a T),
    Change(&'a RefCell<&'a mut T>),
}

impl<T> Clone for Host<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Host<'_, T> {}

impl<T> Host<'_, T> {
    fn read<R>(&self, read: impl FnOnce(&T) -> Option<R>) -> Option<R> {
        match self {
            Self::Read(totals) => read(totals),
            // Nothing is lent for longer than a call of the host.
            Self::Change(totals) => read(&**totals.try_borrow().ok()?),
        }
    }

    fn change(&self, change: impl FnOnce(&mut T)) {
        if let Self::Change(totals) = self {
            if let Ok(mut totals) = totals.try_borrow_mut() {
                change(&mut **totals);
            }
        }
    }
}

/// The nodes of a name.
pub(super) struct Nodes<'a, T: TotalsByName> {
    pub(super) host: Host<'a, T>,
    pub(super) name: &'a T::Name,
}

impl<T: TotalsByName> Store for Nodes<'_, T> {
    type Entry = Node;

    fn get(&self, index: u32) -> Option<Node> {
        self.host.read(|totals| totals.node(self.name, index))
    }

    fn set(&mut self, index: u32, node: Node) {
        self.host
            .change(|totals| totals.set_node(self.name, index, node));
    }
}

/// The checkpoints of a name.
pub(super) struct Checkpoints<'a, T: TotalsByName> {
    pub(super) host: Host<'a, T>,
    pub(super) name: &'a T::Name,
}

impl<T: TotalsByName> Store for Checkpoints<'_, T> {
    type Entry = Checkpoint;

    fn get(&self, index: u32) -> Option<Checkpoint> {
        self.host.read(|totals| totals.checkpoint(self.name, index))
    }

    fn set(&mut self, index: u32, checkpoint: Checkpoint) {
        self.host
            .change(|totals| totals.set_checkpoint(self.name, index, checkpoint));
    }
}
