//! The taking out of changes.

use core::cmp::Ordering;

use super::node::{Link, Slot};
use super::{Change, Node, Timeline, Unchanged, BITS};
use crate::Store;

impl<C: Change, N: Store<Entry = Node<C>>> Timeline<N> {
    /// Takes a change at `time` out, and `kept` of what stands behind the changes there. With the last
    /// of it, and no change left, the time is given back.
    ///
    /// # Errors
    /// [`Unchanged::Missing`] if less is kept there.
    pub fn remove(&mut self, time: u64, change: C, kept: u128) -> Result<(), Unchanged> {
        let leaf = self.leaf(self.walk(time).link);
        let leaf = leaf.filter(|leaf| leaf.at == time);
        let there = leaf.ok_or(Unchanged::Missing { kept: 0 })?.kept;
        let left = there.checked_sub(kept);
        let left = left.ok_or(Unchanged::Missing { kept: there })?;
        self.update(time, change.negated(), |_| left);
        self.vacate_empty(time);
        Ok(())
    }

    /// Gives a time back at which there is no change, and behind which nothing stands. So the times that
    /// have a node are told by what is in, and not by the order in which it came.
    pub(super) fn vacate_empty(&mut self, time: u64) {
        let leaf = self.leaf(self.walk(time).link);
        let leaf = leaf.filter(|leaf| leaf.at == time);
        if leaf.is_some_and(|leaf| leaf.kept == 0 && leaf.own == C::NONE) {
            self.vacate(time);
        }
    }

    /// Takes the leaf of `time` out of the tree, at which there is no change, and the branch to it.
    fn vacate(&mut self, time: u64) {
        let place = self.walk(time);
        let Link::Leaf(index) = place.link else {
            return;
        };
        if let Some(parent) = place.parent {
            let branch = self.branch(Link::Branch(parent), &mut { BITS });
            let other = branch.map_or(Link::Nothing, |branch| {
                if branch.is_zero(time) {
                    branch.one
                } else {
                    branch.zero
                }
            });
            let above = self.parent(parent, time);
            self.set_link(above, time, other);
            self.move_branch(index, parent);
        } else {
            self.head.root = Link::Nothing;
        }
        let next = self.head.free;
        self.nodes.set(index, Node(Slot::Free { next }));
        self.head.free = Some(index);
    }

    /// Moves the branch of one node to another, whose own is out of the tree.
    fn move_branch(&mut self, from: u32, to: u32) {
        if from == to {
            return;
        }
        let branch = self.branch(Link::Branch(from), &mut { BITS });
        if let Some(branch) = branch {
            let above = self.parent(from, branch.prefix);
            self.set_link(above, branch.prefix, Link::Branch(to));
        }
        self.set_branch(to, branch);
    }

    /// Returns the branch that leads to branch `index`, which `time` is behind; `None` at the root.
    fn parent(&self, index: u32, time: u64) -> Option<u32> {
        let (mut link, mut above, mut parent) = (self.head.root, BITS, None);
        while let (Link::Branch(here), Some(branch)) = (link, self.branch(link, &mut above)) {
            if here == index || branch.compare(time) != Ordering::Equal {
                break;
            }
            parent = Some(here);
            link = branch.toward(time);
        }
        parent
    }
}
