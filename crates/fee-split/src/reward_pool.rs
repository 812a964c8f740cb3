//! Rewards to shares, by an accumulator that carries its remainder.

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::share_book::ShareBook;
use crate::{Error, Quantity};

mod claims;
mod funding;
mod position;
mod shares;
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
    pub(crate) book: ShareBook,
    funded: Amount,
    paid: Amount,
    unallocated: Amount,
}

impl RewardPool {
    /// Creates a pool without shares or funds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            book: ShareBook::EMPTY,
            funded: Amount::ZERO,
            paid: Amount::ZERO,
            unallocated: Amount::ZERO,
        }
    }

    /// Returns the sum of the shares of all positions.
    #[must_use]
    pub const fn total_shares(&self) -> u128 {
        self.book.total
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
}

tokenomics_internals::checked_codec! {
    [] RewardPool as RewardPoolState: MaxEncodedLen
}
