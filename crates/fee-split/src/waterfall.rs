//! Tiers that are filled one after the other.

mod state;
mod tier;

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding};

use crate::check::in_range;
use crate::weighted_split::count;
use crate::{Error, Quantity, SplitStream, WeightedSplit};
pub use state::{TierState, WaterfallState};
use tier::Filling;
pub use tier::Tier;

/// A waterfall over M parties: payments fill T tiers, the most senior first and each up to its cap, and the
/// rest goes to a residual split.
///
/// Each tier has its own split among the same parties, in proportion to weights; a party without part in a
/// tier has a weight of 0 there. Of a tier that is filled up to f party j has been paid ⌊f·wⱼ/W⌋, and once
/// the tier is full the units that those floors leave are paid to the largest remainders: a tier that is
/// full holds nothing back. So what anybody has been paid depends on the sum of the payments alone.
///
/// A tier may be changed until it is full, and never below what is in it. A full one is closed for good:
/// what juniors were paid can't be called back by a senior tier that grows afterwards. One with a cap of 0
/// is full from the beginning.
///
/// # Rounding
/// Floor, within a tier and of the residual; at most one tier and the residual carry units, fewer than M
/// each.
///
/// # Laws
/// `waterfall_conserves`: what was paid in = parts + carried · `waterfall_path_independent`: many payments pay
/// what one of their sum pays · `waterfall_is_senior_first`: no tier has anything before those ahead of it
/// are full, none has more than its cap, and no change re-opens a full tier.
///
/// ```
/// use tokenomics_fee_split::{Tier, Waterfall, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// // Seniors are paid 100 first; then two juniors 60, two to one; then all in thirds.
/// let seniors = Tier::new(Amount::new(100), [1, 0, 0])?;
/// let juniors = Tier::new(Amount::new(60), [0, 2, 1])?;
/// let tiers = [seniors, juniors];
/// let mut waterfall = Waterfall::new(tiers, WeightedSplit::new([1, 1, 1])?)?;
/// assert_eq!(waterfall.distribute(Amount::new(90))?.map(Amount::get), [90, 0, 0]);
/// assert_eq!(waterfall.distribute(Amount::new(40))?.map(Amount::get), [10, 20, 10]);
/// assert_eq!(waterfall.distribute(Amount::new(60))?.map(Amount::get), [10, 30, 20]);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// 0xSplits, WaterfallModule: one recipient a tier, by cumulative thresholds, the last takes the rest. Here
/// tiers are shared, and can be changed.
#[doc(alias("tranche", "seniority", "priority", "distribution waterfall"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waterfall<const T: usize, const M: usize> {
    // None has anything before those ahead of it are full.
    tiers: [Filling<M>; T],
    // Untouched before all tiers are full.
    residual: SplitStream<M>,
}

impl<const T: usize, const M: usize> Waterfall<T, M> {
    /// Creates a waterfall of tiers, the most senior first, and the split of what is left after them.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a residual split whose weights sum to 2^64 or more.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Waterfall, WeightedSplit};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut flat = Waterfall::new([], WeightedSplit::new([1, 3])?)?;
    /// assert_eq!(flat.distribute(Amount::new(8))?.map(Amount::get), [2, 6]);
    /// assert!(Waterfall::new([], WeightedSplit::new([u64::MAX, 3])?).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn new(tiers: [Tier<M>; T], residual: WeightedSplit<M>) -> Result<Self, Error> {
        let tiers = tiers.map(Filling::new);
        let residual = SplitStream::new(residual.weights())?;
        Ok(Self { tiers, residual })
    }

    /// Returns a tier, the most senior at 0.
    #[must_use]
    pub fn tier(&self, index: usize) -> Option<Tier<M>> {
        self.tiers.get(index).map(|filling| filling.tier)
    }

    /// Returns the amount that a tier was filled with so far, or since [`close`](Self::close).
    #[must_use]
    pub fn filled(&self, index: usize) -> Option<Amount> {
        self.tiers.get(index).map(|filling| filling.filled)
    }

    /// Returns the whole units that were paid in and aren't paid out yet: the fractions of the tier that is
    /// being filled, or of the residual.
    #[must_use]
    pub fn carried(&self) -> Amount {
        let residual = self.residual.carried().get();
        // Fewer than M units, and only one tier has any.
        let units = self.tiers.iter().fold(residual, |sum, filling| {
            sum.wrapping_add(filling.carried().get())
        });
        Amount::new(units)
    }

    /// Distributes a payment, and returns what each party is paid.
    ///
    /// # Rounding
    /// Floor, of what a party was ever to be paid of the tier that is being filled and of the residual; the
    /// fractions are carried.
    ///
    /// # Errors
    /// [`Error::Overflow`] where a party's part and what was carried for it come to more than
    /// [`Amount::MAX`].
    ///
    /// # Laws
    /// `waterfall_conserves`, `waterfall_path_independent`, `waterfall_is_senior_first`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Tier, Waterfall, WeightedSplit};
    /// # use tokenomics_fixed_math::Amount;
    /// let tier = Tier::new(Amount::new(3), [1, 1])?;
    /// let mut waterfall = Waterfall::new([tier], WeightedSplit::new([0, 1])?)?;
    /// let mut pay = |units| waterfall.distribute(Amount::new(units)).map(|parts| parts.map(Amount::get));
    /// assert_eq!(pay(1)?, [0, 0]); // a half each
    /// assert_eq!(pay(1)?, [1, 1]);
    /// assert_eq!(pay(1)?, [1, 0]); // the tier is full, and its last unit goes to the first of a tie
    /// assert_eq!(pay(1)?, [0, 1]);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn distribute(&mut self, amount: Amount) -> Result<[Amount; M], Error> {
        let mut after = *self;
        let (mut parts, mut left) = ([Amount::ZERO; M], amount);
        for filling in &mut after.tiers {
            let taken = left.min(filling.room());
            left = left.checked_sub(taken)?;
            add(&mut parts, filling.take(taken)?)?;
        }
        add(&mut parts, after.residual.distribute(left))?;
        *self = after;
        Ok(parts)
    }

    /// Pays out what is carried, at the end of a waterfall: of the tier that is being filled, or of the residual,
    /// a unit to each of those who are held the largest fractions, of equal ones to the first. Nobody is held
    /// anything then.
    ///
    /// No claim moves: what each tier still takes stays as it was. The one that is being filled goes on as an empty
    /// one with that as its cap.
    ///
    /// # Rounding
    /// Largest remainders, of all that came to the tier, or to the residual, since it was empty.
    ///
    /// # Laws
    /// `waterfall_conserves`, `waterfall_is_senior_first`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Tier, Waterfall, WeightedSplit};
    /// # use tokenomics_fixed_math::Amount;
    /// let tier = Tier::new(Amount::new(10), [2, 1])?;
    /// let mut waterfall = Waterfall::new([tier], WeightedSplit::new([0, 1])?)?;
    /// assert_eq!(waterfall.distribute(Amount::new(4))?.map(Amount::get), [2, 1]); // of 2.67 and 1.33
    /// assert_eq!(waterfall.close().map(Amount::get), [1, 0]);
    /// assert_eq!(waterfall.carried(), Amount::ZERO);
    /// assert_eq!(waterfall.tier(0), Some(Tier::new(Amount::new(6), [2, 1])?));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "each party is to be paid its part"]
    pub fn close(&mut self) -> [Amount; M] {
        let mut parts = self.residual.close();
        for filling in &mut self.tiers {
            // Only one of them, or the residual, carries anything.
            for (part, more) in parts.iter_mut().zip(filling.close()) {
                *part = (*part).max(more);
            }
        }
        parts
    }

    /// Changes a tier that isn't full. While it is empty its cap and its split may be changed, from then on
    /// its cap only. Returns what each party is paid: nothing, but where the new cap is what is in the
    /// tier already, which then is full.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an index that isn't below T, for a tier that is full, for a cap below what is
    /// in the tier, and for another split of a tier that isn't empty.
    ///
    /// # Laws
    /// `waterfall_is_senior_first`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Tier, Waterfall, WeightedSplit};
    /// # use tokenomics_fixed_math::Amount;
    /// let tier = |cap| Tier::new(Amount::new(cap), [1, 0]);
    /// let mut waterfall = Waterfall::new([tier(100)?], WeightedSplit::new([0, 1])?)?;
    /// waterfall.distribute(Amount::new(70))?;
    /// let what = Quantity::TierCap;
    /// let below = waterfall.set_tier(0, tier(69)?);
    /// assert_eq!(below, Err(Error::OutOfRange { what, value: 69, bound: 70 }));
    /// waterfall.set_tier(0, tier(80)?)?;
    /// assert_eq!(waterfall.distribute(Amount::new(20))?.map(Amount::get), [10, 10]);
    /// // It is full, and stays so.
    /// let what = Quantity::TierRoom;
    /// let closed = waterfall.set_tier(0, tier(90)?);
    /// assert_eq!(closed, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn set_tier(&mut self, index: usize, tier: Tier<M>) -> Result<[Amount; M], Error> {
        let last = count(T).saturating_sub(1);
        let filling = self.tiers.get_mut(index).ok_or(Error::OutOfRange {
            what: Quantity::TierIndex,
            value: count(index),
            bound: last,
        })?;
        filling.change(tier)
    }
}

/// Computes the cap of a catch-up tier: after `before` was paid to others, the tier pays its party `rate` of
/// each payment until that party has `share` of all that was paid.
///
/// It is ⌊before·share/(rate − share)⌋: with a rate of 1 the party is paid everything until it has caught up.
/// The tier's split then has weights `rate` and 1 − `rate`, and the residual `share` and 1 − `share`.
///
/// # Rounding
/// Floor, which leaves the party less than a unit short of its share of all. The tier's split then rounds its
/// part, by less than a unit to either side.
///
/// # Errors
/// [`Error::OutOfRange`] for a rate that isn't above the share; [`Error::Overflow`] for a cap above
/// [`Amount::MAX`].
///
/// # Laws
/// `catch_up_catches_up`: a full tier comes to the share, short by less than a unit and never above.
///
/// ```
/// use tokenomics_fee_split::{catch_up_cap, Tier, Waterfall, WeightedSplit};
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// // Investors get 8 on their 100 first, then the manager all until it has 20%, then 80 to 20.
/// let preferred = Amount::new(800);
/// let catch_up = catch_up_cap(preferred, fraction!("0.2"), fraction!("1"))?;
/// assert_eq!(catch_up, Amount::new(200));
/// let tiers = [Tier::new(preferred, [1, 0])?, Tier::new(catch_up, [0, 1])?];
/// let mut waterfall = Waterfall::new(tiers, WeightedSplit::new([80, 20])?)?;
/// assert_eq!(waterfall.distribute(Amount::new(2_000))?.map(Amount::get), [1_600, 400]);
///
/// assert!(catch_up_cap(preferred, fraction!("0.2"), fraction!("0.2")).is_err());
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[doc(alias("carried interest", "promote", "hurdle"))]
pub fn catch_up_cap(before: Amount, share: Fraction, rate: Fraction) -> Result<Amount, Error> {
    let (share, rate) = (u128::from(share.raw()), u128::from(rate.raw()));
    in_range(
        Quantity::CatchUpRate,
        rate,
        share.saturating_add(1),
        u128::MAX,
    )?;
    let above = rate.saturating_sub(share);
    let cap = mul_div(before.get(), share, above, Rounding::Floor)?;
    Ok(Amount::new(cap))
}

/// Adds to each party's part.
fn add<const M: usize>(parts: &mut [Amount; M], more: [Amount; M]) -> Result<(), Error> {
    for (part, more) in parts.iter_mut().zip(more) {
        *part = part.checked_add(more)?;
    }
    Ok(())
}

tokenomics_internals::checked_codec! {
    [const T: usize, const M: usize] Waterfall<T, M> as WaterfallState<T, M>: MaxEncodedLen
}
