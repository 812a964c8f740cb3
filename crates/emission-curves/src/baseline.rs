//! Baseline minting: emission by what a network has done, against a baseline that grows.

use tokenomics_fixed_math::{earliest, Amount, Growth, Ratio, Rounding, Span, Timestamp, U256};
use tokenomics_internals::difference;

use crate::check::in_range;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{short, FromSeed};
use crate::{Decay, Error, Quantity};

/// Baseline minting: an exponential decay whose clock is not time but what the network has done.
///
/// The baseline is a target for the network's power, which grows by a factor in each epoch. What
/// the network has realized in each epoch, but no more than the baseline of that epoch, is added
/// up, and so is the baseline. The number of epochs after which the baseline's sum comes to what
/// was realized is the effective time, and the reserve decays by that.
///
/// The host adds up what was realized; all else is a function of it, in one step and for any gap
/// between calls.
///
/// # Rounding
/// Floor for what has been minted: the exact real number at an effective time, rounded once. Floor
/// for the baseline's sum. The effective time is an exact ratio: nothing in it is rounded.
///
/// # Laws
/// `baseline_by_definition`: the effective time of the baseline's sum before an epoch is that
/// epoch; it rises with what was realized; and what is minted is what
/// [`Exponential`](crate::Exponential) has emitted by then.
///
/// ```
/// use tokenomics_emission_curves::{Baseline, Decay};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// // Filecoin: 770 million, half of it in six years of epochs of 30 seconds; a baseline of 2.5 EiB
/// // that doubles in a year.
/// let reserve = Amount::new(770_000_000 * 10_u128.pow(18));
/// let decay = Decay::HalfLife(Span::new(6 * 365 * 2_880));
/// let factor = Ratio::new(170141295649320539232982094963156736826, 1 << 127)?;
/// let baseline = Baseline::new(reserve, decay, 5 << 59, factor)?;
///
/// // A network at half of the baseline's first year is less than half a year old by it.
/// let year = Timestamp::new(365 * 2_880);
/// let half = baseline.baseline_by(year)? / 2;
/// let effective = baseline.effective_time(half)?;
/// let epochs = effective.numerator() / effective.denominator();
/// assert_eq!(epochs, 614_912);
/// assert!(baseline.minted_by(effective) < baseline.minted_by(Ratio::from_integer(1_051_200)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Filecoin, the reward actor: M·(1 − e^(−λθ)), with θ the effective network time. It keeps θ up
/// from epoch to epoch, by a loop over skipped ones, and rounds the baseline in each; this needs
/// neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Baseline {
    reserve: Amount,
    decay: Decay,
    // Above 0, and below 2^63.
    power: u128,
    // In lowest terms, above 1 and at most 2.
    factor: Ratio,
    left: Growth,
    rise: Growth,
}

impl Baseline {
    /// Creates the minting of `reserve`, which falls by `decay` in effective time, against a
    /// baseline of `power` in the first epoch and `factor` times as much in each following one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a power of 0 or of 2^63 and above, and for a factor that is not
    /// above 1 and at most 2; for the decay as in [`Exponential::new`](crate::Exponential::new).
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Baseline, Decay, Error, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// let (reserve, decay) = (Amount::new(1_000_000), Decay::HalfLife(Span::new(100)));
    /// let baseline = Baseline::new(reserve, decay, 500, Ratio::new(101, 100)?)?;
    /// assert_eq!(baseline.factor(), Ratio::new(101, 100)?);
    ///
    /// // A baseline that doesn't grow: its numerator has to be above its denominator.
    /// let flat = Baseline::new(reserve, decay, 500, Ratio::ONE);
    /// let (what, value, bound) = (Quantity::BaselineFactor, 1, 2);
    /// assert_eq!(flat, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(reserve: Amount, decay: Decay, power: u128, factor: Ratio) -> Result<Self, Error> {
        in_range(Quantity::BaselinePower, power, 1, (1 << 63) - 1)?;
        let factor = factor.reduced();
        let (n, d) = (factor.numerator(), factor.denominator());
        in_range(
            Quantity::BaselineFactor,
            n,
            d.saturating_add(1),
            d.saturating_mul(2),
        )?;
        Ok(Self {
            reserve,
            decay,
            power,
            factor,
            left: decay.growth()?,
            rise: Growth::per_unit(factor)?,
        })
    }

    /// Returns the reserve: the amount that would be minted in the end, which no effective time
    /// comes to.
    #[must_use]
    pub const fn reserve(&self) -> Amount {
        self.reserve
    }

    /// Returns the decay of the reserve in effective time.
    #[must_use]
    pub const fn decay(&self) -> Decay {
        self.decay
    }

    /// Returns the baseline of the first epoch.
    #[must_use]
    pub const fn power(&self) -> u128 {
        self.power
    }

    /// Returns the factor by which the baseline grows in each epoch, in lowest terms.
    #[must_use]
    pub const fn factor(&self) -> Ratio {
        self.factor
    }

    /// Returns the sum of the baseline over all epochs before `epoch`: p·(fⁿ − 1) / (f − 1).
    ///
    /// # Rounding
    /// Floor of p·fⁿ / (f − 1), from which that of the first epoch is taken.
    ///
    /// # Errors
    /// [`Error::Math`] of a growth above 128 bits.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Baseline, Decay, Error};
    /// # use tokenomics_fixed_math::{Amount, Error as MathError, Ratio, Span, Timestamp};
    /// let (reserve, decay) = (Amount::new(1_000_000), Decay::HalfLife(Span::new(100)));
    /// let doubling = Baseline::new(reserve, decay, 500, Ratio::from_integer(2))?;
    /// assert_eq!(doubling.baseline_by(Timestamp::new(3))?, 500 + 1_000 + 2_000);
    /// let too_late = doubling.baseline_by(Timestamp::new(128));
    /// let growth = MathError::Growth { units: Ratio::from_integer(128) };
    /// assert_eq!(too_late, Err(Error::Math(growth.into())));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn baseline_by(&self, epoch: Timestamp) -> Result<u128, Error> {
        let (n, d) = (self.factor.numerator(), self.factor.denominator());
        // p·fⁿ·d / (n − d); the constructor has seen that n is above d.
        let (product, gap) = (U256::product(self.power, d), n.wrapping_sub(d));
        let epochs = Ratio::from_integer(epoch.get().into());
        let sum = self.rise.mul_div(product, gap, epochs, Rounding::Floor)?;
        let first = product.checked_div(gap, Rounding::Floor)?.to_u128()?;
        // fⁿ is at least 1.
        Ok(sum.saturating_sub(first))
    }

    /// Returns the effective time: the number of epochs after which the baseline's sum comes to
    /// `realized`, with a part of an epoch as a fraction. Within an epoch the baseline is taken as
    /// constant.
    ///
    /// # Errors
    /// [`Error::Math`] of a growth if the baseline's sum leaves 128 bits before it comes to that;
    /// [`Error::Overflow`] if the numerator of the ratio leaves them, and if the clock ends before.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Baseline, Decay, Error};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Span};
    /// let (reserve, decay) = (Amount::new(1_000_000), Decay::HalfLife(Span::new(100)));
    /// let doubling = Baseline::new(reserve, decay, 500, Ratio::from_integer(2))?;
    /// // The first epoch's 500, and a quarter of the second's 1,000.
    /// assert_eq!(doubling.effective_time(750)?, Ratio::new(5, 4)?);
    /// assert!(matches!(doubling.effective_time(u128::MAX), Err(Error::Math(_))));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn effective_time(&self, realized: u128) -> Result<Ratio, Error> {
        // The first epoch whose end it hasn't come to; where the sum leaves 128 bits it hasn't.
        let beyond = |epoch: Timestamp| {
            let next = Timestamp::new(epoch.get().saturating_add(1));
            self.baseline_by(next).map_or(true, |sum| sum > realized)
        };
        let epoch = earliest(Timestamp::ZERO, Timestamp::MAX, beyond);
        let begin = self.baseline_by(epoch)?;
        let next = epoch.checked_add(Span::new(1))?;
        let whole = self.baseline_by(next)?.saturating_sub(begin);
        let into = U256::from(realized.saturating_sub(begin));
        let sum = U256::product(epoch.get().into(), whole).checked_add(into)?;
        Ok(Ratio::new(sum.to_u128()?, whole)?)
    }

    /// Returns the amount minted by an effective time, in base units.
    ///
    /// # Rounding
    /// Floor: the exact real number, rounded once.
    #[must_use]
    pub fn minted_by(&self, effective: Ratio) -> Amount {
        let reserve = self.reserve.get();
        let left = self
            .left
            .mul_div(reserve.into(), 1, effective, Rounding::Ceil);
        // A decay leaves no more than there was: there is always a result.
        difference(self.reserve, left.map_or(self.reserve, Amount::new))
    }

    /// Returns the amount minted after the effective time `from` and by `to`: zero if `to` is not
    /// after `from`.
    ///
    /// # Rounding
    /// The difference of what has been minted by each.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn minted_between(&self, from: Ratio, to: Ratio) -> Amount {
        difference(self.minted_by(to), self.minted_by(from))
    }
}

tokenomics_internals::checked_codec! {
    Baseline::new as RawBaseline {
        reserve: Amount = Baseline::reserve,
        decay: Decay = Baseline::decay,
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        power: u128 = Baseline::power,
        factor: Ratio = Baseline::factor,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Baseline {
    type Seed = (Amount, Decay, Amount, Ratio);

    /// A factor of a ratio of 0 to 1 more than 1.
    fn from_seed((reserve, decay, power, factor): Self::Seed) -> Option<Self> {
        let power = power.get().clamp(1, (1 << 63) - 1);
        let factor = short(factor)?;
        let denominator = factor.denominator();
        let rise = factor.numerator().clamp(1, denominator);
        let factor = Ratio::new(denominator.checked_add(rise)?, denominator).ok()?;
        Self::new(reserve, decay, power, factor).ok()
    }
}
