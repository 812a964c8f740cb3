//! Emission at a constant rate.

use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, Span, Timestamp};

use crate::check::{at_rate, elapsed, length};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, of_a_part, FromSeed};
use crate::{Curve, Error};

/// Emission at the same rate from a start to an end.
///
/// The rate is a ratio and not a number of units. So nothing is lost of a rate below one unit per
/// unit of the clock, nor of one that comes from a total and a length of time: a total of 1,000
/// over a year of seconds is 1,000 at its end.
///
/// # Rounding
/// Floor for what has been emitted, Ceil for the time of an amount. So the rate at a time is one of
/// the two integers next to the exact one.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` and `time_of` are one division each.
///
/// ```
/// use tokenomics_emission_curves::{Constant, Curve};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // Monero's tail, 0.6 XMR in every block; the clock is the block height.
/// let (first, last) = (Timestamp::new(2_641_623), Timestamp::new(1_000_000_000));
/// let tail = Constant::new(first, last, Ratio::new(600_000_000_000, 1)?)?;
/// let day = tail.emitted_between(Timestamp::new(3_000_000), Timestamp::new(3_000_720));
/// assert_eq!(day, Amount::new(432_000_000_000_000));
///
/// // 1,000 units in a year of seconds.
/// let (start, end) = (Timestamp::ZERO, Timestamp::new(31_536_000));
/// let drops = Constant::of_total(start, end, Amount::new(1_000))?;
/// assert_eq!(drops.time_of(Amount::new(1)), Some(Timestamp::new(31_536)));
/// assert_eq!(drops.cap(), Amount::new(1_000));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Monero's tail emission, Ethereum Classic within an era, and every "tokens per block" farm.
/// Contracts that keep an integer rate per second lose the remainder of a total: in Zivoe #189 such
/// a rate is rounded to 0.
#[doc(alias("linear", "tokens_per_second"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Constant {
    start: Timestamp,
    // After the start, and ⌊rate · (end − start)⌋ is an amount.
    end: Timestamp,
    rate: Ratio,
}

impl Constant {
    /// Creates a curve of `rate` base units per unit of the clock, from `start` to `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start; [`Error::Overflow`] if all of
    /// it is above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Constant, Curve, Error, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// let (start, end) = (Timestamp::new(100), Timestamp::new(200));
    /// let half_a_unit = Ratio::new(1, 2)?;
    /// assert_eq!(Constant::new(start, end, half_a_unit)?.cap(), Amount::new(50));
    ///
    /// // An end at 100 is not after the start: the least that is allowed is 101.
    /// let (what, value, bound) = (Quantity::End, 100, 101);
    /// let refused = Constant::new(start, start, half_a_unit);
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(start: Timestamp, end: Timestamp, rate: Ratio) -> Result<Self, Error> {
        at_rate(rate, length(start, end)?)?;
        Ok(Self { start, end, rate })
    }

    /// Creates a curve that spreads `total` base units evenly from `start` to `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Constant, Curve};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// // 1,000 units in 3 days: a third of it a day, and all of it at the end.
    /// let thirds = Constant::of_total(Timestamp::ZERO, Timestamp::new(3), Amount::new(1_000))?;
    /// assert_eq!(thirds.emitted_at(Timestamp::new(1)), Amount::new(333));
    /// assert_eq!(thirds.emitted_at(Timestamp::new(3)), Amount::new(1_000));
    /// assert!(Constant::of_total(Timestamp::ZERO, Timestamp::ZERO, Amount::new(1_000)).is_err());
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn of_total(start: Timestamp, end: Timestamp, total: Amount) -> Result<Self, Error> {
        let rate = Ratio::new(total.get(), length(start, end)?.into())?;
        Self::new(start, end, rate)
    }

    /// Returns the exact rate, in base units per unit of the clock.
    #[must_use]
    pub const fn rate(&self) -> Ratio {
        self.rate
    }
}

impl Curve for Constant {
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
        // At most what the constructor has seen fit.
        at_rate(self.rate, elapsed(self.start, self.end, at)).unwrap_or(Amount::ZERO)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.cap() {
            return None;
        }
        // ⌊e·n/d⌋ ≥ x ⟺ e·n ≥ x·d ⟺ e ≥ ⌈x·d/n⌉, at most the length; and where something is
        // emitted, n isn't 0.
        let (n, d) = (self.rate.numerator(), self.rate.denominator());
        let into = mul_div(amount.get(), d, n, Rounding::Ceil).ok()?;
        let into = Span::new(u64::try_from(into).ok()?);
        self.start.checked_add(into).ok()
    }
}

tokenomics_internals::checked_codec! {
    Constant::new as RawConstant {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        rate: Ratio = Constant::rate,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Constant {
    type Seed = (Timestamp, Timestamp, Ratio);

    fn from_seed((from, to, rate): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        of_a_part(rate.numerator(), |n| {
            Self::new(start, end, Ratio::new(n, rate.denominator())?)
        })
    }
}
