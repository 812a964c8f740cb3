//! The S-curve: logistic growth towards a ceiling.

use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio, Timestamp};
use tokenomics_internals::difference;

use crate::check::{elapsed, length};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, short, FromSeed};
use crate::{Curve, Error};

/// Logistic growth: a supply that grows like an exponential at first, fastest at half of a ceiling,
/// and comes ever closer to it.
///
/// With K for the ceiling, S for the supply at the start and r for the rate, the supply after t is
/// K / (1 + (K − S)/S·e^(−r·t)). It never comes to K, so the curve has an end: [`Timestamp::MAX`]
/// if it is to go on for ever.
///
/// # Rounding
/// Floor for the supply: the exact real number, rounded once.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one [`LogisticGrowth::after`]; `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Logistic};
/// use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio, Timestamp};
///
/// // From 1% of a million to all of it, at e-fold a month: half is there in the fifth month.
/// let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
/// let (supply, ceiling) = (Amount::new(10_000), Amount::new(1_000_000));
/// let growth = LogisticGrowth::new(supply, ceiling, Ratio::new(1, 30 * 86_400)?)?;
/// let curve = Logistic::new(start, end, growth)?;
/// let half = curve.time_of(Amount::new(490_000)).map(|time| time.get() / (30 * 86_400));
/// assert_eq!(half, Some(4));
/// assert_eq!(curve.cap(), Amount::new(989_999));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Verhulst, Notice sur la loi que la population suit dans son accroissement (1838). Ampleforth
/// bounds its rebases by such a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Logistic {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    growth: LogisticGrowth,
}

impl Logistic {
    /// Creates the curve of a supply's `growth` from `start` until `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start.
    ///
    /// ```
    /// use tokenomics_emission_curves::{Curve, Error, Logistic, Quantity};
    /// use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio, Timestamp};
    ///
    /// let (supply, ceiling) = (Amount::new(100), Amount::new(1_000));
    /// let growth = LogisticGrowth::new(supply, ceiling, Ratio::new(1, 10)?)?;
    /// let until = |end| Logistic::new(Timestamp::ZERO, Timestamp::new(end), growth);
    /// // Ten e-foldings later all but the last unit of the ceiling is there.
    /// assert_eq!(until(100)?.cap(), Amount::new(899));
    ///
    /// let (what, value, bound) = (Quantity::End, 0, 1);
    /// assert_eq!(until(0), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(start: Timestamp, end: Timestamp, growth: LogisticGrowth) -> Result<Self, Error> {
        length(start, end)?;
        Ok(Self { start, end, growth })
    }

    /// Creates the curve of the arguments that it is written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(
        start: Timestamp,
        end: Timestamp,
        supply: Amount,
        ceiling: Amount,
        rate: Ratio,
    ) -> Result<Self, Error> {
        Self::new(start, end, LogisticGrowth::new(supply, ceiling, rate)?)
    }

    /// Returns the growth of the supply.
    #[must_use]
    pub const fn growth(&self) -> &LogisticGrowth {
        &self.growth
    }

    /// Returns the supply at the start.
    #[must_use]
    pub const fn supply(&self) -> Amount {
        self.growth.supply()
    }

    /// Returns the ceiling, which the supply grows to but never reaches.
    #[must_use]
    pub const fn ceiling(&self) -> Amount {
        self.growth.ceiling()
    }

    /// Returns the continuous rate at which the supply would grow without a ceiling.
    #[must_use]
    pub const fn rate(&self) -> Ratio {
        self.growth.rate()
    }
}

impl Curve for Logistic {
    fn cap(&self) -> Amount {
        self.emitted_at(self.end)
    }

    fn start(&self) -> Timestamp {
        self.start
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let supply = self.growth.after(elapsed(self.start, self.end, at));
        difference(supply, self.growth.supply())
    }
}

tokenomics_internals::checked_codec! {
    Logistic::of as RawLogistic {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Logistic::supply,
        ceiling: Amount = Logistic::ceiling,
        rate: Ratio = Logistic::rate,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Logistic {
    type Seed = (Timestamp, Timestamp, Amount, Amount, Ratio);

    fn from_seed((from, to, supply, ceiling, rate): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        let ceiling = ceiling.max(Amount::new(2));
        let most = Amount::new(ceiling.get().checked_sub(1)?);
        let supply = supply.clamp(Amount::new(1), most);
        let growth = LogisticGrowth::new(supply, ceiling, short(rate)?).ok()?;
        Self::new(start, end, growth).ok()
    }
}
