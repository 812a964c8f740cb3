//! The steps of each mechanism: it plans a batch, the ledger applies it, and it commits.

use tokenomics_fixed_math::{Amount, Error, Timestamp};

use super::Engine;
use crate::ledger::Batch;
use crate::mechanisms::escrow::Escrow;
use crate::mechanisms::fees::{self, Fees, Sight};
use crate::record::EventKind;
use crate::{Cause, Mechanism, RunError};

impl Engine<'_> {
    pub(super) fn issue(&mut self, at: Timestamp) -> Result<(), RunError> {
        self.batch.clear();
        let unvested = self.accounts.unvested.iter();
        for (allocation, account) in self.design.allocations.iter().zip(unvested) {
            let from = self.accounts.unissued;
            self.batch.transfer(from, *account, allocation.amount);
        }
        self.apply(at, Mechanism::Issue)?;
        self.issued = true;
        self.log.write(at, EventKind::Issued);
        Ok(())
    }

    pub(super) fn vest(&mut self, since: Timestamp, at: Timestamp) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Vesting, cause);
        self.batch.clear();
        self.vesting
            .plan(at, &mut self.batch, &mut self.planned)
            .map_err(|error| refused(error.into()))?;
        self.apply(at, Mechanism::Vesting)?;
        self.vesting
            .commit(since, at, &self.planned, &self.ledger, &mut self.log)
            .map_err(refused)
    }

    pub(super) fn mint(&mut self, since: Timestamp, at: Timestamp) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Emission, cause);
        self.batch.clear();
        self.minting
            .plan(at, &self.accounts, &mut self.batch, &mut self.planned)
            .map_err(refused)?;
        self.apply(at, Mechanism::Emission)?;
        let books = (&self.ledger, &self.accounts);
        self.minting
            .commit(since, at, &self.planned, books, &mut self.log)
            .map_err(refused)
    }

    pub(super) fn claim(&mut self, at: Timestamp) -> Result<(), RunError> {
        self.batch.clear();
        self.vesting
            .plan_claims(at, &self.ledger, &self.accounts, &mut self.batch);
        self.apply(at, Mechanism::Vesting)?;
        self.vesting.commit_claims(at);
        Ok(())
    }

    pub(super) fn direct(&mut self, at: Timestamp) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Gauges, cause);
        // Only what is before this instant is closed.
        let last = Timestamp::new(at.get().saturating_sub(1));
        let votes = self.escrow.as_ref().map(|escrow| escrow.weights_at(last));
        let votes = votes.transpose().map_err(|error| refused(error.into()))?;
        let votes = votes.unwrap_or_default();
        self.batch.clear();
        let books = (&self.ledger, &self.accounts);
        let planned = self.gauges.plan(at, &votes, books, &mut self.batch);
        let planned = planned.map_err(refused)?;
        self.apply(at, Mechanism::Gauges)?;
        let books = (&self.ledger, &self.accounts);
        self.gauges.commit(at, planned, books).map_err(refused)
    }

    pub(super) fn lock(&mut self, at: Timestamp) -> Result<(), RunError> {
        let Some(escrow) = &mut self.escrow else {
            return Ok(());
        };
        let refused = |cause: Cause| RunError::new(at, Mechanism::Escrow, cause);
        self.batch.clear();
        let planned = escrow
            .plan(at, &self.ledger, &self.accounts, &mut self.batch)
            .map_err(|error| refused(error.into()))?;
        let applied = self.ledger.apply(&self.batch);
        applied.map_err(|error| refused(error.into()))?;
        escrow
            .commit(planned, &self.ledger, &self.accounts)
            .map_err(refused)
    }

    pub(super) fn collect(
        &mut self,
        at: Timestamp,
        to: Timestamp,
        shares: &[u128],
    ) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Fees, cause);
        let Some(fees) = &self.fees else {
            return Ok(());
        };
        let mut batch = std::mem::take(&mut self.batch);
        batch.clear();
        let planned = self.plan_revenue(fees, [at, to], shares, &mut batch);
        self.batch = batch;
        let planned = planned.map_err(refused)?;
        let gains = self.vaults.plan_gains(at, &planned.gains);
        let gains = gains.map_err(|cause| RunError::new(at, Mechanism::Vaults, cause))?;
        self.apply(at, Mechanism::Fees)?;
        let Some(fees) = &mut self.fees else {
            return Ok(());
        };
        let books = (&self.ledger, &self.accounts);
        let committed = fees.commit(at, planned, books, &mut self.log);
        committed.map_err(refused)?;
        let committed = self.vaults.commit(gains, books);
        committed.map_err(|cause| RunError::new(at, Mechanism::Vaults, cause))
    }

    /// Returns the shares that each programme had strictly before `at`, of what lockers are paid.
    pub(super) fn shares_before(&self, at: Timestamp) -> Result<Vec<u128>, RunError> {
        let last = Timestamp::new(at.get().saturating_sub(1));
        let shares = self.escrow.as_ref().map(|escrow| escrow.shares_at(last));
        let shares = shares.transpose();
        let shares = shares.map_err(|error| RunError::new(at, Mechanism::Escrow, error))?;
        Ok(shares.unwrap_or_default())
    }

    pub(super) fn deposit(&mut self, at: Timestamp) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Vaults, cause);
        self.batch.clear();
        let books = (&self.ledger, &self.accounts);
        let planned = self.vaults.plan_deposits(at, books, &mut self.batch);
        let planned = planned.map_err(refused)?;
        self.apply(at, Mechanism::Vaults)?;
        let books = (&self.ledger, &self.accounts);
        self.vaults.commit(planned, books).map_err(refused)
    }

    #[inline]
    fn plan_revenue(
        &self,
        fees: &Fees<'_>,
        [at, to]: [Timestamp; 2],
        shares: &[u128],
        batch: &mut Batch,
    ) -> Result<fees::Planned, Cause> {
        let circulating = self.circulating()?;
        // None where a claim of this instant has passed the mark, which is noted after the burn.
        let room = |mark: Amount| mark.checked_sub(circulating).unwrap_or(Amount::ZERO);
        let sight = Sight {
            at,
            horizon: Timestamp::new(self.next_but_fees().get().saturating_sub(1)).min(to),
            ledger: &self.ledger,
            accounts: &self.accounts,
            shares,
            has_lockers: self.escrow.as_ref().is_some_and(Escrow::has_weight),
            inflow: &|until| {
                let by_then = self.vesting.streamed_by(until)?;
                let by_then = by_then.checked_add(self.minting.streamed_by(until)?)?;
                Ok(by_then.checked_sub(self.streamed()?)?)
            },
            headroom: self.watch.next().map_or(Amount::MAX, room),
        };
        fees.plan(&sight, batch)
    }

    /// Notes whether what circulates has reached a mark after `since` and by `last`, of which `at` is
    /// now.
    pub(super) fn look(
        &mut self,
        since: Timestamp,
        at: Timestamp,
        last: Timestamp,
    ) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Record, cause);
        let Some(mark) = self.watch.next() else {
            return Ok(());
        };
        let circulating = self.circulating().map_err(|error| refused(error.into()))?;
        if circulating < mark {
            return Ok(());
        }
        let now = self.streamed().map_err(|error| refused(error.into()))?;
        let (vesting, minting) = (&self.vesting, &self.minting);
        let falls_short = |at| -> Result<Amount, Cause> {
            let vested = vesting.streamed_by(at)?;
            Ok(now.checked_sub(vested.checked_add(minting.streamed_by(at)?)?)?)
        };
        let (since, log) = ([since, at, last], &mut self.log);
        let looked = self.watch.look(since, circulating, falls_short, log);
        looked.map_err(refused)
    }

    fn circulating(&self) -> Result<Amount, Error> {
        self.accounts.held_by_holders(&self.ledger)
    }

    /// Returns what has come into circulation so far as it vested or was minted.
    fn streamed(&self) -> Result<Amount, Error> {
        let vested = self.vesting.streamed();
        vested.checked_add(self.minting.streamed())
    }

    fn apply(&mut self, at: Timestamp, mechanism: Mechanism) -> Result<(), RunError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let applied = self.ledger.apply(&self.batch);
        applied.map_err(|error| RunError::new(at, mechanism, error))
    }

    pub(super) fn audit(&mut self) -> Result<(), RunError> {
        self.audits += 1;
        let audited = self.ledger.audit_changes();
        audited.map_err(|error| RunError::new(self.clock, Mechanism::Audit, error))
    }
}
