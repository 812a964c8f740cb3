//! Emission by what a network does, beside a baseline.

use tokenomics_emission_curves::{Baseline, Curve, Error};
use tokenomics_fixed_math::{Amount, Ratio, Timestamp};

use super::path::Stage;

/// Baseline minting along a path of the network's power, as a curve.
#[derive(Debug)]
pub(super) struct Realizing {
    baseline: Baseline,
    /// When the baseline's clock begins, which all that follows is on.
    start: u64,
    // In the order of time; never empty.
    spells: Vec<Spell>,
    end: u64,
    cap: Amount,
}

/// A time in which the power doesn't change.
#[derive(Debug, Clone, Copy)]
struct Spell {
    power: Stage<u64>,
    /// What had been realized when it began, added up.
    realized: u128,
    /// From when on the baseline is above the power; before, all of the baseline is realized.
    below_from: u64,
}

impl Realizing {
    /// Along a path in the order of time, up to `end`, which comes after its last: both on the baseline's
    /// clock, which begins at `start`.
    pub(super) fn new(
        baseline: Baseline,
        start: u64,
        path: &[Stage<u64>],
        end: u64,
    ) -> Result<Self, Error> {
        let mut curve = Self {
            baseline,
            start,
            spells: Vec::new(),
            end,
            cap: Amount::ZERO,
        };
        for power in path {
            let spell = Spell {
                power: *power,
                realized: curve.realized_by(power.from)?,
                below_from: curve.rises_above(power.value),
            };
            curve.spells.push(spell);
        }
        curve.cap = curve.minted_by(end)?;
        Ok(curve)
    }

    /// The first epoch in which the baseline is above a power.
    fn rises_above(&self, power: u64) -> u64 {
        let above = |epoch: u64| {
            let by = |epoch| self.baseline.baseline_by(Timestamp::new(epoch));
            // Above 128 bits it is.
            match (by(epoch), by(epoch.saturating_add(1))) {
                (Ok(by), Ok(next)) => next.saturating_sub(by) > power.into(),
                _ => true,
            }
        };
        let (mut low, mut high) = (0, self.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if above(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// What has been realized before an epoch, added up: in each the baseline, or the power if that is
    /// less.
    fn realized_by(&self, epoch: u64) -> Result<u128, Error> {
        let begun = self
            .spells
            .partition_point(|spell| spell.power.from <= epoch);
        let spell = begun.checked_sub(1).and_then(|last| self.spells.get(last));
        let Some(spell) = spell else { return Ok(0) };
        let from = spell.power.from;
        let until = spell.below_from.clamp(from, epoch);
        let by = |epoch| self.baseline.baseline_by(Timestamp::new(epoch));
        let all = by(until)?.saturating_sub(by(from)?);
        // A product of 64 bits each.
        let rest = u128::from(spell.power.value) * u128::from(epoch - until);
        // No more than the baseline added up, which fits.
        Ok(spell.realized.saturating_add(all).saturating_add(rest))
    }

    fn minted_by(&self, epoch: u64) -> Result<Amount, Error> {
        let realized = self.realized_by(epoch)?;
        if realized == 0 {
            return Ok(self.baseline.minted_by(Ratio::ZERO));
        }
        let effective = self.baseline.effective_time(realized)?;
        Ok(self.baseline.minted_by(effective))
    }
}

impl Curve for Realizing {
    fn cap(&self) -> Amount {
        self.cap
    }

    fn start(&self) -> Timestamp {
        Timestamp::new(self.start)
    }

    fn end(&self) -> Timestamp {
        Timestamp::new(self.start.saturating_add(self.end))
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        // By an earlier time no more has been realized than by the end, of which it was asked once.
        let epoch = at.get().saturating_sub(self.start).min(self.end);
        self.minted_by(epoch).unwrap_or(self.cap)
    }
}

#[cfg(test)]
mod tests {
    use tokenomics_emission_curves::Decay;
    use tokenomics_fixed_math::Span;

    use super::*;

    fn curve(path: &[(u64, u64)], end: u64) -> Realizing {
        let reserve = Amount::new(1_000_000_000);
        let decay = Decay::HalfLife(Span::new(500));
        let factor = Ratio::new(101, 100).unwrap();
        let baseline = Baseline::new(reserve, decay, 1_000_000, factor).unwrap();
        let path: Vec<_> = path
            .iter()
            .map(|&(from, value)| Stage { from, value })
            .collect();
        Realizing::new(baseline, 7, &path, end).unwrap()
    }

    /// The power in each epoch, or the baseline of it, whichever is less.
    fn epoch_by_epoch(curve: &Realizing, path: &[(u64, u64)], end: u64) -> Vec<u128> {
        let by = |epoch| curve.baseline.baseline_by(Timestamp::new(epoch)).unwrap();
        let mut sums = vec![0];
        for epoch in 0..end {
            let power = path.iter().rev().find(|(from, _)| *from <= epoch);
            let power = power.map_or(0, |(_, power)| u128::from(*power));
            let baseline = by(epoch + 1) - by(epoch);
            sums.push(sums[sums.len() - 1] + power.min(baseline));
        }
        sums
    }

    #[test]
    fn what_is_realized_is_the_lesser_of_the_two_in_each_epoch() {
        // Below, above and until the baseline overtakes, none, and far above.
        let path = [(0, 400_000), (50, 2_500_000), (150, 0), (180, 9_000_000)];
        let curve = curve(&path, 600);
        let sums = epoch_by_epoch(&curve, &path, 600);
        for (epoch, sum) in sums.iter().enumerate() {
            assert_eq!(curve.realized_by(epoch as u64).unwrap(), *sum, "{epoch}");
        }
        let at = |epoch: u64| curve.emitted_at(Timestamp::new(7 + epoch));
        let minted: Vec<_> = (0..=601).map(at).collect();
        assert_eq!(curve.emitted_at(Timestamp::ZERO), Amount::ZERO);
        assert!(minted.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(minted[0], Amount::ZERO);
        assert_eq!(minted[150], minted[180]);
        assert_eq!((minted[600], minted[601]), (curve.cap(), curve.cap()));
    }

    #[test]
    fn a_network_on_its_baseline_decays_by_the_time() {
        let curve = curve(&[(0, u64::MAX)], 500);
        // Half of it in the half-life.
        assert_eq!(curve.cap(), Amount::new(500_000_000));
    }
}
