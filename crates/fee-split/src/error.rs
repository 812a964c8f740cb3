//! The errors of splits and pools, with the values and the range that was broken.

use tokenomics_fixed_math::{Amount, U256};

/// Weights that nothing can be split by, a position that the pool can't have made, or a result that
/// has no room.
///
/// ```
/// use tokenomics_fee_split::{Error, WeightedSplit};
///
/// assert_eq!(WeightedSplit::new([0, 0]), Err(Error::NoWeight { parts: 2 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Weights that sum to zero, or no weights at all.
    #[error("the weights of {parts} parts sum to zero")]
    NoWeight {
        /// The number of parts.
        parts: usize,
    },
    /// A slice of parts that hasn't one place for each weight.
    #[error("{weights} weights for {parts} parts")]
    Lengths {
        /// The number of weights.
        weights: usize,
        /// The number of places for parts.
        parts: usize,
    },
    /// A position with more shares than the whole pool has, or than it can give away.
    #[error("{shares} shares of a position, where there are {available}")]
    Shares {
        /// The shares of the position, or those to be given away.
        shares: u128,
        /// The largest number there can be.
        available: u128,
    },
    /// A position that was settled at rewards per share to which the pool hasn't come.
    #[error("a position settled at {checkpoint} a share, where the pool stands at {accumulated}")]
    Checkpoint {
        /// The rewards per share at which the position was settled, in 2^-128 units.
        checkpoint: U256,
        /// The rewards per share of the pool, in 2^-128 units.
        accumulated: U256,
    },
    /// A claim of more than the pool holds for positions.
    #[error("{claimable} is claimable, where {outstanding} are outstanding")]
    Outstanding {
        /// The amount that is claimed.
        claimable: Amount,
        /// The amount that was funded and is neither paid nor unallocated.
        outstanding: Amount,
    },
    /// A stored pool that no sequence of calls leads to.
    #[error("a pool of {funded}, of which {paid} are paid and {unallocated} are unallocated, stands at {accumulated} a share")]
    Stored {
        /// The amount that was funded.
        funded: Amount,
        /// The part of it that was paid.
        paid: Amount,
        /// The part of it that is unallocated.
        unallocated: Amount,
        /// The rewards per share, in 2^-128 units.
        accumulated: U256,
    },
    /// Arithmetic without a representable result.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
}
