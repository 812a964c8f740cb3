//! The state at an instant: what the accounts hold, and what has vested and been minted since they were
//! settled.

use tokenomics_escrow_weighting::Error as EscrowError;
use tokenomics_fixed_math::{Amount, Timestamp};

use super::Engine;
use crate::ledger::LedgerError;
use crate::mechanisms::escrow::Escrow;
use crate::mechanisms::fees::Fees;
use crate::mechanisms::gauges::relative_weights;
use crate::mechanisms::vesting::Pending;
use crate::record::Silence;
use crate::watch::earliest;
use crate::{Cause, Expiry, Mechanism, Row, RunError, Totals};

impl Engine<'_> {
    /// Returns the state at the instant that was last gone to.
    ///
    /// # Errors
    /// [`RunError`] where a sum can't be counted, which no sound design leads to.
    pub fn row(&self) -> Result<Row, RunError> {
        let mut row = Row::default();
        self.read(&mut row)?;
        Ok(row)
    }

    /// Writes the state at the instant that was last gone to into a row, whose room is used again.
    ///
    /// # Errors
    /// As [`row`](Self::row).
    pub fn read(&self, row: &mut Row) -> Result<(), RunError> {
        let refused = |cause| RunError::new(self.clock, Mechanism::Record, cause);
        row.time = self.clock;
        let fees = self.fees.as_ref();
        row.revenue_until = fees.map_or(row.time, |fees| fees.known_until(row.time));
        let read = self.read_sums(row).and_then(|()| self.read_revenue(row));
        let read = read.map_err(refused);
        read.map_err(|error| self.overflow_or(error))
    }

    /// Returns the error of the first instant since the last settlement by which more is issued than can
    /// be counted, whenever that was found; if there is none, the one that was found.
    pub(super) fn overflow_or(&self, found: RunError) -> RunError {
        if !self.minting.overflows_by(found.at) {
            return found;
        }
        let since = Timestamp::new(self.settled.get().saturating_add(1));
        let overflows = |at| Ok::<bool, RunError>(self.minting.overflows_by(at));
        match earliest(since.min(found.at), found.at, overflows) {
            Ok(at) => RunError::new(at, Mechanism::Emission, LedgerError::TooMuch),
            Err(error) => error,
        }
    }

    /// Returns the revenue that came while nobody had weight and doesn't wait, for each route to lockers.
    pub(crate) fn silences(&self) -> Result<Vec<Silence>, RunError> {
        let refused = |cause: Cause| RunError::new(self.clock, Mechanism::Record, cause);
        let all = self.fees.as_ref().map(|fees| fees.books().silences());
        Ok(all.transpose().map_err(refused)?.unwrap_or_default())
    }

    /// Returns all that is locked, by when it opens.
    pub(crate) fn expiries(&self) -> Result<Vec<Expiry>, RunError> {
        let refused = |error: EscrowError| RunError::new(self.clock, Mechanism::Record, error);
        let all = self.escrow.as_ref().map(Escrow::expiries).transpose();
        Ok(all.map_err(refused)?.unwrap_or_default())
    }

    /// Adds what has vested and been minted since the accounts were settled to what they hold.
    fn read_sums(&self, row: &mut Row) -> Result<(), Cause> {
        let held = |account| self.ledger.balance(account);
        let accounts = &self.accounts;
        let at = self.clock;
        let (mut vesting, mut minted) = (Pending::default(), [Amount::ZERO; 3]);
        if self.issued {
            vesting = self.vesting.read(at, &mut row.vested)?;
            minted = self.minting.read(at, &mut row.minted)?;
        } else {
            row.vested = vec![Amount::ZERO; accounts.unvested.len()];
            row.minted = vec![Amount::ZERO; accounts.unminted.len()];
        }
        let (locked, burned) = (held(accounts.locked), held(accounts.burned));
        let unissued = held(accounts.unissued);
        let issued = self.design.token.supply.checked_sub(unissued)?;
        let [streamed, to_treasury, to_gauges] = minted;
        let mut directed = to_gauges;
        for account in accounts.directed.iter().flatten() {
            directed = directed.checked_add(held(*account))?;
        }
        self.gauges.paid().clone_into(&mut row.gauges);
        self.gauges.directed().clone_into(&mut row.directed);
        self.gauges.unvoted().clone_into(&mut row.unvoted);
        let emitted = self.minting.all().checked_add(streamed)?;
        let emitted = emitted.checked_add(to_treasury)?.checked_add(to_gauges)?;
        let vested = self.vesting.total().checked_add(vesting.sum()?)?;
        let circulating = accounts.held_by_holders(&self.ledger)?;
        let circulating = circulating.checked_add(vesting.circulating)?;
        let treasury = held(accounts.treasury).checked_add(vesting.treasury)?;
        let mut claimable = vesting.claimable;
        for account in accounts.claimable.iter().flatten() {
            claimable = claimable.checked_add(held(*account))?;
        }
        let mut vote_weight = Amount::ZERO;
        if let Some(escrow) = &self.escrow {
            let weights = escrow.weights_at(at)?;
            vote_weight = escrow.read(&weights, [&mut row.locked, &mut row.votes])?;
            row.gauge_weights = relative_weights(&self.design.gauges, &weights)?;
        }
        let books = self.fees.as_ref().map(Fees::books);
        row.totals = Totals {
            total_supply: issued.checked_add(emitted)?.checked_sub(burned)?,
            circulating: circulating.checked_add(streamed)?,
            emitted,
            burned,
            locked,
            vote_weight,
            treasury: treasury.checked_add(to_treasury)?,
            rewards: held(accounts.rewards),
            directed,
            vested,
            claimable,
            unvested: issued.checked_sub(vested)?,
            unminted: self.minting.to_come(&row.minted)?.checked_add(unissued)?,
            bought: books.map_or(Amount::ZERO, |books| books.bought),
            unpaid: books.map_or(Amount::ZERO, |books| books.unpaid),
            in_vaults: accounts.in_vaults(&self.ledger)?,
            reserves: accounts.reserves(&self.ledger)?,
        };
        Ok(())
    }

    /// Writes what revenue has come to, and the figures of vaults.
    fn read_revenue(&self, row: &mut Row) -> Result<(), Cause> {
        if let Some(fees) = &self.fees {
            let books = fees.books();
            row.flows.clone_from(&books.flows);
            row.revenue.clone_from(&books.revenue);
            row.received.clone_from(&books.received);
            row.unallocated = books.unallocated()?;
            row.accruals.clone_from(&books.accruals);
        }
        self.vaults.read(self.clock, &mut row.vaults)
    }
}
