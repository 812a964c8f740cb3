//! Vesting by a logistic function of the time that has passed.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, Wad};

use crate::check::in_range;
use crate::schedule::search;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, FromSeed};
use crate::{Error, Linear, Quantity, Resize, Schedule};

/// A schedule that vests along an S-curve, slowly at both ends and fastest at the half, where half of
/// it has vested: with x for the share of time that has passed, k for the steepness and
/// s(z) = 1 / (1 + e^−z), total · (s(k(2x − 1)) − s(−k)) / (s(k) − s(−k)).
///
/// The less steep it is, the closer it comes to a [`Linear`]. At a steepness of 10 the middle fifth of
/// the time brings three quarters of the total.
///
/// # Rounding
/// Floor for what has vested: the exact real number, rounded once.
///
/// # Laws
/// Those of [`Schedule`]. The inverse is a search over the time between start and end, of at most 65
/// evaluations.
///
/// ```
/// use tokenomics_fixed_math::{wad, Amount, Timestamp};
/// use tokenomics_vesting::{Logistic, Schedule};
///
/// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
/// let curve = Logistic::new(start, end, wad!("10"), Amount::new(1_000))?;
/// let vested = [10, 40, 50, 60, 90].map(|at| curve.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 119, 500, 880, 999]);
/// assert_eq!(curve.time_of(Amount::new(500)), Some(Timestamp::new(50)));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// The logistic function of Verhulst (1838), moved and scaled to go from none to all between two
/// dates; the S-curve of adoption by which Bass (1969) spreads a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Logistic {
    // For its interval and its total.
    linear: Linear,
    // Above 0, at most 40.
    steepness: Wad,
}

impl Logistic {
    /// The largest steepness, 40: with it all but four millionths of the total vest in the middle
    /// third of the time.
    pub const STEEPEST: Wad = Wad::from_raw(40 * Wad::SCALE);

    /// Creates the schedule of `total` base units from `start` to `end`, by an S-curve of
    /// `steepness`.
    ///
    /// # Errors
    /// [`Error::NotAfter`] unless `start` < `end`; [`Error::OutOfRange`] for a steepness of 0 or above
    /// [`STEEPEST`](Self::STEEPEST).
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Timestamp, Wad};
    /// use tokenomics_vesting::{Error, Logistic, Quantity, Schedule};
    ///
    /// let (start, end, total) = (Timestamp::new(0), Timestamp::new(4), Amount::new(1_000));
    /// let of = |steepness| Logistic::new(start, end, steepness, total);
    /// assert_eq!(of(wad!("5"))?.vested_at(Timestamp::new(1)), Amount::new(70));
    ///
    /// let (what, value, bound) = (Quantity::Steepness, 0, 1);
    /// assert_eq!(of(Wad::ZERO), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        steepness: Wad,
        total: Amount,
    ) -> Result<Self, Error> {
        let most = Self::STEEPEST.raw();
        in_range(Quantity::Steepness, steepness.raw(), 1, most)?;
        Ok(Self {
            linear: Linear::new(start, end, total)?,
            steepness,
        })
    }

    /// Returns the steepness k; above 0, at most 40.
    #[must_use]
    pub const fn steepness(&self) -> Wad {
        self.steepness
    }
}

impl Schedule for Logistic {
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
            total.mul_logistic(self.steepness, passed, Rounding::Floor)
        })
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        search(self, amount)
    }
}

impl Resize for Logistic {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.steepness(), total)
    }
}

tokenomics_internals::checked_codec! {
    Logistic::new as RawLogistic {
        start: Timestamp = Schedule::start,
        end: Timestamp = Schedule::end,
        steepness: Wad = Logistic::steepness,
        total: Amount = Schedule::total,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Logistic {
    type Seed = (Timestamp, Timestamp, Wad, Amount);

    fn from_seed((a, b, steepness, total): Self::Seed) -> Option<Self> {
        let (start, end) = interval(a, b);
        let steepness = steepness.raw().checked_rem(Self::STEEPEST.raw())?;
        let steepness = Wad::from_raw(steepness.saturating_add(1));
        Self::new(start, end, steepness, total).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath 1.3.0 with 1,000 digits: see `an_amount_along_logistic_curves` of the numbers, whose
    /// figures these are: a billion tokens with 18 decimals over four years of 365 days, after a
    /// second, a year, a third of it, a second more than half, and all but a second.
    #[test]
    fn four_years_of_a_billion() {
        let total = Amount::new(10_u128.pow(27));
        let end = Timestamp::new(126_144_000);
        let five = Wad::from_raw(5 * Wad::SCALE);
        let curve = Logistic::new(Timestamp::ZERO, end, five, total).unwrap();
        let times = [1, 31_536_000, 42_048_000, 63_072_001, 126_143_999];
        let vested = times.map(|at| curve.vested_at(Timestamp::new(at)).get());
        let expected = [
            534_171_516_584_630_879,
            70_103_716_545_108_156_932_332_818,
            154_240_876_340_182_083_347_606_785,
            500_000_020_087_505_347_313_545_063,
            999_999_999_465_828_483_415_369_120,
        ];
        assert_eq!(vested, expected);
        let back = expected.map(|amount| curve.time_of(Amount::new(amount)).unwrap().get());
        assert_eq!(back, times);
    }

    #[test]
    fn steeper_than_the_steepest_is_refused() {
        let of = |raw| {
            let (start, end) = (Timestamp::ZERO, Timestamp::new(9));
            Logistic::new(start, end, Wad::from_raw(raw), Amount::new(7))
        };
        let (what, bound) = (Quantity::Steepness, Logistic::STEEPEST.raw());
        assert!(of(bound).is_ok() && of(1).is_ok());
        let value = bound + 1;
        assert_eq!(of(value), Err(Error::OutOfRange { what, value, bound }));
    }
}
