//! Claims here and there, week by week.

use std::cmp::Ordering;

use revm::primitives::U256;
use tokenomics_fee_split::{ClosedEpoch, EpochPayment};

use super::super::{account, to_week, word, Failure, START, USERS, WEEK, YEAR};
use super::tally::{Difference, Tally};
use super::weeks::{part, wide};
use super::{Fees, Wide, FIRST, WEEKS_A_CALL};
use crate::chain::Reverted;

/// A weight here is of 10^-18.
const WAD: u128 = 1_000_000_000_000_000_000;

impl Fees {
    pub fn claim(&mut self, user: u64, tally: &mut Tally) -> Result<(), Failure> {
        self.claim_here(user, tally)?;
        self.claim_there(user, tally)?;
        Ok(())
    }

    /// Claims all here, an entry at a time, so that the share of each week is known.
    pub fn claim_here(&mut self, user: u64, tally: &mut Tally) -> Result<(), Failure> {
        loop {
            let before = self.cursors[user as usize];
            let payment = self.step_here(user)?;
            let (paid, cursor) = (payment.amount.get(), self.cursors[user as usize]);
            let share = (Wide::from(paid) << 128) + wide(cursor.owed()) - wide(before.owed());
            let entry = self.epochs.entries().get(before.next() as usize);
            if let Some(entry) = entry.filter(|_| cursor.next() > before.next()) {
                let week = START + entry.epoch() * WEEK;
                self.check_share(week, user, share)?;
                self.shares.insert((week, user), share);
                tally.shares += 1;
            }
            self.paid_here += paid;
            if payment.is_done {
                return Ok(());
            }
        }
    }

    fn step_here(&mut self, user: u64) -> Result<EpochPayment, Failure> {
        let now = self.beside.clock();
        let (escrow, history) = (&self.beside.escrow, &self.beside.users[user as usize]);
        let total = |epoch: ClosedEpoch| escrow.total_at(epoch.at());
        let holder = |epoch: ClosedEpoch| history.weight_at(epoch.at());
        let cursor = &mut self.cursors[user as usize];
        Ok(self.epochs.claim(cursor, &(total, holder), now, 1)?)
    }

    /// Checks a share, which is the exact part of the pot to 2^-128 of a unit.
    fn check_share(&self, week: u64, user: u64, share: Wide) -> Result<(), Failure> {
        let (weight, total) = (self.exact(user, week), self.exact_total(week));
        let pot = self.pot(week);
        let part = (Wide::from(pot) << 128) * weight;
        let is_nothing = total.is_zero() && share.is_zero();
        if is_nothing || share * total <= part && part < (share + Wide::from(1)) * total {
            return Ok(());
        }
        Err(format!("week {week}: {share} of {pot}·2^128 by {weight} of {total}").into())
    }

    /// Claims there, once. Returns whether there may be more.
    fn claim_there(&mut self, user: u64, tally: &mut Tally) -> Result<bool, Failure> {
        let arguments = [word(account(user)), word(self.coin)];
        // Before a user's first checkpoint it doesn't know where the user begins.
        self.send("checkpointUser(address)", &arguments[..1])?;
        let (from, is_behind) = (self.cursor_there(user)?, self.is_total_behind()?);
        match self.send("claimToken(address,address)", &arguments) {
            Ok(answer) => {
                let paid = answer.first().copied().unwrap_or_default();
                self.take(user, from, u128::try_from(paid)?, is_behind, tally)
            }
            Err(why) => self.note_refused(from, why, tally).map(|()| false),
        }
    }

    /// Compares a claim that the contract took, week by week.
    fn take(
        &mut self,
        user: u64,
        from: u64,
        paid: u128,
        is_behind: bool,
        tally: &mut Tally,
    ) -> Result<bool, Failure> {
        self.assigned.checkpoint(self.beside.now, false, tally);
        if is_behind {
            self.beside.catch_up();
        }
        let to = self.cursor_there(user)?;
        let mut due = Wide::ZERO;
        for week in (from..to).step_by(WEEK as usize) {
            due += self.due_there(user, week, tally)?;
        }
        if due != Wide::from(paid) {
            return Err(format!("{paid} paid there, but {due} due of {from}..{to}").into());
        }
        self.paid_there += paid;
        tally.claims += 1;
        Ok(to > from)
    }

    /// What the contract pays a user of a week, by all that it says of that week.
    fn due_there(&mut self, user: u64, week: u64, tally: &mut Tally) -> Result<Wide, Failure> {
        let (read, balance) = (self.week(week, tally)?, self.balance(user, week)?);
        if read.supply == 0 {
            return Err(format!("week {week} is claimed there, in which nobody weighs").into());
        }
        let due = part(read.pot, balance, read.supply);
        self.compare_week(user, week, tally)?;
        Ok(due)
    }

    /// Compares a share with what the contract pays of the same pot: what it pays indeed where it has the
    /// same pot and hasn't lost its total.
    fn compare_week(&self, user: u64, week: u64, tally: &mut Tally) -> Result<(), Failure> {
        let (pot, sum) = (self.pot(week), self.known_total(week));
        if pot == 0 || sum == 0 {
            return Ok(());
        }
        let there = part(pot, self.known(user, week), sum);
        let share = self.shares.get(&(week, user));
        let here: Wide = *share.ok_or_else(|| format!("week {week} isn't claimed here"))? >> 128;
        tally.compared += 1;
        match here.cmp(&there) {
            Ordering::Equal => tally.same += 1,
            Ordering::Less => tally.note(Difference::Dust),
            Ordering::Greater => tally.note(Difference::Floored),
        }
        match self.is_near(user, week, here, there) {
            true => Ok(()),
            false => Err(format!("user {user}, week {week}: {here} here, {there} there").into()),
        }
    }

    /// Whether two parts of a pot P are as near as floored weights are to exact ones.
    ///
    /// With b and B the floored weights there in the unit of the exact ones here, which are more by d and
    /// D, it is P·b/B there and P·(b + d)/(B + D) here: P·b·D/(B·(B + D)) less at most, and P·d/(B + D)
    /// more, and less than a unit besides, as both are floored.
    fn is_near(&self, user: u64, week: u64, here: Wide, there: Wide) -> bool {
        let unit = Wide::from(WAD) * Wide::from(YEAR);
        let [pot, balance, sum] = [
            self.pot(week),
            self.known(user, week),
            self.known_total(week),
        ]
        .map(Wide::from);
        let total = self.exact_total(week);
        let (less, more) = (there.saturating_sub(here), here.saturating_sub(there));
        let floored = self.exact(user, week) - balance * unit;
        let all_floored = total - sum * unit;
        let one = Wide::from(1);
        let is_below = less.is_zero() || (less - one) * sum * total < pot * balance * all_floored;
        let is_above = more <= one || (more - one) * total < pot * floored;
        is_below && is_above
    }

    /// A claim that only the contract refuses: a week without a total is divided by, and those after a
    /// lost total take more than there is.
    fn note_refused(&self, from: u64, why: Reverted, tally: &mut Tally) -> Result<(), Failure> {
        let reached = to_week(self.beside.now).min(from + WEEKS_A_CALL * WEEK);
        let weighs = |week| (0..USERS).any(|user| self.known(user, week) > 0);
        let is_empty = (from..reached)
            .step_by(WEEK as usize)
            .any(|week| !weighs(week));
        let is_lost = !self.beside.lost.is_empty();
        let difference = match () {
            () if is_empty && !why.says(&[""]) => Difference::Stuck,
            () if is_lost => Difference::Short,
            () => return Err(format!("only refused there: {why}").into()),
        };
        tally.note(difference);
        Ok(())
    }

    fn cursor_there(&mut self, user: u64) -> Result<u64, Failure> {
        let arguments = [word(account(user)), word(self.coin)];
        let cursor = self.ask("getUserTokenTimeCursor(address,address)", &arguments)?;
        Ok(u64::try_from(cursor)?)
    }

    /// Has all claim here, and there as often as it pays, and checks what is left.
    pub fn end(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        self.send("checkpointToken(address)", &[word(self.coin)])?;
        self.assigned.checkpoint(self.beside.now, true, tally);
        for user in 0..USERS {
            self.claim_here(user, tally)?;
            while self.claim_there(user, tally)? {}
        }
        self.read_weeks(tally)?;
        self.check_left()?;
        self.check_sum()?;
        let held = self.held_there()?;
        let came: u128 = self.funded.values().sum();
        if held + U256::from(self.paid_there) != U256::from(came) {
            return Err(format!("{held} left there, {} paid of {came}", self.paid_there).into());
        }
        Ok(())
    }

    /// Reads all weeks that are over there, also those that nobody could claim.
    fn read_weeks(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        let closed = u64::try_from(self.ask("getTimeCursor()", &[])?)?;
        for week in (FIRST..closed.min(to_week(self.beside.now))).step_by(WEEK as usize) {
            self.week(week, tally)?;
        }
        Ok(())
    }

    /// Checks that of each pot here all that wasn't given is left, less than 2^-128 a user.
    fn check_left(&self) -> Result<(), Failure> {
        for entry in self.epochs.entries() {
            let week = START + entry.epoch() * WEEK;
            if week + WEEK > self.beside.now {
                continue;
            }
            let (pot, left) = (self.pot(week), wide(entry.left()));
            let shares = self.shares.range((week, 0)..(week + 1, 0));
            let given: Wide = shares.map(|(_, share)| *share).sum();
            if given + left != Wide::from(pot) << 128 || left >= Wide::from(USERS) {
                return Err(format!("week {week}: {given} and {left} of {pot}·2^128").into());
            }
        }
        Ok(())
    }

    /// Checks that all that came in is paid here, but for a fraction of each user, and for what came in the
    /// last weeks if nobody weighs anything in them, which waits.
    fn check_sum(&self) -> Result<(), Failure> {
        let came: u128 = self.funded.values().sum();
        let last = self.funded.iter().rev();
        let last = last.take_while(|(&week, _)| self.exact_total(week).is_zero());
        let waiting: u128 = last.map(|(_, amount)| amount).sum();
        let carried = came - waiting - self.paid_here;
        let known = self.epochs.state().waiting.get();
        if known != waiting || carried > u128::from(USERS) {
            let paid = self.paid_here;
            return Err(format!("{paid} paid and {known} waiting, {waiting} of {came}").into());
        }
        Ok(())
    }

    /// The coins that the contract has.
    fn held_there(&mut self) -> Result<U256, Failure> {
        let (coin, now, there) = (self.coin, self.beside.now, word(self.there));
        let chain = &mut self.beside.chain;
        Ok(chain.call(coin, now, "balanceOf(address)", &[there])?)
    }
}
