//! Vaults of the token: holders deposit, and what a vault is given makes each of its shares worth more.
//!
//! At its start and each `every` after it, a vault's manager collects its fees, and then holders bring
//! their deposits up to a share of what circulates, locked and in vaults included, as far as it is
//! unlocked. They withdraw nothing. What a vault is given while nobody has shares waits, and comes with what
//! it is given next.

use tokenomics_design::{Design, VaultPlan};
use tokenomics_fee_split::{Error as FeesError, Vault, VaultTerms};
use tokenomics_fixed_math::{mul_div, Amount, Rounding, Timestamp, Wad};

use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::row::VaultFigures;
use crate::Accounts;

/// All vaults.
#[derive(Debug)]
pub(crate) struct Vaults<'d> {
    plans: &'d [VaultPlan],
    books: Vec<Books>,
    next: Timestamp,
}

/// The state of a vault.
#[derive(Debug, Clone, Copy)]
struct Books {
    vault: Vault,
    /// The amount that it was given while nobody had shares.
    pending: Amount,
    /// The number of times that holders have deposited.
    rounds: u64,
    next: Timestamp,
}

/// Changes of vaults: the place of each, and its new state.
#[derive(Debug, Default)]
pub(crate) struct Planned(Vec<(usize, Books)>);

impl<'d> Vaults<'d> {
    pub(crate) fn new(design: &'d Design) -> Result<Self, Cause> {
        let books = design.vaults.iter().map(|plan| {
            let terms = VaultTerms {
                decimals_offset: plan.offset,
                performance_fee: plan.performance_fee,
                management_fee: plan.management_fee,
                ..VaultTerms::PLAIN
            };
            Ok(Books {
                // Without shares no time passes, so that it may begin before anything is read.
                vault: Vault::new(terms, Timestamp::ZERO)?,
                pending: Amount::ZERO,
                rounds: 0,
                next: plan.start,
            })
        });
        let mut vaults = Self {
            plans: &design.vaults,
            books: books.collect::<Result<_, Cause>>()?,
            next: Timestamp::MAX,
        };
        vaults.schedule();
        Ok(vaults)
    }

    /// Returns when holders next deposit.
    pub(crate) fn next(&self) -> Timestamp {
        self.next
    }

    fn schedule(&mut self) {
        let next = self.books.iter().map(|books| books.next).min();
        self.next = next.unwrap_or(Timestamp::MAX);
    }

    /// Plans what each vault is given at `at`.
    pub(crate) fn plan_gains(&self, at: Timestamp, gains: &[Amount]) -> Result<Planned, Cause> {
        let mut planned = Planned::default();
        for (place, gain) in gains.iter().enumerate() {
            let mut books = self.books[place];
            if gain.is_zero() {
                continue;
            }
            let all = books.pending.checked_add(*gain)?;
            if books.has_shares() {
                books.vault.recognise_gain(all, at)?;
                books.pending = Amount::ZERO;
            } else {
                books.pending = all;
            }
            planned.0.push((place, books));
        }
        Ok(planned)
    }

    /// Plans the deposits of `at`, in the order of the file.
    pub(crate) fn plan_deposits(
        &self,
        at: Timestamp,
        (ledger, accounts): (&Ledger, &Accounts),
        batch: &mut Batch,
    ) -> Result<Planned, Cause> {
        let mut free = ledger.balance(accounts.circulating);
        let all = accounts.held_by_holders(ledger)?;
        let mut planned = Planned::default();
        for (place, (plan, books)) in self.plans.iter().zip(&self.books).enumerate() {
            if books.next != at {
                continue;
            }
            let mut books = *books;
            // The manager has them before anybody deposits.
            books.vault.collect_fees(at)?;
            let account = accounts.vaults[place];
            let wanted = all.mul_fraction(plan.share, Rounding::Floor);
            let missing = wanted.checked_sub(ledger.balance(account));
            let missing = missing.unwrap_or(Amount::ZERO).min(free);
            let deposited = books.deposit(missing, at)?;
            free = free.checked_sub(deposited)?;
            batch.transfer(accounts.circulating, account, deposited);
            books.advance(plan);
            planned.0.push((place, books));
        }
        Ok(planned)
    }

    /// Takes over what was planned, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        planned: Planned,
        (ledger, accounts): (&Ledger, &Accounts),
    ) -> Result<(), Cause> {
        for (place, books) in planned.0 {
            self.books[place] = books;
            let held = ledger.balance(accounts.vaults[place]);
            agree("a vault", books.assets()?, held)?;
        }
        self.schedule();
        Ok(())
    }

    /// Writes the figures of each vault at a time that isn't before its last change.
    pub(crate) fn read(&self, at: Timestamp, figures: &mut Vec<VaultFigures>) -> Result<(), Cause> {
        figures.clear();
        for books in &self.books {
            figures.push(books.figures(at)?);
        }
        Ok(())
    }
}

impl Books {
    /// Counts a deposit.
    fn advance(&mut self, plan: &VaultPlan) {
        self.rounds = self.rounds.saturating_add(1);
        let next = plan.every.after(plan.start, self.rounds);
        self.next = next.unwrap_or(Timestamp::MAX);
    }

    fn has_shares(&self) -> bool {
        let state = self.vault.state();
        let fees = [state.management_shares, state.performance_shares];
        !state.shares.is_zero() || fees.iter().any(|shares| !shares.is_zero())
    }

    /// All that it holds.
    fn assets(&self) -> Result<Amount, Cause> {
        Ok(self.vault.total_assets().checked_add(self.pending)?)
    }

    /// Deposits an amount, or as much of it as shares can be counted for; nothing where it isn't worth
    /// a share. Returns what is deposited.
    fn deposit(&mut self, amount: Amount, at: Timestamp) -> Result<Amount, Cause> {
        let amount = amount.min(self.vault.max_deposit(at)?);
        if amount.is_zero() {
            return Ok(amount);
        }
        match self.vault.deposit(amount, at) {
            Ok(_) => Ok(amount),
            Err(FeesError::OutOfRange { .. }) => Ok(Amount::ZERO),
            Err(error) => Err(error.into()),
        }
    }

    fn figures(&self, at: Timestamp) -> Result<VaultFigures, Cause> {
        let state = self.vault.settled_at(at)?.state();
        let shares = [
            state.shares,
            state.management_shares,
            state.performance_shares,
        ];
        let price = self.vault.price(at)?;
        // At most 10^18, as the vault checks.
        let first = 10_u128.saturating_pow(state.terms.decimals_offset.into());
        let scale = first.saturating_mul(Wad::SCALE);
        let floor = Rounding::Floor;
        let price = mul_div(price.numerator(), scale, price.denominator(), floor);
        Ok(VaultFigures {
            assets: self.assets()?,
            shares: Amount::try_sum(shares)?.get(),
            price: price.map_or(Wad::MAX, Wad::from_raw),
        })
    }
}

#[cfg(test)]
impl Vaults<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        for books in &mut self.books {
            books.pending = books.pending.checked_add(Amount::new(1)).unwrap();
        }
    }
}
