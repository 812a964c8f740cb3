//! The weights of gauges, and their shares in what votes for them.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use tokenomics_fixed_math::{Fraction, Rounding, Timestamp, U256};
use tokenomics_internals::Wrapping256;

use super::{GaugeKey, GaugeStore, Gauges, Listing};
#[cfg(feature = "alloc")]
use crate::shares::{apportion, Place};
use crate::Closed;

impl<T: GaugeStore> Gauges<T> {
    /// Returns the share of each gauge that was listed then in what was voted for all of those, in the
    /// order in which they were listed: they sum to exactly one. `None` if nothing was, which a share of
    /// nothing can't tell: whether all have the same then, or none has any, is the caller's choice.
    ///
    /// It reads every gauge that was ever listed; [`share_at`](Self::share_at) reads one.
    ///
    /// # Rounding
    /// Largest remainder, to 10^−18, of equal ones to the earlier listed.
    #[cfg(feature = "alloc")]
    #[doc(alias = "gauge_relative_weight")]
    #[must_use]
    pub fn relative_weights(&self, at: Closed) -> Option<Vec<(T::Gauge, Fraction)>> {
        let at = at.get();
        let names: Vec<_> = self.listed_at(at).collect();
        let weights = names.iter().map(|gauge| self.voted_for(gauge, at));
        let weights: Vec<_> = weights.collect();
        let sum = weights.iter().map(|&weight| Wrapping256::from(weight));
        let sum = U256::from(sum.fold(Wrapping256::ZERO, Wrapping256::plus));
        if sum.is_zero() {
            return None;
        }
        let places = (0..weights.len()).map(|index| Place::of(&weights, index, sum));
        let mut places: Vec<_> = places.collect();
        apportion(&mut places);
        let shares = places.iter().map(Place::share);
        Some(names.into_iter().zip(shares).collect())
    }

    /// Returns the share of one gauge in what was voted for all that were listed then: nothing for one
    /// that wasn't. `None` if nothing was voted for any.
    ///
    /// It reads the totals of that gauge and of each that was removed by then, and no others, O(log n)
    /// each.
    ///
    /// # Rounding
    /// Floor, to 10^−18: the shares of all sum to at most one. It is less by at most a unit of that than
    /// among the [`relative_weights`](Self::relative_weights), which sum to one.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Gauges, GaugeVote, Lock, LockKind, Shares};
    /// # use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut gauges = Gauges::new();
    /// gauges.add(at(0), "pool")?;
    /// gauges.add(at(0), "other")?;
    /// let lock = Lock::new(Amount::new(3), LockKind::Constant { level: 1, end: None })?;
    /// let on = Shares::<_, 8>::from_bps(&[("pool", 6_667), ("other", 3_333)])?;
    /// gauges.settle(at(1), &[], &[GaugeVote { lock, on }])?;
    /// let week = gauges.close(at(7), at(8))?;
    /// assert_eq!(gauges.share_at(&"pool", week), Some(fraction!("0.666666666666666666")));
    /// assert_eq!(gauges.share_at(&"none", week), Some(fraction!("0")));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[must_use]
    pub fn share_at(&self, gauge: &T::Gauge, at: Closed) -> Option<Fraction> {
        let all = self.allocated_at(at.get());
        if all.is_zero() {
            return None;
        }
        let one = U256::from(u128::from(Fraction::SCALE));
        let weight = self.weight_at(gauge, at.get());
        let share = weight.mul_div(one, all, Rounding::Floor);
        // A part of all: at most one.
        let share = share.ok().and_then(|share| u64::try_from(share.low()).ok());
        let share = share.and_then(|share| Fraction::from_raw(share).ok());
        Some(share.unwrap_or(Fraction::ONE))
    }

    /// Returns the undivided weight of a gauge that is listed at a time, in base units × time × 10^−18;
    /// for a time to come, if nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    #[doc(alias = "get_gauge_weight")]
    #[must_use]
    pub fn weight_at(&self, gauge: &T::Gauge, at: Timestamp) -> U256 {
        let listing = self.store.listing(gauge);
        if listing.is_some_and(|listing| listing.is_live(at)) {
            self.voted_for(gauge, at)
        } else {
            U256::ZERO
        }
    }

    /// Returns the undivided weight of the locks that vote which is given to gauges that are listed at a
    /// time.
    ///
    /// It costs what [`unallocated_at`](Self::unallocated_at) does.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn allocated_at(&self, at: Timestamp) -> U256 {
        let unallocated = Wrapping256::from(self.unallocated_at(at));
        Wrapping256::from(self.total_at(at))
            .plus(unallocated.negated())
            .into()
    }

    /// Returns the undivided weight of the locks that vote which is given to no gauge that is listed at
    /// a time.
    ///
    /// It reads one total, and that of each gauge that was removed by then, O(log n) each.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn unallocated_at(&self, at: Timestamp) -> U256 {
        let none = Wrapping256::from(self.total_of(&GaugeKey::Unallocated, at));
        let removed = self
            .removed()
            .filter(|(_, listing)| listing.removed.is_some_and(|removed| removed <= at));
        let removed = removed.map(|(gauge, _)| Wrapping256::from(self.voted_for(&gauge, at)));
        removed.fold(none, Wrapping256::plus).into()
    }

    /// Returns the undivided weight of all locks that vote.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn total_at(&self, at: Timestamp) -> U256 {
        self.total_of(&GaugeKey::All, at)
    }

    /// Returns the gauges that are listed at a time, in the order in which they were listed.
    pub fn listed_at(&self, at: Timestamp) -> impl Iterator<Item = T::Gauge> + '_ {
        let all = (0..self.head().listed).filter_map(|number| self.store.gauge(number));
        all.filter(move |gauge| {
            let listing = self.store.listing(gauge);
            listing.is_some_and(|listing| listing.is_live(at))
        })
    }

    /// Returns the gauges that were removed, the last one first.
    fn removed(&self) -> impl Iterator<Item = (T::Gauge, Listing)> + '_ {
        let mut next = self.head().removed_last;
        let removed = core::iter::from_fn(move || {
            let gauge = self.store.gauge(next?)?;
            let listing = self.store.listing(&gauge)?;
            next = listing.removed_before;
            Some((gauge, listing))
        });
        // Whatever a store holds that no changes led to, it ends.
        let most = usize::try_from(self.head().listed).unwrap_or(usize::MAX);
        removed.take(most)
    }

    /// Returns what was voted for a gauge, listed or not.
    fn voted_for(&self, gauge: &T::Gauge, at: Timestamp) -> U256 {
        self.total_of(&GaugeKey::Gauge(gauge.clone()), at)
    }
}
