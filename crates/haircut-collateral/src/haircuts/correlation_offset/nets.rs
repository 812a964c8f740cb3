//! The risk of each asset, and the variance of all.

use tokenomics_fixed_math::{Fraction, U256};

use super::{Correlation, CorrelationMatrix, CorrelationOffset, Exposure, SCALE};
use crate::check::in_range;
use crate::wide::Wide;
use crate::{Error, Quantity};

/// The risks of each asset that are held and owed, in 1e-18 quote units.
pub(super) struct Nets {
    held: [U256; CorrelationMatrix::MAX_ASSETS],
    owed: [U256; CorrelationMatrix::MAX_ASSETS],
}

/// A sum of terms of either sign.
struct Signed {
    plus: Wide,
    minus: Wide,
}

impl Signed {
    const ZERO: Self = Self {
        plus: Wide::ZERO,
        minus: Wide::ZERO,
    };

    fn add(&mut self, term: Wide, negative: bool) {
        let sum = if negative {
            &mut self.minus
        } else {
            &mut self.plus
        };
        *sum = sum.plus(term);
    }

    /// Returns the sum with another number, if it isn't negative.
    fn with(&self, other: Wide) -> Option<Wide> {
        other.plus(self.plus).checked_sub(self.minus)
    }
}

/// The sums that variances are made of: Σw², and of all pairs Σwᵢwⱼ and Σwᵢwⱼρᵢⱼ.
struct Sums {
    own: Wide,
    pairs: Signed,
    correlated: Signed,
}

impl Nets {
    pub(super) const EMPTY: Self = Self {
        held: [U256::ZERO; CorrelationMatrix::MAX_ASSETS],
        owed: [U256::ZERO; CorrelationMatrix::MAX_ASSETS],
    };

    /// Adds the risk of an exposure to an asset, of so many that there are.
    pub(super) fn add(&mut self, exposure: &Exposure, assets: usize) -> Result<(), Error> {
        let number = |count: usize| u128::try_from(count).unwrap_or(u128::MAX);
        let (asset, last) = (exposure.asset(), number(assets).saturating_sub(1));
        in_range(Quantity::CorrelatedAsset, number(asset), 0, last)?;
        let side = if exposure.is_owed() {
            &mut self.owed
        } else {
            &mut self.held
        };
        if let Some(sum) = side.get_mut(asset) {
            *sum = sum.checked_add(exposure.risk())?;
        }
        Ok(())
    }

    /// Returns if the net of an asset is owed, and its size.
    fn net(&self, asset: usize) -> (bool, U256) {
        let of = |side: &[U256]| side.get(asset).copied().unwrap_or(U256::ZERO);
        let (held, owed) = (of(&self.held), of(&self.owed));
        match held.checked_sub(owed) {
            Ok(net) => (false, net),
            Err(_) => (true, owed.checked_sub(held).unwrap_or(U256::ZERO)),
        }
    }

    fn sums(&self, correlations: &CorrelationMatrix) -> Sums {
        let mut sums = Sums {
            own: Wide::ZERO,
            pairs: Signed::ZERO,
            correlated: Signed::ZERO,
        };
        for one in 0..correlations.assets() {
            let (owed, size) = self.net(one);
            sums.own = sums.own.plus(Wide::of_product(size, size));
            for other in 0..one {
                let (other_owed, other_size) = self.net(other);
                let rho = correlations.between(one, other).unwrap_or_default();
                // wᵢwⱼ and wⱼwᵢ.
                let product = Wide::of_product(size, other_size).within(2);
                let term = product.within(rho.bps().unsigned_abs().into());
                let hedged = owed != other_owed;
                sums.pairs.add(product, hedged);
                sums.correlated
                    .add(term, hedged != (rho < Correlation::ZERO));
            }
        }
        sums
    }

    /// Returns the largest of the three variances in 1e-58 squared quote units, of nets that sum to less
    /// than 2^188: each is below 2^450. It is `None` for a negative one, which the check of a matrix
    /// excludes.
    pub(super) fn variance(&self, rule: &CorrelationOffset) -> Option<Wide> {
        let sums = self.sums(rule.correlations());
        let scale = Correlation::SCALE.unsigned_abs().into();
        // Of the correlations as they are, of 1, and of 0.
        let apart = sums.own.within(scale);
        let present = sums.correlated.with(apart)?;
        let together = sums.pairs.with(sums.own)?.within(scale);
        let more = |variance: Wide, by: Fraction| {
            let above = variance.checked_sub(present).unwrap_or(Wide::ZERO);
            above.within(by.raw().into())
        };
        let stress = rule.stress();
        let stressed = more(together, stress.to_one).max(more(apart, stress.to_zero));
        Some(present.within(SCALE).plus(stressed))
    }
}
