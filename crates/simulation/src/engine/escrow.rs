//! The vote escrow: circulating → locked, and back once a lock has ended.

use std::collections::VecDeque;

use tokenomics_escrow_weighting::{Error, Escrow, Lock};
use tokenomics_fixed_math::{Amount, Rounding, Timestamp};

use super::Accounts;
use crate::design::EscrowPlan;
use crate::ledger::{Ledger, Transfer};

/// The locks of all holders, by their ends.
#[derive(Debug)]
pub(super) struct EscrowState {
    escrow: Escrow,
    /// In the order of their ends; one for each end.
    locks: VecDeque<Lock>,
    weight: Amount,
}

impl EscrowState {
    pub(super) fn new(plan: &EscrowPlan) -> Self {
        let escrow = Escrow::new(plan.terms);
        Self {
            escrow,
            locks: VecDeque::new(),
            weight: Amount::ZERO,
        }
    }

    /// The votes of all locks at the last step.
    pub(super) fn weight(&self) -> Amount {
        self.weight
    }

    pub(super) fn propose(
        &mut self,
        plan: &EscrowPlan,
        to: Timestamp,
        ledger: &Ledger,
        accounts: &Accounts,
        proposal: &mut Vec<Transfer>,
    ) -> Result<(), Error> {
        if to < plan.start {
            return Ok(());
        }
        let (circulating, locked) = (accounts.circulating, accounts.locked);
        let ended = self.withdraw_ended(to)?;
        if !ended.is_zero() {
            proposal.push(Transfer {
                from: locked,
                to: circulating,
                amount: ended,
            });
        }
        let still_locked = ledger.balance(locked).checked_sub(ended)?;
        let held = ledger
            .balance(circulating)
            .checked_add(ledger.balance(locked))?;
        // Holders keep this share locked. A share that falls doesn't open a lock before its end.
        let target = held.mul_fraction(plan.share, Rounding::Floor);
        let end = plan.terms.end_for(to, plan.duration)?;
        if plan.renew {
            self.extend_all(to, end)?;
        }
        if let Ok(amount) = target.checked_sub(still_locked) {
            if !amount.is_zero() {
                self.lock(to, end, amount)?;
                proposal.push(Transfer {
                    from: circulating,
                    to: locked,
                    amount,
                });
            }
        }
        self.weight = self.escrow.total_weight_at(to);
        Ok(())
    }

    fn withdraw_ended(&mut self, now: Timestamp) -> Result<Amount, Error> {
        let mut ended = Amount::ZERO;
        while let Some(lock) = self
            .locks
            .front()
            .copied()
            .filter(|lock| lock.has_ended(now))
        {
            ended = ended.checked_add(self.escrow.withdraw(now, lock)?)?;
            self.locks.pop_front();
        }
        Ok(ended)
    }

    fn extend_all(&mut self, now: Timestamp, end: Timestamp) -> Result<(), Error> {
        let mut merged: Option<Lock> = None;
        for lock in std::mem::take(&mut self.locks) {
            let lock = if lock.end() < end {
                self.escrow.extend(now, lock, end)?
            } else {
                lock
            };
            merged = Some(match merged {
                Some(sum) => sum.merge(lock)?,
                None => lock,
            });
        }
        self.locks.extend(merged);
        Ok(())
    }

    fn lock(&mut self, now: Timestamp, end: Timestamp, amount: Amount) -> Result<(), Error> {
        match self.locks.back_mut().filter(|last| last.end() == end) {
            Some(last) => *last = self.escrow.increase(now, *last, amount)?,
            None => self.locks.push_back(self.escrow.create(now, amount, end)?),
        }
        Ok(())
    }
}
