//! The shares of positions, and what changes them.

use super::{Position, RewardPool};
use crate::Error;

impl RewardPool {
    /// Sets the shares of a position to `shares`. What it has earned so far stays its own, also
    /// when it has no more shares.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] or [`Error::Math`] for a position the pool can't have made;
    /// [`Error::Overflow`] if all shares would exceed `u128::MAX`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Position, Quantity, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    /// pool.set_shares(&mut alice, 100)?;
    /// pool.fund(Amount::new(50))?;
    /// pool.set_shares(&mut alice, 0)?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(50));
    ///
    /// // A position of another pool has more shares than there are here.
    /// let mut stranger = Position::new();
    /// RewardPool::new().set_shares(&mut stranger, 10)?;
    /// let refused = pool.set_shares(&mut stranger, 20);
    /// let what = Quantity::Shares;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 10, bound: 0 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn set_shares(&mut self, position: &mut Position, shares: u128) -> Result<(), Error> {
        self.book.set_shares(position, shares)
    }

    /// Adds shares to a position.
    ///
    /// # Errors
    /// As [`set_shares`](Self::set_shares).
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, RewardPool};
    /// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    /// pool.deposit(&mut alice, 100)?;
    /// pool.deposit(&mut alice, 20)?;
    /// assert_eq!((alice.shares(), pool.total_shares()), (120, 120));
    /// assert!(pool.deposit(&mut alice, u128::MAX).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("stake", "join"))]
    pub fn deposit(&mut self, position: &mut Position, shares: u128) -> Result<(), Error> {
        self.book.add_shares(position, shares)
    }

    /// Takes shares from a position. What they have earned stays its own.
    ///
    /// # Errors
    /// As [`set_shares`](Self::set_shares), and [`Error::OutOfRange`] for more than there are.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    /// pool.deposit(&mut alice, 100)?;
    /// pool.fund(Amount::new(50))?;
    /// pool.withdraw(&mut alice, 100)?;
    /// assert_eq!(pool.claim(&mut alice)?, Amount::new(50));
    /// assert!(pool.withdraw(&mut alice, 1).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("unstake", "exit"))]
    pub fn withdraw(&mut self, position: &mut Position, shares: u128) -> Result<(), Error> {
        self.book.remove_shares(position, shares)
    }

    /// Transfers shares from one position to another, but not what they have earned so far: both
    /// positions are settled first. A position is split by handing part of it to a new one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `from` hasn't as many; [`Error::OutOfRange`] or [`Error::Math`] for a
    /// position the pool can't have made, and [`Error::Overflow`] for two that can't both be its own.
    ///
    /// # Laws
    /// `funded`: it changes no claim.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Position, Quantity, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice, mut bob) = (RewardPool::new(), Position::new(), Position::new());
    /// pool.set_shares(&mut alice, 100)?;
    /// pool.fund(Amount::new(100))?;
    /// pool.transfer(&mut alice, &mut bob, 50)?;
    /// pool.fund(Amount::new(100))?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(150));
    /// assert_eq!(pool.claimable(&bob)?, Amount::new(50));
    ///
    /// let too_many = pool.transfer(&mut alice, &mut bob, 51);
    /// let what = Quantity::Shares;
    /// assert_eq!(too_many, Err(Error::OutOfRange { what, value: 51, bound: 50 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    ///
    /// # Source
    /// Popsicle Finance lost $20.7M in August 2021 to a transfer that didn't settle: each receiver
    /// could claim what the shares had earned since the beginning.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn transfer(
        &self,
        from: &mut Position,
        to: &mut Position,
        shares: u128,
    ) -> Result<(), Error> {
        self.book.transfer(from, to, shares)
    }
}
