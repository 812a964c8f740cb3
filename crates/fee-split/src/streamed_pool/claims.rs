//! The rewards of positions in a pool whose rewards come over a period.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::StreamedPool;
use crate::check::in_range;
use crate::{Error, Position, Quantity};

impl StreamedPool {
    /// Claims all whole units that a position is owed, and keeps its fraction of a unit for later.
    /// Returns the amount to be paid out.
    ///
    /// # Rounding
    /// Floor, of the exact sum of what it is owed.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] or [`Error::Math`] for a position
    /// the pool can't have made.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 2, at(0))?;
    /// pool.top_up(Amount::new(3), at(0), at(6))?;
    /// assert_eq!(pool.claim(&mut alice, at(3))?, Amount::new(1)); // of 1.5
    /// assert_eq!(pool.claim(&mut alice, at(4))?, Amount::new(1)); // the half, and another one
    /// assert!(pool.claim(&mut alice, at(3)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("harvest", "collect", "getReward"))]
    pub fn claim(&mut self, position: &mut Position, at: Timestamp) -> Result<Amount, Error> {
        let mut next = self.settled(at)?;
        let mut settled = next.book.settled(position)?;
        let claimed = settled.take_units();
        // A remainder is part of what stays.
        let payable = next.held()?.checked_sub(next.book.rest.into())?;
        in_range(Quantity::Claim, claimed.get(), 0, payable.high())?;
        next.paid = next.paid.checked_add(claimed)?;
        (*self, *position) = (next, settled);
        Ok(claimed)
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
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 4, at(0))?;
    /// pool.top_up(Amount::new(8), at(0), at(2))?;
    /// assert_eq!(pool.compound(&mut alice, at(1))?, Amount::new(4));
    /// assert_eq!(alice.shares(), 8);
    /// assert!(pool.compound(&mut alice, at(0)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("restake", "autocompound", "reinvest"))]
    pub fn compound(&mut self, position: &mut Position, at: Timestamp) -> Result<Amount, Error> {
        let (mut pool, mut after) = (*self, *position);
        let claimed = pool.claim(&mut after, at)?;
        pool.deposit(&mut after, claimed.get(), at)?;
        (*self, *position) = (pool, after);
        Ok(claimed)
    }

    /// Returns the amount that [`claim`](Self::claim) would pay at a time.
    ///
    /// # Rounding
    /// Floor, of the exact sum of what the position is owed.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(5), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 2, at(5))?;
    /// pool.top_up(Amount::new(3), at(5), at(8))?;
    /// assert_eq!(pool.claimable(&alice, at(7))?, Amount::new(2));
    /// assert!(pool.claimable(&alice, at(4)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("earned", "pending"))]
    pub fn claimable(&self, position: &Position, at: Timestamp) -> Result<Amount, Error> {
        Ok(Amount::new(self.owed(position, at)?.high()))
    }

    /// Returns what a position is owed at a time, in units of 2^-128.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp, U256};
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 2, at(0))?;
    /// pool.top_up(Amount::new(3), at(0), at(4))?;
    /// assert_eq!(pool.owed(&alice, at(2))?, U256::new(1, 1 << 127)); // 1.5
    /// assert!(StreamedPool::new(at(0), ZeroShares::Hold).owed(&alice, at(2)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn owed(&self, position: &Position, at: Timestamp) -> Result<U256, Error> {
        Ok(self.settled(at)?.book.settled(position)?.owed)
    }
}
