//! The changes of an aggregate, found by their time.

use tokenomics_fixed_math::Timestamp;

use super::curve::Curve;
use super::Store;
use crate::Error;

/// The index of no node.
const NONE: u32 = u32::MAX;

/// A node of an [`Aggregate`](crate::Aggregate): all changes at one time, and the sum of those in
/// the subtree of earlier times.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    at: u64,
    // How many changes there are; a node is given back with the last.
    changes: u64,
    own: Curve,
    // Of all nodes below `zero`.
    below: Curve,
    // The nodes whose times have a 0 or a 1 at the bit that decides here.
    zero: u32,
    one: u32,
}

impl Node {
    pub(super) const EMPTY: Self = Self {
        at: 0,
        changes: 0,
        own: Curve::ZERO,
        below: Curve::ZERO,
        zero: NONE,
        one: NONE,
    };
}

/// A digital search tree over the bits of the time: the root decides by the highest bit, its
/// children by the next, and so on. Of two times below a node, that with a 0 at its bit is the
/// earlier, so that the sum up to a time takes one path. No path is longer than the time has bits,
/// and one node more, whatever times there are and in whatever order they come: nobody can make it
/// longer.
///
/// # Source
/// Coffman and Eve, "File structures using hashing functions" (1970); Knuth, The Art of Computer
/// Programming 3, 6.3, algorithm D.
#[derive(Debug, Clone)]
pub(super) struct Timeline<N> {
    nodes: N,
    root: u32,
    // The first of the nodes that were given back, linked by `zero`.
    free: u32,
}

/// The place in which the index of a node is kept.
#[derive(Clone, Copy)]
enum Link {
    Root,
    Zero(u32),
    One(u32),
}

impl<N: Store> Timeline<N> {
    pub(super) const fn new(nodes: N) -> Self {
        Self {
            nodes,
            root: NONE,
            free: NONE,
        }
    }

    /// Returns the sum of all changes by `time`.
    pub(super) fn sum(&self, time: Timestamp) -> Curve {
        let time = time.get();
        let (mut sum, mut bit) = (Curve::ZERO, TOP);
        let mut next = self.nodes.get(self.root);
        while let Some(node) = next {
            if node.at <= time {
                sum = sum.plus(node.own);
            }
            next = if time & bit == 0 {
                self.nodes.get(node.zero)
            } else {
                // They share the bits above with the time, and have a 0 where it has a 1.
                sum = sum.plus(node.below);
                self.nodes.get(node.one)
            };
            bit = bit.wrapping_shr(1);
        }
        sum
    }

    /// Adds a change at `time`.
    ///
    /// # Errors
    /// [`Error::Full`], and nothing is changed.
    pub(super) fn add(&mut self, time: Timestamp, change: Curve) -> Result<(), Error> {
        let time = time.get();
        let (link, found) = self.find(time);
        if !found {
            let node = Node {
                at: time,
                ..Node::EMPTY
            };
            let index = self.take(node)?;
            self.set(link, index);
        }
        self.update(time, change, |changes| changes.saturating_add(1));
        Ok(())
    }

    /// Takes a change at `time` back.
    ///
    /// # Errors
    /// [`Error::NotAdded`] where there is none, and nothing is changed.
    pub(super) fn remove(&mut self, time: Timestamp, change: Curve) -> Result<(), Error> {
        let at = time.get();
        let (link, found) = self.find(at);
        if !found {
            return Err(Error::NotAdded { at: time });
        }
        self.update(at, change.negated(), |changes| changes.saturating_sub(1));
        let node = self.nodes.get(self.linked(link));
        if node.is_some_and(|node| node.changes == 0) {
            self.vacate(link);
        }
        Ok(())
    }

    /// Returns the link to the node of `time`, or where it would hang; and whether there is one.
    fn find(&self, time: u64) -> (Link, bool) {
        let (mut link, mut bit) = (Link::Root, TOP);
        let mut index = self.root;
        while let Some(node) = self.nodes.get(index) {
            if node.at == time {
                return (link, true);
            }
            (link, index) = if time & bit == 0 {
                (Link::Zero(index), node.zero)
            } else {
                (Link::One(index), node.one)
            };
            bit = bit.wrapping_shr(1);
        }
        (link, false)
    }

    /// Adds to the node of `time`, which there is, and to the sums on the way to it.
    fn update(&mut self, time: u64, change: Curve, count: impl Fn(u64) -> u64) {
        let (mut index, mut bit) = (self.root, TOP);
        while let Some(node) = self.nodes.get_mut(index) {
            if node.at == time {
                node.own = node.own.plus(change);
                node.changes = count(node.changes);
                return;
            }
            index = if time & bit == 0 {
                node.below = node.below.plus(change);
                node.zero
            } else {
                node.one
            };
            bit = bit.wrapping_shr(1);
        }
    }

    /// Takes the node that `link` leads to out of the tree: a leaf below it, whose time has the
    /// same bits above, comes in its place.
    fn vacate(&mut self, link: Link) {
        let top = self.linked(link);
        let leaf_link = self.leaf(link);
        let leaf_index = self.linked(leaf_link);
        let Some(&leaf) = self.nodes.get(leaf_index) else {
            return;
        };
        self.take_from_sums(top, leaf);
        self.set(leaf_link, NONE);
        if let Some(node) = self.nodes.get_mut(top).filter(|_| top != leaf_index) {
            node.at = leaf.at;
            node.own = leaf.own;
            node.changes = leaf.changes;
        }
        if let Some(node) = self.nodes.get_mut(leaf_index) {
            *node = Node {
                zero: self.free,
                ..Node::EMPTY
            };
            self.free = leaf_index;
        }
    }

    /// Returns the link to a leaf below that to which `link` leads, or `link` itself.
    fn leaf(&self, mut link: Link) -> Link {
        loop {
            let index = self.linked(link);
            link = match self.nodes.get(index) {
                Some(node) if node.zero != NONE => Link::Zero(index),
                Some(node) if node.one != NONE => Link::One(index),
                _ => return link,
            };
        }
    }

    /// Takes what a leaf holds from the sums of the nodes from `top` down to it, which `leaf` came
    /// by: they are those of which it is below `zero`.
    fn take_from_sums(&mut self, top: u32, leaf: Node) {
        let mut index = top;
        while let Some(node) = self.nodes.get_mut(index) {
            index = if node.zero != NONE {
                node.below = node.below.plus(leaf.own.negated());
                node.zero
            } else {
                node.one
            };
        }
    }

    fn linked(&self, link: Link) -> u32 {
        let of = |index| self.nodes.get(index);
        match link {
            Link::Root => self.root,
            Link::Zero(parent) => of(parent).map_or(NONE, |node| node.zero),
            Link::One(parent) => of(parent).map_or(NONE, |node| node.one),
        }
    }

    fn set(&mut self, link: Link, index: u32) {
        match link {
            Link::Root => self.root = index,
            Link::Zero(parent) => {
                if let Some(node) = self.nodes.get_mut(parent) {
                    node.zero = index;
                }
            }
            Link::One(parent) => {
                if let Some(node) = self.nodes.get_mut(parent) {
                    node.one = index;
                }
            }
        }
    }

    /// Returns a place for a node: one that was given back, or a new one.
    fn take(&mut self, node: Node) -> Result<u32, Error> {
        let index = self.free;
        if let Some(free) = self.nodes.get_mut(index) {
            self.free = free.zero;
            *free = node;
            return Ok(index);
        }
        self.nodes.push(node)
    }
}

/// The bit that decides at the root.
const TOP: u64 = 1 << 63;

#[cfg(test)]
mod tests {
    extern crate std;

    use std::collections::BTreeMap;

    use tokenomics_fixed_math::{Amount, Timestamp};

    use super::*;
    use crate::Fixed;

    /// Returns how many nodes a read touches at most.
    fn depth<N: Store>(timeline: &Timeline<N>, index: u32) -> u32 {
        let node = timeline.nodes.get(index);
        node.map_or(0, |node| {
            1 + depth(timeline, node.zero).max(depth(timeline, node.one))
        })
    }

    /// Each shares one bit more with the clock's last instant, and so makes that path longer.
    fn hostile() -> impl Iterator<Item = u64> {
        (0..=64).map(|ones| !u64::MAX.checked_shr(ones).unwrap_or(0))
    }

    #[test]
    fn no_path_is_longer_than_the_clock_has_bits_and_one() {
        let mut timeline = Timeline::new(Fixed::<1_200>::new());
        let change = Curve::constant(Amount::new(1));
        // What would make a list of a tree that isn't balanced: all in order, from both ends.
        let times = hostile().chain(0..500).chain((1_000..1_500).rev());
        for time in times {
            timeline.add(Timestamp::new(time), change).unwrap();
        }
        assert_eq!(depth(&timeline, timeline.root), 65);
    }

    #[test]
    fn what_was_taken_out_leaves_the_sums_and_the_room() {
        let mut timeline = Timeline::new(Fixed::<48>::new());
        let mut left = BTreeMap::new();
        let mut random = 7_u64;
        for _ in 0..5_000 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let (time, amount) = (random >> 33 & 63, u128::from(random >> 60));
            let change = Curve::constant(Amount::new(amount));
            let at = Timestamp::new(time);
            match left.remove(&time) {
                Some(old) => timeline.remove(at, Curve::constant(old)).unwrap(),
                None if left.len() == 48 => {
                    let full = Err(Error::Full { capacity: 48 });
                    assert_eq!(timeline.add(at, change), full);
                }
                None => {
                    assert_eq!(timeline.remove(at, change), Err(Error::NotAdded { at }));
                    timeline.add(at, change).unwrap();
                    left.insert(time, Amount::new(amount));
                }
            }
            for by in 0..64 {
                let sum = Amount::try_sum(left.range(..=by).map(|(_, &amount)| amount)).unwrap();
                assert_eq!(
                    timeline.sum(Timestamp::new(by)).at(Timestamp::ZERO),
                    (sum, 0)
                );
            }
        }
    }
}
