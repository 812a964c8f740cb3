//! The shares of one holder.

use tokenomics_fixed_math::U256;

use super::RewardPool;
use crate::Error;

/// A holder's shares in a [`RewardPool`], kept by the holder or the host.
///
/// # Laws
/// `accrual`, `claim_pattern`.
///
/// ```
/// use tokenomics_fee_split::{Position, RewardPool};
/// use tokenomics_fixed_math::Amount;
///
/// let mut pool = RewardPool::new();
/// let (mut early, mut late) = (Position::new(), Position::new());
/// pool.set_shares(&mut early, 50)?;
/// pool.fund(Amount::new(100))?;
///
/// // Shares earn from the time on at which they are there.
/// pool.set_shares(&mut late, 50)?;
/// pool.fund(Amount::new(100))?;
/// assert_eq!(pool.claimable(&early)?, Amount::new(150));
/// assert_eq!(pool.claimable(&late)?, Amount::new(50));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    pub(super) shares: u128,
    // Where the pool's accumulator stood when the position was last settled.
    pub(super) checkpoint: U256,
    // What was owed then, in 2^-128 units.
    pub(super) owed: U256,
}

impl Position {
    /// Creates a position without shares.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            shares: 0,
            checkpoint: U256::ZERO,
            owed: U256::ZERO,
        }
    }

    /// Returns the shares of the position.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.shares
    }

    /// Returns the position with all it has earned in a pool so far in what it is owed.
    pub(super) fn settled(&self, pool: &RewardPool) -> Result<Self, Error> {
        let Self {
            shares,
            checkpoint,
            owed,
        } = *self;
        let (accumulated, available) = (pool.accumulated, pool.total_shares);
        if shares > available {
            return Err(Error::Shares { shares, available });
        }
        let per_share = accumulated
            .checked_sub(checkpoint)
            .map_err(|_| Error::Checkpoint {
                checkpoint,
                accumulated,
            })?;
        let earned = per_share.checked_mul(shares)?;
        Ok(Self {
            shares,
            checkpoint: accumulated,
            owed: owed.checked_add(earned)?,
        })
    }
}
