//! The state of a token at one instant.

use tokenomics_fixed_math::{Amount, Error, Timestamp, Wad};

/// The sums of a token at one instant, after all that happens in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// All that exists: issued or minted, and not burned.
    pub total_supply: Amount,
    /// The tokens that holders have, locked, in vaults or neither.
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
    /// The tokens in vaults, which circulate.
    pub in_vaults: Amount,
    /// Revenue in the token that buffers and waterfalls keep.
    pub reserves: Amount,
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
    /// Revenue so far, for each of [`tokenomics_design::FeePlan::flows`], in its asset.
    pub flows: Vec<Amount>,
    /// Paid so far by each stream, in its asset.
    pub revenue: Vec<Amount>,
    /// Received so far by each route, in its asset.
    pub received: Vec<Amount>,
    /// Revenue that nobody had weight to be paid, for each route to lockers, in its asset.
    pub unallocated: Vec<Amount>,
    /// The value that has come to holders so far, in each asset.
    pub accruals: Vec<Accrual>,
    /// The figures of each vault.
    pub vaults: Vec<VaultFigures>,
    /// The end of the last revenue period of any stream, or `time` where there is no revenue.
    pub revenue_until: Timestamp,
}

/// The figures of a vault at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VaultFigures {
    /// The tokens that it holds.
    pub assets: Amount,
    /// The shares of depositors and of its manager.
    pub shares: u128,
    /// Tokens for a share, of which the first were made for one each; at most [`Wad::MAX`].
    pub price: Wad,
}

/// The value that has come to holders in one asset, in its base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accrual {
    /// Paid to lockers.
    pub to_lockers: Amount,
    /// Spent on the token.
    pub spent: Amount,
    /// Burned: the token itself.
    pub burned: Amount,
}

impl Accrual {
    /// Returns the sum of the three.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    pub fn sum(&self) -> Result<Amount, Error> {
        Amount::try_sum([self.to_lockers, self.spent, self.burned])
    }

    /// Returns what has come since an earlier instant.
    ///
    /// # Errors
    /// [`Error::Overflow`] if that isn't earlier.
    pub fn since(&self, earlier: &Self) -> Result<Self, Error> {
        Ok(Self {
            to_lockers: self.to_lockers.checked_sub(earlier.to_lockers)?,
            spent: self.spent.checked_sub(earlier.spent)?,
            burned: self.burned.checked_sub(earlier.burned)?,
        })
    }
}
