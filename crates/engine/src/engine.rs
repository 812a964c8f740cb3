//! Runs a design from event to event on the ledger.
//!
//! The times at which something happens are the mechanisms' own: a claim falls due, a lock ends,
//! holders re-lock, a revenue period or an epoch is over, what an emission follows changes. Between events everything
//! is a closed form of time, so the engine can be read at any instant and as often as one likes without
//! moving anything.
//!
//! Within one instant, in this order: the genesis supply is issued, allocations vest and are claimed,
//! emissions mint, gauges get what was minted in an epoch, locks end, holders re-lock, revenue is paid
//! through its routes, epochs of lockers end, revenue buys the token, and holders deposit in vaults. Each
//! mechanism plans a batch from what it may see, the ledger applies the whole batch or refuses it, and only then
//! the mechanism commits its own state. Every amount comes from a mechanism crate; nothing here computes
//! one by a formula of its own.

mod reading;
mod steps;

use tokenomics_design::{Design, MOST_EVENTS};
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::ledger::{Batch, Ledger};
use crate::mechanisms::emission::Minting;
use crate::mechanisms::escrow::Escrow;
use crate::mechanisms::fees::Fees;
use crate::mechanisms::gauges::Gauges;
use crate::mechanisms::vaults::Vaults;
use crate::mechanisms::vesting::Vesting;
use crate::record::Log;
use crate::watch::Watch;
use crate::{Accounts, Cause, Mechanism, RunError};

/// The most events that a run goes through one by one. A design's own are bounded when it is read;
/// revenue that a balance limits at every period is found to have as many only while it runs.
const MOST: u64 = 2 * MOST_EVENTS;

/// A design on its ledger, at some instant.
///
/// # Laws
/// `step_independent`: at which instants it stops on its way to another changes nothing there.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::Engine;
/// use tokenomics_fixed_math::Span;
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let (mut one, mut other) = (Engine::new(&design)?, Engine::new(&design)?);
/// let end = design.window.end;
/// one.advance(end)?;
/// other.advance(end.checked_sub(Span::new(12_345_678))?)?;
/// other.advance(end)?;
/// assert_eq!(one.row()?, other.row()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Engine<'d> {
    design: &'d Design,
    ledger: Ledger,
    accounts: Accounts,
    clock: Timestamp,
    /// The instant up to which the ledger has what vested and was minted.
    settled: Timestamp,
    issued: bool,
    vesting: Vesting<'d>,
    minting: Minting<'d>,
    gauges: Gauges<'d>,
    escrow: Option<Escrow<'d>>,
    fees: Option<Fees<'d>>,
    vaults: Vaults<'d>,
    watch: Watch,
    log: Log,
    audits: u64,
    batch: Batch,
    planned: Vec<(usize, Amount)>,
}

impl<'d> Engine<'d> {
    /// Creates a design before its first event: all that has a maximum is in the accounts `unissued` and
    /// `unminted`.
    ///
    /// # Errors
    /// [`RunError`] if it doesn't fit a ledger.
    pub fn new(design: &'d Design) -> Result<Self, RunError> {
        let start = design.token.genesis;
        let refused = |cause: Cause| RunError::new(start, Mechanism::Opening, cause);
        let mut ledger = Ledger::default();
        let accounts = Accounts::open(&mut ledger, design).map_err(refused)?;
        let fees = design.fees.as_ref().map(|plan| Fees::new(design, plan));
        let fees = fees.transpose();
        Ok(Self {
            design,
            ledger,
            vesting: Vesting::new(design, &accounts),
            accounts,
            clock: Timestamp::ZERO,
            settled: Timestamp::ZERO,
            issued: false,
            minting: Minting::new(design),
            gauges: Gauges::new(design),
            escrow: design.escrow.as_ref().map(Escrow::new),
            fees: fees.map_err(refused)?,
            vaults: Vaults::new(design).map_err(refused)?,
            watch: Watch::new(design.max_supply()),
            log: Log::default(),
            audits: 0,
            batch: Batch::default(),
            planned: Vec::new(),
        })
    }

    /// Returns the design.
    #[must_use]
    pub fn design(&self) -> &'d Design {
        self.design
    }

    /// Returns the ledger as of the last event, or of the last call of [`settle`](Self::settle).
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the accounts that the ledger has for this design.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Returns how often the accounts were audited.
    #[must_use]
    pub fn audits(&self) -> u64 {
        self.audits
    }

    /// Returns the events up to the last that moved anything, or up to the last call of
    /// [`settle`](Self::settle).
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) fn into_log(self) -> Log {
        self.log
    }

    /// Goes to `to`, through all events up to it and in it; a time that has passed changes nothing.
    ///
    /// # Errors
    /// [`RunError`], naming the instant and the mechanism. The accounts are opened for the design's
    /// window: what comes from outside after it is refused.
    pub fn advance(&mut self, to: Timestamp) -> Result<(), RunError> {
        loop {
            let at = self.next_event();
            // At the clock's last second nothing happens any more.
            if at > to || at == Timestamp::MAX {
                break;
            }
            // What circulates at the event itself is only known when all of it has happened.
            self.settle_at(at, at.get().saturating_sub(1))?;
            self.happen(at, to)?;
            self.log.order();
            self.audit()?;
            if self.audits > MOST {
                let cause = Cause::TooManyEvents { most: MOST };
                return Err(RunError::new(at, Mechanism::Fees, cause));
            }
        }
        self.clock = self.clock.max(to);
        Ok(())
    }

    /// Moves on the ledger what has vested and been minted since the last event. Rows count it without;
    /// accounts and the log show it afterwards.
    ///
    /// # Errors
    /// [`RunError`], naming the mechanism.
    pub fn settle(&mut self) -> Result<(), RunError> {
        if self.issued {
            self.settle_at(self.clock, self.clock.get())?;
            self.log.order();
            self.audit()?;
        }
        Ok(())
    }

    fn next_event(&self) -> Timestamp {
        if !self.issued {
            return self.design.token.genesis;
        }
        let fees = self.fees.as_ref().map_or(Timestamp::MAX, Fees::next);
        self.next_but_fees().min(fees)
    }

    /// The next event that is no end of a revenue period or of an epoch of lockers.
    fn next_but_fees(&self) -> Timestamp {
        let escrow = self.escrow.as_ref().map_or(Timestamp::MAX, Escrow::next);
        let claim = self.vesting.next_claim();
        let minting = self.minting.next().min(self.gauges.next());
        claim.min(minting).min(escrow).min(self.vaults.next())
    }

    /// Vests and mints up to `at`, and notes the marks that were reached up to `last`.
    fn settle_at(&mut self, at: Timestamp, last: u64) -> Result<(), RunError> {
        if !self.issued {
            self.issue(at)?;
        } else if at <= self.settled {
            return Ok(());
        }
        // What is found now happened after the last instant; at genesis, in it.
        let since = Timestamp::new(self.settled.get().saturating_add(1));
        let since = since.max(self.design.token.genesis).min(at);
        self.vest(since, at)?;
        let minted = self.mint(since, at);
        minted.map_err(|error| self.overflow_or(error))?;
        self.settled = at;
        self.clock = self.clock.max(at);
        self.look(since, at, Timestamp::new(last))
    }

    /// Lets happen what is due at `at`, which is settled. Where nothing else can come between, periods
    /// of revenue up to `to` are taken together.
    fn happen(&mut self, at: Timestamp, to: Timestamp) -> Result<(), RunError> {
        if self.minting.next() == at {
            let refused = |cause: Cause| RunError::new(at, Mechanism::Emission, cause);
            self.minting.follow(at).map_err(refused)?;
        }
        if self.vesting.next_claim() == at {
            self.claim(at)?;
        }
        // Before holders lock, so that an epoch begins with the votes before it.
        if self.gauges.next() == at {
            self.direct(at)?;
        }
        let earning = self.fees.as_ref().is_some_and(|fees| fees.next() == at);
        let shares = if earning {
            self.shares_before(at)?
        } else {
            Vec::new()
        };
        if self
            .escrow
            .as_ref()
            .is_some_and(|escrow| escrow.next() == at)
        {
            self.lock(at)?;
        }
        if earning {
            self.collect(at, to, &shares)?;
        }
        // After revenue, so that who deposits now has no part of it.
        if self.vaults.next() == at {
            self.deposit(at)?;
        }
        self.look(at, at, at)
    }
}

#[cfg(test)]
mod tests;
