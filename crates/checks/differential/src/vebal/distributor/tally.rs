//! In what the contract and the epochs differ, and how much was compared.

use std::fmt;

use super::super::Tally as LockTally;

/// All in which the contract differs from the epochs here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// It pays more of the same pot, as dust weighs nothing there, and here as much as it is.
    Dust,
    /// It pays less of the same pot, as its weights and its parts are floored.
    Floored,
    /// A checkpoint spreads what was sent to it over more than one week.
    Spread,
    /// Of what was sent, a checkpoint assigns nothing to the weeks after the first 20.
    Forgotten,
    /// The weeks' parts are floored, and what is cut off is assigned to none.
    Cut,
    /// The pot of a week there isn't what came in that week.
    Elsewhere,
    /// A pot of a week in which nobody weighs anything is nobody's there, and goes to a later one here.
    Nobody,
    /// A claim that comes to such a week fails there for good.
    Stuck,
    /// The total of a week isn't what the locks weigh, after a silence that the escrow didn't catch up with.
    Lost,
    /// All claims of such a week are more than its pot.
    Overpaid,
    /// A claim is refused there for want of what others were paid.
    Short,
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub distributors: u64,
    pub operations: u64,
    pub deposits: u64,
    pub transfers: u64,
    pub locks: LockTally,
    /// Claims that both take.
    pub claims: u64,
    /// Weeks that the contract has closed.
    pub weeks: u64,
    /// A user's part of a week here.
    pub shares: u64,
    /// Of these, beside the contract's part of the same pot, and the same to the unit.
    pub compared: u64,
    pub same: u64,
    /// By the place of the difference in its enum.
    differences: [u64; 11],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [dust, floored, spread, forgotten, cut, elsewhere, nobody, stuck, lost, overpaid, short] =
            self.differences;
        write!(
            f,
            "FeeDistributor: {} distributors, {} operations, of these {} deposits and {} transfers; {} claims \
             there are what its readings say; of {} parts of a week {} are the same to the unit, {floored} \
             lack there what floors cut off, and {dust} have there what dust is due here; of {} weeks \
             {elsewhere} have another pot there, as {spread} checkpoints spread what was sent over weeks, \
             {forgotten} of them over the first 20 only, and {cut} cut off units; {nobody} pots of weeks \
             without weights are nobody's there, and {stuck} claims that come to such a week fail; {lost} \
             weeks have a lost total, of {overpaid} more than the pot is due, and {short} claims fail for it; \
             here {} shares are exact to 2^-128, and all pots are paid",
            self.distributors,
            self.operations,
            self.deposits,
            self.transfers,
            self.claims,
            self.compared,
            self.same,
            self.weeks,
            self.shares
        )
    }
}
