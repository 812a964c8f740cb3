//! Fees and pools of any numbers, each brought into the range that the constructors accept: the base of
//! the generators.

use tokenomics_fixed_math::{Amount, Fraction};

use crate::{ConstantProduct, Fee, Weighted};

/// A type that can be made of any numbers.
pub(super) trait FromSeed: Sized {
    /// The numbers.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

impl FromSeed for Fee {
    /// The numerator and the denominator. The largest numerator is all but a part.
    type Seed = (u64, u64);

    fn from_seed((numerator, denominator): Self::Seed) -> Option<Self> {
        let denominator = denominator.max(1);
        let numerator = match numerator {
            u64::MAX => denominator.checked_sub(1)?,
            numerator => numerator.checked_rem(denominator)?,
        };
        Self::new(numerator, denominator).ok()
    }
}

impl FromSeed for ConstantProduct {
    type Seed = (Amount, Amount, Fee);

    fn from_seed((reserve0, reserve1, fee): Self::Seed) -> Option<Self> {
        let least = Amount::new(1);
        Self::new(reserve0.max(least), reserve1.max(least), fee).ok()
    }
}

impl<const N: usize> FromSeed for Weighted<N> {
    /// The reserves, and of each token but the last what its weight takes of the rest.
    type Seed = ([Amount; N], [u64; N], Fee);

    fn from_seed((reserves, parts, fee): Self::Seed) -> Option<Self> {
        let mut rest = Fraction::SCALE;
        let mut left = u64::try_from(N).ok()?;
        let mut weights = [Fraction::ZERO; N];
        for (weight, part) in weights.iter_mut().zip(parts) {
            left = left.checked_sub(1)?;
            // One unit at least for each of those that come.
            let most = rest.checked_sub(left)?;
            let raw = match left {
                0 => rest,
                _ => part.checked_rem(most)?.checked_add(1)?,
            };
            rest = rest.checked_sub(raw)?;
            *weight = Fraction::from_raw(raw).ok()?;
        }
        let least = Amount::new(1);
        Self::new(reserves.map(|reserve| reserve.max(least)), weights, fee).ok()
    }
}
