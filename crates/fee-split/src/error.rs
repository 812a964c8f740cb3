//! What a split or a pool refuses, with the values and the range that was broken.

use tokenomics_fixed_math::{Amount, U256};

/// Weights nothing can be split by, or a position that the pool can't have made.
///
/// ```
/// use tokenomics_fee_split::{Error, WeightedSplit};
///
/// assert_eq!(WeightedSplit::new([0, 0]), Err(Error::NoWeight { parts: 2 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The weights sum to zero, or there are none.
    #[error("the weights of {parts} parts sum to zero")]
    NoWeight {
        /// How many there are.
        parts: usize,
    },
    /// There is not one place for a part to each weight.
    #[error("{weights} weights for {parts} parts")]
    Lengths {
        /// How many weights there are.
        weights: usize,
        /// How many parts there are.
        parts: usize,
    },
    /// A position with more shares than the whole pool has, or than it can give away.
    #[error("{shares} shares of a position, where there are {available}")]
    Shares {
        /// The shares.
        shares: u128,
        /// The most there can be.
        available: u128,
    },
    /// A position that was settled later than anything the pool has distributed.
    #[error("a position settled at {checkpoint} a share, where the pool stands at {accumulated}")]
    Checkpoint {
        /// Where the position was settled.
        checkpoint: U256,
        /// Where the pool stands.
        accumulated: U256,
    },
    /// More than the pool holds for positions.
    #[error("{claimable} is claimable, where {outstanding} are outstanding")]
    Outstanding {
        /// What is claimable.
        claimable: Amount,
        /// Funded, and neither paid nor unallocated.
        outstanding: Amount,
    },
    /// A stored pool that no sequence of calls leads to.
    #[error("a pool of {funded}, of which {paid} are paid and {unallocated} are unallocated, stands at {accumulated} a share")]
    Stored {
        /// All that was funded.
        funded: Amount,
        /// What of it was paid.
        paid: Amount,
        /// What of it is unallocated.
        unallocated: Amount,
        /// What one share has earned, in 2^-128 units.
        accumulated: U256,
    },
    /// Arithmetic without a representable result.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
}
