//! The money that comes into a pool.

use tokenomics_fixed_math::{Amount, U256};

use super::RewardPool;
use crate::{Error, ZeroShares};

impl RewardPool {
    /// Distributes `amount`, and what is unallocated, to the shares as they are now. Without shares
    /// it becomes unallocated.
    ///
    /// # Rounding
    /// Floor per share, to 2^-128 of a unit; the remainder is carried to the next funding.
    ///
    /// # Errors
    /// [`Error::Overflow`] if more than [`Amount::MAX`] would ever have been funded.
    ///
    /// # Laws
    /// `path_independent`: while the shares don't change, only the sum of the fundings matters.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Position, RewardPool};
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    /// pool.fund(Amount::new(7))?; // nobody is there yet
    /// pool.set_shares(&mut alice, 1)?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::ZERO);
    /// pool.fund(Amount::new(3))?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(10));
    ///
    /// assert!(matches!(pool.fund(Amount::MAX), Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("distribute", "notify_reward", "deposit"))]
    pub fn fund(&mut self, amount: Amount) -> Result<(), Error> {
        let funded = self.funded.checked_add(amount)?;
        let unallocated = self.unallocated.checked_add(amount)?;
        if self.book.total == 0 {
            self.unallocated = unallocated;
        } else {
            self.book.distribute(U256::new(unallocated.get(), 0))?;
            self.unallocated = Amount::ZERO;
        }
        self.funded = funded;
        Ok(())
    }

    /// Distributes `amount` as [`fund`](Self::fund) does, unless there are no shares and the rule is
    /// [`ZeroShares::Sink`]: then it isn't funded at all. Returns what is the sink's: all or nothing.
    ///
    /// # Errors
    /// As [`fund`](Self::fund).
    ///
    /// ```
    /// # use tokenomics_fee_split::{RewardPool, ZeroShares};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = RewardPool::new();
    /// assert_eq!(pool.fund_with(Amount::new(7), ZeroShares::Sink)?, Amount::new(7));
    /// assert_eq!(pool.funded(), Amount::ZERO);
    /// assert_eq!(pool.fund_with(Amount::new(7), ZeroShares::Hold)?, Amount::ZERO);
    /// assert_eq!(pool.unallocated(), Amount::new(7));
    /// assert!(pool.fund_with(Amount::MAX, ZeroShares::Hold).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "it isn't in the pool"]
    pub fn fund_with(&mut self, amount: Amount, rule: ZeroShares) -> Result<Amount, Error> {
        if self.book.total == 0 && rule == ZeroShares::Sink {
            return Ok(amount);
        }
        self.fund(amount)?;
        Ok(Amount::ZERO)
    }

    /// Takes what is unallocated out of the pool, for a sink of the caller's choice, as if it
    /// hadn't been funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::RewardPool;
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// let mut pool = RewardPool::new();
    /// pool.fund(Amount::new(7))?;
    /// assert_eq!(pool.take_unallocated(), Amount::new(7));
    /// assert_eq!(pool.funded(), Amount::ZERO);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "it is no longer in the pool"]
    pub fn take_unallocated(&mut self) -> Amount {
        let taken = self.unallocated;
        // It is a part of what was funded, so the difference doesn't wrap.
        self.funded = Amount::new(self.funded.get().wrapping_sub(taken.get()));
        self.unallocated = Amount::ZERO;
        taken
    }
}
