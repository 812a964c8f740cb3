//! Locks that are made here, into the storage that the machine reads.

use std::cell::RefCell;
use std::rc::Rc;

use borsh::BorshSerialize;
use serde_json::json;
use tokenomics_escrow_weighting::{Checkpoint, Escrow, History, Node, Store, Terms};
use tokenomics_fee_split::RewardPool;
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};

use crate::chain::Chain;
use crate::row;

/// Four years, in seconds.
const LONGEST: u64 = 4 * 365 * 86_400;
const START: u64 = 1_800_000_000;
/// The kinds of the contract's keys.
pub const NODE: u8 = 0;
pub const CHECKPOINT: u8 = 1;

/// Returns the key of an entry, as the contract writes it.
pub fn key(kind: u8, index: u32) -> Vec<u8> {
    written(&(kind, index))
}

/// Entries that are made here, and read when they are all there.
struct Shared<T>(Rc<RefCell<Vec<T>>>);

impl<T: Copy> Store for Shared<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        Store::get(&*self.0.borrow(), index)
    }

    fn set(&mut self, index: u32, entry: T) {
        Store::set(&mut *self.0.borrow_mut(), index, entry);
    }
}

/// The same escrow by the crate alone.
pub struct Here {
    escrow: Escrow<History<Shared<Node>, Shared<Checkpoint>>>,
    nodes: Rc<RefCell<Vec<Node>>>,
    checkpoints: Rc<RefCell<Vec<Checkpoint>>>,
    draws: u64,
}

impl Here {
    fn new() -> Self {
        let terms = Terms::new(Span::new(LONGEST), Span::new(1)).expect("terms");
        let (nodes, checkpoints) = (Rc::default(), Rc::default());
        let totals = History::new(Shared(Rc::clone(&nodes)), Shared(Rc::clone(&checkpoints)));
        Self {
            escrow: Escrow::with_totals(terms, totals),
            nodes,
            checkpoints,
            draws: 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// Makes a lock with an end at any second of four years, and returns it.
    fn lock(&mut self, now: u64) -> (Amount, Timestamp) {
        let amount = Amount::from(self.drawn());
        let end = Timestamp::new(now + 1 + self.drawn() % (LONGEST - 1));
        let kind = self.escrow.terms().decaying(Wad::ONE, end).expect("a kind");
        let made = self.escrow.create(Timestamp::new(now), amount, kind);
        made.expect("a lock");
        (amount, end)
    }

    /// Returns a number of a stream that is the same in every run.
    fn drawn(&mut self) -> u64 {
        self.draws ^= self.draws << 13;
        self.draws ^= self.draws >> 7;
        self.draws ^= self.draws << 17;
        self.draws
    }

    /// Returns what is stored of it.
    fn entries(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let heads = (self.escrow.head(), self.escrow.totals().head());
        let state = (heads, RewardPool::new(), 0_u32);
        let mut entries = vec![(b"STATE".to_vec(), written(&state))];
        for (index, node) in (0..).zip(self.nodes.borrow().iter()) {
            entries.push((key(NODE, index), written(node)));
        }
        for (index, checkpoint) in (0..).zip(self.checkpoints.borrow().iter()) {
            entries.push((key(CHECKPOINT, index), written(checkpoint)));
        }
        entries
    }
}

/// Returns a chain on which so many locks were made, one a second, and the same here.
pub fn chain(module: &[u8], locks: u64) -> (Chain, Here) {
    let (mut chain, mut here) = (Chain::new(module, START), Here::new());
    let terms = json!({ "longest_lock": LONGEST.to_string(), "granule": "1" });
    chain.call("me.near", "new", &terms);
    assert_eq!(chain.trie, here.entries().into_iter().collect());
    for _ in 0..locks {
        chain.now += 1;
        here.lock(chain.now);
    }
    chain.trie = here.entries().into_iter().collect();
    (chain, here)
}

/// Prints what twenty more locks burn, checks what they leave, and returns their mean.
pub fn more(module: &[u8], after: u64) -> u64 {
    let (mut chain, mut here) = chain(module, after);
    let mut costs = Vec::new();
    for number in 0..20 {
        chain.now += 1;
        let (amount, end) = here.lock(chain.now);
        let lock = json!({ "amount": amount.to_string(), "end": end.to_string() });
        costs.push(chain.call(&format!("n{number}.near"), "create_lock", &lock));
    }
    for (key, value) in here.entries() {
        assert_eq!(chain.trie.get(&key), Some(&value), "{key:?}");
    }
    costs.sort_unstable();
    row(
        &format!("`create_lock` after {after}, the cheapest of 20"),
        costs[0],
    );
    row(
        &format!("`create_lock` after {after}, the dearest of 20"),
        costs[19],
    );
    costs.iter().sum::<u64>() / 20
}

fn written<T: BorshSerialize>(value: &T) -> Vec<u8> {
    borsh::to_vec(value).expect("memory")
}
