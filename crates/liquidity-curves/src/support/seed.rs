//! Fees and pools of any numbers, each brought into the range that the constructors accept: the base of
//! the generators.

use tokenomics_fixed_math::Amount;

use crate::{Amplification, ConstantProduct, Fee, StableSwap, StableSwapState};

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

impl FromSeed for Amplification {
    /// The hundredths. The largest number is the largest amplification, and the smallest ones are whole.
    type Seed = u32;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        let hundredths = match seed {
            u32::MAX => 100_000_000,
            0..=999 => seed.checked_add(1)?.checked_mul(100)?,
            _ => seed.checked_rem(99_999_901)?.checked_add(100)?,
        };
        Self::from_hundredths(hundredths).ok()
    }
}

impl<const N: usize> FromSeed for StableSwap<N> {
    /// The balances, what each rate has above 1, the amplification, the fee and the shares.
    type Seed = ([Amount; N], [u64; N], Amplification, Fee, Amount);

    fn from_seed((balances, rates, amplification, fee, shares): Self::Seed) -> Option<Self> {
        let least = Amount::new(1);
        let one = 1_000_000_000_000_000_000;
        Self::restore(StableSwapState {
            balances: balances.map(|balance| balance.max(least)),
            rates: rates.map(|above| u128::from(above).saturating_add(one)),
            amplification,
            fee,
            shares: shares.max(least),
        })
        .ok()
    }
}
