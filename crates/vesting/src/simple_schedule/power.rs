//! Vesting by a power of the time that has passed.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, Wad};

use crate::check::positive;
use crate::schedule::search;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, FromSeed};
use crate::{Error, Linear, Quantity, Resize, Schedule};

/// A schedule that vests by a power of the share of time that has passed:
/// total · ((t − start) / (end − start))^k.
///
/// An exponent above 1 begins slowly and ends fast, back-loaded; one below 1 the other way round; 1
/// is a [`Linear`].
///
/// # Rounding
/// Floor for what has vested: the exact real number, rounded once.
///
/// # Laws
/// Those of [`Schedule`], and `the_curve_rounded_once`. The inverse is a search over the time
/// between start and end, of at most 65 evaluations.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp, Wad};
/// use tokenomics_vesting::{Power, Schedule};
///
/// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
/// let square = Power::new(start, end, Wad::from_integer(2)?, Amount::new(1_000))?;
/// let vested = [10, 50, 99, 100].map(|at| square.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [10, 250, 980, 1_000]);
/// assert_eq!(square.time_of(Amount::new(250)), Some(Timestamp::new(50)));
///
/// let root = Power::new(start, end, "0.5".parse()?, Amount::new(1_000))?;
/// assert_eq!(root.vested_at(Timestamp::new(25)), Amount::new(500));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Sablier Lockup Dynamic, one segment: amount · x^exponent. There the share of time and its power
/// are rounded to 18 decimals each, and a power that comes out above the exact one lets a segment
/// pass its amount, which voids it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Power {
    // For its interval and its total.
    linear: Linear,
    // Above 0.
    exponent: Wad,
}

impl Power {
    /// Creates the schedule of `total` base units from `start` to `end`, by the share of time to
    /// the power of `exponent`.
    ///
    /// # Errors
    /// [`Error::NotAfter`] unless `start` < `end`; [`Error::OutOfRange`] for an exponent of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Timestamp, Wad};
    /// use tokenomics_vesting::{Error, Power, Schedule};
    ///
    /// let (start, end, total) = (Timestamp::new(0), Timestamp::new(10), Amount::new(1_000));
    /// let cubic = Power::new(start, end, wad!("3"), total)?;
    /// assert_eq!(cubic.vested_at(Timestamp::new(5)), Amount::new(125));
    ///
    /// let flat = Power::new(start, end, Wad::ZERO, total);
    /// assert!(matches!(flat, Err(Error::OutOfRange { value: 0, bound: 1, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        exponent: Wad,
        total: Amount,
    ) -> Result<Self, Error> {
        positive(Quantity::Exponent, exponent.raw())?;
        Ok(Self {
            linear: Linear::new(start, end, total)?,
            exponent,
        })
    }

    /// Returns the exponent; never 0.
    #[must_use]
    pub const fn exponent(&self) -> Wad {
        self.exponent
    }
}

impl Schedule for Power {
    fn total(&self) -> Amount {
        self.linear.total()
    }

    fn start(&self) -> Timestamp {
        self.linear.start()
    }

    fn end(&self) -> Timestamp {
        self.linear.end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.linear.along(at, |total, passed| {
            total.mul_pow(passed, self.exponent, Rounding::Floor)
        })
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        search(self, amount)
    }
}

impl Resize for Power {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.exponent(), total)
    }
}

tokenomics_internals::checked_codec! {
    Power::new as RawPower {
        start: Timestamp = Schedule::start,
        end: Timestamp = Schedule::end,
        exponent: Wad = Power::exponent,
        total: Amount = Schedule::total,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Power {
    type Seed = (Timestamp, Timestamp, (bool, Wad), Amount);

    /// Half of them with an exponent up to 20.
    fn from_seed((a, b, (small, exponent), total): Self::Seed) -> Option<Self> {
        let (start, end) = interval(a, b);
        let most = if small { 20 * Wad::SCALE } else { u128::MAX };
        let exponent = exponent.raw().checked_rem(most)?.max(1);
        Self::new(start, end, Wad::from_raw(exponent), total).ok()
    }
}
