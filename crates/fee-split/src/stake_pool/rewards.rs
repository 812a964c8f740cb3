//! The payments to stakes, and the step that each call begins with.

use tokenomics_fixed_math::Amount;
use tokenomics_internals::Store;

use super::book::Book;
use super::{ClosedGeneration, Stake, StakePool};
use crate::check::in_range;
use crate::{Error, Quantity};

/// A stake that is settled, and its generation after it has left that, if it is closed.
pub(super) struct Settled {
    pub(super) stake: Stake,
    closed: Option<(u32, ClosedGeneration)>,
}

impl<G: Store<Entry = ClosedGeneration>> StakePool<G> {
    /// Claims all whole units of rewards that a stake is owed, and keeps its fraction of a unit for later.
    /// Returns the amount to be paid out.
    ///
    /// # Rounding
    /// Floor, of the exact sum of what it is owed.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] or [`Error::Math`] for a stake the pool can't have made; [`Error::Missing`] if the
    /// store has lost its generation.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(4))?;
    /// pool.fund(Amount::new(8))?;
    /// pool.slash(Amount::new(4))?; // what was earned isn't slashed
    /// pool.fund(Amount::new(9))?; // for whoever comes next
    /// assert_eq!(pool.claim(&mut alice)?, Amount::new(8));
    /// assert!(StakePool::new([ClosedGeneration::NONE; 1]).claim(&mut alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("harvest", "collect", "getReward"))]
    pub fn claim(&mut self, stake: &mut Stake) -> Result<Amount, Error> {
        self.transition(stake, |book, stake| book.rewards.claim(&mut stake.rewards))
    }

    /// Claims all whole units of rewards that a stake is owed, and stakes them: for a pool whose reward is
    /// the token that is staked. Returns the amount.
    ///
    /// # Rounding
    /// As [`claim`](Self::claim) and [`deposit`](Self::deposit).
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(4))?;
    /// pool.fund(Amount::new(8))?;
    /// assert_eq!(pool.compound(&mut alice)?, Amount::new(8));
    /// assert_eq!(pool.amount(&alice)?, Amount::new(12));
    /// assert!(StakePool::new([ClosedGeneration::NONE; 1]).compound(&mut alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("restake", "autocompound", "reinvest"))]
    pub fn compound(&mut self, stake: &mut Stake) -> Result<Amount, Error> {
        self.transition(stake, |book, stake| {
            let claimed = book.rewards.claim(&mut stake.rewards)?;
            book.deposit(stake, claimed)?;
            Ok(claimed)
        })
    }

    /// Takes what closed generations have left of a stake, to be paid out.
    ///
    /// # Rounding
    /// Floor, of its part of what is left; the last stake of a generation gets all the rest.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(1 << 34))?;
    /// pool.slash(Amount::new((1 << 34) - 3))?; // a share is worth three times 2^-34
    /// assert_eq!((pool.generation(), pool.released()), (1, Amount::new(3)));
    /// assert_eq!(pool.take_released(&mut alice)?, Amount::new(3));
    /// assert!(StakePool::new([ClosedGeneration::NONE; 1]).take_released(&mut alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn take_released(&mut self, stake: &mut Stake) -> Result<Amount, Error> {
        self.transition(stake, |book, stake| {
            let released = stake.released;
            book.released = book.released.checked_sub(released)?;
            stake.released = Amount::ZERO;
            Ok(released)
        })
    }

    /// Returns the amount that [`take_released`](Self::take_released) would return now.
    ///
    /// # Rounding
    /// Floor, as there.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(4))?;
    /// assert_eq!(pool.releasable(&alice)?, Amount::ZERO);
    /// assert!(StakePool::new([ClosedGeneration::NONE; 1]).releasable(&alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn releasable(&self, stake: &Stake) -> Result<Amount, Error> {
        Ok(self.settled(stake)?.stake.released)
    }

    /// Returns the rewards that [`claim`](Self::claim) would pay now.
    ///
    /// # Rounding
    /// Floor, of the exact sum of what the stake is owed.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(4))?;
    /// pool.fund(Amount::new(8))?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(8));
    /// assert!(StakePool::new([ClosedGeneration::NONE; 1]).claimable(&alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("earned", "pending"))]
    pub fn claimable(&self, stake: &Stake) -> Result<Amount, Error> {
        Ok(self.settled(stake)?.stake.rewards.units())
    }

    /// Returns a stake with all that has happened to it since the last call: in the current generation, and
    /// with all it has earned in what it is owed.
    pub(super) fn settled(&self, stake: &Stake) -> Result<Settled, Error> {
        let (mut stake, book) = (*stake, &self.book);
        let (generation, current) = (stake.generation, book.generation);
        if generation == current {
            in_range(Quantity::Shares, stake.shares.get(), 0, book.shares.get())?;
            stake.rewards = book.rewards.book.settled(&stake.rewards)?;
            let closed = None;
            return Ok(Settled { stake, closed });
        }
        let (what, value) = (Quantity::Generation, generation.into());
        in_range(what, value, 0, current.into())?;
        let index = generation;
        let closed = self.generations.get(index);
        let mut closed = closed.ok_or(Error::Missing { index })?;
        closed.leave(&mut stake)?;
        stake.generation = current;
        let closed = Some((generation, closed));
        Ok(Settled { stake, closed })
    }

    /// Settles a stake and changes it and the sums; on an error nothing is changed.
    pub(super) fn transition<R>(
        &mut self,
        stake: &mut Stake,
        change: impl FnOnce(&mut Book, &mut Stake) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let mut settled = self.settled(stake)?;
        let mut book = self.book;
        let result = change(&mut book, &mut settled.stake)?;
        if let Some((generation, closed)) = settled.closed {
            self.generations.set(generation, closed);
        }
        (self.book, *stake) = (book, settled.stake);
        Ok(result)
    }
}
