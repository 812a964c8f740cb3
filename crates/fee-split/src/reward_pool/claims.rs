//! The rewards of positions, and what pays them.

use tokenomics_fixed_math::{Amount, U256};

use super::{Position, RewardPool};
use crate::{Error, Quantity};

impl RewardPool {
    /// Claims all whole units that a position is owed, and keeps its fraction of a unit for later.
    /// Returns the amount to be paid out.
    ///
    /// # Rounding
    /// Floor, of the exact sum of what it is owed.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] or [`Error::Math`] for a position the pool can't have made.
    ///
    /// # Laws
    /// `claim_pattern`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Position, Quantity, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = RewardPool::new();
    /// let (mut alice, mut bob) = (Position::new(), Position::new());
    /// pool.set_shares(&mut alice, 1)?;
    /// pool.set_shares(&mut bob, 1)?;
    /// pool.fund(Amount::new(5))?;
    /// assert_eq!(pool.claim(&mut alice)?, Amount::new(2)); // of 2.5
    /// pool.fund(Amount::new(5))?;
    /// assert_eq!(pool.claim(&mut alice)?, Amount::new(3)); // of 2.5, and the half that was kept
    ///
    /// let mut stranger = Position::new();
    /// RewardPool::new().set_shares(&mut stranger, 10)?;
    /// let refused = pool.claim(&mut stranger);
    /// let what = Quantity::Shares;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 10, bound: 2 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("harvest", "collect", "getReward", "withdraw"))]
    pub fn claim(&mut self, position: &mut Position) -> Result<Amount, Error> {
        let mut settled = self.book.settled(position)?;
        let claimable = settled.take_units();
        // A remainder is part of a unit that stays.
        if self.carried(claimable)?.is_zero() && self.book.rest > 0 {
            return Err(beyond(claimable));
        }
        self.paid = self.paid.checked_add(claimable)?;
        *position = settled;
        Ok(claimable)
    }

    /// Claims all whole units that a position is owed, and adds as many shares to it: for a pool whose
    /// reward is the token that is staked, one share a unit. Returns the amount.
    ///
    /// # Rounding
    /// Floor, as [`claim`](Self::claim).
    ///
    /// # Errors
    /// As [`claim`](Self::claim); [`Error::Overflow`] if all shares would exceed `u128::MAX`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    /// pool.deposit(&mut alice, 4)?;
    /// pool.fund(Amount::new(8))?;
    /// assert_eq!(pool.compound(&mut alice)?, Amount::new(8));
    /// assert_eq!((alice.shares(), pool.paid()), (12, Amount::new(8)));
    ///
    /// // A pool that was just made hasn't made this position.
    /// assert!(RewardPool::new().compound(&mut alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("restake", "autocompound", "reinvest"))]
    pub fn compound(&mut self, position: &mut Position) -> Result<Amount, Error> {
        let (mut pool, mut after) = (*self, *position);
        let claimed = pool.claim(&mut after)?;
        pool.deposit(&mut after, claimed.get())?;
        (*self, *position) = (pool, after);
        Ok(claimed)
    }

    /// Returns the amount that [`claim`](Self::claim) would pay now.
    ///
    /// # Rounding
    /// Floor, of the exact sum of what the position is owed.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] or [`Error::Math`] for a position the pool can't have made.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = RewardPool::new();
    /// let (mut alice, mut bob) = (Position::new(), Position::new());
    /// pool.set_shares(&mut alice, 3)?;
    /// pool.set_shares(&mut bob, 1)?;
    /// pool.fund(Amount::new(1_002))?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(751)); // of 751.5
    ///
    /// // A pool that was just made hasn't made this position.
    /// assert!(RewardPool::new().claimable(&alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("earned", "pending", "releasable", "pendingReward"))]
    pub fn claimable(&self, position: &Position) -> Result<Amount, Error> {
        Ok(self.book.settled(position)?.units())
    }

    /// Returns what a position is owed, in units of 2^-128: the upper half of the number is whole
    /// units, the lower half a fraction of one.
    ///
    /// # Errors
    /// As [`claimable`](Self::claimable).
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Position, RewardPool};
    /// # use tokenomics_fixed_math::{Amount, Error as MathError, U256};
    /// let mut pool = RewardPool::new();
    /// let (mut alice, mut bob) = (Position::new(), Position::new());
    /// pool.set_shares(&mut alice, 3)?;
    /// pool.set_shares(&mut bob, 1)?;
    /// pool.fund(Amount::new(10))?;
    /// assert_eq!(pool.owed(&alice)?, U256::new(7, 1 << 127)); // 7.5
    ///
    /// // The sum of what it was owed and the 2.5 that a share has earned since has no result.
    /// let stranger = Position::restore(1, U256::ZERO, U256::MAX);
    /// let wide = MathError::Wide { left_bits: 256, right_bits: 130 };
    /// assert_eq!(pool.owed(&stranger), Err(Error::Math(wide.into())));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn owed(&self, position: &Position) -> Result<U256, Error> {
        Ok(self.book.settled(position)?.owed)
    }
}

/// Returns the error of a claim that is a unit too large.
#[cold]
fn beyond(claimable: Amount) -> Error {
    Error::OutOfRange {
        what: Quantity::Claim,
        value: claimable.get(),
        bound: claimable.get().saturating_sub(1),
    }
}
