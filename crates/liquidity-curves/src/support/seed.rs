//! Fees and pools of any numbers, each brought into the range that the constructors accept: the base of
//! the generators.

use tokenomics_fixed_math::Amount;

use crate::{ConstantProduct, Fee};

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
