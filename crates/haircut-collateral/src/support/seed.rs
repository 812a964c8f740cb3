//! Haircuts, holdings and debts of any numbers, each brought into the range that the constructors
//! accept: the base of the generators.

use tokenomics_fixed_math::{Amount, Fraction, Ratio};

use crate::{Debt, Haircut, Holding};

/// A type that can be made of any numbers.
pub(super) trait FromSeed: Sized {
    /// The numbers.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

impl FromSeed for Haircut {
    /// The two haircuts, in either order.
    type Seed = (Fraction, Fraction);

    fn from_seed((one, other): Self::Seed) -> Option<Self> {
        Self::new(one.max(other), one.min(other)).ok()
    }
}

impl FromSeed for Holding {
    type Seed = (Amount, Ratio, Haircut);

    fn from_seed((amount, price, haircut): Self::Seed) -> Option<Self> {
        Some(Self::new(amount, price, haircut))
    }
}

impl FromSeed for Debt {
    type Seed = (Amount, Ratio, Haircut);

    fn from_seed((amount, price, add_on): Self::Seed) -> Option<Self> {
        let priced = if price.is_zero() { Ratio::ONE } else { price };
        Self::new(amount, priced, add_on).ok()
    }
}
