//! Minting by what a network has done, against a baseline that grows.

use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Timestamp, U256};
use tokenomics_internals::{difference, earliest};

use crate::check::in_range;
#[cfg(feature = "serde")]
use crate::codec;
use crate::{Decay, Error, Quantity};

/// Baseline minting: an exponential decay whose clock is not time but what the network has done.
///
/// A baseline of power grows by a factor in each epoch, and is added up. What the network has realized,
/// added up as well, and no more than the baseline in any epoch, is worth as many epochs as the baseline
/// takes to come to it: the effective time. The reserve decays by that.
///
/// The host adds up what was realized; all else is a function of it, in one step and for any gap
/// between calls.
///
/// # Rounding
/// Floor for what has been minted: the exact real number of an effective time, rounded once. Floor for
/// the baseline added up. The effective time is a ratio, of which nothing is rounded.
///
/// # Laws
/// `baseline_by_definition`: the effective time of what the baseline comes to by an epoch is that epoch;
/// it rises with what was realized; and what is minted is what [`Exponential`](crate::Exponential) has
/// emitted by then.
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
/// Filecoin, the reward actor: M·(1 − e^(−λθ)), with θ the effective network time. It keeps θ up from epoch
/// to epoch, by a loop over skipped ones, and rounds the baseline in each; this needs neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "codec::RawBaseline", into = "codec::RawBaseline")
)]
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
    /// `reserve`, that falls by `decay` in effective time; against a baseline of `power` in the first
    /// epoch, `factor` times as much in each following one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a power of 0 or of 2^63 and above, and for a factor that is not above 1
    /// and at most 2; as [`Exponential::new`](crate::Exponential::new) for the decay.
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

    /// What would be minted in the end.
    #[must_use]
    pub const fn reserve(&self) -> Amount {
        self.reserve
    }

    /// How fast the reserve falls in effective time.
    #[must_use]
    pub const fn decay(&self) -> Decay {
        self.decay
    }

    /// The baseline in the first epoch.
    #[must_use]
    pub const fn power(&self) -> u128 {
        self.power
    }

    /// By what the baseline grows in each epoch, in lowest terms.
    #[must_use]
    pub const fn factor(&self) -> Ratio {
        self.factor
    }

    /// The baseline of all epochs before `epoch`, added up: p·(fⁿ − 1) / (f − 1).
    ///
    /// # Rounding
    /// Floor of p·fⁿ / (f − 1), from which that of the first epoch is taken.
    ///
    /// # Errors
    /// [`Error::Overflow`] above 128 bits.
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

    /// How many epochs of the baseline what was realized in all comes to, parts of one included: within an
    /// epoch the baseline counts as constant.
    ///
    /// # Errors
    /// [`Error::Overflow`] where the baseline leaves 128 bits before it comes to that.
    pub fn effective_time(&self, realized: u128) -> Result<Ratio, Error> {
        // The first epoch whose end it hasn't come to; where the sum leaves 128 bits it hasn't.
        let beyond = |epoch: Timestamp| {
            let next = Timestamp::new(epoch.get().saturating_add(1));
            self.baseline_by(next).map_or(true, |sum| sum > realized)
        };
        let epoch = earliest(Timestamp::ZERO, Timestamp::MAX, beyond);
        let begin = self.baseline_by(epoch)?;
        let next = Timestamp::new(epoch.get().saturating_add(1));
        let whole = self.baseline_by(next)?.saturating_sub(begin);
        let into = U256::from(realized.saturating_sub(begin));
        let sum = U256::product(epoch.get().into(), whole).checked_add(into)?;
        Ok(Ratio::new(sum.to_u128()?, whole)?)
    }

    /// What has been minted by an effective time.
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

    /// What is minted between two effective times: zero if `to` is not after `from`.
    ///
    /// # Rounding
    /// The difference of what has been minted by each.
    #[must_use]
    pub fn minted_between(&self, from: Ratio, to: Ratio) -> Amount {
        difference(self.minted_by(to), self.minted_by(from))
    }
}
