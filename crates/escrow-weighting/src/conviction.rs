//! Conviction: support that grows the longer it is held.

use tokenomics_fixed_math::{Amount, Fraction, Growth, Ratio, Rounding, Timestamp, U256};

use crate::check::{in_order, in_range};
use crate::{Error, Quantity};

/// A rule by which conviction follows a stake: in each unit of time a part α of it stays, and the stake is
/// added.
///
/// After t units of time with x staked, conviction is y(t) = α^t·y(0) + x·(1 − α^t) / (1 − α), in base
/// units. It never passes x / (1 − α), to which it tends. The closed form is one power, whatever t is:
/// nobody has to call in between, and no call in between changes it.
///
/// # Rounding
/// Down: what is returned is at most the exact y(t), and less than two units below it. At the time of
/// the last change it is what was kept.
///
/// # Laws
/// `conviction_by_steps`: it is between what steps of one unit of time come to when each is floored and
/// when each is ceiled, but for the rounding. `conviction_bounded`: between y(0) and the limit, and
/// monotone in time.
///
/// ```
/// use tokenomics_escrow_weighting::{Conviction, Support};
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
///
/// let at = Timestamp::new;
/// let conviction = Conviction::new(fraction!("0.9"))?;
/// let support = conviction.stake(Support::NONE, at(10), Amount::new(1_000))?;
/// assert_eq!(conviction.at(&support, at(11))?, Amount::new(1_000));
/// assert_eq!(conviction.at(&support, at(12))?, Amount::new(1_900));
/// assert_eq!(conviction.at(&support, at(9_999))?, Amount::new(9_999)); // below 10,000 for ever
///
/// let withdrawn = conviction.stake(support, at(12), Amount::ZERO)?;
/// assert_eq!(conviction.at(&withdrawn, at(13))?, Amount::new(1_710));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Emmett, "Conviction Voting" (2019), and 1Hive's contract of it (2020), which raises α by repeated
/// squaring with 128 bits, floored at each step.
#[doc(alias("conviction_voting", "decay"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conviction {
    alpha: Fraction,
    growth: Growth,
}

/// The stake for a proposal, and the conviction that it had come to when the stake last changed.
///
/// It is plain data, for the host to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Support {
    /// The stake, in base units.
    pub staked: Amount,
    /// The conviction at the last change.
    pub conviction: Amount,
    /// The time of the last change.
    pub since: Timestamp,
}

impl Support {
    /// None at all, before the first stake.
    pub const NONE: Self = Self {
        staked: Amount::ZERO,
        conviction: Amount::ZERO,
        since: Timestamp::ZERO,
    };
}

impl Conviction {
    /// Creates the conviction of which a part `alpha` stays in each unit of time.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 0 < α < 1.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Conviction;
    /// # use tokenomics_fixed_math::{fraction, Fraction};
    /// assert_eq!(Conviction::new(fraction!("0.9"))?.alpha(), fraction!("0.9"));
    /// assert!(Conviction::new(Fraction::ONE).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn new(alpha: Fraction) -> Result<Self, Error> {
        let (raw, one) = (u128::from(alpha.raw()), u128::from(Fraction::SCALE));
        in_range(Quantity::Alpha, raw, 1, one.saturating_sub(1))?;
        let growth = Growth::per_unit(Ratio::new(raw, one)?)?;
        Ok(Self { alpha, growth })
    }

    /// Returns the part that stays in each unit of time.
    #[must_use]
    pub const fn alpha(&self) -> Fraction {
        self.alpha
    }

    /// Computes the conviction at a time, in base units.
    ///
    /// # Rounding
    /// Down, less than two units.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last change; [`Error::Overflow`] if what it tends to is above
    /// [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Conviction, Support};
    /// # use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// let half = Conviction::new(fraction!("0.5"))?;
    /// let (staked, conviction, since) = (Amount::ZERO, Amount::new(80), Timestamp::new(1));
    /// let support = Support { staked, conviction, since };
    /// assert_eq!(half.at(&support, Timestamp::new(4))?, Amount::new(10));
    /// assert!(half.at(&support, Timestamp::new(0)).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn at(&self, support: &Support, now: Timestamp) -> Result<Amount, Error> {
        in_order(support.since, now)?;
        let units = now.get().saturating_sub(support.since.get());
        let limit = self.limit(support.staked)?;
        if units == 0 {
            return Ok(support.conviction);
        }
        // y(t) = limit + α^t·(y(0) − limit), where the limit is x / (1 − α): in 10^−18, y(0) and the
        // limit are these two over 1 − α, and their difference is exact until the power.
        let start = U256::product(support.conviction.get(), self.part());
        let aim = U256::product(support.staked.get(), Fraction::SCALE.into());
        if start < aim {
            // Above the largest amount, all of the limit is left.
            let left = self.left(aim.checked_sub(start)?, units, Rounding::Ceil);
            let grown = limit
                .get()
                .saturating_sub(left.map_or(u128::MAX, Amount::get));
            // Two roundings may take it below where it began.
            Ok(Amount::new(grown).max(support.conviction))
        } else {
            let left = self.left(start.checked_sub(aim)?, units, Rounding::Floor)?;
            Ok(limit.checked_add(left)?)
        }
    }

    /// Returns 1 − α in 10^−18; never 0.
    fn part(&self) -> u128 {
        self.alpha.complement().raw().into()
    }

    /// Returns what is left of a difference over 1 − α after some units of time.
    fn left(&self, gap: U256, units: u64, rounding: Rounding) -> Result<Amount, Error> {
        let units = Ratio::from_integer(units.into());
        let left = self.growth.mul_div(gap, self.part(), units, rounding)?;
        Ok(Amount::new(left))
    }

    /// Returns the support with another stake from `now` on, and the conviction that it has come to.
    ///
    /// # Rounding
    /// As [`at`](Self::at), which is what is kept. With the same stake nothing is, and the support is
    /// returned as it was.
    ///
    /// # Errors
    /// As [`at`](Self::at), of the old stake and of the new one.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Conviction, Support};
    /// # use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// let half = Conviction::new(fraction!("0.5"))?;
    /// let support = half.stake(Support::NONE, Timestamp::new(5), Amount::new(8))?;
    /// assert_eq!(half.at(&support, Timestamp::new(6))?, Amount::new(8));
    /// assert!(half.stake(support, Timestamp::new(6), Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn stake(
        &self,
        support: Support,
        now: Timestamp,
        staked: Amount,
    ) -> Result<Support, Error> {
        self.limit(staked)?;
        let conviction = self.at(&support, now)?;
        if staked == support.staked {
            // No change: what is rounded now would be lost, and with enough calls all growth.
            return Ok(support);
        }
        Ok(Support {
            staked,
            conviction,
            since: now,
        })
    }

    /// Returns what conviction tends to, x / (1 − α).
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Conviction;
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// let conviction = Conviction::new(fraction!("0.9"))?;
    /// assert_eq!(conviction.limit(Amount::new(7))?, Amount::new(70));
    /// assert!(conviction.limit(Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn limit(&self, staked: Amount) -> Result<Amount, Error> {
        Ok(staked.mul_div(Fraction::SCALE.into(), self.part(), Rounding::Floor)?)
    }
}
