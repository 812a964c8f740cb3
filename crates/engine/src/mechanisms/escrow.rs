//! The vote escrow: circulating → locked, and back once a lock has ended.
//!
//! Holders re-lock at the escrow's start and every `every` after it: they lock what is missing to
//! their share and, if they renew, extend all their locks. A lock that ends opens at its end.

use std::collections::VecDeque;

use tokenomics_escrow_weighting::{Error, Lock};
use tokenomics_fixed_math::{Amount, Rounding, Timestamp, Wad, U256};

use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::Accounts;
use tokenomics_design::EscrowPlan;

/// The locks of all holders.
#[derive(Debug)]
pub(crate) struct Escrow<'d> {
    plan: &'d EscrowPlan,
    /// In the order of their ends; one for each end.
    locks: VecDeque<Lock>,
    /// The sum of their amounts.
    total: Amount,
    /// The number of times that holders have re-locked.
    rounds: u64,
    next_round: Timestamp,
}

/// The changes of locks at an instant, in this order.
#[derive(Debug, Default)]
pub(crate) struct Planned {
    /// The number of locks that have ended, from the front.
    ended: usize,
    /// All other locks as one, extended.
    renewed: Option<Lock>,
    /// A new lock, with a new end or that of the last.
    added: Option<Lock>,
    is_round: bool,
}

impl<'d> Escrow<'d> {
    pub(crate) fn new(plan: &'d EscrowPlan) -> Self {
        Self {
            plan,
            locks: VecDeque::new(),
            total: Amount::ZERO,
            rounds: 0,
            next_round: plan.start,
        }
    }

    /// Returns whether any lock has weight until now. A lock that ends now had weight until now, as
    /// long as its end is not settled.
    pub(crate) fn has_weight(&self) -> bool {
        !self.locks.is_empty()
    }

    /// Returns the votes of all locks.
    ///
    /// # Rounding
    /// Floor, once, of the exact sum.
    pub(crate) fn weight_at(&self, at: Timestamp) -> Result<Amount, Error> {
        let mut sum = U256::ZERO;
        for lock in &self.locks {
            sum = sum.checked_add(lock.weight_at(at))?;
        }
        if sum == U256::ZERO {
            return Ok(Amount::ZERO);
        }
        self.plan.terms.weight(sum)
    }

    /// Returns when locks next change: at an end, or when holders re-lock.
    pub(crate) fn next(&self) -> Timestamp {
        let end = self.locks.front().and_then(Lock::end);
        end.map_or(self.next_round, |end| end.min(self.next_round))
    }

    /// Plans what happens at `at`.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        ledger: &Ledger,
        accounts: &Accounts,
        batch: &mut Batch,
    ) -> Result<Planned, Error> {
        let (circulating, locked) = (accounts.circulating, accounts.locked);
        let ended = self.locks.iter().take_while(|lock| lock.has_ended(at));
        let ended: Vec<Lock> = ended.copied().collect();
        let opened = Amount::try_sum(ended.iter().map(|lock| lock.amount()))?;
        batch.transfer(locked, circulating, opened);
        let mut planned = Planned {
            ended: ended.len(),
            is_round: at == self.next_round,
            ..Planned::default()
        };
        if !planned.is_round {
            return Ok(planned);
        }
        let still_locked = ledger.balance(locked).checked_sub(opened)?;
        let held = ledger
            .balance(circulating)
            .checked_add(ledger.balance(locked))?;
        let end = self.plan.terms.end_for(at, self.plan.duration)?;
        if self.plan.renew {
            planned.renewed = self.renewed(ended.len(), end)?;
        }
        // Holders keep this share locked. A share that falls doesn't open a lock before its end.
        let target = held.mul_fraction(self.plan.share, Rounding::Floor);
        if let Ok(more) = target.checked_sub(still_locked) {
            batch.transfer(circulating, locked, more);
            planned.added = (!more.is_zero())
                .then(|| self.lock(more, end))
                .transpose()?;
        }
        Ok(planned)
    }

    /// All locks but the first `ended` as one that ends at `end`, as holders lock for the same time at each
    /// round: none of them ends later.
    fn renewed(&self, ended: usize, end: Timestamp) -> Result<Option<Lock>, Error> {
        let live = self.locks.iter().skip(ended);
        let amount = Amount::try_sum(live.map(|lock| lock.amount()))?;
        (!amount.is_zero())
            .then(|| self.lock(amount, end))
            .transpose()
    }

    fn lock(&self, amount: Amount, end: Timestamp) -> Result<Lock, Error> {
        Lock::new(amount, self.plan.terms.decaying(Wad::ONE, end)?)
    }

    /// Takes over what was planned, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        planned: &Planned,
        ledger: &Ledger,
        accounts: &Accounts,
    ) -> Result<(), Cause> {
        for ended in self.locks.drain(..planned.ended) {
            self.total = self.total.checked_sub(ended.amount())?;
        }
        if let Some(renewed) = planned.renewed {
            self.locks.clear();
            self.locks.push_back(renewed);
        }
        if let Some(added) = planned.added {
            self.total = self.total.checked_add(added.amount())?;
            match self
                .locks
                .back_mut()
                .filter(|last| last.end() == added.end())
            {
                Some(last) => *last = last.merge(added)?,
                None => self.locks.push_back(added),
            }
        }
        if planned.is_round {
            self.rounds += 1;
            let next = self.plan.every.after(self.plan.start, self.rounds);
            self.next_round = next.unwrap_or(Timestamp::MAX);
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
