//! In what a pair and a pool differ, and how much was compared.

use std::fmt;

use revm::primitives::U256;

use super::Failure;
use crate::chain::{refused, Reverted};

/// All in which a pair differs from a pool here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// It refuses a reserve above 2^112 − 1.
    Wide,
    /// It refuses a swap that pays nothing.
    Unpaid,
    /// It refuses a first deposit of no more shares than it locks.
    AllLocked,
    /// It pays nobody for the shares that it locked.
    Locked,
    /// It refuses a withdrawal that pays nothing of one token.
    HalfPaid,
    /// It keeps what a deposit has more than its shares are worth.
    Kept,
}

impl Difference {
    /// What it says as it refuses.
    fn reasons(self) -> &'static [&'static str] {
        match self {
            Self::Wide => &["UniswapV2: OVERFLOW", "ds-math-mul-overflow"],
            Self::Unpaid => &["UniswapV2: INSUFFICIENT_OUTPUT_AMOUNT"],
            Self::AllLocked => &[
                "ds-math-sub-underflow",
                "UniswapV2: INSUFFICIENT_LIQUIDITY_MINTED",
            ],
            Self::Locked => &["ds-math-sub-underflow"],
            Self::HalfPaid => &["UniswapV2: INSUFFICIENT_LIQUIDITY_BURNED"],
            Self::Kept => &[],
        }
    }
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub pools: u64,
    pub sales: u64,
    pub purchases: u64,
    pub deposits: u64,
    pub withdrawals: u64,
    /// Calls that both refuse.
    pub refused: u64,
    /// Calls about which they differ, by the place of the difference in its enum.
    pub differences: [u64; 6],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }

    /// Takes note of a difference that the contract must refuse for.
    pub fn refused_for(
        &mut self,
        difference: Difference,
        answer: Result<Vec<U256>, Reverted>,
    ) -> Result<(), Failure> {
        refused(answer, difference.reasons()).map_err(|e| format!("{difference:?}: {e}"))?;
        self.note(difference);
        Ok(())
    }

    pub fn refused_by_both(&mut self, answer: Result<Vec<U256>, Reverted>) -> Result<(), Failure> {
        refused(answer, &[""])?;
        self.refused += 1;
        Ok(())
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [wide, unpaid, all_locked, locked, half_paid, kept] = self.differences;
        write!(
            f,
            "UniswapV2Pair: {} pools, the same to the unit: {} sales, {} purchases, {} deposits, none of \
             which a unit better for the trader, {} withdrawals; {} calls are refused by both; only there \
             {wide} for reserves above 2^112 - 1, {unpaid} swaps that pay nothing, {all_locked} first \
             deposits of less than it locks, {locked} withdrawals of what it locked, {half_paid} that pay \
             nothing of one token; of {kept} deposits it keeps what is too much",
            self.pools,
            self.sales,
            self.purchases,
            self.deposits,
            self.withdrawals,
            self.refused
        )
    }
}
