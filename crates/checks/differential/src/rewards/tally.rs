//! In what the contract and the pool differ, and how much was compared.

use std::fmt;

use revm::primitives::U256;

use super::SCALE;

/// All in which the contract differs from the pool here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// Its accumulator and each holder's part are floored, and what is cut off is in no sum.
    Floored,
    /// What it streams while nobody stakes is nobody's.
    Silent,
    /// What isn't a whole unit a second of what was handed in is never streamed.
    Unstreamed,
}

/// The most that floors have taken from a holder there, in parts of [`SCALE`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Gap(U256);

impl Gap {
    /// Adds a floor of the accumulator, which is of each unit that a holder has staked, and one of the
    /// holder's part.
    pub fn floored(&mut self, staked: u128, is_settled: bool) {
        self.0 += U256::from(staked);
        if is_settled {
            self.0 += U256::from(SCALE);
        }
    }

    /// Returns the most whole units that a holder may have less there, read now.
    pub fn at_most(mut self, staked: u128) -> U256 {
        self.floored(staked, true);
        // What is owed here has a fraction of its own.
        self.0 / U256::from(SCALE) + U256::from(1)
    }
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub pools: u64,
    pub operations: u64,
    pub compared: u64,
    /// Of these, the same to the unit.
    pub same: u64,
    /// By the place of the difference in its enum.
    differences: [u64; 3],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [floored, silent, unstreamed] = self.differences;
        write!(
            f,
            "StakingRewards: {} pools, {} operations; of {} sums of a holder {} are the same to the unit, \
             {floored} lack there what floors cut off, and none has more; {silent} times it streamed to nobody, \
             and of {unstreamed} fundings it never streams what isn't a whole unit a second",
            self.pools, self.operations, self.compared, self.same
        )
    }
}
