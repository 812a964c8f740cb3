//! Rewards in several assets to one set of shares.

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Position, Quantity, RewardPool, RewardPoolState, ZeroShares};

mod position;
pub use position::MultiPosition;

/// A pool that distributes rewards in `N` assets to one set of shares: a [`RewardPool`] for each asset,
/// whose shares always change together.
///
/// Assets are named by their number, from 0, which comes after the arguments of a [`RewardPool`]. A call that changes shares costs as much as `N` of a
/// [`RewardPool`], and whoever funds an asset can't raise it.
///
/// # Laws
/// `assets_are_pools`: each asset is what a pool of its own would be · those of [`RewardPool`].
///
/// ```
/// use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
/// use tokenomics_fixed_math::Amount;
///
/// const USDC: usize = 0;
/// const WETH: usize = 1;
/// let mut pool = MultiRewardPool::<2>::new();
/// let (mut alice, mut bob) = (MultiPosition::new(), MultiPosition::new());
/// pool.deposit(&mut alice, 3)?;
/// pool.fund(Amount::new(600), USDC)?;
/// pool.deposit(&mut bob, 1)?;
/// pool.fund(Amount::new(8), WETH)?;
/// assert_eq!(pool.claimable(&alice)?, [600, 6].map(Amount::new));
/// assert_eq!(pool.claim(&mut bob, WETH)?, Amount::new(2));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Curve, LiquidityGaugeV3 and later: eight reward tokens, each looped over by every transfer.
#[doc(alias("MultiRewards", "reward_tokens"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MultiRewardPool<const N: usize> {
    // All of as many shares.
    pools: [RewardPool; N],
}

impl<const N: usize> Default for MultiRewardPool<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> MultiRewardPool<N> {
    /// Creates a pool without shares or funds.
    #[must_use]
    pub const fn new() -> Self {
        let pools = [RewardPool::new(); N];
        Self { pools }
    }

    /// Restores a pool from the [`state`](Self::state) of each asset.
    ///
    /// # Errors
    /// Those of [`RewardPool::restore`], and [`Error::OutOfRange`] unless all have as many shares.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    /// pool.deposit(&mut alice, 3)?;
    /// let mut state = pool.state();
    /// assert_eq!(MultiRewardPool::restore(state)?, pool);
    /// state[1].total_shares = Amount::new(4);
    /// assert!(MultiRewardPool::restore(state).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(states: [RewardPoolState; N]) -> Result<Self, Error> {
        let mut restored = Self::new();
        for (pool, state) in restored.pools.iter_mut().zip(states) {
            *pool = RewardPool::restore(state)?;
        }
        let total = restored.total_shares();
        for pool in &restored.pools {
            in_range(Quantity::Shares, pool.total_shares(), total, total)?;
        }
        Ok(restored)
    }

    /// Returns the state of each asset, for [`restore`](Self::restore).
    #[must_use]
    pub fn state(&self) -> [RewardPoolState; N] {
        self.pools.map(|pool| pool.state())
    }

    /// Returns the sum of the shares of all positions.
    #[must_use]
    pub fn total_shares(&self) -> u128 {
        self.pools.first().map_or(0, RewardPool::total_shares)
    }

    /// Returns the pool of each asset, to look at what it was funded with, has paid and holds.
    #[must_use]
    pub const fn assets(&self) -> &[RewardPool; N] {
        &self.pools
    }

    /// Distributes an amount of an asset: see [`RewardPool::fund`].
    ///
    /// # Errors
    /// As there; [`Error::OutOfRange`] for an asset that there isn't.
    ///
    /// ```
    /// # use tokenomics_fee_split::MultiRewardPool;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = MultiRewardPool::<2>::new();
    /// pool.fund(Amount::new(5), 1)?;
    /// assert_eq!(pool.assets().map(|asset| asset.unallocated().get()), [0, 5]);
    /// assert!(pool.fund(Amount::new(5), 2).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn fund(&mut self, amount: Amount, asset: usize) -> Result<(), Error> {
        self.asset_mut(asset)?.fund(amount)
    }

    /// Distributes an amount of an asset, by a rule for a pool without shares: see
    /// [`RewardPool::fund_with`].
    ///
    /// # Errors
    /// As there; [`Error::OutOfRange`] for an asset that there isn't.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiRewardPool, ZeroShares};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = MultiRewardPool::<2>::new();
    /// let returned = pool.fund_with(Amount::new(5), ZeroShares::Sink, 1)?;
    /// assert_eq!(returned, Amount::new(5));
    /// assert!(pool.fund_with(Amount::new(5), ZeroShares::Sink, 2).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn fund_with(
        &mut self,
        amount: Amount,
        rule: ZeroShares,
        asset: usize,
    ) -> Result<Amount, Error> {
        self.asset_mut(asset)?.fund_with(amount, rule)
    }

    /// Takes what is unallocated of an asset out of the pool: see [`RewardPool::take_unallocated`].
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an asset that there isn't.
    ///
    /// ```
    /// # use tokenomics_fee_split::MultiRewardPool;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = MultiRewardPool::<2>::new();
    /// pool.fund(Amount::new(5), 1)?;
    /// assert_eq!(pool.take_unallocated(1)?, Amount::new(5));
    /// assert!(pool.take_unallocated(2).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn take_unallocated(&mut self, asset: usize) -> Result<Amount, Error> {
        Ok(self.asset_mut(asset)?.take_unallocated())
    }

    /// Adds shares to a position: see [`RewardPool::deposit`].
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    /// pool.deposit(&mut alice, 5)?;
    /// assert_eq!((alice.shares(), pool.total_shares()), (5, 5));
    /// assert!(pool.deposit(&mut alice, u128::MAX).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("stake", "join"))]
    pub fn deposit(&mut self, position: &mut MultiPosition<N>, shares: u128) -> Result<(), Error> {
        self.in_each(position, |pool, position| pool.deposit(position, shares))
    }

    /// Takes shares from a position: see [`RewardPool::withdraw`].
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    /// pool.deposit(&mut alice, 5)?;
    /// pool.withdraw(&mut alice, 4)?;
    /// assert_eq!(alice.shares(), 1);
    /// assert!(pool.withdraw(&mut alice, 2).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("unstake", "exit"))]
    pub fn withdraw(&mut self, position: &mut MultiPosition<N>, shares: u128) -> Result<(), Error> {
        self.in_each(position, |pool, position| pool.withdraw(position, shares))
    }

    /// Transfers shares from one position to another, but not what they have earned so far: see
    /// [`RewardPool::transfer`].
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut alice, mut bob) = (MultiPosition::new(), MultiPosition::new());
    /// let mut pool = MultiRewardPool::<2>::new();
    /// pool.deposit(&mut alice, 5)?;
    /// pool.fund(Amount::new(50), 0)?;
    /// pool.transfer(&mut alice, &mut bob, 2)?;
    /// assert_eq!(pool.claimable(&bob)?, [Amount::ZERO; 2]);
    /// assert!(pool.transfer(&mut alice, &mut bob, 4).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn transfer(
        &self,
        from: &mut MultiPosition<N>,
        to: &mut MultiPosition<N>,
        shares: u128,
    ) -> Result<(), Error> {
        let (mut giver, mut taker) = (*from, *to);
        let both = giver.positions.iter_mut().zip(&mut taker.positions);
        for (pool, (giver, taker)) in self.pools.iter().zip(both) {
            pool.transfer(giver, taker, shares)?;
        }
        (*from, *to) = (giver, taker);
        Ok(())
    }

    /// Claims all whole units of an asset that a position is owed: see [`RewardPool::claim`].
    ///
    /// # Rounding
    /// Floor, of the exact sum of what it is owed.
    ///
    /// # Errors
    /// As there; [`Error::OutOfRange`] for an asset that there isn't.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    /// pool.deposit(&mut alice, 1)?;
    /// pool.fund(Amount::new(9), 1)?;
    /// assert_eq!(pool.claim(&mut alice, 1)?, Amount::new(9));
    /// assert!(pool.claim(&mut alice, 2).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("harvest", "collect", "getReward"))]
    pub fn claim(
        &mut self,
        position: &mut MultiPosition<N>,
        asset: usize,
    ) -> Result<Amount, Error> {
        let pool = self.asset_mut(asset)?;
        let Some(position) = position.positions.get_mut(asset) else {
            return Err(no_asset::<N>(asset));
        };
        pool.claim(position)
    }

    /// Claims all whole units of all assets that a position is owed.
    ///
    /// # Rounding
    /// Floor, of the exact sum of each.
    ///
    /// # Errors
    /// As [`RewardPool::claim`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    /// pool.deposit(&mut alice, 1)?;
    /// pool.fund(Amount::new(9), 1)?;
    /// assert_eq!(pool.claim_all(&mut alice)?, [0, 9].map(Amount::new));
    /// assert!(MultiRewardPool::new().claim_all(&mut alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn claim_all(&mut self, position: &mut MultiPosition<N>) -> Result<[Amount; N], Error> {
        let claimed = self.claimable(position)?;
        self.in_each(position, |pool, position| pool.claim(position).map(drop))?;
        Ok(claimed)
    }

    /// Returns the amount of each asset that a position can claim now.
    ///
    /// # Rounding
    /// Floor, of the exact sum of each.
    ///
    /// # Errors
    /// As [`RewardPool::claimable`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (MultiRewardPool::<2>::new(), MultiPosition::new());
    /// pool.deposit(&mut alice, 1)?;
    /// pool.fund(Amount::new(9), 0)?;
    /// assert_eq!(pool.claimable(&alice)?, [9, 0].map(Amount::new));
    /// assert!(MultiRewardPool::new().claimable(&alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("earned", "pending"))]
    pub fn claimable(&self, position: &MultiPosition<N>) -> Result<[Amount; N], Error> {
        let mut claimable = [Amount::ZERO; N];
        let pools = self.pools.iter().zip(&position.positions);
        for (amount, (pool, position)) in claimable.iter_mut().zip(pools) {
            *amount = pool.claimable(position)?;
        }
        Ok(claimable)
    }

    fn asset_mut(&mut self, asset: usize) -> Result<&mut RewardPool, Error> {
        self.pools.get_mut(asset).ok_or(no_asset::<N>(asset))
    }

    /// Makes a change in the pool of each asset, or in none.
    fn in_each(
        &mut self,
        position: &mut MultiPosition<N>,
        change: impl Fn(&mut RewardPool, &mut Position) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (mut pools, mut after) = (self.pools, *position);
        for (pool, position) in pools.iter_mut().zip(&mut after.positions) {
            change(pool, position)?;
        }
        (self.pools, *position) = (pools, after);
        Ok(())
    }
}

/// Returns the error for an asset that there isn't among `N`.
fn no_asset<const N: usize>(asset: usize) -> Error {
    let count = |number: usize| u128::try_from(number).unwrap_or(u128::MAX);
    Error::OutOfRange {
        what: Quantity::Asset,
        value: count(asset),
        bound: count(N.saturating_sub(1)),
    }
}

tokenomics_internals::checked_codec! {
    MultiRewardPool::restore as RawMultiRewardPool([RewardPoolState; N] = MultiRewardPool::state)
}
