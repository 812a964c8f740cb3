//! The leaves and the branches of a store, which are taken and given back.

use super::node::{Link, Slot};
use super::{Change, Head, Node, Timeline};
use crate::Store;

/// The leaves or the branches of a store: which are free.
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
pub(super) struct Pool {
    // How many were ever taken.
    pub(super) len: u32,
    // The last that was given back; each names the one before.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "crate::borsh_read::option")
    )]
    pub(super) free: Option<u32>,
}

impl Pool {
    pub(super) const EMPTY: Self = Self { len: 0, free: None };
}

impl<C: Change, N: Store<Entry = Node<C>>> Timeline<N> {
    pub(super) fn has_room(&self) -> bool {
        let Pool { len, free } = self.head.leaves;
        free.is_some() || len < self.nodes.capacity().min(Link::LIMIT)
    }

    /// Keeps a leaf or a branch where one was given back, or in the next node, and returns its number.
    pub(super) fn take<T: Copy>(
        &mut self,
        entry: T,
        pool: fn(&mut Head) -> &mut Pool,
        slot: fn(&mut Node<C>) -> &mut Slot<T>,
    ) -> Option<u32> {
        let pool = pool(&mut self.head);
        if let Some((index, next)) = reuse(&mut self.nodes, pool.free, slot, entry) {
            pool.free = next;
            return Some(index);
        }
        let index = pool.len;
        if index >= self.nodes.capacity().min(Link::LIMIT) {
            return None;
        }
        pool.len = index.saturating_add(1);
        let set = |node: &mut Node<C>| (true, *slot(node) = Slot::Taken(entry));
        if self.nodes.update(index, set).is_none() {
            let mut node = Node::EMPTY;
            *slot(&mut node) = Slot::Taken(entry);
            self.nodes.set(index, node);
        }
        Some(index)
    }

    /// Gives a leaf or a branch back.
    pub(super) fn give_back<T>(
        &mut self,
        index: u32,
        pool: fn(&mut Head) -> &mut Pool,
        slot: fn(&mut Node<C>) -> &mut Slot<T>,
    ) {
        let pool = pool(&mut self.head);
        let next = pool.free;
        pool.free = Some(index);
        let free = |node: &mut Node<C>| (true, *slot(node) = Slot::Free { next });
        let _ = self.nodes.update(index, free);
    }
}

pub(super) fn leaves(head: &mut Head) -> &mut Pool {
    &mut head.leaves
}

pub(super) fn branches(head: &mut Head) -> &mut Pool {
    &mut head.branches
}

/// Keeps an entry in the slot that was given back last, and returns its number and the one before.
fn reuse<C: Copy, T: Copy>(
    nodes: &mut impl Store<Entry = Node<C>>,
    free: Option<u32>,
    slot: fn(&mut Node<C>) -> &mut Slot<T>,
    entry: T,
) -> Option<(u32, Option<u32>)> {
    let index = free?;
    let taken = nodes.update(index, |node| match *slot(node) {
        Slot::Free { next } => {
            *slot(node) = Slot::Taken(entry);
            (true, Some((index, next)))
        }
        Slot::Taken(_) => (false, None),
    });
    taken?
}
