//! A cap on how fast a ratio may grow, whose parameters are moved together or not at all.

use tokenomics_fixed_math::{Rounding, Span, Timestamp, Wad, U256};

use crate::check::{elapsed, in_range};
use crate::loss_book::low;
use crate::{Error, Quantity};

mod state;
mod terms;
pub use state::GrowthCapState;
pub use terms::{GrowthCapTerms, RatioSnapshot};

/// The longest year that a clock has: a unit of 3 ms.
pub(crate) const LONGEST_YEAR: u128 = 10_000_000_000;
/// 10,000% a year.
pub(crate) const LARGEST_GROWTH: u128 = 100_000_000_000_000_000_000;

/// A growth cap on a ratio that only grows slowly, such as the exchange rate of a staked token: what
/// counts is at most `ratio·(1 + growth·Δt/year)` since a snapshot.
///
/// The snapshot's ratio and its time are one parameter: a cap follows from both, and each alone moves it.
/// [`update`](Self::update) sets both at once and checks what follows from them: **the cap never excludes
/// the present truth**. A change that would is refused whole, however small its parts; there is no way to
/// move one of the two and be told about the other later.
///
/// # Rounding
/// Floor: collateral is never counted above the exact cap.
///
/// # Laws
/// `never_excludes`: after any call the cap is at least the ratio that it was told is true, and a
/// refused call changes nothing · `growth_capped`: what counts is the smaller of ratio and cap, floored,
/// and the cap never falls with time · `inverse_is_tight`: the latest time of a snapshot passes, and
/// one unit later is refused · `raising_never_lowers`: a ratio that is raised lowers the cap at no
/// time.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
/// use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
///
/// let terms = GrowthCapTerms {
///     growth: wad!("0.0872"),
///     year: Span::from_days(365),
///     max_step: fraction!("0.03"),
///     min_delay: Span::from_days(3),
/// };
/// let (start, week) = (Timestamp::new(0), Timestamp::new(7 * 86_400));
/// let snapshot = RatioSnapshot { ratio: wad!("1.1572"), at: start };
/// let mut cap = GrowthCap::new(terms, snapshot, wad!("1.1572"), start)?;
/// assert_eq!(cap.cap_at(week)?, wad!("1.159135218849315068"));
/// assert_eq!(cap.capped(wad!("1.2"), week)?, wad!("1.159135218849315068"));
///
/// let snapshot = RatioSnapshot { ratio: wad!("1.159"), at: week };
/// cap.update(snapshot, wad!("1.159"), week)?;
/// // The ratio may be older than its truth, not above what it may grow to.
/// let far = Timestamp::new(14 * 86_400);
/// assert!(cap.update(RatioSnapshot { at: far, ..snapshot }, wad!("1.16"), far).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Aave's CAPO (PriceCapAdapterBase), `snapshotRatio + snapshotRatio·maxYearlyGrowth·Δt/365 days`. On 10 March
/// 2026 its ratio was moved by its largest step and its timestamp by all seven days, which put the cap
/// 2.79% below the market, and 34 accounts were liquidated.
#[doc(alias("capo", "correlated_asset_price_oracle", "exchange_rate_cap", "guard"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GrowthCap {
    terms: GrowthCapTerms,
    snapshot: RatioSnapshot,
    // When the snapshot was set, at least its time.
    updated: Timestamp,
}

impl GrowthCap {
    /// Creates a cap of terms and a first snapshot, with the ratio that is true now.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a growth above 10,000%, a year of 0 or above 10^10 units, a snapshot of 0 or
    /// from the future, or if the cap would exclude the truth.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let now = Timestamp::new(100);
    /// let snapshot = RatioSnapshot { ratio: wad!("1.1"), at: now };
    /// assert!(GrowthCap::new(terms, snapshot, wad!("1.1"), now).is_ok());
    /// assert!(GrowthCap::new(terms, snapshot, wad!("1.2"), now).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        terms: GrowthCapTerms,
        snapshot: RatioSnapshot,
        truth: Wad,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let cap = Self {
            terms,
            snapshot,
            updated: at,
        };
        cap.check()?;
        cap.admits(truth, at)?;
        Ok(cap)
    }

    /// Returns the terms.
    #[must_use]
    pub const fn terms(&self) -> GrowthCapTerms {
        self.terms
    }

    /// Returns the snapshot.
    #[must_use]
    pub const fn snapshot(&self) -> RatioSnapshot {
        self.snapshot
    }

    /// Computes the cap at a time: `ratio·(1 + growth·Δt/year)`.
    ///
    /// # Rounding
    /// Floor, once.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the snapshot; [`Error::Overflow`] or [`Error::Math`] above [`Wad::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// # let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let now = Timestamp::new(100);
    /// let snapshot = RatioSnapshot { ratio: wad!("1.1"), at: now };
    /// let cap = GrowthCap::new(terms, snapshot, wad!("1.1"), now)?;
    /// assert_eq!(cap.cap_at(now.checked_add(year)?)?, wad!("1.21"));
    /// assert!(cap.cap_at(Timestamp::new(99)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn cap_at(&self, at: Timestamp) -> Result<Wad, Error> {
        let passed = elapsed(self.snapshot.at, at)?;
        // Below 2^94 and 2^98, 10^18 · 10^10 and 10^20 · 10^10; the growth since is below 2^131.
        let unit = U256::product(Wad::SCALE, self.terms.year.get().into());
        let grown = U256::product(self.terms.growth.raw(), passed.get().into());
        let factor = unit.checked_add(grown)?;
        let ratio = U256::from(self.snapshot.ratio.raw());
        let cap = ratio.mul_div(factor, unit, Rounding::Floor)?;
        Ok(Wad::from_raw(cap.to_u128()?))
    }

    /// Returns the part of a ratio that counts: it, or the cap where that is smaller.
    ///
    /// # Rounding
    /// Floor, of the cap.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the snapshot. Where the cap is above [`Wad::MAX`] the ratio counts.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// # let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let now = Timestamp::new(100);
    /// let snapshot = RatioSnapshot { ratio: wad!("1.1"), at: now };
    /// let cap = GrowthCap::new(terms, snapshot, wad!("1.1"), now)?;
    /// assert_eq!(cap.capped(wad!("1.05"), now)?, wad!("1.05"));
    /// assert_eq!(cap.capped(wad!("9"), now)?, wad!("1.1"));
    /// assert!(cap.capped(wad!("1"), Timestamp::new(99)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn capped(&self, ratio: Wad, at: Timestamp) -> Result<Wad, Error> {
        elapsed(self.snapshot.at, at)?;
        Ok(self.cap_at(at).map_or(ratio, |cap| ratio.min(cap)))
    }

    /// Sets ratio and time of the snapshot together, with the ratio that is true now.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for less than the least delay since the last update, a step of the ratio above the
    /// largest, a snapshot from the future, or **if the cap would then be below `truth`**;
    /// [`Error::Backdated`] before the last update or for a snapshot before the last one.
    ///
    /// # Laws
    /// `never_excludes`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// # let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let (now, later) = (Timestamp::new(100), Timestamp::new(200));
    /// let snapshot = RatioSnapshot { ratio: wad!("1.1"), at: now };
    /// let mut cap = GrowthCap::new(terms, snapshot, wad!("1.1"), now)?;
    /// let (before, half) = (cap, RatioSnapshot { ratio: wad!("1.12"), at: later });
    /// assert!(cap.update(half, wad!("1.13"), later).is_err());
    /// assert_eq!(cap, before);
    /// cap.update(half, wad!("1.12"), later)?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("set_snapshot"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn update(
        &mut self,
        snapshot: RatioSnapshot,
        truth: Wad,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.update_terms(self.terms, snapshot, truth, at)
    }

    /// Sets the terms and the snapshot together, with the ratio that is true now. The terms that there are
    /// say how far and how soon.
    ///
    /// # Errors
    /// As [`update`](Self::update), and as [`new`](Self::new) for the terms.
    ///
    /// # Laws
    /// `never_excludes`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// # let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let (start, now) = (Timestamp::new(0), Timestamp::new(31_536_000));
    /// let snapshot = RatioSnapshot { ratio: wad!("1"), at: start };
    /// let mut cap = GrowthCap::new(terms, snapshot, wad!("1"), start)?;
    /// // Half of the growth would exclude what has grown by 8%, with the snapshot that there is.
    /// let slower = GrowthCapTerms { growth: wad!("0.05"), ..terms };
    /// assert!(cap.update_terms(slower, snapshot, wad!("1.08"), now).is_err());
    /// let stepped = RatioSnapshot { ratio: wad!("1.03"), ..snapshot };
    /// cap.update_terms(slower, stepped, wad!("1.08"), now)?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("setCapParameters"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn update_terms(
        &mut self,
        terms: GrowthCapTerms,
        snapshot: RatioSnapshot,
        truth: Wad,
        at: Timestamp,
    ) -> Result<(), Error> {
        elapsed(self.snapshot.at, snapshot.at)?;
        self.check_step(snapshot.ratio, at)?;
        *self = Self::new(terms, snapshot, truth, at)?;
        Ok(())
    }

    /// Raises the ratio of the snapshot by at most a step and leaves its time, which can only raise the cap:
    /// the way back for a cap that the truth has outgrown by more than one step, where every update would be
    /// refused.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for less than the least delay since the last update, a ratio below that of the
    /// snapshot, or a step above the largest; [`Error::Backdated`] before the last update.
    ///
    /// # Laws
    /// `raising_never_lowers`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// # let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let now = Timestamp::new(100);
    /// let snapshot = RatioSnapshot { ratio: wad!("1"), at: now };
    /// let mut cap = GrowthCap::new(terms, snapshot, wad!("1"), now)?;
    /// cap.raise(wad!("1.03"), now)?;
    /// assert_eq!(cap.cap_at(now)?, wad!("1.03"));
    /// assert!(cap.raise(wad!("1.02"), now).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn raise(&mut self, ratio: Wad, at: Timestamp) -> Result<(), Error> {
        let least = self.snapshot.ratio.raw();
        in_range(Quantity::SnapshotRatio, ratio.raw(), least, u128::MAX)?;
        self.check_step(ratio, at)?;
        self.snapshot.ratio = ratio;
        self.updated = at;
        Ok(())
    }

    /// Computes the latest time that a snapshot of this ratio may have, so that the cap at `at`
    /// doesn't exclude what is true then.
    ///
    /// # Rounding
    /// Floor, of the time: against the cap's being too low.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if there is none: the ratio can't have grown to the truth since the clock began.
    ///
    /// # Laws
    /// `inverse_is_tight`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::{GrowthCap, GrowthCapTerms, RatioSnapshot};
    /// # let (year, min_delay) = (Span::from_days(365), Span::ZERO);
    /// # let terms = GrowthCapTerms { growth: wad!("0.1"), year, max_step: fraction!("0.03"), min_delay };
    /// let now = Timestamp::new(40_000_000);
    /// let snapshot = RatioSnapshot { ratio: wad!("1.1"), at: now };
    /// let cap = GrowthCap::new(terms, snapshot, wad!("1.1"), now)?;
    /// let latest = cap.latest_snapshot(wad!("1.1"), wad!("1.21"), now)?;
    /// assert_eq!(latest, now.checked_sub(year)?);
    /// assert!(cap.latest_snapshot(wad!("1.1"), wad!("9"), now).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn latest_snapshot(
        &self,
        ratio: Wad,
        truth: Wad,
        at: Timestamp,
    ) -> Result<Timestamp, Error> {
        let Ok(gap) = truth.checked_sub(ratio) else {
            return Ok(at);
        };
        if gap.is_zero() {
            return Ok(at);
        }
        // Δt ≥ gap·1e18·year / (ratio·growth); the divisor is 0 where nothing ever grows.
        let unit = U256::product(Wad::SCALE, self.terms.year.get().into());
        let speed = U256::product(ratio.raw(), self.terms.growth.raw());
        let least = U256::from(gap.raw()).mul_div(unit, speed, Rounding::Ceil);
        let age = low(least.unwrap_or(U256::MAX));
        let (what, most) = (Quantity::SnapshotTime, at.get().into());
        in_range(what, age, 0, most)?;
        // At most the time now, so it fits.
        let age = u64::try_from(age).unwrap_or(u64::MAX);
        Ok(at.checked_sub(Span::new(age))?)
    }

    /// Checks that the ratio may be set to this one now, by the terms that there are.
    fn check_step(&self, ratio: Wad, at: Timestamp) -> Result<(), Error> {
        let waited = elapsed(self.updated, at)?.get().into();
        let least = self.terms.min_delay.get().into();
        in_range(Quantity::SnapshotDelay, waited, least, u128::MAX)?;
        let old = self.snapshot.ratio;
        // Floored: a step of whole 1e-18 is within the exact bound if it is within this one.
        let most = old.mul_fraction(self.terms.max_step, Rounding::Floor);
        let step = old.abs_diff(ratio).raw();
        in_range(Quantity::SnapshotStep, step, 0, most.raw())
    }

    /// Checks the terms and the snapshot.
    fn check(&self) -> Result<(), Error> {
        let terms = self.terms;
        in_range(Quantity::Growth, terms.growth.raw(), 0, LARGEST_GROWTH)?;
        in_range(Quantity::Year, terms.year.get().into(), 1, LONGEST_YEAR)?;
        let snapshot = self.snapshot;
        in_range(Quantity::SnapshotRatio, snapshot.ratio.raw(), 1, u128::MAX)?;
        let (at, updated) = (snapshot.at.get().into(), self.updated.get().into());
        in_range(Quantity::SnapshotTime, at, 0, updated)
    }

    /// Checks that the cap doesn't exclude the truth.
    fn admits(&self, truth: Wad, at: Timestamp) -> Result<(), Error> {
        // A cap above all numbers excludes none.
        let cap = self.cap_at(at).map_or(u128::MAX, Wad::raw);
        in_range(Quantity::GuardedRatio, truth.raw(), 0, cap)
    }
}
