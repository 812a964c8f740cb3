//! The state of a token at one instant.

use tokenomics_fixed_math::{Amount, Timestamp};

/// The sums of a token at one instant, after all that happens in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// All that exists: issued or minted, and not burned.
    pub total_supply: Amount,
    /// The tokens that holders have, locked or not.
    pub circulating: Amount,
    /// Minted by emissions so far.
    pub emitted: Amount,
    /// Burned so far.
    pub burned: Amount,
    /// Locked for votes.
    pub locked: Amount,
    /// The votes of all locks.
    pub vote_weight: Amount,
    /// The tokens of the treasury.
    pub treasury: Amount,
    /// Revenue in the token that waits for the first locker.
    pub rewards: Amount,
    /// Minted in epochs that are not over, which gauges will get.
    pub directed: Amount,
    /// Vested so far, claimed or not.
    pub vested: Amount,
    /// Vested and not claimed.
    pub claimable: Amount,
    /// Issued and not vested.
    pub unvested: Amount,
    /// The tokens not issued or minted yet, without what has no maximum.
    pub unminted: Amount,
    /// Bought with revenue so far and kept.
    pub bought: Amount,
    /// Revenue in the token so far that could not be paid.
    pub unpaid: Amount,
    /// Revenue that waits for lockers, in the fee asset.
    pub unallocated: Amount,
}

/// The state of a token at one instant, after all that happens in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The instant.
    pub time: Timestamp,
    /// The sums.
    pub totals: Totals,
    /// Vested so far, for each allocation.
    pub vested: Vec<Amount>,
    /// Minted so far, for each emission.
    pub minted: Vec<Amount>,
    /// Directed to gauges so far, of each emission.
    pub directed: Vec<Amount>,
    /// Minted so far of each emission in epochs before which no gauge had votes.
    pub unvoted: Vec<Amount>,
    /// Received so far by each gauge.
    pub gauges: Vec<Amount>,
    /// The relative weight of each gauge, in 10^−18: they sum to one, or to nothing without votes.
    pub gauge_weights: Vec<u64>,
    /// Locked for votes, under each programme.
    pub locked: Vec<Amount>,
    /// The votes under each programme, each rounded down by itself.
    pub votes: Vec<Amount>,
    /// Revenue so far, for each of [`tokenomics_design::Route::ALL`], in the fee asset.
    pub routed: [Amount; 8],
    /// The end of the last revenue period, or `time` where there is no revenue.
    pub revenue_until: Timestamp,
}
