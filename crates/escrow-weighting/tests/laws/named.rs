//! A chain's storage of totals by name, of gauges and of voters: an entry under each key.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too, and laws that need a part of it"
)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tokenomics_escrow_weighting::{
    Checkpoint, GaugeKey, GaugeStore, Listing, NamedHead, Node, TotalsByName, Voters,
};

/// Maps of a chain's storage, and which entries were read or set in them.
#[derive(Debug, Clone)]
pub struct Storage<K> {
    pub heads: BTreeMap<K, NamedHead>,
    pub nodes: BTreeMap<(K, u32), Node>,
    pub checkpoints: BTreeMap<(K, u32), Checkpoint>,
    /// Since it was first asked about.
    touched: RefCell<Option<BTreeSet<(Entry, K, u32)>>>,
}

/// The same entries, however often they were read.
impl<K: PartialEq> PartialEq for Storage<K> {
    fn eq(&self, other: &Self) -> bool {
        self.heads == other.heads
            && self.nodes == other.nodes
            && self.checkpoints == other.checkpoints
    }
}

impl<K> Default for Storage<K> {
    fn default() -> Self {
        Self {
            heads: BTreeMap::new(),
            nodes: BTreeMap::new(),
            checkpoints: BTreeMap::new(),
            touched: RefCell::default(),
        }
    }
}

/// An entry that is read or set, of which map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Read(char),
    Set(char),
}

impl<K: Copy + Ord> Storage<K> {
    fn touch(&self, entry: Entry, name: &K, index: u32) {
        if let Some(touched) = self.touched.borrow_mut().as_mut() {
            touched.insert((entry, *name, index));
        }
    }

    /// How many entries were read and how many set since it was last asked.
    pub fn touched(&self) -> usize {
        let touched = self.touched.replace(Some(BTreeSet::new()));
        touched.unwrap_or_default().len()
    }
}

impl<K: Copy + Ord> TotalsByName for Storage<K> {
    type Name = K;

    fn head(&self, name: &K) -> Option<NamedHead> {
        self.touch(Entry::Read('h'), name, 0);
        self.heads.get(name).copied()
    }

    fn set_head(&mut self, name: &K, head: NamedHead) {
        self.touch(Entry::Set('h'), name, 0);
        self.heads.insert(*name, head);
    }

    fn node(&self, name: &K, index: u32) -> Option<Node> {
        self.touch(Entry::Read('n'), name, index);
        self.nodes.get(&(*name, index)).copied()
    }

    fn set_node(&mut self, name: &K, index: u32, node: Node) {
        self.touch(Entry::Set('n'), name, index);
        self.nodes.insert((*name, index), node);
    }

    fn checkpoint(&self, name: &K, index: u32) -> Option<Checkpoint> {
        self.touch(Entry::Read('c'), name, index);
        self.checkpoints.get(&(*name, index)).copied()
    }

    fn set_checkpoint(&mut self, name: &K, index: u32, checkpoint: Checkpoint) {
        self.touch(Entry::Set('c'), name, index);
        self.checkpoints.insert((*name, index), checkpoint);
    }
}

/// The same for gauges, with two maps more.
#[derive(Debug, Clone, PartialEq)]
pub struct GaugeStorage<G> {
    pub totals: Storage<GaugeKey<G>>,
    pub listings: BTreeMap<G, Listing>,
    pub gauges: BTreeMap<u32, G>,
}

impl<G> Default for GaugeStorage<G> {
    fn default() -> Self {
        Self {
            totals: Storage::default(),
            listings: BTreeMap::new(),
            gauges: BTreeMap::new(),
        }
    }
}

impl<G: Copy + Ord> GaugeStorage<G> {
    fn touch(&self, entry: Entry, gauge: &G) {
        self.totals.touch(entry, &GaugeKey::Gauge(*gauge), 0);
    }
}

impl<G: Copy + Ord> TotalsByName for GaugeStorage<G> {
    type Name = GaugeKey<G>;

    fn head(&self, name: &GaugeKey<G>) -> Option<NamedHead> {
        self.totals.head(name)
    }

    fn set_head(&mut self, name: &GaugeKey<G>, head: NamedHead) {
        self.totals.set_head(name, head);
    }

    fn node(&self, name: &GaugeKey<G>, index: u32) -> Option<Node> {
        self.totals.node(name, index)
    }

    fn set_node(&mut self, name: &GaugeKey<G>, index: u32, node: Node) {
        self.totals.set_node(name, index, node);
    }

    fn checkpoint(&self, name: &GaugeKey<G>, index: u32) -> Option<Checkpoint> {
        self.totals.checkpoint(name, index)
    }

    fn set_checkpoint(&mut self, name: &GaugeKey<G>, index: u32, checkpoint: Checkpoint) {
        self.totals.set_checkpoint(name, index, checkpoint);
    }
}

impl<G: Copy + Ord> GaugeStore for GaugeStorage<G> {
    type Gauge = G;

    fn listing(&self, gauge: &G) -> Option<Listing> {
        self.touch(Entry::Read('l'), gauge);
        self.listings.get(gauge).copied()
    }

    fn set_listing(&mut self, gauge: &G, listing: Listing) {
        self.touch(Entry::Set('l'), gauge);
        self.listings.insert(*gauge, listing);
    }

    fn gauge(&self, number: u32) -> Option<G> {
        let gauge = self.gauges.get(&number).copied()?;
        self.touch(Entry::Read('g'), &gauge);
        Some(gauge)
    }

    fn set_gauge(&mut self, number: u32, gauge: &G) {
        self.touch(Entry::Set('g'), gauge);
        assert!(self.gauges.insert(number, *gauge).is_none(), "the next");
    }
}

/// Names that have voted, each an entry.
#[derive(Debug, Clone, Default)]
pub struct Roll(pub BTreeSet<u8>);

impl Voters for Roll {
    type Name = u8;

    fn has_voted(&self, name: &u8) -> bool {
        self.0.contains(name)
    }

    fn set_voted(&mut self, name: &u8) {
        self.0.insert(*name);
    }
}
