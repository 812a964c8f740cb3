//! Rewards over a period to shares, exact to the fraction.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use crate::check::{in_range, units_up};
use crate::share_book::ShareBook;
use crate::{Error, Quantity, RewardStream, ZeroShares};

mod claims;
mod shares;
mod state;
pub use state::StreamedPoolState;

/// A pool whose rewards come over a period, as a [`RewardStream`], and not as payments.
///
/// Each call first distributes what has come since the last one, to the fraction of 2^-128 of a unit, to
/// the shares that were there. So who has shares for a second is paid for that second, also where a unit
/// comes once a year, and how often the pool is called changes nothing. At any time
///
/// funded = paid + claimable + carried + unallocated + to come,
///
/// where *carried* is fractions: less than a unit for each position and two more. What comes while
/// nobody has shares goes by a rule that the caller chose, [`ZeroShares`].
///
/// The positions are those of a [`RewardPool`](crate::RewardPool), each of one pool.
///
/// # Laws
/// `streamed_funded`: the equation, after any sequence of calls · `streamed_poke_free`: calls between
/// those that change something change nothing · `streamed_by_the_second`: each is paid what a walk second
/// by second pays · `promise`, as [`RewardStream`] · `streamed_accrual`: what a position has claimed and can
/// claim never falls.
///
/// ```
/// use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let at = Timestamp::new;
/// let mut pool = StreamedPool::new(at(0), ZeroShares::Extend);
/// let (mut alice, mut bob) = (Position::new(), Position::new());
/// pool.top_up(Amount::new(1_000), at(0), at(100))?;
///
/// // Nobody was there for 50 seconds: the stream ends 50 seconds later.
/// pool.deposit(&mut alice, 10, at(50))?;
/// assert_eq!(pool.stream().end()?, at(150));
/// pool.deposit(&mut bob, 30, at(100))?;
/// assert_eq!(pool.claim(&mut alice, at(150))?, Amount::new(625)); // 500 and a quarter of 500
/// assert_eq!(pool.claim(&mut bob, at(150))?, Amount::new(375));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Synthetix, StakingRewards. With 1,000.000017 USDC over a week to 4·10²⁴ staked units, and a call every
/// 987 seconds, it pays nothing; this one pays all.
#[doc(alias("StakingRewards", "liquidity_mining", "notify_reward_amount"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamedPool {
    rule: ZeroShares,
    book: ShareBook,
    stream: RewardStream,
    // What came while nobody had shares, in 2^-128 units.
    unallocated: U256,
    funded: Amount,
    paid: Amount,
}

impl StreamedPool {
    /// Creates a pool without shares or funds, with a rule for what comes while nobody has shares.
    #[must_use]
    pub const fn new(at: Timestamp, rule: ZeroShares) -> Self {
        Self {
            rule,
            book: ShareBook::EMPTY,
            stream: RewardStream::new(at),
            unallocated: U256::ZERO,
            funded: Amount::ZERO,
            paid: Amount::ZERO,
        }
    }

    /// Returns the rule for what comes while nobody has shares.
    #[must_use]
    pub const fn rule(&self) -> ZeroShares {
        self.rule
    }

    /// Returns the sum of the shares of all positions.
    #[must_use]
    pub const fn total_shares(&self) -> u128 {
        self.book.total
    }

    /// Returns the stream, as it stood at the last call.
    #[must_use]
    pub const fn stream(&self) -> &RewardStream {
        &self.stream
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

    /// Returns the units that hadn't come yet at the last call.
    ///
    /// # Rounding
    /// Ceil.
    #[must_use]
    pub fn to_come(&self) -> Amount {
        Amount::new(units_up(self.stream.rest()))
    }

    /// Returns the whole units that had come at the last call while nobody had shares, and are held or
    /// the sink's.
    #[must_use]
    pub const fn unallocated(&self) -> Amount {
        Amount::new(self.unallocated.high())
    }

    /// Returns the whole units that are held for positions: claimable and carried.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn outstanding(&self) -> Amount {
        // Its parts are checked, or were when they were restored: nothing is above what was funded.
        self.held()
            .map_or(Amount::ZERO, |held| Amount::new(held.high()))
    }

    /// Returns the amount that is carried, in fractions: what was funded, and isn't paid, unallocated, to
    /// come, or among `claimable`, which is the sum of [`claimable`](Self::claimable) over all positions
    /// at the time of the last call.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `claimable` is more than is outstanding, as that sum never is.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut pool = StreamedPool::new(at(0), ZeroShares::Hold);
    /// let (mut alice, mut bob) = (Position::new(), Position::new());
    /// pool.deposit(&mut alice, 1, at(0))?;
    /// pool.deposit(&mut bob, 1, at(0))?;
    /// pool.top_up(Amount::new(10), at(0), at(2))?;
    /// pool.settle(at(1))?; // two and a half each
    /// assert_eq!((pool.outstanding(), pool.to_come()), (Amount::new(5), Amount::new(5)));
    /// assert_eq!(pool.carried(Amount::new(4))?, Amount::new(1));
    /// assert!(pool.carried(Amount::new(6)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn carried(&self, claimable: Amount) -> Result<Amount, Error> {
        let outstanding = self.outstanding().get();
        in_range(Quantity::Claim, claimable.get(), 0, outstanding)?;
        let parts = [self.paid, claimable, self.unallocated(), self.to_come()];
        Ok(self.funded.checked_sub(Amount::try_sum(parts)?)?)
    }

    /// Adds rewards, and spreads all that hasn't come yet from `at` to `end`, or faster, at the rate that
    /// runs already: see [`RewardStream::top_up`], also for why not just anybody may name the end.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for an end that isn't after `at`;
    /// [`Error::Overflow`] if more than [`Amount::MAX`] would ever have been funded.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let (mut pool, mut alice) = (StreamedPool::new(at(0), ZeroShares::Hold), Position::new());
    /// pool.deposit(&mut alice, 8, at(0))?;
    /// pool.top_up(Amount::new(100), at(0), at(100))?;
    /// // 1 unit over a year can't slow down what was promised.
    /// pool.top_up(Amount::new(1), at(50), at(31_536_000))?;
    /// assert_eq!(pool.claimable(&alice, at(100))?, Amount::new(100));
    /// assert!(pool.top_up(Amount::new(1), at(49), at(99)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("notify_reward_amount", "fund"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn top_up(&mut self, amount: Amount, at: Timestamp, end: Timestamp) -> Result<(), Error> {
        let mut next = self.settled(at)?;
        next.funded = next.funded.checked_add(amount)?;
        next.stream.top_up(amount, at, end)?;
        *self = next;
        Ok(())
    }

    /// Takes the whole units that came while nobody had shares out of the pool, for a sink of the
    /// caller's choice, as if they hadn't been funded. The fraction stays for the next time.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut pool = StreamedPool::new(at(0), ZeroShares::Sink);
    /// pool.top_up(Amount::new(10), at(0), at(100))?;
    /// assert_eq!(pool.take_unallocated(at(55))?, Amount::new(5)); // of 5.5
    /// assert_eq!(pool.take_unallocated(at(100))?, Amount::new(5));
    /// assert!(pool.take_unallocated(at(99)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn take_unallocated(&mut self, at: Timestamp) -> Result<Amount, Error> {
        let mut next = self.settled(at)?;
        let taken = next.unallocated();
        next.unallocated = next.unallocated.low().into();
        next.funded = next.funded.checked_sub(taken)?;
        *self = next;
        Ok(taken)
    }

    /// Distributes what has come by a time. Every other call does so too, and calling it more often
    /// changes nothing.
    ///
    /// # Rounding
    /// Floor per share, to 2^-128 of a unit; the remainder is carried.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{StreamedPool, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let at = Timestamp::new;
    /// let mut pool = StreamedPool::new(at(0), ZeroShares::Hold);
    /// pool.top_up(Amount::new(10), at(0), at(100))?;
    /// pool.settle(at(50))?;
    /// assert_eq!((pool.unallocated(), pool.to_come()), (Amount::new(5), Amount::new(5)));
    /// assert!(pool.settle(at(49)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("poke", "update_reward", "checkpoint"))]
    pub fn settle(&mut self, at: Timestamp) -> Result<(), Error> {
        *self = self.settled(at)?;
        Ok(())
    }

    /// Returns the pool as it stands at a time, if nobody calls it until then.
    fn settled(&self, at: Timestamp) -> Result<Self, Error> {
        let mut next = *self;
        match (next.book.total, next.rule) {
            (0, ZeroShares::Extend) => next.stream.pause(at)?,
            (0, _) => {
                let came = next.stream.take(at)?;
                next.unallocated = next.unallocated.checked_add(came)?;
            }
            (_, rule) => {
                let mut parts = next.stream.take(at)?;
                if rule == ZeroShares::Hold {
                    parts = parts.checked_add(next.unallocated)?;
                    next.unallocated = U256::ZERO;
                }
                next.book.distribute(parts)?;
            }
        }
        Ok(next)
    }

    /// Returns all that is held for positions, in 2^-128 units.
    fn held(&self) -> Result<U256, Error> {
        let unpaid = U256::new(self.funded.checked_sub(self.paid)?.get(), 0);
        let come = unpaid.checked_sub(self.stream.rest())?;
        Ok(come.checked_sub(self.unallocated)?)
    }
}

tokenomics_internals::checked_codec! {
    [] StreamedPool as StreamedPoolState: MaxEncodedLen
}
