//! Changes through time, and what they sum to by any.

mod node;
mod remove;
#[cfg(test)]
mod tests;

use core::cmp::Ordering;

pub use self::node::Node;
use self::node::{Branch, Leaf, Link, Slot};
use crate::Store;

/// A change that can be summed, and taken back: sums are the same in any order.
pub trait Change: Copy + PartialEq {
    /// No change.
    const NONE: Self;

    /// Returns the sum of two changes.
    #[must_use]
    fn plus(self, other: Self) -> Self;

    /// Returns what takes the change back.
    #[must_use]
    fn negated(self) -> Self;
}

/// Changes by their time, and the sum of those by any time. What refuses a change leaves all as it
/// was.
///
/// A crit-bit tree over the bits of the time, in which each branch holds the sum of what is below its
/// zero. A branch is where some times differ, so a path is no longer than the times have bits, nor
/// than there are times: O(log n) for times that are spread, 64 branches and a leaf whatever times
/// there are and in whatever order they came. Nobody can make it longer than that.
///
/// Each time has one [`Node`] in the store, and a time that is given back gives its node back.
/// Whatever a store holds that no changes led to, nothing panics, and each call ends.
///
/// # Source
/// Morrison, "PATRICIA" (1968), with the leaves apart from the branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeline<N> {
    nodes: N,
    head: Head,
}

/// The state of a timeline beside its nodes, of fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct Head {
    root: Link,
    // How many nodes were ever taken.
    len: u32,
    // The first of those that were given back; each names the next.
    free: Option<u32>,
}

/// A reason for which a change was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchanged {
    /// No room for another time.
    Full {
        /// The number of times that there is room for.
        capacity: u32,
    },
    /// Less is kept at that time than was to be taken out.
    Missing {
        /// The amount that is kept.
        kept: u128,
    },
}

impl<N> Timeline<N> {
    /// Creates a timeline with no changes, to be kept in `nodes`.
    #[must_use]
    pub const fn new(nodes: N) -> Self {
        let head = Head {
            root: Link::Nothing,
            len: 0,
            free: None,
        };
        Self { nodes, head }
    }

    /// Returns the timeline that `nodes` hold, of which [`head`](Self::head) was kept.
    #[must_use]
    pub const fn restore(head: Head, nodes: N) -> Self {
        Self { nodes, head }
    }

    /// Returns what is to be kept beside the nodes.
    #[must_use]
    pub const fn head(&self) -> Head {
        self.head
    }

    /// Returns the nodes.
    #[must_use]
    pub const fn nodes(&self) -> &N {
        &self.nodes
    }
}

impl<C: Change, N: Store<Entry = Node<C>>> Timeline<N> {
    /// Returns the sum of all changes by `time`.
    #[must_use]
    pub fn sum(&self, time: u64) -> C {
        self.sum_below(self.head.root, time)
    }

    fn sum_below(&self, mut link: Link, mut time: u64) -> C {
        let (mut sum, mut above) = (C::NONE, BITS);
        let mut step = |branch: &Branch<C>| {
            match branch.compare(time) {
                // All that is below is later, or earlier.
                Ordering::Less => return Link::Nothing,
                Ordering::Greater => time = u64::MAX,
                Ordering::Equal => {}
            }
            if !branch.is_zero(time) {
                sum = sum.plus(branch.below);
            }
            branch.toward(time)
        };
        while let Some(next) = self.at_branch(link, &mut above, &mut step) {
            link = next;
        }
        match self.leaf(link) {
            Some(leaf) if leaf.at <= time => sum.plus(leaf.own),
            _ => sum,
        }
    }

    /// Returns the changes at `time` itself, and what is kept there.
    #[must_use]
    pub fn at(&self, time: u64) -> (C, u128) {
        let leaf = self.leaf(self.walk(time).link);
        let found = leaf.filter(|leaf| leaf.at == time);
        found.map_or((C::NONE, 0), |leaf| (leaf.own, leaf.kept))
    }

    /// Returns the first time at or after `time` at which there is a change.
    #[must_use]
    pub fn next(&self, time: u64) -> Option<u64> {
        let (mut link, mut later, mut above) = (self.head.root, Link::Nothing, BITS);
        while let Some(branch) = self.branch(link, &mut above) {
            match branch.compare(time) {
                Ordering::Less => return self.first(link),
                Ordering::Greater => return self.first(later),
                Ordering::Equal => {}
            }
            if branch.is_zero(time) {
                later = branch.one;
            }
            link = branch.toward(time);
        }
        match self.leaf(link) {
            Some(leaf) if leaf.at >= time => Some(leaf.at),
            _ => self.first(later),
        }
    }

    /// Returns the earliest time below a link.
    fn first(&self, mut link: Link) -> Option<u64> {
        let mut above = BITS;
        while let Some(branch) = self.branch(link, &mut above) {
            link = branch.zero;
        }
        self.leaf(link).map(|leaf| leaf.at)
    }

    /// Adds a change at `time`, behind which `kept` more stands. A time at which all cancels, and behind
    /// which nothing stands, is given back.
    ///
    /// # Errors
    /// [`Unchanged::Full`] if the time is new and there is no room for it.
    pub fn add(&mut self, time: u64, change: C, kept: u128) -> Result<(), Unchanged> {
        let place = self.walk(time);
        if self.leaf(place.link).is_none_or(|leaf| leaf.at != time) {
            self.insert(time, place)?;
        }
        // What is kept is a number of changes, or a part of an amount: 128 bits hold it.
        self.update(time, change, |old| old.saturating_add(kept));
        self.vacate_empty(time);
        Ok(())
    }

    /// Makes a leaf for a time, and the branch to it where the walk to it ended.
    fn insert(&mut self, time: u64, place: Place) -> Result<(), Unchanged> {
        let index = self.take()?;
        let leaf = Leaf {
            at: time,
            own: C::NONE,
            kept: 0,
        };
        let other = match place.link {
            Link::Nothing => None,
            Link::Leaf(_) => self.leaf(place.link).map(|leaf| leaf.at),
            Link::Branch(_) => self
                .branch(place.link, &mut { BITS })
                .map(|there| there.prefix),
        };
        let branch = other.map(|other| {
            let there = self.sum_below(place.link, u64::MAX);
            Branch::between(leaf, Link::Leaf(index), other, place.link, there)
        });
        self.nodes.set(index, Node(Slot::Taken { leaf, branch }));
        let link = branch.map_or(Link::Leaf(index), |_| Link::Branch(index));
        self.set_link(place.parent, time, link);
        Ok(())
    }

    /// Adds to the leaf of `time`, which there is, and to the sums on the way to it.
    fn update(&mut self, time: u64, change: C, keep: impl Fn(u128) -> u128) {
        let (mut link, mut above) = (self.head.root, BITS);
        while let (Link::Branch(index), Some(mut branch)) = (link, self.branch(link, &mut above)) {
            link = branch.toward(time);
            if branch.is_zero(time) {
                branch.below = branch.below.plus(change);
                self.set_branch(index, Some(branch));
            }
        }
        if let (Link::Leaf(index), Some(leaf)) = (link, self.leaf(link)) {
            let leaf = Leaf {
                own: leaf.own.plus(change),
                kept: keep(leaf.kept),
                ..leaf
            };
            self.set_leaf(index, leaf);
        }
    }

    /// Walks to a time: to its leaf, or to what would be beside it.
    fn walk(&self, time: u64) -> Place {
        let mut place = Place {
            link: self.head.root,
            parent: None,
        };
        let (mut above, toward) = (BITS, |branch: &Branch<C>| {
            (branch.compare(time) == Ordering::Equal).then(|| branch.toward(time))
        });
        while let (Link::Branch(index), Some(Some(link))) =
            (place.link, self.at_branch(place.link, &mut above, toward))
        {
            place = Place {
                link,
                parent: Some(index),
            };
        }
        place
    }

    /// Returns the branch that a link leads to, if it decides by a bit below `above`, which it then
    /// sets: so each walk ends, whatever the store holds.
    fn branch(&self, link: Link, above: &mut u8) -> Option<Branch<C>> {
        self.at_branch(link, above, |branch| *branch)
    }

    /// Returns what `look` makes of that branch, of which only what it looks at need be read.
    fn at_branch<R>(
        &self,
        link: Link,
        above: &mut u8,
        look: impl FnOnce(&Branch<C>) -> R,
    ) -> Option<R> {
        let Link::Branch(index) = link else {
            return None;
        };
        let of_node = |Node(slot): &Node<C>| {
            let Slot::Taken { branch, .. } = slot else {
                return None;
            };
            let branch = branch.as_ref().filter(|branch| branch.bit < *above)?;
            *above = branch.bit;
            Some(look(branch))
        };
        self.nodes.read(index, of_node)?
    }

    fn leaf(&self, link: Link) -> Option<Leaf<C>> {
        let Link::Leaf(index) = link else {
            return None;
        };
        let of_node = |Node(slot): &Node<C>| match slot {
            Slot::Taken { leaf, .. } => Some(*leaf),
            Slot::Free { .. } => None,
        };
        self.nodes.read(index, of_node)?
    }

    fn set_branch(&mut self, index: u32, branch: Option<Branch<C>>) {
        if let Some(Node(Slot::Taken { leaf, .. })) = self.nodes.get(index) {
            self.nodes.set(index, Node(Slot::Taken { leaf, branch }));
        }
    }

    fn set_leaf(&mut self, index: u32, leaf: Leaf<C>) {
        if let Some(Node(Slot::Taken { branch, .. })) = self.nodes.get(index) {
            self.nodes.set(index, Node(Slot::Taken { leaf, branch }));
        }
    }

    /// Sets the link that `time` is behind: of a branch, or the root.
    fn set_link(&mut self, parent: Option<u32>, time: u64, link: Link) {
        let Some(index) = parent else {
            self.head.root = link;
            return;
        };
        if let Some(mut branch) = self.branch(Link::Branch(index), &mut { BITS }) {
            *branch.link_mut(time) = link;
            self.set_branch(index, Some(branch));
        }
    }

    /// Returns the number of a free node: one that was given back, or the next.
    fn take(&mut self) -> Result<u32, Unchanged> {
        if let Some(index) = self.head.free {
            if let Some(Node(Slot::Free { next })) = self.nodes.get(index) {
                self.head.free = next;
                return Ok(index);
            }
        }
        let (index, capacity) = (self.head.len, self.nodes.capacity());
        if index >= capacity {
            return Err(Unchanged::Full { capacity });
        }
        self.head.len = index.saturating_add(1);
        Ok(index)
    }
}

/// The place at which a walk ended: a link, and the branch that it is of, if it isn't the root.
struct Place {
    link: Link,
    parent: Option<u32>,
}

/// The number of bits of a time.
const BITS: u8 = 64;
