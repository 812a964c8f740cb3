//! Runs a design step by step on the ledger.
//!
//! At each point of the grid, in this order: the genesis supply comes into being, allocations
//! vest and are claimed, emissions mint, locks expire and are made, revenue is collected and
//! paid out. Each mechanism reads the ledger, proposes transfers, and the ledger applies them;
//! then the ledger is audited and a row is written down. Every amount comes from a mechanism
//! crate; nothing here computes one by a formula of its own.

mod accounts;
mod emission;
mod escrow;
mod fees;
mod vesting;

use tokenomics_fixed_math::{Amount, Timestamp};

pub use accounts::Accounts;
use escrow::EscrowState;
use fees::FeeState;
use vesting::VestingState;

use crate::calendar;
use crate::design::Design;
use crate::ledger::{Ledger, LedgerError, Transfer};

/// The state of a token at one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The point.
    pub time: Timestamp,
    /// All that exists: issued or minted, and not burned.
    pub total_supply: Amount,
    /// What holders have, locked or not.
    pub circulating: Amount,
    /// Minted by emissions so far.
    pub emitted: Amount,
    /// Burned so far.
    pub burned: Amount,
    /// Locked for votes.
    pub locked: Amount,
    /// The votes of all locks.
    pub vote_weight: Amount,
    /// What the treasury has.
    pub treasury: Amount,
    /// Revenue in the token that waits for the first locker.
    pub rewards: Amount,
    /// Vested and not claimed.
    pub claimable: Amount,
    /// Issued and not vested.
    pub unvested: Amount,
    /// Not minted yet.
    pub unminted: Amount,
    /// Vested so far, for each allocation.
    pub vested: Vec<Amount>,
    /// Minted so far, for each emission.
    pub minted: Vec<Amount>,
    /// Revenue so far, for each of [`crate::Route::ALL`], in the fee asset.
    pub routed: [Amount; 8],
}

/// Why a run stopped.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("at {at}, {mechanism}: {cause}")]
#[diagnostic(help("the steps before this one are sound; this point of the design is not"))]
pub struct RunError {
    /// When.
    at: String,
    /// Which mechanism.
    mechanism: &'static str,
    /// Why.
    cause: String,
}

impl RunError {
    pub(crate) fn new(
        at: Timestamp,
        mechanism: &'static str,
        cause: impl std::fmt::Display,
    ) -> Self {
        Self {
            at: calendar::rfc3339(at),
            mechanism,
            cause: cause.to_string(),
        }
    }
}

/// A design on its ledger, at some point of time.
#[derive(Debug)]
pub struct Engine<'d> {
    design: &'d Design,
    ledger: Ledger,
    accounts: Accounts,
    issued: bool,
    vesting: VestingState,
    minted: Vec<Amount>,
    escrow: Option<EscrowState>,
    fees: Option<FeeState>,
    proposal: Vec<Transfer>,
    audits: u64,
}

impl<'d> Engine<'d> {
    /// A design before its first step: all that will ever exist is in the accounts `unissued` and
    /// `unminted`.
    ///
    /// # Errors
    /// [`LedgerError`] if it doesn't fit a ledger.
    pub fn new(design: &'d Design) -> Result<Self, LedgerError> {
        let mut ledger = Ledger::default();
        let accounts = Accounts::open(&mut ledger, design)?;
        Ok(Self {
            design,
            ledger,
            accounts,
            issued: false,
            vesting: VestingState::new(&design.allocations),
            minted: vec![Amount::ZERO; design.emissions.len()],
            escrow: design.escrow.as_ref().map(EscrowState::new),
            fees: design
                .fees
                .as_ref()
                .map(|plan| FeeState::new(plan, design.window.end))
                .transpose()?,
            proposal: Vec::new(),
            audits: 0,
        })
    }

    /// The token's ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The revenue asset's ledger and what has been bought with it, if there are fees.
    #[must_use]
    pub(crate) fn fees(&self) -> Option<&FeeState> {
        self.fees.as_ref()
    }

    /// How often the accounts were added up and found to sum to the supply.
    #[must_use]
    pub fn audits(&self) -> u64 {
        self.audits
    }

    /// Goes to `to`, which is not before the last point.
    ///
    /// # Errors
    /// [`RunError`], naming the point and the mechanism.
    pub fn advance(&mut self, to: Timestamp) -> Result<Row, RunError> {
        if to >= self.design.token.genesis {
            self.issue(to)?;
            self.vest(to)?;
            self.mint(to)?;
            self.lock(to)?;
            self.collect_fees(to)?;
        }
        self.ledger
            .audit()
            .map_err(|error| RunError::new(to, "audit", error))?;
        self.audits += 1;
        self.row(to)
            .map_err(|error| RunError::new(to, "totals", error))
    }

    fn apply(&mut self, at: Timestamp, mechanism: &'static str) -> Result<(), RunError> {
        let applied = self.ledger.apply(&self.proposal);
        self.proposal.clear();
        applied.map_err(|error| RunError::new(at, mechanism, error))
    }

    fn issue(&mut self, to: Timestamp) -> Result<(), RunError> {
        if self.issued {
            return Ok(());
        }
        self.issued = true;
        for (allocation, account) in self.design.allocations.iter().zip(&self.accounts.unvested) {
            let from = self.accounts.unissued;
            self.proposal.push(Transfer {
                from,
                to: *account,
                amount: allocation.amount,
            });
        }
        self.apply(to, "issue of the genesis supply")
    }

    fn vest(&mut self, to: Timestamp) -> Result<(), RunError> {
        self.vesting
            .propose(self.design, to, &self.accounts, &mut self.proposal)
            .map_err(|error| RunError::new(to, "vesting", error))?;
        self.apply(to, "vesting")
    }

    fn mint(&mut self, to: Timestamp) -> Result<(), RunError> {
        emission::propose(
            self.design,
            to,
            &mut self.minted,
            &self.accounts,
            &mut self.proposal,
        )
        .map_err(|error| RunError::new(to, "emission", error))?;
        self.apply(to, "emission")
    }

    fn lock(&mut self, to: Timestamp) -> Result<(), RunError> {
        let (Some(plan), Some(state)) = (&self.design.escrow, &mut self.escrow) else {
            return Ok(());
        };
        state
            .propose(plan, to, &self.ledger, &self.accounts, &mut self.proposal)
            .map_err(|error| RunError::new(to, "escrow", error))?;
        self.apply(to, "escrow")
    }

    fn collect_fees(&mut self, to: Timestamp) -> Result<(), RunError> {
        let (Some(plan), Some(state)) = (&self.design.fees, &mut self.fees) else {
            return Ok(());
        };
        let any = self
            .escrow
            .as_ref()
            .is_some_and(|escrow| !escrow.weight().is_zero());
        // A closed period is paid to those who had a lock as the step began; those who have one
        // now count from here on.
        state
            .propose(plan, to, &self.ledger, &self.accounts, &mut self.proposal)
            .and_then(|()| state.set_lockers(any))
            .map_err(|error| RunError::new(to, "fees", error))?;
        self.apply(to, "fees")
    }

    fn row(&self, time: Timestamp) -> Result<Row, tokenomics_fixed_math::Error> {
        let held = |account| self.ledger.balance(account);
        let sum = |accounts: &[crate::ledger::Account]| {
            Amount::try_sum(accounts.iter().map(|account| held(*account)))
        };
        let (locked, burned) = (held(self.accounts.locked), held(self.accounts.burned));
        let circulating = held(self.accounts.circulating).checked_add(locked)?;
        let unminted = sum(&self.accounts.unminted)?.checked_add(held(self.accounts.unissued))?;
        let gone = unminted.checked_add(burned)?;
        Ok(Row {
            time,
            total_supply: self.ledger.supply().checked_sub(gone)?,
            circulating,
            emitted: Amount::try_sum(self.minted.iter().copied())?,
            burned,
            locked,
            vote_weight: self
                .escrow
                .as_ref()
                .map_or(Amount::ZERO, EscrowState::weight),
            treasury: held(self.accounts.treasury),
            rewards: held(self.accounts.rewards),
            claimable: sum(&self.accounts.claimable)?,
            unvested: sum(&self.accounts.unvested)?,
            unminted,
            vested: self.vesting.vested().to_vec(),
            minted: self.minted.clone(),
            routed: self
                .fees
                .as_ref()
                .map_or([Amount::ZERO; 8], FeeState::routed),
        })
    }
}
