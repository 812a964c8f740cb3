//! Runs a design from event to event on the ledger.
//!
//! The times at which something happens are the mechanisms' own: a claim falls due, a lock ends,
//! holders re-lock, a revenue period is over, what an emission follows changes. Between events everything
//! is a closed form of time, so the engine can be read at any instant and as often as one likes without
//! moving anything.
//!
//! Within one instant, in this order: the genesis supply is issued, allocations vest and are claimed,
//! emissions mint, locks end, holders re-lock, revenue is split, paid out and burned. Each mechanism
//! plans a batch from what it may see, the ledger applies the whole batch or refuses it, and only then
//! the mechanism commits its own state. Every amount comes from a mechanism crate; nothing here computes
//! one by a formula of its own.

use tokenomics_design::Design;
use tokenomics_fixed_math::{Amount, Rounding, Timestamp};

use crate::ledger::{Batch, Ledger, LedgerError};
use crate::mechanisms::emission::Minting;
use crate::mechanisms::escrow::Escrow;
use crate::mechanisms::fees::{self, Fees, Shortfall, Sight};
use crate::mechanisms::vesting::{Pending, Progress, Vesting};
use crate::watch::{earliest, Watch};
use crate::{Accounts, Cause, Mechanism, Row, RunError, Totals};

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
    escrow: Option<Escrow<'d>>,
    fees: Option<Fees<'d>>,
    watch: Watch,
    audits: u64,
    batch: Batch,
    planned: Vec<(usize, Amount)>,
}

/// The shares of all that will ever exist whose first day in circulation is noted.
pub(crate) const MARKS: [u128; 2] = [50, 90];

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
        let fees = design.fees.as_ref().map(Fees::new).transpose();
        Ok(Self {
            design,
            ledger,
            vesting: Vesting::new(design, &accounts),
            accounts,
            clock: Timestamp::ZERO,
            settled: Timestamp::ZERO,
            issued: false,
            minting: Minting::new(design),
            escrow: design.escrow.as_ref().map(Escrow::new),
            fees: fees.map_err(refused)?,
            watch: Watch::new(marks(design)),
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

    /// Returns when half and when nine tenths of all that will ever exist first circulated; `None`
    /// where they have not, or where there is no maximum.
    #[must_use]
    pub fn reached(&self) -> [Option<Timestamp>; 2] {
        let mut reached = self.watch.reached();
        std::array::from_fn(|_| reached.next().flatten())
    }

    /// Returns how far each allocation has come.
    #[must_use]
    pub fn progress(&self) -> &[Progress] {
        self.vesting.progress()
    }

    /// Returns when each emission that has a maximum had minted all of it; `None` where it has not.
    #[must_use]
    pub fn ended(&self) -> &[Option<Timestamp>] {
        self.minting.ended()
    }

    /// Returns the revenue that could not be paid so far.
    #[must_use]
    pub fn shortfall(&self) -> Shortfall {
        let fees = self.fees.as_ref();
        fees.map_or_else(Shortfall::default, |fees| fees.books().shortfall)
    }

    /// Goes to `to`, through all events up to it and in it; a time that has passed changes nothing.
    ///
    /// # Errors
    /// [`RunError`], naming the instant and the mechanism.
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
            self.audit()?;
        }
        self.clock = self.clock.max(to);
        Ok(())
    }

    /// Moves on the ledger what has vested and been minted since the last event. Rows count it without;
    /// accounts, progress and the marks that were reached show it afterwards.
    ///
    /// # Errors
    /// [`RunError`], naming the mechanism.
    pub fn settle(&mut self) -> Result<(), RunError> {
        if self.issued {
            self.settle_at(self.clock, self.clock.get())?;
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

    /// The next event that is no end of a revenue period.
    fn next_but_fees(&self) -> Timestamp {
        let escrow = self.escrow.as_ref().map_or(Timestamp::MAX, Escrow::next);
        let claim = self.vesting.next_claim();
        claim.min(self.minting.next()).min(escrow)
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

    /// Notes whether what circulates has reached a mark after `since` and by `last`, of which `at` is
    /// now.
    fn look(&mut self, since: Timestamp, at: Timestamp, last: Timestamp) -> Result<(), RunError> {
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
        let looked = self.watch.look([since, at, last], circulating, falls_short);
        looked.map_err(refused)
    }

    fn circulating(&self) -> Result<Amount, tokenomics_fixed_math::Error> {
        let held = |account| self.ledger.balance(account);
        held(self.accounts.circulating).checked_add(held(self.accounts.locked))
    }

    /// What has come into circulation so far as it vested or was minted.
    fn streamed(&self) -> Result<Amount, tokenomics_fixed_math::Error> {
        let vested = self.vesting.streamed();
        vested.checked_add(self.minting.streamed())
    }

    fn issue(&mut self, at: Timestamp) -> Result<(), RunError> {
        self.batch.clear();
        let unvested = self.accounts.unvested.iter();
        for (allocation, account) in self.design.allocations.iter().zip(unvested) {
            let from = self.accounts.unissued;
            self.batch.transfer(from, *account, allocation.amount);
        }
        self.apply(at, Mechanism::Issue)?;
        self.issued = true;
        Ok(())
    }

    fn vest(&mut self, since: Timestamp, at: Timestamp) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Vesting, cause);
        self.batch.clear();
        self.vesting
            .plan(at, &mut self.batch, &mut self.planned)
            .map_err(|error| refused(error.into()))?;
        self.apply(at, Mechanism::Vesting)?;
        self.vesting
            .commit(since, at, &self.planned, &self.ledger)
            .map_err(refused)
    }

    fn mint(&mut self, since: Timestamp, at: Timestamp) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Emission, cause);
        self.batch.clear();
        self.minting
            .plan(at, &self.accounts, &mut self.batch, &mut self.planned)
            .map_err(refused)?;
        self.apply(at, Mechanism::Emission)?;
        self.minting
            .commit(since, at, &self.planned, &self.ledger, &self.accounts)
            .map_err(refused)
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
        let had_lockers = self.escrow.as_ref().is_some_and(Escrow::has_weight);
        if self
            .escrow
            .as_ref()
            .is_some_and(|escrow| escrow.next() == at)
        {
            self.lock(at)?;
        }
        if self.fees.as_ref().is_some_and(|fees| fees.next() == at) {
            self.collect(at, to, had_lockers)?;
        }
        self.look(at, at, at)
    }

    fn claim(&mut self, at: Timestamp) -> Result<(), RunError> {
        self.batch.clear();
        self.vesting
            .plan_claims(at, &self.ledger, &self.accounts, &mut self.batch);
        self.apply(at, Mechanism::Vesting)?;
        self.vesting.commit_claims(at);
        Ok(())
    }

    fn lock(&mut self, at: Timestamp) -> Result<(), RunError> {
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
            .commit(&planned, &self.ledger, &self.accounts)
            .map_err(refused)
    }

    fn collect(&mut self, at: Timestamp, to: Timestamp, had_lockers: bool) -> Result<(), RunError> {
        let refused = |cause: Cause| RunError::new(at, Mechanism::Fees, cause);
        let mut batch = std::mem::take(&mut self.batch);
        batch.clear();
        let planned = self.plan_revenue(at, to, had_lockers, &mut batch);
        self.batch = batch;
        let planned = planned.map_err(refused)?;
        self.apply(at, Mechanism::Fees)?;
        let (Some(fees), Some(planned)) = (&mut self.fees, planned) else {
            return Ok(());
        };
        let committed = fees.commit(&planned, &self.ledger, &self.accounts);
        committed.map_err(refused)
    }

    fn plan_revenue(
        &self,
        at: Timestamp,
        to: Timestamp,
        had_lockers: bool,
        batch: &mut Batch,
    ) -> Result<Option<fees::Planned>, Cause> {
        let Some(fees) = &self.fees else {
            return Ok(None);
        };
        let circulating = self.circulating()?;
        // None where a claim of this instant has passed the mark, which is noted after the burn.
        let room = |mark: Amount| mark.checked_sub(circulating).unwrap_or(Amount::ZERO);
        let sight = Sight {
            at,
            horizon: Timestamp::new(self.next_but_fees().get().saturating_sub(1)).min(to),
            ledger: &self.ledger,
            accounts: &self.accounts,
            had_lockers,
            has_lockers: self.escrow.as_ref().is_some_and(Escrow::has_weight),
            inflow: &|until| {
                let by_then = self.vesting.streamed_by(until)?;
                let by_then = by_then.checked_add(self.minting.streamed_by(until)?)?;
                Ok(by_then.checked_sub(self.streamed()?)?)
            },
            headroom: self.watch.next().map_or(Amount::MAX, room),
        };
        fees.plan(&sight, batch).map(Some)
    }

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
        row.routed = fees.map_or([Amount::ZERO; 8], |fees| fees.books().routed);
        row.revenue_until = fees.map_or(row.time, |fees| fees.known_until(row.time));
        let read = self.read_sums(row).map_err(refused);
        read.map_err(|error| self.overflow_or(error))
    }

    /// Returns the error of the first instant since the last settlement by which more is issued than can
    /// be counted, whenever that was found; if there is none, the one that was found.
    fn overflow_or(&self, found: RunError) -> RunError {
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

    /// What the accounts hold, and what has vested and been minted since they were settled.
    fn read_sums(&self, row: &mut Row) -> Result<(), Cause> {
        let held = |account| self.ledger.balance(account);
        let accounts = &self.accounts;
        let at = self.clock;
        let (mut vesting, mut minted) = (Pending::default(), [Amount::ZERO; 2]);
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
        let [streamed, to_treasury] = minted;
        let emitted = self.minting.all().checked_add(streamed)?;
        let emitted = emitted.checked_add(to_treasury)?;
        let vested = self.vesting.total().checked_add(vesting.sum()?)?;
        let circulating = held(accounts.circulating).checked_add(locked)?;
        let circulating = circulating.checked_add(vesting.circulating)?;
        let treasury = held(accounts.treasury).checked_add(vesting.treasury)?;
        let mut claimable = vesting.claimable;
        for account in accounts.claimable.iter().flatten() {
            claimable = claimable.checked_add(held(*account))?;
        }
        let escrow = self.escrow.as_ref();
        let weight = escrow.map(|escrow| escrow.weight_at(at)).transpose()?;
        let books = self.fees.as_ref().map(Fees::books);
        row.totals = Totals {
            total_supply: issued.checked_add(emitted)?.checked_sub(burned)?,
            circulating: circulating.checked_add(streamed)?,
            emitted,
            burned,
            locked,
            vote_weight: weight.unwrap_or(Amount::ZERO),
            treasury: treasury.checked_add(to_treasury)?,
            rewards: held(accounts.rewards),
            vested,
            claimable,
            unvested: issued.checked_sub(vested)?,
            unminted: self.minting.to_come(&row.minted)?.checked_add(unissued)?,
            bought: books.map_or(Amount::ZERO, |books| books.bought),
            unpaid: self.shortfall().amount,
            unallocated: books.map_or(Amount::ZERO, |books| books.pool.unallocated()),
        };
        Ok(())
    }

    fn apply(&mut self, at: Timestamp, mechanism: Mechanism) -> Result<(), RunError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let applied = self.ledger.apply(&self.batch);
        applied.map_err(|error| RunError::new(at, mechanism, error))
    }

    fn audit(&mut self) -> Result<(), RunError> {
        self.audits += 1;
        let audited = self.ledger.audit_changes();
        audited.map_err(|error| RunError::new(self.clock, Mechanism::Audit, error))
    }
}

/// The amounts at which a share of all that will ever exist circulates, if there is a maximum.
fn marks(design: &Design) -> Vec<Amount> {
    let Some(all) = design.max_supply().filter(|all| !all.is_zero()) else {
        return Vec::new();
    };
    let part = |percent: u128| all.mul_div(percent, 100, Rounding::Ceil);
    MARKS
        .into_iter()
        .filter_map(|percent| part(percent).ok())
        .collect()
}

#[cfg(test)]
mod tests;
