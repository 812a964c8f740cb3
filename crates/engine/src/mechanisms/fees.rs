//! Revenue: at the end of each period, to lockers, the treasury, buyback, burn and stakeholders.
//!
//! Revenue in the token is paid out of what circulates; what can't be paid is paid in part, pro rata
//! to the routes, and the rest lapses. Revenue in another asset comes from outside, and part of it may
//! buy the token out of circulation.
//!
//! A period pays those who have weight strictly before its end. Periods of which none is held back by a
//! balance, and between which nothing else happens, are settled as one.

use tokenomics_fee_split::{split_by_weights, Position, RewardPool};
use tokenomics_fixed_math::{Amount, Error, Ratio, Rounding, Timestamp};

use crate::accounts::RevenueAccounts;
use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::Accounts;
use tokenomics_design::{FeeAsset, FeePlan, Route};

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

/// Revenue in the token that holders had nothing left to pay with, which lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shortfall {
    /// The number of periods that were not paid in full.
    pub periods: u64,
    /// The end of the first of them; 0 where there is none.
    pub first: Timestamp,
    /// The end of the last of them.
    pub last: Timestamp,
    /// The sum that was not paid.
    pub amount: Amount,
}

impl Shortfall {
    fn add(
        &mut self,
        periods: u64,
        first: Timestamp,
        last: Timestamp,
        amount: Amount,
    ) -> Result<(), Error> {
        if amount.is_zero() {
            return Ok(());
        }
        self.amount = self.amount.checked_add(amount)?;
        if self.periods == 0 {
            self.first = first;
        }
        self.last = last;
        self.periods = self.periods.saturating_add(periods);
        Ok(())
    }
}

/// What a settlement changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Books {
    /// Paid to each of [`Route::ALL`].
    pub(crate) routed: [Amount; 8],
    pub(crate) pool: RewardPool,
    lockers: Position,
    /// Tokens bought to keep; those bought to burn are in the token's account `burned`.
    pub(crate) bought: Amount,
    pub(crate) shortfall: Shortfall,
}

/// A settlement of some periods at once.
#[derive(Debug)]
pub(crate) struct Planned {
    periods: u64,
    books: Books,
}

/// What a settlement may see.
pub(crate) struct Sight<'s> {
    pub(crate) at: Timestamp,
    /// The last instant up to which nothing but this mechanism changes anything in steps.
    pub(crate) horizon: Timestamp,
    pub(crate) ledger: &'s Ledger,
    pub(crate) accounts: &'s Accounts,
    /// Whether anybody had weight strictly before `at`.
    pub(crate) had_lockers: bool,
    /// Whether anybody has weight from `at` on.
    pub(crate) has_lockers: bool,
    /// What comes into circulation after `at` up to another time.
    pub(crate) inflow: &'s dyn Fn(Timestamp) -> Result<Amount, Cause>,
    /// How much more may come into circulation before somebody must look.
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
            books: Books {
                routed: [Amount::ZERO; 8],
                pool: RewardPool::new(),
                lockers: Position::default(),
                bought: Amount::ZERO,
                shortfall: Shortfall::default(),
            },
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
    pub(crate) fn plan(&self, sight: &Sight<'_>, batch: &mut Batch) -> Result<Planned, Cause> {
        match &sight.accounts.revenue {
            None => self.plan_in_token(sight, batch),
            Some(accounts) => self.plan_in_other(sight, accounts, batch),
        }
    }

    /// Takes over what was planned, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        planned: &Planned,
        ledger: &Ledger,
        accounts: &Accounts,
    ) -> Result<(), Cause> {
        self.books = planned.books;
        self.periods += planned.periods;
        self.schedule();
        let waiting = accounts
            .revenue
            .as_ref()
            .map_or(accounts.rewards, |r| r.waiting);
        let pool = self.books.pool;
        let counted = pool.outstanding().checked_add(pool.unallocated())?;
        agree("the reward pool", counted, ledger.balance(waiting))
    }

    fn plan_in_token(&self, sight: &Sight<'_>, batch: &mut Batch) -> Result<Planned, Cause> {
        let held = sight.ledger.balance(sight.accounts.circulating);
        let (periods, parts) = self.payable(sight, held)?;
        let settled = self.periods.saturating_add(periods);
        let asked = self.due(settled)?.checked_sub(self.due(self.periods)?)?;
        let unpaid = asked.checked_sub(Amount::try_sum(parts)?)?;
        // Not beyond the horizon, where there is more than one.
        let until = self.end_of(settled).unwrap_or(sight.at);
        let mut books = self.books;
        books.shortfall.add(periods, sight.at, until, unpaid)?;
        let claimed = books.pay(parts, sight.had_lockers)?;
        move_token(sight.accounts, parts, claimed, batch);
        Ok(Planned { periods, books })
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
        Ok(Planned { periods, books })
    }

    /// Spends what the two buying routes have on the token, as far as it circulates; what is less than
    /// one token unit's price stays for the next time.
    fn plan_purchases(
        &self,
        sight: &Sight<'_>,
        accounts: &RevenueAccounts,
        batch: &mut Batch,
        books: &mut Books,
    ) -> Result<(), Cause> {
        let FeeAsset::Other {
            price: Some(price), ..
        } = self.plan.asset
        else {
            return Ok(());
        };
        let token = sight.accounts;
        let mut left = sight.ledger.balance(token.circulating);
        for (route, to) in [(BUYBACK, token.treasury), (BURN, token.burned)] {
            let cash = sight.ledger.balance(accounts.routes[route]);
            let cash = cash.checked_add(self.parts[route])?;
            let (amount, cost) = affordable(cash, price, left)?;
            left = left.checked_sub(amount)?;
            batch.transfer(accounts.routes[route], accounts.sellers, cost);
            batch.transfer(token.circulating, to, amount);
            if route == BUYBACK {
                books.bought = books.bought.checked_add(amount)?;
            }
        }
        Ok(())
    }

    /// The number of periods, at least one, that this balance pays in full whatever comes in.
    fn paid_in_full(&self, sight: &Sight<'_>, held: Amount) -> Result<u64, Cause> {
        let spare = held.checked_sub(self.plan.revenue)?;
        // What lockers are paid comes back in the same instant, and what goes from one holder to
        // another never leaves.
        let drained = if sight.had_lockers { 1 } else { LOCKERS };
        let drain = Amount::try_sum(self.parts[drained..=BURN].iter().copied())?;
        let more = match spare.get().checked_div(drain.get()) {
            Some(more) => u64::try_from(more).unwrap_or(u64::MAX),
            None => u64::MAX,
        };
        self.alike(sight, more.saturating_add(1))
    }

    /// The number of periods, at least one, of which the first finds nothing, and during which nothing
    /// comes in.
    fn without_inflow(&self, sight: &Sight<'_>) -> Result<u64, Cause> {
        let most = self.alike(sight, u64::MAX)?;
        self.largest(most, |end| Ok((sight.inflow)(end)?.is_zero()))
    }

    /// The number of periods, at least one and at most `most`, that end by the horizon, have lockers
    /// or not as this one has, and after which no more has come in than there is headroom for.
    fn alike(&self, sight: &Sight<'_>, most: u64) -> Result<u64, Cause> {
        let waiting = sight.had_lockers && !self.books.pool.unallocated().is_zero();
        if waiting || sight.had_lockers != sight.has_lockers || sight.horizon <= sight.at {
            return Ok(1);
        }
        let until = sight.horizon.min(self.plan.end);
        let ended = self.plan.per.count_between(self.plan.start, until);
        let most = most.min(self.countable());
        let most = ended.saturating_sub(self.periods).min(most).max(1);
        if sight.headroom == Amount::MAX {
            return Ok(most);
        }
        self.largest(most, |end| Ok((sight.inflow)(end)? < sight.headroom))
    }

    /// All revenue of so many periods from the first on, paid or not. So each sum of it fits.
    fn due(&self, periods: u64) -> Result<Amount, Error> {
        let revenue = self.plan.revenue;
        revenue.mul_div(periods.into(), 1, Rounding::Floor)
    }

    /// The number of periods whose revenue can be counted with all before it. The one that can't is
    /// refused in its own instant, however many are taken together.
    fn countable(&self) -> u64 {
        let all = Amount::MAX.get().checked_div(self.plan.revenue.get());
        let all = all.map_or(u64::MAX, |all| u64::try_from(all).unwrap_or(u64::MAX));
        all.saturating_sub(self.periods)
    }

    /// The largest number of periods, at least one and at most `most`, at whose end `holds` does; it
    /// holds up to some end, and not after it.
    fn largest(
        &self,
        most: u64,
        holds: impl Fn(Timestamp) -> Result<bool, Cause>,
    ) -> Result<u64, Cause> {
        let (mut least, mut above) = (1, most.saturating_add(1));
        while above - least > 1 {
            // The largest is asked for first, as it mostly holds.
            let middle = if above == most.saturating_add(1) {
                most
            } else {
                u64::midpoint(least, above)
            };
            let end = self.end_of(self.periods.saturating_add(middle));
            if holds(end.unwrap_or(Timestamp::MAX))? {
                least = middle;
            } else {
                above = middle;
            }
        }
        Ok(least)
    }
}

impl Books {
    /// Counts what routes are paid, and has lockers claim all they can of their part. All lockers
    /// together are one position of one share: the run follows them as one, and one share divides
    /// without a rest. What comes in while nobody has weight waits for the first who does.
    fn pay(&mut self, parts: [Amount; 8], had_lockers: bool) -> Result<Amount, Cause> {
        for (total, part) in self.routed.iter_mut().zip(parts) {
            *total = total.checked_add(part)?;
        }
        let shares = u128::from(had_lockers);
        if shares != self.pool.total_shares() {
            self.pool.set_shares(&mut self.lockers, shares)?;
        }
        if parts[LOCKERS].is_zero() && self.pool.unallocated().is_zero() {
            return Ok(Amount::ZERO);
        }
        self.pool.fund(parts[LOCKERS])?;
        Ok(self.pool.claim(&mut self.lockers)?)
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

/// The parts of so many periods together.
fn times(mut parts: [Amount; 8], periods: u64) -> Result<[Amount; 8], Error> {
    if periods > 1 {
        for part in &mut parts {
            *part = part.mul_div(periods.into(), 1, Rounding::Floor)?;
        }
    }
    Ok(parts)
}

/// The amount, at most `left`, that cash buys at a price, and its cost.
///
/// # Rounding
/// The amount is floored, and the cost ceiled: at most the cash, as the amount is rounded down.
fn affordable(cash: Amount, price: Ratio, left: Amount) -> Result<(Amount, Amount), Error> {
    let all = left.mul_ratio(price, Rounding::Ceil);
    if let Some(cost) = all.ok().filter(|cost| *cost <= cash) {
        return Ok((left, cost));
    }
    // Less than all that is left, so it fits.
    let amount = cash.mul_ratio(price.recip()?, Rounding::Floor)?;
    let amount = amount.min(left);
    Ok((amount, amount.mul_ratio(price, Rounding::Ceil)?))
}

#[cfg(test)]
impl Fees<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        self.books.pool.fund(Amount::new(1)).unwrap();
    }
}
