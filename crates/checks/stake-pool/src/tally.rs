//! How much was compared, and all in which the stake pool differs.

use std::fmt;

/// All in which the stake pool differs from the vault and the delayed rates here, beside its fixed cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It counts no more than 64 bits of lamports or tokens.
    Narrow,
    /// Its fee of a gain is ceiled: a lamport more than here.
    Ceiled,
    /// Its fee is of every gain, also of one that makes up for a loss.
    Recovered,
    /// It takes a gain while nobody has shares, which here would be nobody's.
    Nobodys,
    /// The referrer's part of a fee is floored, and the fraction is the manager's.
    Floored,
    /// It lowers a fee by any step.
    Lowered,
    /// It raises a fee by no more than half of itself.
    Halved,
    /// Its change waits for two updates, and not for two epochs.
    Late,
}

impl Difference {
    pub const ALL: [Self; 8] = [
        Self::Narrow,
        Self::Ceiled,
        Self::Recovered,
        Self::Nobodys,
        Self::Floored,
        Self::Lowered,
        Self::Halved,
        Self::Late,
    ];

    const fn says(self) -> &'static str {
        match self {
            Self::Narrow => "count more than 64 bits and are refused there",
            Self::Ceiled => "gains pay a lamport more, since fees are ceiled there",
            Self::Recovered => "gains pay a fee for what makes up for a loss there",
            Self::Nobodys => "gains are nobody's and are refused here",
            Self::Floored => "parts of referrers are floored there",
            Self::Lowered => "fees are lowered by more than a step there",
            Self::Halved => "are raised by more than a half of themselves here",
            Self::Late => "changes wait there for an update that didn't come",
        }
    }
}

#[derive(Debug, Default)]
pub struct Tally {
    pub pools: u64,
    pub operations: u64,
    /// Amounts that are the same to the unit.
    pub same: u64,
    /// Calls that both refuse.
    pub refused: u64,
    /// Announcements and rates in force that are the same.
    pub rates: u64,
    /// Lamports of fees beyond what is due by the rate.
    pub overpaid: u128,
    /// Lamports of gains that made up for a loss, and paid a fee.
    pub recovered: u128,
    differences: [u64; 8],
}

impl Tally {
    pub fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }

    pub fn of(&self, difference: Difference) -> u64 {
        self.differences[difference as usize]
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "spl-stake-pool: {} pools, {} operations: {} amounts, the same to the unit, {} rates, the same, and {} \
             calls refused by both",
            self.pools, self.operations, self.same, self.rates, self.refused
        )?;
        for difference in Difference::ALL {
            write!(f, "; {} {}", self.of(difference), difference.says())?;
        }
        Ok(())
    }
}
