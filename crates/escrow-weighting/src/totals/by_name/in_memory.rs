//! The totals of many names in memory.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use tokenomics_internals::Store;

use super::{Checkpoint, NamedHead, Node, TotalsByName};

/// The totals of many names, in memory.
///
/// ```
/// use tokenomics_escrow_weighting::{Delegations, NamesInMemory};
///
/// let powers: Delegations<NamesInMemory<String>> = Delegations::new();
/// assert_eq!(powers.names().count(), 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesInMemory<K> {
    names: BTreeMap<K, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    head: NamedHead,
    nodes: Vec<Node>,
    checkpoints: Vec<Checkpoint>,
}

impl Entry {
    const NEW: Self = Self {
        head: NamedHead::NONE,
        nodes: Vec::new(),
        checkpoints: Vec::new(),
    };
}

impl<K> NamesInMemory<K> {
    /// Creates the totals of nobody.
    #[must_use]
    pub const fn new() -> Self {
        let names = BTreeMap::new();
        Self { names }
    }

    /// Returns the names that ever had any power, in order.
    pub fn names(&self) -> impl Iterator<Item = &K> {
        self.names.keys()
    }
}

impl<K> Default for NamesInMemory<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Clone + Ord> NamesInMemory<K> {
    fn change(&mut self, name: &K, change: impl FnOnce(&mut Entry)) {
        // A name is cloned only when it is new.
        if let Some(entry) = self.names.get_mut(name) {
            return change(entry);
        }
        change(self.names.entry(name.clone()).or_insert(Entry::NEW));
    }
}

impl<K: Clone + Ord> TotalsByName for NamesInMemory<K> {
    type Name = K;

    fn head(&self, name: &K) -> Option<NamedHead> {
        self.names.get(name).map(|entry| entry.head)
    }

    fn set_head(&mut self, name: &K, head: NamedHead) {
        self.change(name, |entry| entry.head = head);
    }

    fn node(&self, name: &K, index: u32) -> Option<Node> {
        Store::get(&self.names.get(name)?.nodes, index)
    }

    fn set_node(&mut self, name: &K, index: u32, node: Node) {
        self.change(name, |entry| Store::set(&mut entry.nodes, index, node));
    }

    fn checkpoint(&self, name: &K, index: u32) -> Option<Checkpoint> {
        Store::get(&self.names.get(name)?.checkpoints, index)
    }

    fn set_checkpoint(&mut self, name: &K, index: u32, checkpoint: Checkpoint) {
        self.change(name, |entry| {
            Store::set(&mut entry.checkpoints, index, checkpoint)
        });
    }
}
