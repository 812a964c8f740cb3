//! The shares of positions in a pool whose rewards come over a period.

use tokenomics_fixed_math::Timestamp;

use super::StreamedPool;
use crate::{Error, Position};

impl StreamedPool {
    /// Sets the shares of a position. What it has earned so far stays its own.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] or [`Error::Math`] for a position
    /// the pool can't have made; [`Error::Overflow`] if all shares would exceed `u128::MAX`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.set_shares(&mut alice, 5, at(0))?;
    /// pool.top_up(Amount::new(50), at(0), at(10))?;
    /// pool.set_shares(&mut alice, 0, at(4))?;
    /// assert_eq!(pool.claimable(&alice, at(10))?, Amount::new(20));
    /// assert!(pool.set_shares(&mut alice, 5, at(3)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn set_shares(
        &mut self,
        position: &mut Position,
        shares: u128,
        at: Timestamp,
    ) -> Result<(), Error> {
        let mut next = self.settled(at)?;
        next.book.set_shares(position, shares)?;
        *self = next;
        Ok(())
    }

    /// Adds shares to a position.
    ///
    /// # Errors
    /// As [`set_shares`](Self::set_shares).
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 5, at(0))?;
    /// pool.deposit(&mut alice, 6, at(1))?;
    /// assert_eq!((alice.shares(), pool.total_shares()), (11, 11));
    /// assert!(pool.deposit(&mut alice, u128::MAX, at(1)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("stake", "join"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn deposit(
        &mut self,
        position: &mut Position,
        shares: u128,
        at: Timestamp,
    ) -> Result<(), Error> {
        let mut next = self.settled(at)?;
        next.book.add_shares(position, shares)?;
        *self = next;
        Ok(())
    }

    /// Takes shares from a position. What they have earned stays its own.
    ///
    /// # Errors
    /// As [`set_shares`](Self::set_shares), and [`Error::OutOfRange`] for more than there are.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 5, at(0))?;
    /// pool.withdraw(&mut alice, 3, at(1))?;
    /// assert_eq!((alice.shares(), pool.total_shares()), (2, 2));
    /// assert!(pool.withdraw(&mut alice, 3, at(1)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("unstake", "exit"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn withdraw(
        &mut self,
        position: &mut Position,
        shares: u128,
        at: Timestamp,
    ) -> Result<(), Error> {
        let mut next = self.settled(at)?;
        next.book.remove_shares(position, shares)?;
        *self = next;
        Ok(())
    }

    /// Transfers shares from one position to another, but not what they have earned so far.
    ///
    /// # Errors
    /// As [`set_shares`](Self::set_shares), and [`Error::OutOfRange`] if `from` hasn't as many.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut alice, mut bob) = (Position::new(), Position::new());
    /// let mut pool = StreamedPool::new(at(0), ZeroShares::Hold);
    /// pool.deposit(&mut alice, 4, at(0))?;
    /// pool.top_up(Amount::new(80), at(0), at(10))?;
    /// pool.transfer(&mut alice, &mut bob, 1, at(5))?;
    /// assert_eq!(pool.claimable(&alice, at(10))?, Amount::new(70));
    /// assert_eq!(pool.claimable(&bob, at(10))?, Amount::new(10));
    /// assert!(pool.transfer(&mut alice, &mut bob, 4, at(5)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn transfer(
        &mut self,
        from: &mut Position,
        to: &mut Position,
        shares: u128,
        at: Timestamp,
    ) -> Result<(), Error> {
        let next = self.settled(at)?;
        next.book.transfer(from, to, shares)?;
        *self = next;
        Ok(())
    }
}
