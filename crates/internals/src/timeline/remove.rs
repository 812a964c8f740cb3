//! The taking out of changes.

use super::node::{Leaf, Link, Slot};
use super::pool::{branches, leaves};
use super::{Change, Node, Place, Timeline, Unchanged};
use crate::Store;

impl<C: Change, N: Store<Entry = Node<C>>> Timeline<N> {
    /// Takes a change at `time` out, and `kept` of what stands behind the changes there. With the last
    /// of it, and no change left, the time is given back.
    ///
    /// # Errors
    /// [`Unchanged::Missing`] if less is kept there.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn remove(&mut self, time: u64, change: C, kept: u128) -> Result<(), Unchanged> {
        let leaf = self.leaf_at(time).ok_or(Unchanged::Missing { kept: 0 })?;
        let left = leaf.kept.checked_sub(kept);
        let left = left.ok_or(Unchanged::Missing { kept: leaf.kept })?;
        let change = change.negated();
        let place = self.pass(time, change);
        let own = leaf.own.plus(change);
        let leaf = Leaf {
            own,
            kept: left,
            ..leaf
        };
        self.settle(&place, leaf);
        Ok(())
    }

    /// Sets the leaf at the end of a walk. A time at which there is no change, and behind which nothing
    /// stands, is given back: so the times that have a node are told by what is in, and not by the order
    /// in which it came.
    pub(super) fn settle(&mut self, place: &Place, leaf: Leaf<C>) {
        let Some(index) = place.link.leaf() else {
            return;
        };
        if leaf.kept == 0 && leaf.own == C::NONE {
            self.unlink(place, leaf.at);
            self.give_back(index, leaves, |node| &mut node.leaf);
        } else {
            let set = |node: &mut Node<C>| (true, node.leaf = Slot::Taken(leaf));
            let _ = self.nodes.update(index, set);
        }
    }

    /// Takes a link out, and the branch that it is of if that has only one other.
    fn unlink(&mut self, place: &Place, time: u64) {
        let other = place.parent.and_then(|parent| {
            let other = |node: &Node<C>| node.branch(u8::MAX)?.only_other(time);
            let other = self.nodes.read(parent, other)??;
            Some((parent, other))
        });
        let Some((parent, other)) = other else {
            self.set_link(place.parent, time, Link::NOTHING);
            return;
        };
        self.set_link(place.above, time, other);
        self.give_back(parent, branches, |node| &mut node.branch);
    }
}
