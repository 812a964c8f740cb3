//! In what the contract and the escrow differ, and how much was compared.

use std::fmt;

use super::{Answer, Failure};
use crate::chain::refused;

/// All in which the contract differs from the escrow here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// Its slope is floored: a lock weighs less by a part of a unit for each second left.
    Floored,
    /// So much that a lock of fewer units than the longest has seconds weighs nothing.
    Dust,
    /// Its total is below what the locks weigh, after a silence that a call didn't catch up with.
    Short,
    /// Its total in that silence counts what was locked after it.
    Early,
    /// It refuses a weight at a time that its integers don't hold.
    Far,
    /// It refuses an amount of 2^127 or more.
    Wide,
    /// It floors an end to the week, which here is the caller's to do.
    OffWeek,
    /// It refuses a second lock of one user, which here is a lock like any other.
    Second,
    /// It lets who has no lock withdraw nothing.
    Nothing,
}

/// What it says to a second lock.
pub const SECOND: &[&str] = &["Withdraw old tokens first"];

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub escrows: u64,
    pub operations: u64,
    /// Calls that both take.
    pub changes: u64,
    /// Calls that both refuse.
    pub refused: u64,
    pub checkpoints: u64,
    /// Weights of a user at a time.
    pub balances: u64,
    /// Totals, each beside the sum of all weights.
    pub sums: u64,
    /// By the place of the difference in its enum.
    differences: [u64; 9],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }

    /// Takes note of a difference that the contract must refuse for.
    pub fn refused_there(&mut self, difference: Difference, there: Answer) -> Result<(), Failure> {
        refused(there, &[""]).map_err(|e| format!("{difference:?}: {e}"))?;
        self.note(difference);
        Ok(())
    }

    pub fn refused_by_both(&mut self, there: Answer) -> Result<(), Failure> {
        refused(there, &[""])?;
        self.refused += 1;
        Ok(())
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [floored, dust, short, early, far, wide, off_week, second, nothing] = self.differences;
        write!(
            f,
            "VotingEscrow: {} escrows, {} operations: {} changes by both, {} refused by both, {} \
             checkpoints; {} weights, the same but for what its slope lacks, in {floored}, and all that \
             dust weighs, in {dust}; {} totals, here each the sum of all weights, and there in all but \
             {short} after a silence that it didn't catch up with and {early} within one; only there \
             {far} weights at far times are refused, and {wide} amounts of 2^127 or more and {second} \
             second locks, {off_week} ends are floored to the week, and {nothing} withdrawals of nothing \
             taken",
            self.escrows,
            self.operations,
            self.changes,
            self.refused,
            self.checkpoints,
            self.balances,
            self.sums
        )
    }
}
