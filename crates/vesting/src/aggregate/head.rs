//! The state of an aggregate beside its nodes, for hosts that keep the nodes an entry at a time.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_internals::{Head, Store, Timeline};

use super::{Aggregate, Node};
use crate::Error;

/// The state of an aggregate beside its nodes, of fixed size.
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
pub struct AggregateHead {
    timeline: Head,
    total: Amount,
}

impl<N: Store<Entry = Node>> Aggregate<N> {
    /// Returns the aggregate that `nodes` hold, of which [`head`](Self::head) was kept.
    ///
    /// # Errors
    /// [`Error::NotThese`] for nodes that don't sum to the total in the end, as those of another head: as far
    /// as that sum tells.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Aggregate, Cliff, Node};
    ///
    /// let (at, mut nodes) = (Timestamp::new, [Node::EMPTY; 4]);
    /// let mut all = Aggregate::new(&mut nodes);
    /// all.add(&Cliff::new(at(10), Amount::new(70)))?;
    /// let head = all.head();
    ///
    /// // In another call.
    /// let mut all = Aggregate::resume(head, &mut nodes)?;
    /// all.add(&Cliff::new(at(20), Amount::new(5)))?;
    /// assert_eq!(all.vested_at(at(20)).exact(), Some(Amount::new(75)));
    ///
    /// // Nodes that were lost are missed.
    /// assert!(Aggregate::resume(head, [Node::EMPTY; 4]).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn resume(head: AggregateHead, nodes: N) -> Result<Self, Error> {
        let AggregateHead { timeline, total } = head;
        let timeline = Timeline::restore(timeline, nodes);
        let at = Timestamp::MAX;
        // By then all lines are over, and what vested is whole units.
        let (vested, uneven) = timeline.sum(at.get()).at(at);
        if vested != total || uneven != 0 {
            let (total, added) = (vested, total);
            return Err(Error::NotThese { total, added, at });
        }
        Ok(Self { timeline, total })
    }

    /// Returns what is to be kept beside the nodes, for [`resume`](Self::resume).
    #[must_use]
    pub const fn head(&self) -> AggregateHead {
        AggregateHead {
            timeline: self.timeline.head(),
            total: self.total,
        }
    }

    /// Returns the nodes.
    #[must_use]
    pub const fn nodes(&self) -> &N {
        self.timeline.nodes()
    }
}
