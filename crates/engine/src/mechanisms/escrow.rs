//! The vote escrow: circulating → locked, and back once a lock has ended.
//!
//! Under each programme, holders re-lock at its start and every `every` after it: they lock what is
//! missing to their share and, if they renew, extend all their locks. A lock that ends opens at its end.

mod locks;

use tokenomics_escrow_weighting::Error;
use tokenomics_fixed_math::{Amount, Timestamp, U256};

use self::locks::{Locks, Round};
use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::{Accounts, Expiry};
use tokenomics_design::EscrowPlan;

/// The locks of all holders.
#[derive(Debug)]
pub(crate) struct Escrow<'d> {
    plan: &'d EscrowPlan,
    /// One for each programme.
    programmes: Vec<Locks<'d>>,
    /// The sum of all locks.
    total: Amount,
}

/// The most bits that all shares have together: enough to tell weights apart, and so few that a reward pool
/// carries next to nothing of a unit.
const SHARE_BITS: u32 = 96;

/// The changes of locks at an instant, for each programme.
pub(crate) type Planned = Vec<Round>;

impl<'d> Escrow<'d> {
    pub(crate) fn new(plan: &'d EscrowPlan) -> Self {
        let each = plan.programmes.iter();
        Self {
            plan,
            programmes: each.map(|one| Locks::new(one, plan.terms)).collect(),
            total: Amount::ZERO,
        }
    }

    /// Returns whether any lock has weight until now. A lock that ends now had weight until now, as
    /// long as its end is not settled.
    pub(crate) fn has_weight(&self) -> bool {
        !self.programmes.iter().all(Locks::is_empty)
    }

    /// Returns the undivided votes under each programme.
    pub(crate) fn weights_at(&self, at: Timestamp) -> Result<Vec<U256>, Error> {
        let each = self.programmes.iter();
        each.map(|locks| locks.weight_at(at)).collect()
    }

    /// Returns the shares of what is paid to lockers that each programme has: its undivided votes, all
    /// halved alike where they have more than [`SHARE_BITS`] bits together. A programme that has locks has a
    /// share, however small, and where there is one programme, that is all.
    pub(crate) fn shares_at(&self, at: Timestamp) -> Result<Vec<u128>, Error> {
        let at_least = |locks: &Locks<'_>| u128::from(!locks.is_empty());
        if self.programmes.len() == 1 {
            return Ok(self.programmes.iter().map(at_least).collect());
        }
        let weights = self.weights_at(at)?;
        let mut sum = U256::ZERO;
        for weight in &weights {
            sum = sum.checked_add(*weight)?;
        }
        let by = sum.bits().saturating_sub(SHARE_BITS);
        let shares = weights.iter().zip(&self.programmes).map(|(weight, locks)| {
            let share = weight.shr_floor(by).to_u128()?;
            Ok(share.max(at_least(locks)))
        });
        shares.collect()
    }

    /// Writes what is locked under each programme, and its votes of undivided `weights`; and returns the votes
    /// of all.
    ///
    /// # Rounding
    /// Floor: of each programme by itself, and once of the exact sum.
    pub(crate) fn read(
        &self,
        weights: &[U256],
        [locked, votes]: [&mut Vec<Amount>; 2],
    ) -> Result<Amount, Error> {
        locked.clear();
        locked.extend(self.programmes.iter().map(Locks::total));
        votes.clear();
        let mut sum = U256::ZERO;
        for weight in weights {
            votes.push(self.divided(*weight)?);
            sum = sum.checked_add(*weight)?;
        }
        self.divided(sum)
    }

    fn divided(&self, undivided: U256) -> Result<Amount, Error> {
        if undivided == U256::ZERO {
            return Ok(Amount::ZERO);
        }
        self.plan.terms.weight(undivided)
    }

    /// Returns all that is locked, by programme and end, in the order of the programmes.
    pub(crate) fn expiries(&self) -> Result<Vec<Expiry>, Error> {
        let mut all: Vec<Expiry> = Vec::new();
        for (programme, locks) in self.programmes.iter().enumerate() {
            for lock in locks.iter() {
                let (end, amount) = (lock.end(), lock.amount());
                let place = (programme, end);
                match all
                    .last_mut()
                    .filter(|last| (last.programme, last.end) == place)
                {
                    Some(last) => last.amount = last.amount.checked_add(amount)?,
                    None => all.push(Expiry {
                        programme,
                        end,
                        amount,
                    }),
                }
            }
        }
        Ok(all)
    }

    /// Returns when locks next change: at an end, or when holders re-lock.
    pub(crate) fn next(&self) -> Timestamp {
        let next = self.programmes.iter().map(Locks::next).min();
        next.unwrap_or(Timestamp::MAX)
    }

    /// Plans what happens at `at`: all that has ended opens before anybody locks, in the order of the
    /// programmes.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        ledger: &Ledger,
        accounts: &Accounts,
        batch: &mut Batch,
    ) -> Result<Planned, Error> {
        let (circulating, locked) = (accounts.circulating, accounts.locked);
        let mut opened = Amount::ZERO;
        for locks in &self.programmes {
            opened = opened.checked_add(locks.opened(at)?)?;
        }
        batch.transfer(locked, circulating, opened);
        let free = ledger.balance(circulating);
        let held = accounts.held_by_holders(ledger)?;
        let mut free = free.checked_add(opened)?;
        let mut planned = Planned::with_capacity(self.programmes.len());
        for locks in &self.programmes {
            let round = locks.plan(at, held, free)?;
            let added = round.added();
            batch.transfer(circulating, locked, added);
            free = free.checked_sub(added)?;
            planned.push(round);
        }
        Ok(planned)
    }

    /// Takes over what was planned, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        planned: Planned,
        ledger: &Ledger,
        accounts: &Accounts,
    ) -> Result<(), Cause> {
        for (locks, round) in self.programmes.iter_mut().zip(planned) {
            let (opened, added) = locks.commit(round)?;
            self.total = self.total.checked_sub(opened)?.checked_add(added)?;
        }
        agree("escrow", self.total, ledger.balance(accounts.locked))
    }
}

#[cfg(test)]
impl Escrow<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        self.total = self.total.checked_add(Amount::new(1)).unwrap();
    }
}
