//! Exponential decay of a reserve.

use tokenomics_fixed_math::{Amount, Growth, Rounding, Timestamp};
use tokenomics_internals::difference;

use crate::check::{elapsed, length};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, FromSeed};
use crate::{Curve, Decay, Error};

/// Exponential decay: what is left of a reserve falls by the same part in each unit of the clock,
/// and what it loses is emitted.
///
/// Of a reserve R, R·(1 − e^(−λ·t)) has been emitted after t. It never comes to R, so the curve has
/// an end: [`Timestamp::MAX`] if it is to go on for ever.
///
/// # Rounding
/// Floor for what has been emitted: the exact real number, rounded once. That is R less what is
/// left, rounded up, since R is whole.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one [`Growth`], whatever the time; `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Decay, Exponential};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
///
/// // Filecoin's simple minting: half of 330 million in six years of epochs of 30 seconds.
/// let six_years = Span::new(6 * 365 * 86_400 / 30);
/// let reserve = Amount::new(330_000_000 * 10_u128.pow(18));
/// let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
/// let simple = Exponential::new(start, end, reserve, Decay::HalfLife(six_years))?;
/// assert_eq!(simple.rate_at(start), Amount::new(36_266_260_308_195_979_333));
/// let half = simple.emitted_at(Timestamp::new(six_years.get()));
/// assert_eq!(half, Amount::new(165_000_000 * 10_u128.pow(18)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Yield Basis, `reserve·(1 − e^(−dt·rate))`; Filecoin's simple minting. They round each call, so
/// that calling often emits less; here every interval is a difference of one curve.
#[doc(alias("decay", "half_life"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exponential {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    reserve: Amount,
    decay: Decay,
    // Never rises.
    growth: Growth,
}

impl Exponential {
    /// Creates the curve that emits a `reserve` by `decay`, from `start` to `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start, a part per unit of 0, a
    /// half-life of 0, and a rate of 2^63 or more; [`Error::NeverEnds`] for a part per unit that is
    /// 1 or more.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Decay, Error, Exponential};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// let (start, end) = (Timestamp::ZERO, Timestamp::new(10));
    /// let kept = |part| Exponential::new(start, end, Amount::new(1_000), Decay::PerUnit(part));
    /// assert_eq!(kept(Ratio::new(9, 10)?)?.cap(), Amount::new(651)); // 1,000·(1 − 0.9^10)
    /// assert_eq!(kept(Ratio::ONE), Err(Error::NeverEnds { decay: Ratio::ONE }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        reserve: Amount,
        decay: Decay,
    ) -> Result<Self, Error> {
        length(start, end)?;
        Ok(Self {
            start,
            end,
            reserve,
            decay,
            growth: decay.growth()?,
        })
    }

    /// Returns the reserve: the amount that would be emitted if the curve never ended.
    #[must_use]
    pub const fn reserve(&self) -> Amount {
        self.reserve
    }

    /// Returns the decay of the reserve.
    #[must_use]
    pub const fn decay(&self) -> Decay {
        self.decay
    }
}

impl Curve for Exponential {
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
        let time = elapsed(self.start, self.end, at);
        // A decay leaves no more than there was: there is always a result.
        let left = self.growth.of(self.reserve, time, Rounding::Ceil);
        difference(self.reserve, left.unwrap_or(self.reserve))
    }
}

tokenomics_internals::checked_codec! {
    Exponential::new as RawExponential {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        reserve: Amount = Exponential::reserve,
        decay: Decay = Exponential::decay,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Exponential {
    type Seed = (Timestamp, Timestamp, Amount, Decay);

    fn from_seed((from, to, reserve, decay): Self::Seed) -> Option<Self> {
        let (start, end) = interval(from, to);
        Self::new(start, end, reserve, decay).ok()
    }
}
