//! The weights of gauges through time.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp, U256};

use super::GaugeVote;
use crate::check::in_order;
use crate::shares::{apportion, Place};
use crate::totals::ByName;
use crate::{Closed, Error};

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
/// # Laws
/// `gauges_conserve`: the weights of the gauges that are listed and what is unallocated sum to the
/// weights of all locks that vote, at any past, present or future time. `gauges_sum_to_one`: relative
/// weights do. `removing_a_gauge_conserves`: a removal changes no sum, and no other gauge's weight.
///
/// ```
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
/// let expected = vec![("other", fraction!("0.25")), ("pool", fraction!("0.75"))];
/// assert_eq!(gauges.relative_weights(week), Some(expected));
///
/// gauges.remove(at(20), &"other")?;
/// assert_eq!(gauges.unallocated_at(at(90)).low(), 28 * 10);
/// assert_eq!(gauges.total_at(at(90)), lock.weight_at(at(90)));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[doc(alias("GaugeController"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gauges<G> {
    listed: BTreeMap<G, Listing>,
    // What is voted for no gauge is under no name.
    powers: ByName<Option<G>>,
    // The sum of the amounts of all locks that vote, so that no sum of weights overflows.
    voting: Amount,
}

/// The time for which a gauge is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Listing {
    since: Timestamp,
    removed: Option<Timestamp>,
}

impl Listing {
    fn is_live(&self, at: Timestamp) -> bool {
        self.since <= at && self.removed.is_none_or(|removed| at < removed)
    }
}

impl<G: Clone + Ord> Default for Gauges<G> {
    fn default() -> Self {
        Self::new()
    }
}

impl<G: Clone + Ord> Gauges<G> {
    /// Creates no gauges.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            listed: BTreeMap::new(),
            powers: ByName::new(),
            voting: Amount::ZERO,
        }
    }

    /// Lists a gauge from `now` on.
    ///
    /// # Errors
    /// [`Error::ListedBefore`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Gauges};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// gauges.add(Timestamp::new(1), "pool")?;
    /// assert_eq!(gauges.add(Timestamp::new(2), "pool"), Err(Error::ListedBefore));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn add(&mut self, now: Timestamp, gauge: G) -> Result<(), Error> {
        in_order(self.clock(), now)?;
        if self.listed.contains_key(&gauge) {
            return Err(Error::ListedBefore);
        }
        let (since, removed) = (now, None);
        self.listed.insert(gauge, Listing { since, removed });
        self.powers.advance(now);
        Ok(())
    }

    /// Removes a gauge from `now` on: what was voted for it is unallocated.
    ///
    /// # Errors
    /// [`Error::NotListed`]; [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Gauges};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// gauges.add(Timestamp::new(1), "pool")?;
    /// gauges.remove(Timestamp::new(2), &"pool")?;
    /// assert_eq!(gauges.remove(Timestamp::new(3), &"pool"), Err(Error::NotListed));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("kill_gauge", "remove_gauge"))]
    pub fn remove(&mut self, now: Timestamp, gauge: &G) -> Result<(), Error> {
        in_order(self.clock(), now)?;
        let listing = self.listed.get_mut(gauge);
        let listing = listing.filter(|listing| listing.removed.is_none());
        listing.ok_or(Error::NotListed)?.removed = Some(now);
        self.powers.advance(now);
        Ok(())
    }

    /// Counts the new votes in place of the old ones from `now` on: none for one for a first vote, one
    /// for one for a change of the vote or of the lock, one for two for a split, one for none for an
    /// exit.
    ///
    /// # Errors
    /// [`Error::NotListed`] for a gauge that isn't listed, or was removed and isn't among the old votes;
    /// [`Error::NotHeld`] for an old one that can't have been counted; [`Error::Backdated`] before the
    /// last change or at a time that is closed; [`Error::Overflow`] if more than [`Amount::MAX`] would
    /// vote. Nothing is changed then.
    ///
    /// ```
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
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("vote_for_gauge_weights"))]
    pub fn settle<const N: usize>(
        &mut self,
        now: Timestamp,
        old: &[GaugeVote<G, N>],
        new: &[GaugeVote<G, N>],
    ) -> Result<(), Error> {
        in_order(self.clock(), now)?;
        self.check_listed(old, new)?;
        let amounts = |votes: &[GaugeVote<G, N>]| {
            Amount::try_sum(votes.iter().map(|vote| vote.lock.amount()))
        };
        let (amount, held) = (amounts(old)?, self.voting);
        let end = old.first().and_then(|vote| vote.lock.end());
        let left = held.checked_sub(amount);
        let left = left.map_err(|_| Error::not_held(end, amount, held))?;
        let voting = left.checked_add(amounts(new)?)?;
        let [old, new] = [old, new].map(|votes| votes.iter().flat_map(GaugeVote::powers));
        self.powers.settle(now, old, new)?;
        self.voting = voting;
        Ok(())
    }

    fn check_listed<const N: usize>(
        &self,
        old: &[GaugeVote<G, N>],
        new: &[GaugeVote<G, N>],
    ) -> Result<(), Error> {
        let names = |votes: &'_ [GaugeVote<G, N>], gauge: &G| {
            votes
                .iter()
                .any(|vote| vote.on.iter().any(|(name, _)| name == gauge))
        };
        for (gauge, _) in new.iter().flat_map(|vote| vote.on.iter()) {
            let listing = self.listed.get(gauge).ok_or(Error::NotListed)?;
            // A change of the lock mustn't wait for the voter to vote again.
            if listing.removed.is_some() && !names(old, gauge) {
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
    /// # use tokenomics_escrow_weighting::{Error, Gauges};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let mut gauges = Gauges::new();
    /// let (start, now) = (Timestamp::new(7), Timestamp::new(8));
    /// assert!(gauges.close(now, now).is_err());
    /// gauges.close(start, now)?;
    /// assert_eq!(gauges.add(start, "late"), Err(Error::Backdated { at: start, last: now }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn close(&mut self, at: Timestamp, now: Timestamp) -> Result<Closed, Error> {
        let closed = Closed::before(at, now)?;
        self.powers.advance(at.checked_add(Span::new(1))?);
        Ok(closed)
    }

    /// Returns the share of each gauge that was listed then in what was voted for all of those, in the
    /// order of their names: they sum to exactly one. `None` if nothing was, which a share of nothing
    /// can't tell: whether all have the same then, or none has any, is the caller's choice.
    ///
    /// # Rounding
    /// Largest remainder, to 10^−18, of equal ones to the earlier name.
    #[doc(alias = "gauge_relative_weight")]
    #[must_use]
    pub fn relative_weights(&self, at: Closed) -> Option<Vec<(G, Fraction)>> {
        let at = at.get();
        let live = self
            .listed
            .iter()
            .filter(|(_, listing)| listing.is_live(at));
        let names: Vec<_> = live.map(|(gauge, _)| Some(gauge.clone())).collect();
        let sum = self.powers.sum_at(names.iter(), at);
        if sum.is_zero() {
            return None;
        }
        let weights = names.iter().map(|name| self.powers.weight_at(name, at));
        let weights: Vec<_> = weights.collect();
        let places = 0..weights.len();
        let mut places: Vec<_> = places
            .map(|index| Place::of(&weights, index, sum))
            .collect();
        apportion(&mut places);
        let shares = names.into_iter().flatten().zip(places);
        Some(
            shares
                .map(|(gauge, place)| (gauge, place.share()))
                .collect(),
        )
    }

    /// Returns the undivided weight of a gauge that is listed at a time, in base units × time × 10^−18;
    /// for a time to come, if nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    #[doc(alias = "get_gauge_weight")]
    #[must_use]
    pub fn weight_at(&self, gauge: &G, at: Timestamp) -> U256 {
        let listing = self.listed.get(gauge);
        if listing.is_some_and(|listing| listing.is_live(at)) {
            self.powers.weight_at(&Some(gauge.clone()), at)
        } else {
            U256::ZERO
        }
    }

    /// Returns the undivided weight of the locks that vote which is given to no gauge that is listed at
    /// a time.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn unallocated_at(&self, at: Timestamp) -> U256 {
        let is_live = |gauge: &G| self.listed.get(gauge).is_some_and(|one| one.is_live(at));
        let none = self.powers.names();
        let none = none.filter(|name| !name.as_ref().is_some_and(is_live));
        self.powers.sum_at(none, at)
    }

    /// Returns the undivided weight of all locks that vote.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn total_at(&self, at: Timestamp) -> U256 {
        self.powers.sum_at(self.powers.names(), at)
    }

    /// Returns the first time at which a change may be dated: that of the last one, or the one after
    /// what is closed.
    #[must_use]
    pub const fn clock(&self) -> Timestamp {
        self.powers.clock()
    }
}
