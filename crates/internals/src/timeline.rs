//! Changes through time, and what they sum to by any.

mod encoded_len;
mod node;
mod pool;
mod remove;
#[cfg(test)]
mod tests;

use core::cmp::Ordering;

pub use self::node::Node;
use self::node::{Branch, Leaf, Link, Slot};
use self::pool::{branches, leaves, Pool};
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
/// A radix tree over the bits of the time, two at a time, with a branch only where some times differ, in
/// which each branch holds the sums of what is below its links. So a path is no longer than the times
/// have pairs of bits, nor than there are times: O(log n) for times that are spread, 32 branches and a
/// leaf whatever times there are and in whatever order they came. Nobody can make it longer than that.
///
/// Each time takes one [`Node`] of the store, and a time that is given back gives its node back: n times
/// have n leaves and at most n − 1 branches, and a node has room for one of each.
/// Whatever a store holds that no changes led to, nothing panics, and each call ends.
///
/// # Source
/// Morrison, "PATRICIA" (1968), by pairs of bits, with the leaves apart from the branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeline<N> {
    nodes: N,
    head: Head,
}

/// The state of a timeline beside its nodes, of fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Head {
    root: Link,
    leaves: Pool,
    branches: Pool,
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
            root: Link::NOTHING,
            leaves: Pool::EMPTY,
            branches: Pool::EMPTY,
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
        let (mut sum, mut above) = (C::NONE, ALL);
        let mut step = |branch: &Branch<C>| {
            match branch.compare(time) {
                // All that is below is later, or earlier.
                Ordering::Less => return Link::NOTHING,
                Ordering::Greater => time = u64::MAX,
                Ordering::Equal => {}
            }
            if let Some(&earlier) = branch.sum_before(time) {
                sum = sum.plus(earlier);
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
        let found = self.leaf_at(time);
        found.map_or((C::NONE, 0), |leaf| (leaf.own, leaf.kept))
    }

    fn leaf_at(&self, time: u64) -> Option<Leaf<C>> {
        let (mut link, mut above) = (self.head.root, ALL);
        let toward = |branch: &Branch<C>| branch.toward(time);
        while let Some(next) = self.at_branch(link, &mut above, toward) {
            link = next;
        }
        self.leaf(link).filter(|leaf| leaf.at == time)
    }

    /// Returns the first time at or after `time` at which there is a change.
    #[must_use]
    pub fn next(&self, time: u64) -> Option<u64> {
        let (mut link, mut later, mut above) = (self.head.root, Link::NOTHING, ALL);
        let step = |branch: &Branch<C>| {
            let links = (branch.toward(time), branch.after(time));
            (branch.compare(time), links)
        };
        while let Some((order, (toward, after))) = self.at_branch(link, &mut above, step) {
            match order {
                Ordering::Less => return self.first(link),
                Ordering::Greater => return self.first(later),
                Ordering::Equal => {}
            }
            if after != Link::NOTHING {
                later = after;
            }
            link = toward;
        }
        match self.leaf(link) {
            Some(leaf) if leaf.at >= time => Some(leaf.at),
            _ => self.first(later),
        }
    }

    /// Returns the earliest time below a link.
    fn first(&self, mut link: Link) -> Option<u64> {
        let mut above = ALL;
        while let Some(next) = self.at_branch(link, &mut above, Branch::first) {
            link = next;
        }
        self.leaf(link).map(|leaf| leaf.at)
    }

    /// Adds a change at `time`, behind which `kept` more stands. A time at which all cancels, and behind
    /// which nothing stands, is given back.
    ///
    /// # Errors
    /// [`Unchanged::Full`] if the time is new and there is no room for it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn add(&mut self, time: u64, change: C, kept: u128) -> Result<(), Unchanged> {
        if change == C::NONE && kept == 0 {
            return Ok(());
        }
        if !self.has_room() && self.leaf_at(time).is_none() {
            let capacity = self.nodes.capacity();
            return Err(Unchanged::Full { capacity });
        }
        let place = self.pass(time, change);
        let added = |old: Leaf<C>| Leaf {
            own: old.own.plus(change),
            // What is kept is a number of changes, or a part of an amount: 128 bits hold it.
            kept: old.kept.saturating_add(kept),
            ..old
        };
        match self.leaf(place.link).filter(|leaf| leaf.at == time) {
            Some(leaf) => self.settle(&place, added(leaf)),
            None => self.insert(&place, added(Leaf::at(time))),
        }
        Ok(())
    }

    /// Walks to a time, to its leaf or to what would be beside it, and adds a change at it to the sums on
    /// the way.
    fn pass(&mut self, time: u64, change: C) -> Place {
        let (mut place, mut above) = (Place::root(self.head.root), ALL);
        while let Some(index) = place.link.branch() {
            let step = |node: &mut Node<C>| {
                let branch = node.branch_mut(above);
                match branch.filter(|branch| branch.compare(time) == Ordering::Equal) {
                    Some(branch) => {
                        above = branch.bits;
                        (branch.add(time, change), Some(branch.toward(time)))
                    }
                    None => (false, None),
                }
            };
            let Some(Some(link)) = self.nodes.update(index, step) else {
                break;
            };
            place = place.below(index, link);
        }
        place
    }

    /// Puts a leaf in where the walk to it ended, and a branch if there is something.
    fn insert(&mut self, place: &Place, leaf: Leaf<C>) {
        let prefix = |branch: &Branch<C>| branch.prefix;
        let other = self.at_branch(place.link, &mut { ALL }, prefix);
        let other = other.or_else(|| Some(self.leaf(place.link)?.at));
        let there = self.sum_below(place.link, u64::MAX);
        let Some(index) = self.take(leaf, leaves, |node| &mut node.leaf) else {
            return;
        };
        let mut link = Link::to_leaf(index);
        if let Some(other) = other {
            let branch = Branch::between((leaf.at, link, leaf.own), (other, place.link, there));
            // There are fewer branches than leaves, so that there is room for one.
            let index = self.take(branch, branches, |node| &mut node.branch);
            link = index.map_or(link, Link::to_branch);
        }
        self.set_link(place.parent, leaf.at, link);
    }

    /// Returns what `look` makes of the branch that a link leads to, if it decides by fewer bits than
    /// `above`, which it then sets: so each walk ends, whatever the store holds. Only what is looked at
    /// need be read.
    fn at_branch<R>(
        &self,
        link: Link,
        above: &mut u8,
        look: impl FnOnce(&Branch<C>) -> R,
    ) -> Option<R> {
        let of_node = |node: &Node<C>| {
            let branch = node.branch(*above)?;
            *above = branch.bits;
            Some(look(branch))
        };
        self.nodes.read(link.branch()?, of_node)?
    }

    fn leaf(&self, link: Link) -> Option<Leaf<C>> {
        let of_node = |node: &Node<C>| match node.leaf {
            Slot::Taken(leaf) => Some(leaf),
            Slot::Free { .. } => None,
        };
        self.nodes.read(link.leaf()?, of_node)?
    }

    /// Sets the link that `time` is behind: of a branch, or the root.
    fn set_link(&mut self, parent: Option<u32>, time: u64, link: Link) {
        let Some(index) = parent else {
            self.head.root = link;
            return;
        };
        let set = |node: &mut Node<C>| match node.branch_mut(ALL) {
            Some(branch) => (true, branch.set_link(time, link)),
            None => (false, ()),
        };
        let _ = self.nodes.update(index, set);
    }
}

/// The place at which a walk ended: a link, the branch that it is of, and the one above that.
struct Place {
    link: Link,
    parent: Option<u32>,
    above: Option<u32>,
}

impl Place {
    fn root(link: Link) -> Self {
        Self {
            link,
            parent: None,
            above: None,
        }
    }

    fn below(&self, parent: u32, link: Link) -> Self {
        Self {
            link,
            parent: Some(parent),
            above: self.parent,
        }
    }
}

/// More than the number of bits of a time.
const ALL: u8 = 65;
