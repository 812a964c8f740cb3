//! The totals under test, and what keeps them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tokenomics_escrow_weighting::{
    Checkpoint, Error, History, InMemory, Lock, LockKind, Node, Power, Ring, Store, Totals,
};
use tokenomics_fixed_math::{Timestamp, U256};

use super::call::at;

/// Totals that a law can read.
pub trait Kept: Totals + Clone {
    /// The weight, where they tell it.
    fn read(&self, time: u64) -> Option<U256>;

    /// Whether others are the same, as far as can be told by reading at these times.
    fn is_same(&self, other: &Self, times: &[u64]) -> bool {
        let mut times = times.iter();
        times.all(|&time| self.read(time) == other.read(time))
    }
}

impl Kept for InMemory {
    fn read(&self, time: u64) -> Option<U256> {
        Some(self.weight_at(at(time)))
    }

    fn is_same(&self, other: &Self, _: &[u64]) -> bool {
        self == other
    }
}

impl<const N: usize, const C: usize> Kept for History<[Node; N], [Checkpoint; C]> {
    fn read(&self, time: u64) -> Option<U256> {
        Some(self.weight_at(at(time)))
    }
}

/// A chain's storage: an entry under each key. Copies are of the same storage.
#[derive(Debug, Clone)]
pub struct Chain<T>(Rc<Storage<T>>);

#[derive(Debug)]
struct Storage<T> {
    entries: RefCell<BTreeMap<u32, T>>,
    /// How often an entry was read or set, and which, since it was first asked about.
    counted: RefCell<Option<(u32, BTreeSet<u32>)>>,
}

impl<T> Default for Chain<T> {
    fn default() -> Self {
        Self(Rc::new(Storage {
            entries: RefCell::default(),
            counted: RefCell::default(),
        }))
    }
}

impl<T> Chain<T> {
    fn touch(&self, index: u32) {
        if let Some((times, which)) = self.0.counted.borrow_mut().as_mut() {
            *times += 1;
            which.insert(index);
        }
    }

    /// How many reads and sets of entries there were since it was last asked, and of how many entries.
    pub fn touched(&self) -> (u32, usize) {
        let counted = self.0.counted.replace(Some(Default::default()));
        let (times, which) = counted.unwrap_or_default();
        (times, which.len())
    }
}

impl<T: Copy> Chain<T> {
    /// Hands each entry over.
    pub fn each(&self, hand: impl FnMut(&T)) {
        self.0.entries.borrow().values().for_each(hand);
    }
}

impl<T: Copy> Store for Chain<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        self.touch(index);
        self.0.entries.borrow().get(&index).copied()
    }

    fn set(&mut self, index: u32, entry: T) {
        self.touch(index);
        self.0.entries.borrow_mut().insert(index, entry);
    }
}

/// The totals of all time in a chain's storage.
pub type OnChain = History<Chain<Node>, Chain<Checkpoint>>;

impl Kept for OnChain {
    fn read(&self, time: u64) -> Option<U256> {
        Some(self.weight_at(at(time)))
    }
}

/// A ring beside what it must agree with: a history after the same changes.
#[derive(Debug, Clone)]
pub struct Both<const N: usize> {
    pub history: InMemory,
    pub ring: Ring<N>,
}

impl<const N: usize> Both<N> {
    /// Whether each time at which a lock's weight changes after `now` has a slot.
    fn has_slots(&self, now: Timestamp, lock: &Lock) -> bool {
        let period = self.ring.state().period.get();
        let end = lock.end().map(Timestamp::get);
        let bend = match lock.kind() {
            LockKind::Growing { rate: 0, .. } => None,
            LockKind::Growing { full, .. } => Some(full.get()),
            _ => None,
        };
        let bend = bend.filter(|&full| end.is_none_or(|end| full < end));
        let times = [end, bend].into_iter().flatten();
        let mut times = times.filter(|&time| time > now.get());
        let ahead = |time: u64| time / period - now.get() / period;
        times.all(|time| time % period == 0 && ahead(time) <= N as u64)
    }
}

impl<const N: usize> Totals for Both<N> {
    fn replace(
        &mut self,
        now: Timestamp,
        old: Option<Power>,
        new: Option<Power>,
    ) -> Result<(), Error> {
        let before = self.ring;
        match self.ring.replace(now, old, new) {
            Ok(()) => {
                assert!(new.is_none_or(|new| self.has_slots(now, &new.lock())));
                self.history.replace(now, old, new).unwrap();
                Ok(())
            }
            Err(error) => {
                assert_eq!(self.ring, before, "a ring was changed by an error");
                let is_the_rings = matches!(error, Error::Full { .. } | Error::OffGranule { .. });
                if is_the_rings {
                    let locks = old.into_iter().chain(new).map(|power| power.lock());
                    assert!(!locks.into_iter().all(|lock| self.has_slots(now, &lock)));
                } else {
                    self.history.replace(now, old, new).unwrap_err();
                }
                Err(error)
            }
        }
    }

    fn release(&mut self, now: Timestamp, ended: Power) -> Result<(), Error> {
        // A ring keeps one sum of all that has ended, and so may not tell one end from another.
        self.history.release(now, ended)?;
        self.ring.release(now, ended).unwrap();
        Ok(())
    }
}

impl<const N: usize> Kept for Both<N> {
    fn read(&self, time: u64) -> Option<U256> {
        let of_ring = self.ring.weight_at(at(time));
        let of_history = self.history.weight_at(at(time));
        let clock = self.ring.state().clock.get();
        assert_eq!(of_ring.is_ok(), clock <= time, "from the last change on");
        if let Ok(of_ring) = of_ring {
            assert_eq!(of_ring, of_history, "at {time}");
        }
        Some(of_history)
    }

    fn is_same(&self, other: &Self, _: &[u64]) -> bool {
        self.history == other.history && self.ring == other.ring
    }
}
