//! Gauges: what the power of locks is spread over.

mod controller;
#[cfg(feature = "alloc")]
mod in_memory;
mod store;
mod weights;

pub use self::controller::{Gauges, GaugesHead};
#[cfg(feature = "alloc")]
pub use self::in_memory::GaugesInMemory;
pub use self::store::{GaugeKey, GaugeStore, Listing};
use crate::{Lock, Power, Shares};

/// A lock and what its power votes for: of each of at most `N` gauges a share, and of none the rest.
///
/// The voter's host keeps it beside the lock. [`powers`](Self::powers) says which powers it puts into
/// the totals of which gauges. They are powers of the lock, so they decay with it, and a change of the
/// lock moves them with it: take those of the old one out and put those of the new one in, at one time.
///
/// # Rounding
/// Of the amount, by largest remainder: see [`Shares`]. Nothing else is rounded.
///
/// # Laws
/// `gauges_conserve`: the powers sum to the weight of the lock, at every time.
///
/// ```
/// use tokenomics_escrow_weighting::{GaugeVote, Lock, LockKind, Shares};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let at = Timestamp::new;
/// let lock = Lock::new(Amount::new(7), LockKind::Decaying { rate: 1, end: at(100) })?;
/// let on = Shares::<_, 8>::from_bps(&[("pool", 5_000), ("other", 4_000)])?;
/// let vote = GaugeVote { lock, on };
/// let powers = vote.powers().map(|(gauge, power)| (gauge, power.weight_at(at(90)).low()));
/// // 3.5, 2.8 and 0.7 units; two are left, for the largest remainders.
/// assert!(powers.eq([(Some("pool"), 3 * 10), (Some("other"), 3 * 10), (None, 10)]));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Curve's GaugeController (2020), which floors the slope of each share: the gauges sum to less than the
/// voters' power (on the bytecode that Balancer deployed, 15,724,800 units less), and a lock that is
/// increased votes with what it was until its owner votes again.
#[cfg_attr(doc, doc(alias("vote_for_gauge_weights", "VotedSlope")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct GaugeVote<G, const N: usize> {
    /// The lock.
    pub lock: Lock,
    /// The gauges, and the share of each.
    pub on: Shares<G, N>,
}

impl<G: Clone, const N: usize> GaugeVote<G, N> {
    /// Returns the powers that the vote gives, and to which gauge; at last what is given to none.
    ///
    /// # Rounding
    /// Of the amount, by largest remainder.
    pub fn powers(&self) -> impl Iterator<Item = (Option<G>, Power)> + Clone + '_ {
        let parts = self.on.parts(self.lock.amount());
        parts.filter_map(|(gauge, part)| {
            let lock = Lock::new(part, self.lock.kind()).ok()?;
            Some((gauge, Power::from(lock)))
        })
    }
}
