//! Revenue: at the end of each period, to lockers, the treasury, buyback, burn and stakeholders.
//!
//! Revenue in the token is paid out of what circulates; what can't be paid is paid in part, pro rata
//! to the routes, and the rest lapses. Revenue in another asset comes from outside, and part of it may
//! buy the token out of circulation.
//!
//! A period pays those who have weight strictly before its end. Periods of which none is held back by a
//! balance, and between which nothing else happens, are settled as one.

mod books;
mod purchases;
mod together;

use tokenomics_design::{FeePlan, Route};
use tokenomics_fee_split::split_by_weights;
use tokenomics_fixed_math::{Amount, Timestamp};

pub(crate) use self::books::Books;
use self::together::times;
use crate::accounts::RevenueAccounts;
use crate::error::Cause;
use crate::ledger::{Batch, Ledger};
use crate::record::{EventKind, Log, Unpaid};
use crate::Accounts;

/// The places of routes in [`Route::ALL`].
const LOCKERS: usize = 0;
const BUYBACK: usize = 2;
const BURN: usize = 3;

/// The sums that revenue has come to.
#[derive(Debug)]
pub(crate) struct Fees<'d> {
    plan: &'d FeePlan,
    /// One period's revenue for each route: the same each period.
    parts: [Amount; 8],
    /// The number of periods that are settled, and the end of the one that comes next.
    periods: u64,
    next: Timestamp,
    books: Books,
}

/// A settlement of some periods at once.
#[derive(Debug)]
pub(crate) struct Planned {
    periods: u64,
    /// The sum that is not paid of them: of each some, or of none any.
    unpaid: Amount,
    books: Books,
}

/// The state that a settlement may see.
pub(crate) struct Sight<'s> {
    pub(crate) at: Timestamp,
    /// The last instant up to which nothing but this mechanism changes anything in steps.
    pub(crate) horizon: Timestamp,
    pub(crate) ledger: &'s Ledger,
    pub(crate) accounts: &'s Accounts,
    /// True if anybody had weight strictly before `at`.
    pub(crate) had_lockers: bool,
    /// True if anybody has weight from `at` on.
    pub(crate) has_lockers: bool,
    /// The amount that comes into circulation after `at` up to another time.
    pub(crate) inflow: &'s dyn Fn(Timestamp) -> Result<Amount, Cause>,
    /// The amount that may come into circulation before a mark is reached.
    pub(crate) headroom: Amount,
}

impl<'d> Fees<'d> {
    pub(crate) fn new(plan: &'d FeePlan) -> Result<Self, Cause> {
        let weights = plan.routes.map(|share| share.raw());
        let mut parts = [Amount::ZERO; 8];
        split_by_weights(plan.revenue, &weights, &mut parts)?;
        let mut fees = Self {
            plan,
            parts,
            periods: 0,
            next: Timestamp::MAX,
            books: Books::default(),
        };
        fees.schedule();
        Ok(fees)
    }

    /// Returns what revenue has come to.
    pub(crate) fn books(&self) -> &Books {
        &self.books
    }

    /// Returns the end of the next period.
    pub(crate) fn next(&self) -> Timestamp {
        self.next
    }

    /// Returns the last instant up to which revenue is known at `at`: the end of the last period, or
    /// `at` itself before the first and after the last.
    pub(crate) fn known_until(&self, at: Timestamp) -> Timestamp {
        if self.next == Timestamp::MAX || at < self.plan.start {
            return at;
        }
        // A period that has ended did so within the calendar.
        let last = self.end_of(self.periods);
        last.unwrap_or(at)
    }

    fn schedule(&mut self) {
        let next = self.end_of(self.periods.saturating_add(1));
        self.next = next
            .filter(|end| *end <= self.plan.end)
            .unwrap_or(Timestamp::MAX);
    }

    fn end_of(&self, period: u64) -> Option<Timestamp> {
        self.plan.per.after(self.plan.start, period)
    }

    /// Plans the settlement of the period that ends at `sight.at`, and of as many after it as are
    /// certain to be paid in the same way.
    #[inline]
    pub(crate) fn plan(&self, sight: &Sight<'_>, batch: &mut Batch) -> Result<Planned, Cause> {
        match &sight.accounts.revenue {
            None => self.plan_in_token(sight, batch),
            Some(accounts) => self.plan_in_other(sight, accounts, batch),
        }
    }

    /// Takes over what was planned for `at`, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        at: Timestamp,
        planned: &Planned,
        (ledger, accounts): (&Ledger, &Accounts),
        log: &mut Log,
    ) -> Result<(), Cause> {
        if self.periods == 0 {
            log.write(at, EventKind::FirstRevenue);
        }
        self.books = planned.books;
        self.periods += planned.periods;
        self.schedule();
        // Not beyond the horizon, where there is more than one.
        let until = self.end_of(self.periods).unwrap_or(at);
        if self.next == Timestamp::MAX {
            log.write(until, EventKind::LastRevenue);
        }
        if planned.unpaid.is_zero() {
            log.note_paid();
        } else {
            let unpaid = Unpaid {
                periods: planned.periods,
                until,
                amount: planned.unpaid,
            };
            log.note_unpaid(at, unpaid)?;
        }
        self.books.reconcile(ledger, accounts)
    }

    #[inline]
    fn plan_in_token(&self, sight: &Sight<'_>, batch: &mut Batch) -> Result<Planned, Cause> {
        let held = sight.ledger.balance(sight.accounts.circulating);
        let (periods, parts) = self.payable(sight, held)?;
        let settled = self.periods.saturating_add(periods);
        let asked = self.due(settled)?.checked_sub(self.due(self.periods)?)?;
        let unpaid = asked.checked_sub(Amount::try_sum(parts)?)?;
        let mut books = self.books;
        books.unpaid = books.unpaid.checked_add(unpaid)?;
        let claimed = books.pay(parts, sight.had_lockers)?;
        move_token(sight.accounts, parts, claimed, batch);
        Ok(Planned {
            periods,
            unpaid,
            books,
        })
    }

    /// The number of periods that are settled at once, and what each route gets of them.
    fn payable(&self, sight: &Sight<'_>, held: Amount) -> Result<(u64, [Amount; 8]), Cause> {
        if self.plan.revenue <= held {
            let periods = self.paid_in_full(sight, held)?;
            return Ok((periods, times(self.parts, periods)?));
        }
        let mut parts = [Amount::ZERO; 8];
        if held.is_zero() {
            return Ok((self.without_inflow(sight)?, parts));
        }
        split_by_weights(held, &self.plan.routes.map(|share| share.raw()), &mut parts)?;
        Ok((1, parts))
    }

    #[inline]
    fn plan_in_other(
        &self,
        sight: &Sight<'_>,
        accounts: &RevenueAccounts,
        batch: &mut Batch,
    ) -> Result<Planned, Cause> {
        let buys = !(self.parts[BUYBACK].is_zero() && self.parts[BURN].is_zero());
        // A purchase rounds, so that two are not one of twice the revenue.
        let periods = if buys {
            1
        } else {
            self.alike(sight, u64::MAX)?
        };
        let due = times(self.parts, periods)?;
        let mut books = self.books;
        let claimed = books.pay(due, sight.had_lockers)?;
        let mut to = accounts.routes;
        to[LOCKERS] = accounts.waiting;
        for (to, amount) in to.into_iter().zip(due) {
            batch.transfer(accounts.outside, to, amount);
        }
        batch.transfer(accounts.waiting, accounts.routes[LOCKERS], claimed);
        if buys {
            self.plan_purchases(sight, accounts, batch, &mut books)?;
        }
        Ok(Planned {
            periods,
            unpaid: Amount::ZERO,
            books,
        })
    }
}

/// Plans the movements of revenue in the token, of which lockers claim some at once.
fn move_token(accounts: &Accounts, parts: [Amount; 8], claimed: Amount, batch: &mut Batch) {
    let (circulating, rewards) = (accounts.circulating, accounts.rewards);
    // Only the difference moves: all that comes and goes may be more than circulates at once.
    match parts[LOCKERS].checked_sub(claimed) {
        Ok(waits) => batch.transfer(circulating, rewards, waits),
        Err(_) => batch.transfer(rewards, circulating, claimed.abs_diff(parts[LOCKERS])),
    }
    for (route, amount) in Route::ALL.into_iter().zip(parts) {
        let to = match route {
            Route::Treasury | Route::Buyback => accounts.treasury,
            Route::Burn => accounts.burned,
            // From one holder to another.
            Route::Lockers | Route::To(_) => continue,
        };
        batch.transfer(circulating, to, amount);
    }
}

#[cfg(test)]
impl Fees<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        self.books.pool.fund(Amount::new(1)).unwrap();
    }
}
