//! Minting by what a network does, beside a baseline.

use tokenomics_emission_curves::{Baseline, Error as CurveError};
use tokenomics_fixed_math::{Amount, Error as MathError, Timestamp, U256};
use tokenomics_rate_controllers::{Error, Mint};

/// Baseline minting that follows the network's power: it adds up what is realized, which is the
/// power or the baseline in each epoch, whichever is less.
///
/// ```
/// use tokenomics_design::BaselineMinting;
/// use tokenomics_emission_curves::{Baseline, Decay};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
/// use tokenomics_rate_controllers::Mint as _;
///
/// let decay = Decay::HalfLife(Span::new(500));
/// let baseline = Baseline::new(Amount::new(1_000_000), decay, 1_000, Ratio::new(101, 100)?)?;
/// let mut mint = BaselineMinting::new(baseline, Timestamp::ZERO);
/// // A network on its baseline comes to half of it in the half-life.
/// let minted = mint.mint(Timestamp::new(500), u64::MAX, Amount::ZERO)?;
/// assert_eq!(minted, Amount::new(500_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaselineMinting {
    baseline: Baseline,
    /// The instant at which its first epoch begins.
    start: Timestamp,
    last: Timestamp,
    /// The power realized by the last call, added up.
    realized: u128,
    /// The amount minted for it.
    minted: Amount,
}

impl BaselineMinting {
    /// Creates one whose first epoch begins at `start`, with nothing realized.
    #[must_use]
    pub fn new(baseline: Baseline, start: Timestamp) -> Self {
        Self {
            baseline,
            start,
            last: start,
            realized: 0,
            minted: Amount::ZERO,
        }
    }

    /// Returns the most that it may ever mint.
    #[must_use]
    pub fn reserve(&self) -> Amount {
        self.baseline.reserve()
    }

    /// Returns what is realized in the epochs from one to another with this power.
    fn realized_in(&self, from: u64, to: u64, power: u64) -> Result<u128, CurveError> {
        let below_from = self.rises_above(power, from, to);
        let by = |epoch| self.baseline.baseline_by(Timestamp::new(epoch));
        // By an epoch that is above the power already, it may have no sum of 128 bits.
        let all = if below_from > from {
            by(below_from)?.saturating_sub(by(from)?)
        } else {
            0
        };
        // A product of 64 bits each.
        let rest = u128::from(power) * u128::from(to - below_from);
        Ok(sum(all, rest)?)
    }

    /// Returns the first epoch of a stretch in which the baseline is above a power, or its end: before
    /// it, all of the baseline is realized.
    fn rises_above(&self, power: u64, from: u64, to: u64) -> u64 {
        if from < to && self.is_above(power, from) {
            return from;
        }
        let (mut low, mut high) = (from, to);
        while low < high {
            let middle = u64::midpoint(low, high);
            if self.is_above(power, middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// Returns whether the baseline in an epoch is above a power, and so it is in all later ones: by what
    /// it has added up to, since p·fⁿ is p + (f − 1) · the sum. What each epoch adds to the floored sum
    /// falls now and then, and would put the crossing elsewhere for other stretches.
    fn is_above(&self, power: u64, epoch: u64) -> bool {
        let Some(over) = u128::from(power).checked_sub(self.baseline.power()) else {
            return true;
        };
        let factor = self.baseline.factor();
        // The factor is above 1.
        let rise = factor.numerator() - factor.denominator();
        let sum = self.baseline.baseline_by(Timestamp::new(epoch));
        // Above 128 bits it is.
        sum.map_or(true, |sum| {
            U256::cmp_products(sum, rise, over, factor.denominator()).is_gt()
        })
    }

    fn minted_by(&self, realized: u128) -> Result<Amount, CurveError> {
        if realized == 0 {
            return Ok(Amount::ZERO);
        }
        let effective = self.baseline.effective_time(realized)?;
        Ok(self.baseline.minted_by(effective))
    }

    /// Returns it as it is at a later time, with this power until then.
    fn later(&self, at: Timestamp, power: u64) -> Result<Self, CurveError> {
        let epoch = |at: Timestamp| at.get().saturating_sub(self.start.get());
        let more = self.realized_in(epoch(self.last), epoch(at), power)?;
        let realized = sum(self.realized, more)?;
        Ok(Self {
            last: at,
            realized,
            minted: self.minted_by(realized)?,
            ..*self
        })
    }
}

impl Mint for BaselineMinting {
    /// The network's power. The supply makes no difference.
    type Signal = u64;

    fn last(&self) -> Timestamp {
        self.last
    }

    fn mint(&mut self, at: Timestamp, power: u64, _: Amount) -> Result<Amount, Error> {
        let last = self.last;
        if at < last {
            return Err(Error::Backdated { at, last });
        }
        let later = self.later(at, power).map_err(|error| match error {
            CurveError::Overflow { bits, max } => Error::Overflow { bits, max },
            CurveError::Math(math) => Error::Math(math),
            // The parameters are checked: nothing else is left to refuse.
            _ => Error::Overflow {
                bits: 257,
                max: u128::MAX,
            },
        })?;
        let minted = later.minted.checked_sub(self.minted)?;
        *self = later;
        Ok(minted)
    }
}

/// Adds what is counted in 128 bits, as amounts are.
fn sum(one: u128, other: u128) -> Result<u128, MathError> {
    let sum = Amount::new(one).checked_add(Amount::new(other))?;
    Ok(sum.get())
}

#[cfg(test)]
mod tests {
    use tokenomics_emission_curves::Decay;
    use tokenomics_fixed_math::{Ratio, Span};

    use super::*;

    const START: u64 = 7;

    fn baseline() -> BaselineMinting {
        let reserve = Amount::new(1_000_000_000);
        let decay = Decay::HalfLife(Span::new(500));
        let factor = Ratio::new(101, 100).unwrap();
        let baseline = Baseline::new(reserve, decay, 1_000_000, factor).unwrap();
        BaselineMinting::new(baseline, Timestamp::new(START))
    }

    /// Below the baseline, above it and until it overtakes, nothing, and far above.
    const PATH: [(u64, u64, u64); 4] = [
        (0, 50, 400_000),
        (50, 150, 2_500_000),
        (150, 180, 0),
        (180, 600, 9_000_000),
    ];

    #[test]
    fn what_is_realized_is_the_lesser_of_the_two_in_each_epoch() {
        let mut mint = baseline();
        let by = |epoch| mint.baseline.baseline_by(Timestamp::new(epoch)).unwrap();
        let steps: Vec<_> = (0..600).map(|epoch| by(epoch + 1) - by(epoch)).collect();
        let mut sum = 0;
        for (from, until, power) in PATH {
            let start = mint;
            for epoch in from..until {
                sum += u128::from(power).min(steps[epoch as usize]);
                let mut late = start;
                let at = Timestamp::new(START + epoch + 1);
                late.mint(at, power, Amount::ZERO).unwrap();
                mint.mint(at, power, Amount::ZERO).unwrap();
                assert_eq!((late.realized, late), (sum, mint), "{epoch}");
            }
        }
        assert!(mint.minted > Amount::ZERO && mint.minted < mint.reserve());
        let later = Timestamp::new(START + 599);
        let backdated = mint.mint(later, 1, Amount::ZERO);
        assert!(matches!(backdated, Err(Error::Backdated { .. })));
    }

    #[test]
    fn a_network_on_its_baseline_decays_by_the_time() {
        let mut mint = baseline();
        let half_life = Timestamp::new(START + 500);
        let minted = mint.mint(half_life, u64::MAX, Amount::ZERO).unwrap();
        assert_eq!(minted, Amount::new(500_000_000));
        // Without any power nothing is minted, nor in no time.
        let later = Timestamp::new(START + 900);
        assert_eq!(mint.mint(later, 0, Amount::ZERO), Ok(Amount::ZERO));
        assert_eq!(mint.mint(later, u64::MAX, Amount::ZERO), Ok(Amount::ZERO));
        assert_eq!(mint.last(), later);
    }

    #[test]
    fn what_cannot_be_counted_is_refused_and_changes_nothing() {
        let mut mint = baseline();
        mint.mint(Timestamp::new(START + 3), 9, Amount::ZERO)
            .unwrap();
        let before = mint;
        let far = mint.mint(Timestamp::new(START + 100_000), u64::MAX, Amount::ZERO);
        assert!(far.is_ok(), "the baseline is above the power by then");
        let further = mint.mint(Timestamp::new(START + 100_001), 1, Amount::ZERO);
        assert!(further.is_ok(), "its sum has no 128 bits by then");
        let mut steep = BaselineMinting {
            realized: u128::MAX - 1,
            ..before
        };
        let kept = steep;
        let refused = steep.mint(Timestamp::new(START + 9), 9, Amount::ZERO);
        // Six epochs of 9 more: 2^128 + 52.
        let (bits, max) = (129, u128::MAX);
        assert_eq!(refused, Err(Error::Overflow { bits, max }));
        assert_eq!(steep, kept);
    }
}
