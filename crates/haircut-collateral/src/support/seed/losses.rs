//! Tranches, pools and their holders of any numbers.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};

use super::{within, FromSeed};
use crate::loss_book::{LEAST, MOST};
use crate::{
    LossShares, LossWaterfall, LossWaterfallState, PoolDeposit, PoolDepositState, StabilityPool,
    StabilityPoolState, TrancheState,
};

impl FromSeed for LossShares {
    /// The scale and the number.
    type Seed = (u32, U256);

    fn from_seed((scale, shares): Self::Seed) -> Option<Self> {
        Some(Self::restore(scale, shares))
    }
}

impl FromSeed for TrancheState {
    /// The assets, the shares of a unit, and the scale.
    type Seed = (Amount, u128, u32);

    fn from_seed((assets, per_unit, scale): Self::Seed) -> Option<Self> {
        let shares = U256::product(assets.get(), within(per_unit, LEAST, MOST)?);
        Some(Self {
            assets,
            shares,
            scale,
        })
    }
}

impl<const N: usize> FromSeed for LossWaterfallState<N> {
    type Seed = (Amount, [TrancheState; N]);

    fn from_seed((insurance, tranches): Self::Seed) -> Option<Self> {
        Some(Self {
            insurance,
            tranches,
        })
    }
}

impl<const N: usize> FromSeed for LossWaterfall<N> {
    type Seed = (Amount, [TrancheState; N]);

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        Self::restore(FromSeed::from_seed(seed)?).ok()
    }
}

impl FromSeed for PoolDepositState {
    /// The shares, the sum at which it was settled, and what it is owed.
    type Seed = (LossShares, U256, U256);

    fn from_seed((held, checkpoint, owed): Self::Seed) -> Option<Self> {
        Some(Self {
            scale: held.scale(),
            shares: held.shares(),
            checkpoint,
            owed,
        })
    }
}

impl FromSeed for PoolDeposit {
    type Seed = <PoolDepositState as FromSeed>::Seed;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        FromSeed::from_seed(seed).map(Self::restore)
    }
}

/// A deposit, the part of all that is lost after it, and what is gained by that.
type Round = (Amount, Fraction, Amount);

impl<const N: usize> FromSeed for StabilityPool<[U256; N]> {
    /// Two rounds, of which what the pool has no room for is left out.
    type Seed = [Round; 2];

    fn from_seed(rounds: Self::Seed) -> Option<Self> {
        let mut pool = Self::new([U256::ZERO; N]);
        for (amount, lost, gain) in rounds {
            let amount = amount.min(Amount::MAX.checked_sub(pool.assets()).ok()?);
            pool.deposit(&mut PoolDeposit::new(), amount).ok()?;
            let loss = pool.assets().mul_fraction(lost, Rounding::Floor);
            let gain = match pool.assets().is_zero() {
                true => Amount::ZERO,
                false => gain.min(Amount::MAX.checked_sub(pool.gained()).ok()?),
            };
            // One whose store is full stays as it is.
            let absorbed = pool.absorb(loss, gain);
            if absorbed.is_err() {
                break;
            }
        }
        Some(pool)
    }
}

impl FromSeed for StabilityPoolState {
    type Seed = [Round; 2];

    fn from_seed(rounds: Self::Seed) -> Option<Self> {
        StabilityPool::<[U256; 12]>::from_seed(rounds).map(|pool| pool.state())
    }
}
