//! The weights of gauges through time.

use tokenomics_fixed_math::{Span, Timestamp, U256};

use super::{GaugeKey, GaugeStore, GaugeVote, Listing};
use crate::check::in_order;
use crate::totals::by_name;
#[cfg(feature = "alloc")]
use crate::GaugesInMemory;
use crate::{Closed, Error, Power};

/// The gauges and their weights through time.
///
/// It keeps a sum for each gauge, and no voters: each [`GaugeVote`] is kept by the voter's host, and
/// handed in to be replaced, in its latest version. A lock has one vote at a time; its power counts
/// once, whoever holds it.
///
/// A gauge that is removed keeps what was voted for it, so that its removal costs the same however many
/// voted for it, but from then on that counts as [unallocated](Self::unallocated_at), until its voters
/// vote again. Its name isn't listed a second time.
///
/// `T` keeps all, an entry at a time: [`GaugesInMemory`](crate::GaugesInMemory) (feature `alloc`), or
/// whatever is a [`GaugeStore`], such as the maps of a chain's storage, for which only the
/// [`head`](Self::head), of fixed size, is to be kept beside them. A change costs O(log n) for each gauge
/// that it concerns and the total, however many others there are.
///
/// # Laws
/// `gauges_conserve`: the weights of the gauges that are listed and what is unallocated sum to the
/// weights of all locks that vote, at any past, present or future time. `gauges_sum_to_one`: relative
/// weights do. `removing_a_gauge_conserves`: a removal changes no sum, and no other gauge's weight.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tokenomics_escrow_weighting::{Gauges, GaugeVote, Lock, LockKind, Shares};
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
///
/// let at = Timestamp::new;
/// let mut gauges = Gauges::new();
/// gauges.add(at(0), "pool")?;
/// gauges.add(at(0), "other")?;
///
/// let lock = Lock::new(Amount::new(70), LockKind::Decaying { rate: 1, end: at(100) })?;
/// let on = Shares::<_, 8>::from_bps(&[("pool", 6_000), ("other", 2_000)])?;
/// let vote = GaugeVote { lock, on };
/// gauges.settle(at(1), &[], &[vote])?;
/// assert_eq!(gauges.weight_at(&"pool", at(90)).low(), 42 * 10);
/// assert_eq!(gauges.unallocated_at(at(90)).low(), 14 * 10);
///
/// let week = gauges.close(at(7), at(8))?;
/// let expected = vec![("pool", fraction!("0.75")), ("other", fraction!("0.25"))];
/// assert_eq!(gauges.relative_weights(week), Some(expected));
///
/// gauges.remove(at(20), &"other")?;
/// assert_eq!(gauges.unallocated_at(at(90)).low(), 28 * 10);
/// assert_eq!(gauges.total_at(at(90)), lock.weight_at(at(90)));
/// # }
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[doc(alias("GaugeController"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gauges<T> {
    head: GaugesHead,
    pub(super) store: T,
}

/// The state of gauges beside their store, of fixed size.
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
pub struct GaugesHead {
    /// The first time at which a change may be dated.
    pub clock: Timestamp,
    /// The number of gauges that were ever listed.
    pub listed: u32,
    /// The number of the gauge that was removed last.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub removed_last: Option<u32>,
}

#[cfg(feature = "alloc")]
impl<G: Clone + Ord> Default for Gauges<GaugesInMemory<G>> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "alloc")]
impl<G: Clone + Ord> Gauges<GaugesInMemory<G>> {
    /// Creates no gauges, in memory.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_store(GaugesInMemory::new())
    }
}

impl<T> Gauges<T> {
    /// Creates no gauges, to be kept in `store`, which must be empty.
    #[must_use]
    pub const fn with_store(store: T) -> Self {
        let head = GaugesHead {
            clock: Timestamp::ZERO,
            listed: 0,
            removed_last: None,
        };
        Self { head, store }
    }

    /// Returns the gauges that `store` keeps, of which [`head`](Self::head) was kept.
    ///
    /// # Errors
    /// [`Error::Stored`] if the gauge that was removed last was never listed.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::Gauges;
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// gauges.add(Timestamp::new(1), "pool")?;
    /// let (head, store) = (gauges.head(), gauges.store().clone());
    /// assert_eq!(Gauges::resume(head, store)?, gauges);
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn resume(head: GaugesHead, store: T) -> Result<Self, Error> {
        if head.removed_last.is_some_and(|last| last >= head.listed) {
            return Err(Error::Stored { at: head.clock });
        }
        Ok(Self { head, store })
    }

    /// Returns what is to be kept beside the store, for [`resume`](Self::resume).
    #[must_use]
    pub const fn head(&self) -> GaugesHead {
        self.head
    }

    /// Returns the first time at which a change may be dated: that of the last one, or the one after
    /// what is closed.
    #[must_use]
    pub const fn clock(&self) -> Timestamp {
        self.head.clock
    }

    /// Returns the store.
    #[must_use]
    pub const fn store(&self) -> &T {
        &self.store
    }
}

impl<T: GaugeStore> Gauges<T> {
    /// Lists a gauge from `now` on.
    ///
    /// # Errors
    /// [`Error::ListedBefore`]; [`Error::Backdated`] before the last change; [`Error::Full`] after
    /// `u32::MAX` gauges.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Gauges};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// gauges.add(Timestamp::new(1), "pool")?;
    /// assert_eq!(gauges.add(Timestamp::new(2), "pool"), Err(Error::ListedBefore));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn add(&mut self, now: Timestamp, gauge: T::Gauge) -> Result<(), Error> {
        in_order(self.clock(), now)?;
        if self.store.listing(&gauge).is_some() {
            return Err(Error::ListedBefore);
        }
        let number = self.head.listed;
        let full = Error::Full { capacity: u32::MAX };
        let listed = number.checked_add(1).ok_or(full)?;
        let listing = Listing {
            since: now,
            removed: None,
            number,
            removed_before: None,
        };
        self.store.set_gauge(number, &gauge);
        self.store.set_listing(&gauge, listing);
        self.head.listed = listed;
        self.head.clock = now;
        Ok(())
    }

    /// Removes a gauge from `now` on: what was voted for it is unallocated.
    ///
    /// # Errors
    /// [`Error::NotListed`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Gauges};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// gauges.add(Timestamp::new(1), "pool")?;
    /// gauges.remove(Timestamp::new(2), &"pool")?;
    /// assert_eq!(gauges.remove(Timestamp::new(3), &"pool"), Err(Error::NotListed));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("kill_gauge", "remove_gauge"))]
    pub fn remove(&mut self, now: Timestamp, gauge: &T::Gauge) -> Result<(), Error> {
        in_order(self.clock(), now)?;
        let listing = self.store.listing(gauge);
        let listing = listing.filter(|listing| listing.removed.is_none());
        let listing = listing.ok_or(Error::NotListed)?;
        let removed = Listing {
            removed: Some(now),
            removed_before: self.head.removed_last,
            ..listing
        };
        self.store.set_listing(gauge, removed);
        self.head.removed_last = Some(listing.number);
        self.head.clock = now;
        Ok(())
    }

    /// Counts the new votes in place of the old ones from `now` on: none for one for a first vote, one
    /// for one for a change of the vote or of the lock, one for two for a split, one for none for an
    /// exit.
    ///
    /// # Errors
    /// [`Error::NotListed`] for a gauge that isn't listed, or was removed and isn't among the old votes;
    /// [`Error::NotHeld`] for an old one that can't have been counted; [`Error::Backdated`] before the
    /// last change or at a time that is closed; [`Error::Overflow`] if more than the largest amount would
    /// vote. Nothing is changed then.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Gauges, GaugeVote, Lock, LockKind, Shares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::new(3);
    /// let kind = LockKind::Constant { level: 1, end: None };
    /// let lock = Lock::new(Amount::new(7), kind)?;
    /// let vote = GaugeVote { lock, on: Shares::<_, 2>::from_bps(&[("pool", 10_000)])? };
    /// let mut gauges = Gauges::new();
    /// assert_eq!(gauges.settle(now, &[], &[vote]), Err(Error::NotListed));
    /// gauges.add(now, "pool")?;
    /// gauges.settle(now, &[], &[vote])?;
    /// assert_eq!(gauges.weight_at(&"pool", now).low(), 7);
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("vote_for_gauge_weights"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn settle<const N: usize>(
        &mut self,
        now: Timestamp,
        old: &[GaugeVote<T::Gauge, N>],
        new: &[GaugeVote<T::Gauge, N>],
    ) -> Result<(), Error> {
        in_order(self.clock(), now)?;
        self.check_listed(old, new)?;
        let [old, new] = [old, new].map(|votes| votes.iter().flat_map(powers));
        by_name::settle(&mut self.store, now, old, new)?;
        self.head.clock = now;
        Ok(())
    }

    fn check_listed<const N: usize>(
        &self,
        old: &[GaugeVote<T::Gauge, N>],
        new: &[GaugeVote<T::Gauge, N>],
    ) -> Result<(), Error> {
        let is_old = |gauge: &T::Gauge| {
            let mut names = old.iter().flat_map(|vote| vote.on.iter());
            names.any(|(name, _)| name == gauge)
        };
        for (gauge, _) in new.iter().flat_map(|vote| vote.on.iter()) {
            let listing = self.store.listing(gauge).ok_or(Error::NotListed)?;
            // A change of the lock mustn't wait for the voter to vote again.
            if listing.removed.is_some() && !is_old(gauge) {
                return Err(Error::NotListed);
            }
        }
        Ok(())
    }

    /// Closes a time, that of an epoch's start as a rule: no change is taken from here on that is dated
    /// at it or before it.
    ///
    /// # Errors
    /// [`Error::NotClosed`] unless it is before `now`.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Error, Gauges};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// let (start, now) = (Timestamp::new(7), Timestamp::new(8));
    /// assert!(gauges.close(now, now).is_err());
    /// gauges.close(start, now)?;
    /// assert_eq!(gauges.add(start, "late"), Err(Error::Backdated { at: start, last: now }));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn close(&mut self, at: Timestamp, now: Timestamp) -> Result<Closed, Error> {
        let closed = Closed::before(at, now)?;
        let after = at.checked_add(Span::new(1))?;
        self.head.clock = self.head.clock.max(after);
        Ok(closed)
    }

    pub(super) fn total_of(&self, name: &GaugeKey<T::Gauge>, at: Timestamp) -> U256 {
        by_name::weight_at(&self.store, name, at)
    }
}

/// Returns the powers of a vote, and of which total each is.
fn powers<G: Clone, const N: usize>(
    vote: &GaugeVote<G, N>,
) -> impl Iterator<Item = (GaugeKey<G>, Power)> + Clone + '_ {
    let spread = vote.powers().map(|(gauge, power)| {
        let name = gauge.map_or(GaugeKey::Unallocated, GaugeKey::Gauge);
        (name, power)
    });
    let all = (GaugeKey::All, Power::from(vote.lock));
    core::iter::once(all).chain(spread)
}
