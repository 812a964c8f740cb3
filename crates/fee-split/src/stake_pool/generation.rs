//! Generations of stakes that a slash has closed.

use tokenomics_fixed_math::{Amount, U256};

use super::book::share_of;
use super::Stake;
use crate::check::in_range;
use crate::{Error, Quantity};

/// A generation of stakes that a slash has closed: what it left for the stakes that haven't been called
/// since, and where their rewards ended.
///
/// ```
/// use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
/// use tokenomics_fixed_math::Amount;
///
/// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 2]), Stake::new());
/// pool.deposit(&mut alice, Amount::new(5))?;
/// pool.slash(Amount::new(5))?;
/// assert_ne!(pool.generations()[0], ClosedGeneration::NONE);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClosedGeneration {
    pub(super) assets: Amount,
    // At least as many as there are units.
    pub(super) shares: Amount,
    pub(super) accumulated: U256,
}

impl ClosedGeneration {
    /// None, for an array of them.
    pub const NONE: Self = Self {
        assets: Amount::ZERO,
        shares: Amount::ZERO,
        accumulated: U256::ZERO,
    };

    /// Restores a generation from its [`assets`](Self::assets), its [`shares`](Self::shares) and where its rewards
    /// [`accumulated`](Self::accumulated) to.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more assets than shares.
    ///
    /// ```
    /// # use tokenomics_fee_split::ClosedGeneration;
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// let left = ClosedGeneration::restore(Amount::new(7), 7, U256::ZERO)?;
    /// assert_eq!((left.assets(), left.shares()), (Amount::new(7), 7));
    /// assert!(ClosedGeneration::restore(Amount::new(8), 7, U256::ZERO).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn restore(assets: Amount, shares: u128, accumulated: U256) -> Result<Self, Error> {
        Self::read(assets, Amount::new(shares), accumulated)
    }

    /// Returns the amount that is left for those who haven't been called since.
    #[must_use]
    pub const fn assets(&self) -> Amount {
        self.assets
    }

    /// Returns the number of their shares of it.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.shares.get()
    }

    /// Returns the rewards per weight, in 2^-128 units, at which the pool stood when the generation was closed.
    #[must_use]
    pub const fn accumulated(&self) -> U256 {
        self.accumulated
    }

    /// Pays a stake its part of what is left, and ends its rewards: it is in no generation then, and the
    /// last one gets all.
    pub(super) fn leave(&mut self, stake: &mut Stake) -> Result<(), Error> {
        let shares = stake.shares;
        in_range(Quantity::Shares, shares.get(), 0, self.shares.get())?;
        let released = share_of(shares, self.assets, self.shares)?;
        self.assets = self.assets.checked_sub(released)?;
        self.shares = self.shares.checked_sub(shares)?;
        stake.rewards = stake.rewards.settled_at(self.accumulated)?;
        stake.rewards.shares = Amount::ZERO;
        stake.shares = Amount::ZERO;
        stake.released = stake.released.checked_add(released)?;
        Ok(())
    }

    /// Restores what is stored, in which shares are text where amounts are.
    fn read(assets: Amount, shares: Amount, accumulated: U256) -> Result<Self, Error> {
        in_range(Quantity::Stake, assets.get(), 0, shares.get())?;
        Ok(Self {
            assets,
            shares,
            accumulated,
        })
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn stored_shares(&self) -> Amount {
        self.shares
    }
}

tokenomics_internals::checked_codec! {
    ClosedGeneration::read as RawClosedGeneration {
        assets: Amount = ClosedGeneration::assets,
        shares: Amount = ClosedGeneration::stored_shares,
        accumulated: U256 = ClosedGeneration::accumulated,
    }
}
