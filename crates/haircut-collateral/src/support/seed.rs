//! Haircuts, holdings and debts of any numbers, each brought into the range that the constructors
//! accept: the base of the generators.

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp, Wad};

use crate::{Debt, DebtCeiling, Haircut, Holding, RateLimit, TreasuryAsset};

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
    type Seed = (Amount, Wad, Haircut);

    fn from_seed((amount, price, haircut): Self::Seed) -> Option<Self> {
        Some(Self::new(amount, price, haircut))
    }
}

impl FromSeed for Debt {
    type Seed = (Amount, Wad, Haircut);

    fn from_seed((amount, price, add_on): Self::Seed) -> Option<Self> {
        Self::new(amount, price.max(Wad::from_raw(1)), add_on).ok()
    }
}

impl FromSeed for RateLimit {
    /// Burst, amount, period, time, and the amount taken.
    type Seed = (Amount, Amount, Span, Timestamp, Amount);

    fn from_seed((burst, amount, period, now, taken): Self::Seed) -> Option<Self> {
        let mut limit = Self::new(burst, amount, period.max(Span::new(1)), now).ok()?;
        limit.take(taken.min(burst), now).ok()?;
        Some(limit)
    }
}

impl FromSeed for DebtCeiling {
    /// The limit and what is used.
    type Seed = (Amount, Amount);

    fn from_seed((limit, used): Self::Seed) -> Option<Self> {
        Some(Self::restore(limit, used))
    }
}

impl FromSeed for TreasuryAsset {
    type Seed = (Amount, Fraction, bool);

    fn from_seed((value, haircut, native): Self::Seed) -> Option<Self> {
        Some(if native {
            Self::native(value, haircut)
        } else {
            Self::new(value, haircut)
        })
    }
}
