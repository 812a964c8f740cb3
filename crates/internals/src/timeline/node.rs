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

/// A node of a [`Timeline`](super::Timeline): room in its store for a leaf and for a branch, which are
/// taken and given back apart.
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
pub struct Node<C> {
    pub(super) leaf: Slot<Leaf<C>>,
    pub(super) branch: Slot<Branch<C>>,
}

/// The room for a leaf or for a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub(super) enum Slot<T> {
    /// Given back, or never taken.
    Free {
        /// The number of the one that was given back before it.
        next: Option<u32>,
    },
    Taken(T),
}

crate::borsh_variants! {
    [T: borsh::BorshDeserialize] Slot<T> {
        0: Free { next: crate::borsh_read::option },
        1: Taken(value),
    }
}

impl<C> Node<C> {
    /// A node that was never taken, for an array of them.
    pub const EMPTY: Self = Self {
        leaf: Slot::Free { next: None },
        branch: Slot::Free { next: None },
    };

    /// Returns the branch, if it decides by fewer bits than `above`.
    pub(super) fn branch(&self, above: u8) -> Option<&Branch<C>> {
        match &self.branch {
            Slot::Taken(branch) if branch.bits < above => Some(branch),
            _ => None,
        }
    }

    pub(super) fn branch_mut(&mut self, above: u8) -> Option<&mut Branch<C>> {
        match &mut self.branch {
            Slot::Taken(branch) if branch.bits < above => Some(branch),
            _ => None,
        }
    }
}

/// All changes at one time.
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
pub(super) struct Leaf<C> {
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub(super) at: u64,
    pub(super) own: C,
    // How much stands behind the changes: the time is given back with the last of it.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub(super) kept: u128,
}

impl<C: Change> Leaf<C> {
    /// Creates the leaf of a time at which there is no change yet.
    pub(super) fn at(time: u64) -> Self {
        Self {
            at: time,
            own: C::NONE,
            kept: 0,
        }
    }
}

/// A pair of bits in which some times differ for the first time, and what they fall into by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; prefix: (u64), bits: (u8), links: ([Link; 4]), sums: ([C; 3]))),
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
pub(super) struct Branch<C> {
    // One of the times below, or one that was: they share all but the lowest bits.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub(super) prefix: u64,
    // How many bits those are, the pair and all below it: even.
    pub(super) bits: u8,
    // By what the pair is. At least two lead to something.
    pub(super) links: [Link; 4],
    // The sum of all changes below the first link, the first two and the first three: a read takes one
    // of them.
    pub(super) sums: [C; 3],
}

/// A link to what is below a branch: a leaf, a branch or nothing. It has four bytes, as a walk reads
/// many.
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
pub(super) struct Link(u32);

impl Link {
    /// As it were the branch of a node that is beyond `LIMIT`.
    pub(super) const NOTHING: Self = Self(u32::MAX);

    /// The number of nodes that there are links to.
    pub(super) const LIMIT: u32 = u32::MAX >> 1;

    pub(super) fn to_leaf(index: u32) -> Self {
        Self(index.wrapping_shl(1))
    }

    pub(super) fn to_branch(index: u32) -> Self {
        Self(index.wrapping_shl(1) | 1)
    }

    /// Returns the number of the node whose leaf it leads to.
    pub(super) fn leaf(self) -> Option<u32> {
        (self.0 & 1 == 0).then_some(self.0.wrapping_shr(1))
    }

    /// Returns the number of the node whose branch it leads to.
    pub(super) fn branch(self) -> Option<u32> {
        (self.0 & 1 == 1 && self != Self::NOTHING).then_some(self.0.wrapping_shr(1))
    }
}

impl<C> Branch<C> {
    /// Compares the bits of a time above the pair with those of the times below: less for a time
    /// before them all, greater for one after them.
    pub(super) fn compare(&self, time: u64) -> Ordering {
        let above = u64::MAX.checked_shl(self.bits.into()).unwrap_or(0);
        (time & above).cmp(&(self.prefix & above))
    }

    /// Returns what the pair of bits of a time is: 0 to 3.
    fn pair(&self, time: u64) -> usize {
        let shift = u32::from(self.bits).saturating_sub(2);
        let pair = time.checked_shr(shift).unwrap_or(0) & 3;
        usize::try_from(pair).unwrap_or(0)
    }

    /// Returns the link that a time of those below is behind.
    pub(super) fn toward(&self, time: u64) -> Link {
        let link = self.links.get(self.pair(time));
        link.copied().unwrap_or(Link::NOTHING)
    }

    /// Returns the first link that leads to something.
    pub(super) fn first(&self) -> Link {
        first(self.links.iter())
    }

    /// Returns the first link behind that of a time which leads to something.
    pub(super) fn after(&self, time: u64) -> Link {
        first(self.links.iter().skip(self.pair(time).saturating_add(1)))
    }

    /// Returns the one link that leads to something beside that of a time, if there is only one.
    pub(super) fn only_other(&self, time: u64) -> Option<Link> {
        let (pair, links) = (self.pair(time), (0..4_usize).zip(&self.links));
        let others = links.filter(|&(at, &link)| at != pair && link != Link::NOTHING);
        let mut others = others.map(|(_, &link)| link);
        let other = others.next();
        other.filter(|_| others.next().is_none())
    }

    pub(super) fn set_link(&mut self, time: u64, link: Link) {
        let place = self.pair(time);
        if let Some(old) = self.links.get_mut(place) {
            *old = link;
        }
    }
}

fn first<'a>(mut links: impl Iterator<Item = &'a Link>) -> Link {
    let taken = links.find(|&&link| link != Link::NOTHING);
    taken.copied().unwrap_or(Link::NOTHING)
}

impl<C: Change> Branch<C> {
    /// Creates the branch of two that differ: what a time that is in each shares with all of it, the
    /// link to it, and what it sums to.
    pub(super) fn between(one: (u64, Link, C), other: (u64, Link, C)) -> Self {
        let differ = 64_u32.saturating_sub((one.0 ^ other.0).leading_zeros());
        let mut branch = Self {
            prefix: other.0,
            // Up to an even number: at most 64.
            bits: u8::try_from(differ.wrapping_add(differ & 1)).unwrap_or(64),
            links: [Link::NOTHING; 4],
            sums: [C::NONE; 3],
        };
        for (time, link, sum) in [one, other] {
            branch.set_link(time, link);
            let _ = branch.add(time, sum);
        }
        branch
    }

    /// Returns the sum of all below the links that are before a time's.
    pub(super) fn sum_before(&self, time: u64) -> Option<&C> {
        self.sums.get(self.pair(time).checked_sub(1)?)
    }

    /// Adds a change at a time to the sums that it counts in, and returns whether one of them is
    /// another now.
    pub(super) fn add(&mut self, time: u64, change: C) -> bool {
        let pair = self.pair(time);
        if change == C::NONE {
            return false;
        }
        for sum in self.sums.iter_mut().skip(pair) {
            *sum = sum.plus(change);
        }
        pair < self.sums.len()
    }
}
