//! The nodes of a timeline: a leaf and a branch each.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use core::cmp::Ordering;

use super::Change;

/// A node of a [`Timeline`](super::Timeline): a place in its store, given back or taken.
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
pub struct Node<C>(pub(super) Slot<C>);

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
pub(super) enum Slot<C> {
    /// Given back, or never taken.
    Free { next: Option<u32> },
    /// A time, and the branch that it brought: the two move apart. Of n times there are n − 1
    /// branches, so that one node has none.
    Taken {
        leaf: Leaf<C>,
        branch: Option<Branch<C>>,
    },
}

impl<C> Node<C> {
    /// A node that was never taken, for an array of them.
    pub const EMPTY: Self = Self(Slot::Free { next: None });
}

/// All changes at one time.
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
pub(super) struct Leaf<C> {
    #[cfg_attr(feature = "serde", serde(with = "crate::serde_with::time"))]
    pub(super) at: u64,
    pub(super) own: C,
    // How much stands behind the changes: the time is given back with the last of it.
    #[cfg_attr(feature = "serde", serde(with = "crate::serde_with::amount"))]
    pub(super) kept: u128,
}

/// A bit in which some times differ for the first time, and the two halves that they fall into.
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
pub(super) struct Branch<C> {
    // One of the times below, or one that was: they share the bits above.
    #[cfg_attr(feature = "serde", serde(with = "crate::serde_with::time"))]
    pub(super) prefix: u64,
    pub(super) bit: u8,
    // The sum of all changes below `zero`.
    pub(super) below: C,
    pub(super) zero: Link,
    pub(super) one: Link,
}

/// A link to what is below a branch.
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
pub(super) enum Link {
    Nothing,
    Leaf(u32),
    Branch(u32),
}

impl<C> Branch<C> {
    /// Compares the bits of a time above this one's with those of the times below: less for a time
    /// before them all, greater for one after them.
    pub(super) fn compare(&self, time: u64) -> Ordering {
        let above = u64::MAX.checked_shl(u32::from(self.bit).saturating_add(1));
        let above = above.unwrap_or(0);
        (time & above).cmp(&(self.prefix & above))
    }

    pub(super) fn is_zero(&self, time: u64) -> bool {
        time.checked_shr(self.bit.into()).unwrap_or(0) & 1 == 0
    }

    /// Returns the link that a time of those below is behind.
    pub(super) fn toward(&self, time: u64) -> Link {
        if self.is_zero(time) {
            self.zero
        } else {
            self.one
        }
    }

    pub(super) fn link_mut(&mut self, time: u64) -> &mut Link {
        if self.is_zero(time) {
            &mut self.zero
        } else {
            &mut self.one
        }
    }
}

impl<C: Change> Branch<C> {
    /// Creates the branch of a new leaf and of what is there already, which sums to `there`.
    ///
    /// The two differ.
    pub(super) fn between(new: Leaf<C>, leaf: Link, other: u64, link: Link, there: C) -> Self {
        let differ = new.at ^ other;
        let bit = 63_u32.saturating_sub(differ.leading_zeros());
        let mut branch = Self {
            prefix: other,
            bit: u8::try_from(bit).unwrap_or(0),
            below: C::NONE,
            zero: link,
            one: link,
        };
        if !branch.is_zero(new.at) {
            branch.below = there;
        }
        *branch.link_mut(new.at) = leaf;
        branch
    }
}
