//! Stakes that can be slashed, with boosted rewards.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};
use tokenomics_internals::Store;

use crate::check::in_range;
use crate::{Error, Quantity, RewardPool, ZeroShares};

mod book;
mod generation;
mod rewards;
mod stake;
mod state;
use book::{share_of, Book};
pub use generation::ClosedGeneration;
pub use stake::{Stake, StakeState};
pub use state::StakePoolState;

/// A pool of staked units that earn rewards and can be slashed, all at once and at a cost that doesn't
/// depend on how many have staked.
///
/// A stake is a number of shares of the pool's assets A among T shares, and worth ⌊s·A/T⌋ units. A slash
/// lowers A, which is exact: nothing is rounded until a stake is read. Rewards go by weight, which is a
/// stake's shares times its [boost](Self::set_boost), so that a boost changes what a stake earns and not
/// what it is worth.
///
/// A share is at most worth one unit. When a slash takes it below 2^-32 of one, or all, **the generation
/// is closed**: every stake in it leaves the pool, and its part of what is left can be
/// [taken](Self::take_released) at any time, unslashed from then on; who wants to go on stakes again. A
/// closed generation is one entry in `G`: an array, a `Vec` with the feature `alloc`, or a map of a chain's
/// storage. Only slashes add to it.
///
/// # Rounding
/// Against the stake that is changed, and for those that stay: a deposit gives less than one unit more
/// than it is worth, a withdrawal burns less than one unit more than it pays. The last one of a
/// generation gets all that is left.
///
/// # Laws
/// `stakes_conserved`: deposited = withdrawn + slashed + staked + released, and no more is staked than
/// there is · `stakes_accrue`: a stake falls by a slash, in proportion, or by a call of its own, and by
/// nothing else · `stakes_no_profit`: a round trip never gains · `stake_rewards_by_loop`: each is owed
/// what a loop over all stakes counts, also across generations, and funded = paid + claimable + carried +
/// unallocated.
///
/// ```
/// use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// let mut pool = StakePool::new([ClosedGeneration::NONE; 4]);
/// let (mut alice, mut bob) = (Stake::new(), Stake::new());
/// pool.deposit(&mut alice, Amount::new(600))?;
/// assert_eq!(pool.slash_fraction(fraction!("0.25"))?, Amount::new(150));
/// pool.deposit(&mut bob, Amount::new(150))?;
/// assert_eq!(pool.amount(&alice)?, Amount::new(450));
///
/// pool.fund(Amount::new(800))?; // three quarters and a quarter
/// assert_eq!(pool.claim(&mut alice)?, Amount::new(600));
/// assert_eq!(pool.claim(&mut bob)?, Amount::new(200));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Liquity, StabilityPool: the product P of what each loss leaves, the sum S of rewards, and epochs and
/// scales for when P gets small. P is A/T here, which is kept exact as two integers instead of a product
/// that each loss rounds.
#[doc(alias(
    "StabilityPool",
    "slashing",
    "loss_socialization",
    "product_sum",
    "boost"
))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StakePool<G> {
    book: Book,
    generations: G,
}

impl<G> StakePool<G> {
    /// Creates a pool without stakes, with an empty store for the generations that will be closed.
    #[must_use]
    pub const fn new(generations: G) -> Self {
        Self {
            book: Book::EMPTY,
            generations,
        }
    }

    /// Returns the amount that is staked.
    #[must_use]
    pub const fn assets(&self) -> Amount {
        self.book.assets
    }

    /// Returns the number of shares of it.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.book.shares.get()
    }

    /// Returns the amount that closed generations left, and that wasn't taken yet.
    #[must_use]
    pub const fn released(&self) -> Amount {
        self.book.released
    }

    /// Returns the number of generations that were closed, which is that of the current one.
    #[must_use]
    pub const fn generation(&self) -> u32 {
        self.book.generation
    }

    /// Returns the pool of the rewards, whose shares are the weights of the stakes.
    #[must_use]
    pub const fn rewards(&self) -> &RewardPool {
        &self.book.rewards
    }

    /// Returns the store of the closed generations.
    #[must_use]
    pub const fn generations(&self) -> &G {
        &self.generations
    }

    /// Distributes rewards to the weights as they are now: see [`RewardPool::fund`].
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(4))?;
    /// pool.fund(Amount::new(8))?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(8));
    /// assert!(pool.fund(Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn fund(&mut self, amount: Amount) -> Result<(), Error> {
        self.book.rewards.fund(amount)
    }

    /// Distributes rewards by a rule for a pool without weights: see [`RewardPool::fund_with`].
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, StakePool, ZeroShares};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = StakePool::new([ClosedGeneration::NONE; 1]);
    /// assert_eq!(pool.fund_with(Amount::new(8), ZeroShares::Sink)?, Amount::new(8));
    /// pool.fund(Amount::new(1))?;
    /// assert!(pool.fund_with(Amount::MAX, ZeroShares::Hold).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn fund_with(&mut self, amount: Amount, rule: ZeroShares) -> Result<Amount, Error> {
        self.book.rewards.fund_with(amount, rule)
    }

    /// Takes the rewards that came while nobody had weight: see [`RewardPool::take_unallocated`].
    #[must_use = "it is no longer in the pool"]
    pub fn take_unallocated(&mut self) -> Amount {
        self.book.rewards.take_unallocated()
    }
}

impl<G: Store<Entry = ClosedGeneration>> StakePool<G> {
    /// Adds an amount to a stake.
    ///
    /// # Rounding
    /// Floor, of the shares: the stake gains the amount or one unit less.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] or [`Error::Math`] for a stake the pool can't have made; [`Error::Missing`] if the
    /// store has lost its generation; [`Error::Overflow`] if all shares, weights or amounts would exceed
    /// `u128::MAX`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// pool.slash(Amount::new(3))?;
    /// pool.deposit(&mut alice, Amount::new(2))?;
    /// assert_eq!((pool.amount(&alice)?, alice.shares()), (Amount::new(8), 12));
    /// assert!(pool.deposit(&mut alice, Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("stake", "join"))]
    pub fn deposit(&mut self, stake: &mut Stake, amount: Amount) -> Result<(), Error> {
        self.transition(stake, |book, stake| book.deposit(stake, amount))
    }

    /// Takes an amount from a stake. All that it is worth is all of its shares.
    ///
    /// # Rounding
    /// Ceil, of the shares that are burned.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit), and [`Error::OutOfRange`] for more than the stake is worth.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// pool.slash(Amount::new(3))?;
    /// pool.withdraw(&mut alice, Amount::new(5))?;
    /// assert_eq!(pool.amount(&alice)?, Amount::new(1));
    /// assert!(pool.withdraw(&mut alice, Amount::new(2)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("unstake", "exit"))]
    pub fn withdraw(&mut self, stake: &mut Stake, amount: Amount) -> Result<(), Error> {
        self.transition(stake, |book, stake| book.withdraw(stake, amount))
    }

    /// Transfers an amount from one stake to another, but not what it has earned so far. Each keeps its
    /// own boost.
    ///
    /// # Rounding
    /// Ceil, of the shares: the receiver gains at least the amount, the giver gives up less than one unit
    /// more, and nobody else is touched.
    ///
    /// # Errors
    /// As [`withdraw`](Self::withdraw).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut alice, mut bob) = (Stake::new(), Stake::new());
    /// let mut pool = StakePool::new([ClosedGeneration::NONE; 1]);
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// pool.transfer(&mut alice, &mut bob, Amount::new(4))?;
    /// assert_eq!((pool.amount(&alice)?, pool.amount(&bob)?), (Amount::new(5), Amount::new(4)));
    /// assert!(pool.transfer(&mut alice, &mut bob, Amount::new(6)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn transfer(
        &mut self,
        from: &mut Stake,
        to: &mut Stake,
        amount: Amount,
    ) -> Result<(), Error> {
        in_range(Quantity::Stake, amount.get(), 0, self.amount(from)?.get())?;
        if from.generation != self.book.generation {
            // Nothing of it is in the pool, so the amount is none.
            return Ok(());
        }
        let giver = self.settled(from)?.stake;
        let giver = self.transition(to, |book, taker| book.transfer(giver, taker, amount))?;
        *from = giver;
        Ok(())
    }

    /// Sets by how much the shares of a stake are multiplied to its weight. What it has earned so far is
    /// settled with the old one.
    ///
    /// # Rounding
    /// Floor, of the weight.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// let (mut alice, mut bob) = (Stake::new(), Stake::new());
    /// let mut pool = StakePool::new([ClosedGeneration::NONE; 1]);
    /// pool.deposit(&mut alice, Amount::new(10))?;
    /// pool.deposit(&mut bob, Amount::new(10))?;
    /// pool.set_boost(&mut alice, Ratio::new(5, 2)?)?;
    /// pool.fund(Amount::new(70))?;
    /// assert_eq!((pool.claimable(&alice)?, pool.claimable(&bob)?), (Amount::new(50), Amount::new(20)));
    /// assert!(pool.set_boost(&mut alice, Ratio::from_integer(u128::MAX)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("working_balance", "multiplier"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn set_boost(&mut self, stake: &mut Stake, boost: Ratio) -> Result<(), Error> {
        self.transition(stake, |book, stake| {
            stake.boost = boost;
            book.reweigh(stake)
        })
    }

    /// Takes a loss from all stakes, in proportion to what each is worth. Below 2^-32 of a unit a share, or
    /// if nothing is left, it closes the generation.
    ///
    /// What a share is worth is the product of all slashes since the generation began, however little was
    /// staked at the time: where it is 2^-32 already, the least slash sends all stakes out, large ones too.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is staked; [`Error::Full`] if the generation is closed and the
    /// store has no room for it.
    ///
    /// # Laws
    /// `stakes_accrue`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(100))?;
    /// pool.slash(Amount::new(30))?;
    /// assert_eq!(pool.amount(&alice)?, Amount::new(70));
    /// pool.slash(Amount::new(70))?;
    /// assert_eq!((pool.amount(&alice)?, pool.generation()), (Amount::ZERO, 1));
    /// assert!(pool.slash(Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("offset", "absorb", "socialize_loss"))]
    pub fn slash(&mut self, loss: Amount) -> Result<(), Error> {
        let mut book = self.book;
        in_range(Quantity::Slash, loss.get(), 0, book.assets.get())?;
        book.assets = book.assets.checked_sub(loss)?;
        if book.is_spent() {
            let (index, capacity) = (book.generation, self.generations.capacity());
            if index >= capacity {
                return Err(Error::Full { capacity });
            }
            let closed = book.close()?;
            self.generations.set(index, closed);
        }
        self.book = book;
        Ok(())
    }

    /// Takes a part of all stakes, as [`slash`](Self::slash) does, and returns the loss.
    ///
    /// # Rounding
    /// Ceil, of the loss.
    ///
    /// # Errors
    /// [`Error::Full`], as there.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Error, Stake, StakePool};
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction};
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 0]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(101))?;
    /// assert_eq!(pool.slash_fraction(fraction!("0.5"))?, Amount::new(51));
    /// let refused = pool.slash_fraction(Fraction::ONE);
    /// assert_eq!(refused, Err(Error::Full { capacity: 0 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn slash_fraction(&mut self, fraction: Fraction) -> Result<Amount, Error> {
        let loss = self.book.assets.mul_fraction(fraction, Rounding::Ceil);
        self.slash(loss)?;
        Ok(loss)
    }

    /// Returns the amount that a stake is worth in the pool now: none if its generation is closed.
    ///
    /// # Rounding
    /// Floor, of its shares' part of the assets.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    ///
    /// ```
    /// # use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
    /// pool.deposit(&mut alice, Amount::new(10))?;
    /// assert_eq!(pool.amount(&alice)?, Amount::new(10));
    /// assert!(StakePool::new([ClosedGeneration::NONE; 1]).amount(&alice).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("balance", "compounded_deposit"))]
    pub fn amount(&self, stake: &Stake) -> Result<Amount, Error> {
        let shares = self.settled(stake)?.stake.shares;
        share_of(shares, self.book.assets, self.book.shares)
    }
}
