//! Rewards to shares, by an accumulator that carries its remainder.

use tokenomics_fixed_math::{Amount, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

mod position;
mod state;
pub use position::Position;
pub use state::RewardPoolState;

/// A pool of rewards that are distributed to shares, at a cost that doesn't depend on how many hold
/// them.
///
/// Each funding raises one number, the rewards per share in units of 2^-128, and keeps what the
/// division leaves for the next funding; each [`Position`] keeps where it was last settled, and
/// what it is owed to the last 2^-128 of a unit. So nothing is ever dropped: at any time
///
/// funded = paid + claimable + carried + unallocated,
///
/// where *claimable* sums the whole units that the positions can claim, *carried* is the fractions
/// of units in positions and the remainder in the pool, together less than a unit for each position
/// and one more, and *unallocated* is what was funded while there were no shares.
///
/// No position is ever paid more than its exact share. It may be paid a unit less where that share
/// is a whole number of units, or barely more: if the rewards per share aren't a whole number of
/// 2^-128 units, what it is owed ends just below. Of 60 units, a holder of all 100 shares can claim
/// 59; the last one is carried, and comes with a later funding.
///
/// The host keeps the positions, and each belongs to the one pool that settled it. A position that
/// the pool can't have made is an error; one that was copied and used twice can't be told from two.
///
/// # Laws
/// `funded`: the equation, after any sequence of calls. `path_independent`: many small fundings pay
/// what one large one pays, to the last unit. `claim_pattern`: when and how often a position claims
/// never changes the sum of its claims. `accrual`: what a position has claimed and can claim never
/// falls, whatever others do.
///
/// ```
/// use tokenomics_fee_split::{Position, RewardPool};
/// use tokenomics_fixed_math::Amount;
///
/// let mut pool = RewardPool::new();
/// let (mut alice, mut bob) = (Position::new(), Position::new());
/// pool.set_shares(&mut alice, 300)?;
/// pool.set_shares(&mut bob, 100)?;
///
/// // Three quarters of a unit and a quarter: nobody can claim anything yet, and nothing is lost.
/// pool.fund(Amount::new(1))?;
/// assert_eq!(pool.claim(&mut alice)?, Amount::ZERO);
///
/// pool.fund(Amount::new(1_001))?;
/// assert_eq!(pool.claim(&mut alice)?, Amount::new(751)); // of 751.5
/// assert_eq!(pool.claimable(&bob)?, Amount::new(250)); // of 250.5
/// assert_eq!(pool.carried(pool.claimable(&bob)?)?, Amount::new(1)); // the two halves
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Batog, Boca, Johnson, "Scalable Reward Distribution on the Ethereum Blockchain" (2018), as in
/// MasterChef (scale 1e12), StakingRewards (1e18) and GMX (1e30). With those scales a small funding
/// to many shares rounds to nothing and is lost; here the scale is such that the remainder is less
/// than a unit, and it is carried.
#[doc(alias("MasterChef", "StakingRewards", "staking", "dividends"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RewardPool {
    total_shares: u128,
    // Rewards per share since the beginning, in 2^-128 units. Each funding was divided by at least
    // one share, so it is at most funded·2^128.
    accumulated: U256,
    // What the last division left, in 2^-128 units: less than one unit.
    rest: u128,
    funded: Amount,
    paid: Amount,
    unallocated: Amount,
}

impl RewardPool {
    /// Creates a pool without shares or funds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            total_shares: 0,
            accumulated: U256::ZERO,
            rest: 0,
            funded: Amount::ZERO,
            paid: Amount::ZERO,
            unallocated: Amount::ZERO,
        }
    }

    /// Returns the sum of the shares of all positions.
    #[must_use]
    pub const fn total_shares(&self) -> u128 {
        self.total_shares
    }

    /// Returns the amount that was ever funded, but for what
    /// [`take_unallocated`](Self::take_unallocated) gave back.
    #[must_use]
    pub const fn funded(&self) -> Amount {
        self.funded
    }

    /// Returns the amount that was ever claimed.
    #[must_use]
    pub const fn paid(&self) -> Amount {
        self.paid
    }

    /// Returns the amount that was funded while there were no shares. It is given out with the next
    /// funding once there are.
    #[must_use]
    pub const fn unallocated(&self) -> Amount {
        self.unallocated
    }

    /// Returns the amount that is held for positions: claimable and carried.
    #[must_use]
    pub const fn outstanding(&self) -> Amount {
        // Both are parts of what was funded, so neither difference wraps.
        let unpaid = self.funded.get().wrapping_sub(self.paid.get());
        Amount::new(unpaid.wrapping_sub(self.unallocated.get()))
    }

    /// Returns the amount that is carried: outstanding, and not among `claimable`, which is the sum
    /// of [`claimable`](Self::claimable) over all positions.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `claimable` is more than is outstanding, as that sum never is.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Position, Quantity, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = RewardPool::new();
    /// let (mut alice, mut bob) = (Position::new(), Position::new());
    /// pool.set_shares(&mut alice, 1)?;
    /// pool.set_shares(&mut bob, 1)?;
    /// pool.fund(Amount::new(5))?; // 2.5 each
    /// let claimable = pool.claimable(&alice)?.checked_add(pool.claimable(&bob)?)?;
    /// assert_eq!(pool.carried(claimable)?, Amount::new(1));
    ///
    /// let refused = pool.carried(Amount::new(6));
    /// let what = Quantity::Claim;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 6, bound: 5 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn carried(&self, claimable: Amount) -> Result<Amount, Error> {
        let outstanding = self.outstanding();
        in_range(Quantity::Claim, claimable.get(), 0, outstanding.get())?;
        Ok(outstanding.checked_sub(claimable)?)
    }

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
    /// # use tokenomics_fixed_math::Amount;
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
        if self.total_shares == 0 {
            self.unallocated = unallocated;
        } else {
            let shared = U256::new(unallocated.get(), self.rest);
            let (per_share, rest) = shared.div_rem(self.total_shares)?;
            self.accumulated = self.accumulated.checked_add(per_share)?;
            self.rest = rest;
            self.unallocated = Amount::ZERO;
        }
        self.funded = funded;
        Ok(())
    }

    /// Takes what is unallocated out of the pool, for a sink of the caller's choice, as if it
    /// hadn't been funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::RewardPool;
    /// # use tokenomics_fixed_math::Amount;
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
    #[doc(alias("stake", "unstake"))]
    pub fn set_shares(&mut self, position: &mut Position, shares: u128) -> Result<(), Error> {
        let settled = position.settled(self)?;
        let others = Amount::new(self.total_shares).checked_sub(position.shares)?;
        let shares = Amount::new(shares);
        self.total_shares = others.checked_add(shares)?.get();
        *position = Position { shares, ..settled };
        Ok(())
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
    pub fn transfer(
        &self,
        from: &mut Position,
        to: &mut Position,
        shares: u128,
    ) -> Result<(), Error> {
        let (mut giver, mut taker) = (from.settled(self)?, to.settled(self)?);
        in_range(Quantity::Shares, shares, 0, giver.shares())?;
        giver.shares = giver.shares.checked_sub(Amount::new(shares))?;
        taker.shares = taker.shares.checked_add(Amount::new(shares))?;
        (*from, *to) = (giver, taker);
        Ok(())
    }

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
        let settled = position.settled(self)?;
        let claimable = Amount::new(settled.owed.high());
        // Checks that it is there.
        self.carried(claimable)?;
        self.paid = self.paid.checked_add(claimable)?;
        *position = Position {
            owed: settled.owed.low().into(),
            ..settled
        };
        Ok(claimable)
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
        Ok(Amount::new(self.owed(position)?.high()))
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
        Ok(position.settled(self)?.owed)
    }
}

tokenomics_internals::checked_codec! {
    [] RewardPool as RewardPoolState: MaxEncodedLen
}
