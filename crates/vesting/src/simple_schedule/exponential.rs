//! Vesting by an exponential of the time that has passed.

use tokenomics_fixed_math::{Amount, Rounding, SignedWad, Timestamp};

use crate::schedule::search;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, FromSeed};
use crate::{Error, Linear, Resize, Schedule};

/// A schedule that vests by exponential growth or decay: total · (e^(kx) − 1) / (e^k − 1), where x
/// is the share of time that has passed from start to end.
///
/// With a steepness k above 0 vesting speeds up, e^k-fold from start to end: back-loaded. Below 0
/// it slows down as much: front-loaded, and total · (1 − e^(−|k|x)) / (1 − e^−|k|) as it is mostly
/// written. At 0, which lies between, it is a [`Linear`]. What vests in an hour is always the same
/// share of what vested in the hour before.
///
/// # Rounding
/// Floor for what has vested: the exact real number, rounded once.
///
/// # Laws
/// Those of [`Schedule`], and `the_curve_rounded_once`. The inverse is a search over the time
/// between start and end, of at most 65 evaluations.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Exponential, Schedule};
///
/// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
/// let total = Amount::new(15_000);
/// // In each quarter of the time half as much vests as in the quarter before: k = −4·ln 2.
/// let front = Exponential::new(start, end, "-2.772588722239781237".parse()?, total)?;
/// let vested = [0, 25, 50, 75, 100].map(|at| front.vested_at(Timestamp::new(at)).get());
/// // k is a little less than four times ln 2: not quite 8,000, 12,000 and 14,000.
/// assert_eq!(vested, [0, 7_999, 11_999, 13_999, 15_000]);
///
/// let back = Exponential::new(start, end, "2.772588722239781237".parse()?, total)?;
/// assert_eq!(back.vested_at(Timestamp::new(50)).get(), 3_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// The "exponential" streams of token distributors, of which Sablier Lockup Dynamic's are powers
/// ([`Power`](crate::Power)); a rate that falls by a constant share per unit of time, as the
/// activity of a radioactive element does, between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exponential {
    // For its interval and its total.
    linear: Linear,
    steepness: SignedWad,
}

impl Exponential {
    /// Creates the schedule of `total` base units from `start` to `end`, back-loaded for a
    /// `steepness` above 0, front-loaded for one below.
    ///
    /// # Errors
    /// [`Error::NotAfter`] unless `start` < `end`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, SignedWad, Timestamp};
    /// use tokenomics_vesting::{Error, Exponential, Schedule};
    ///
    /// let (start, end, total) = (Timestamp::new(0), Timestamp::new(10), Amount::new(1_000));
    /// // A steepness of 0 is a straight line.
    /// let line = Exponential::new(start, end, SignedWad::ZERO, total)?;
    /// assert_eq!(line.vested_at(Timestamp::new(5)), Amount::new(500));
    ///
    /// let at_once = Exponential::new(start, start, SignedWad::ZERO, total);
    /// assert_eq!(at_once, Err(Error::NotAfter { start, end: start }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        steepness: SignedWad,
        total: Amount,
    ) -> Result<Self, Error> {
        Ok(Self {
            linear: Linear::new(start, end, total)?,
            steepness,
        })
    }

    /// Returns the steepness k: above 0 for back-loaded, below 0 for front-loaded.
    #[must_use]
    pub const fn steepness(&self) -> SignedWad {
        self.steepness
    }
}

impl Schedule for Exponential {
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
            total.mul_expm1(self.steepness, passed, Rounding::Floor)
        })
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        search(self, amount)
    }
}

impl Resize for Exponential {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.steepness(), total)
    }
}

tokenomics_internals::checked_codec! {
    Exponential::new as RawExponential {
        start: Timestamp = Schedule::start,
        end: Timestamp = Schedule::end,
        steepness: SignedWad = Exponential::steepness,
        total: Amount = Schedule::total,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Exponential {
    type Seed = (Timestamp, Timestamp, (bool, SignedWad), Amount);

    /// Half of them with a steepness of up to 40, back- or front-loaded.
    fn from_seed((a, b, (small, steepness), total): Self::Seed) -> Option<Self> {
        const FORTY: i128 = 40 * SignedWad::ONE.raw();
        let (start, end) = interval(a, b);
        let steepness = if small {
            SignedWad::from_raw(steepness.raw().checked_rem(FORTY)?)
        } else {
            steepness
        };
        Self::new(start, end, steepness, total).ok()
    }
}
