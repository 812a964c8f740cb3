//! The pot and the weights of a week, as both sides have them.

use revm::primitives::U256;
use tokenomics_fixed_math::{Timestamp, U256 as Undivided};

use super::super::{account, word, Failure, Known, USERS};
use super::tally::{Difference, Tally};
use super::{Fees, Wide};

/// What the contract holds of a week that is over.
#[derive(Debug, Clone, Copy)]
pub struct Week {
    pub pot: u128,
    pub supply: u128,
}

impl Fees {
    /// Checks what the contract says to have been distributed in a week.
    pub fn check_week(&mut self, week: u64) -> Result<(), Failure> {
        let known = self.assigned.in_week(week);
        let arguments = [word(self.coin), U256::from(week)];
        let pot = self.ask("getTokensDistributedInWeek(address,uint256)", &arguments)?;
        if pot != U256::from(known) {
            return Err(format!("week {week}: {pot} there, to be {known}").into());
        }
        let cursor = self.ask("getTokenTimeCursor(address)", &[word(self.coin)])?;
        match cursor == U256::from(self.assigned.cursor.unwrap_or(0)) {
            true => Ok(()),
            false => {
                Err(format!("checkpointed at {cursor}, not {:?}", self.assigned.cursor).into())
            }
        }
    }

    /// Reads a week that the contract has closed, once.
    pub fn week(&mut self, week: u64, tally: &mut Tally) -> Result<Week, Failure> {
        if let Some(known) = self.weeks.get(&week) {
            return Ok(*known);
        }
        self.check_week(week)?;
        let arguments = [U256::from(week)];
        let supply = self.ask("getTotalSupplyAtTimestamp(uint256)", &arguments)?;
        let (pot, supply) = (self.assigned.in_week(week), u128::try_from(supply)?);
        let sum = self.known_total(week);
        let is_lost = self.beside.lost.iter().any(|&(reached, _)| reached <= week);
        if supply != sum && !is_lost {
            return Err(format!("week {week}: a total of {supply}, {sum} in all").into());
        }
        let read = Week { pot, supply };
        self.note_week(week, read, tally)?;
        tally.weeks += 1;
        self.weeks.insert(week, read);
        Ok(read)
    }

    /// Takes note of what all would be paid of a week, and of what was put elsewhere.
    fn note_week(&self, week: u64, read: Week, tally: &mut Tally) -> Result<(), Failure> {
        if read.pot != self.funded.get(&week).copied().unwrap_or(0) {
            tally.note(Difference::Elsewhere);
        }
        if read.supply == 0 {
            if read.pot > 0 {
                tally.note(Difference::Nobody);
            }
            return Ok(());
        }
        let sum = self.known_total(week);
        if sum != read.supply {
            tally.note(Difference::Lost);
        }
        let due = |user| part(read.pot, self.known(user, week), read.supply);
        let all: Wide = (0..USERS).map(due).sum();
        if all > Wide::from(read.pot) {
            if sum <= read.supply {
                return Err(format!("week {week}: {all} of a pot of {}", read.pot).into());
            }
            tally.note(Difference::Overpaid);
        }
        Ok(())
    }

    /// Reads a user's weight of a week there, which must be the one of the lock, floored.
    pub fn balance(&mut self, user: u64, week: u64) -> Result<u128, Failure> {
        let arguments = [word(account(user)), U256::from(week)];
        let there = self.ask("getUserBalanceAtTimestamp(address,uint256)", &arguments)?;
        let known = self.known(user, week);
        if there != U256::from(known) {
            return Err(format!("user {user} weighs {there} in {week}, to be {known}").into());
        }
        Ok(known)
    }

    /// The weight of a user's lock at a time, as the contract floors it.
    pub fn known(&self, user: u64, at: u64) -> u128 {
        let lock = self.beside.users[user as usize].lock_at(Timestamp::new(at));
        Known::of(lock, at).weight
    }

    pub fn known_total(&self, at: u64) -> u128 {
        (0..USERS).map(|user| self.known(user, at)).sum()
    }

    /// The weight of a user's lock at a time, undivided.
    pub fn exact(&self, user: u64, at: u64) -> Wide {
        let history = &self.beside.users[user as usize];
        wide(history.weight_at(Timestamp::new(at)))
    }

    /// The weight of all locks at a time, undivided.
    pub fn exact_total(&self, at: u64) -> Wide {
        (0..USERS).map(|user| self.exact(user, at)).sum()
    }

    /// The pot of a week here: what came in it, if anything did, and what came in those before it in which
    /// nobody weighed anything.
    pub fn pot(&self, week: u64) -> u128 {
        let Some(mut pot) = self.funded.get(&week).copied() else {
            return 0;
        };
        if self.exact_total(week).is_zero() {
            return 0;
        }
        for (&before, amount) in self.funded.range(..week).rev() {
            if !self.exact_total(before).is_zero() {
                break;
            }
            pot += amount;
        }
        pot
    }
}

/// Returns the floor of a part of a pot.
pub fn part(pot: u128, weight: u128, total: u128) -> Wide {
    Wide::from(pot) * Wide::from(weight) / Wide::from(total)
}

pub fn wide(number: Undivided) -> Wide {
    Wide::from(number.high()) << 128 | Wide::from(number.low())
}
