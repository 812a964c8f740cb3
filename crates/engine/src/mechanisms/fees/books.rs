//! The sums that revenue has come to.

use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::Amount;

use super::{BURN, BUYBACK, LOCKERS};
use crate::accounts::RevenueAccounts;
use crate::error::{agree, Cause};
use crate::ledger::Ledger;
use crate::Accounts;

/// The sums that a settlement changes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Books {
    /// Paid to each of [`tokenomics_design::Route::ALL`].
    pub(crate) routed: [Amount; 8],
    pub(crate) pool: RewardPool,
    lockers: Position,
    /// Tokens bought to keep; those bought to burn are in the token's account `burned`.
    pub(crate) bought: Amount,
    /// Revenue in the token that was not paid.
    pub(crate) unpaid: Amount,
}

impl Books {
    /// Counts what routes are paid, and has lockers claim all they can of their part. All lockers
    /// together are one position of one share: the run follows them as one, and one share divides
    /// without a rest. What comes in while nobody has weight waits for the first who does.
    pub(super) fn pay(&mut self, parts: [Amount; 8], had_lockers: bool) -> Result<Amount, Cause> {
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

    /// Compares what is counted with what the ledger holds for it.
    pub(super) fn reconcile(&self, ledger: &Ledger, accounts: &Accounts) -> Result<(), Cause> {
        let revenue = accounts.revenue.as_ref();
        let waiting = revenue.map_or(accounts.rewards, |revenue| revenue.waiting);
        let counted = self
            .pool
            .outstanding()
            .checked_add(self.pool.unallocated())?;
        agree("the reward pool", counted, ledger.balance(waiting))?;
        match revenue {
            None => agree(
                "burning",
                self.routed[BURN],
                ledger.balance(accounts.burned),
            ),
            Some(revenue) => self.reconcile_routes(ledger, revenue),
        }
    }

    /// Compares what each route was paid with what its account holds, or has spent on the token. The
    /// accounts of routes that were never paid are left to the audit.
    fn reconcile_routes(&self, ledger: &Ledger, revenue: &RevenueAccounts) -> Result<(), Cause> {
        let held = |route: usize| ledger.balance(revenue.routes[route]);
        for (route, routed) in self.routed.into_iter().enumerate() {
            match route {
                _ if routed.is_zero() => {}
                LOCKERS => {
                    let held = held(LOCKERS).checked_add(ledger.balance(revenue.waiting))?;
                    agree("revenue of lockers", routed, held)?;
                }
                BUYBACK | BURN => {}
                route => agree("revenue of a route", routed, held(route))?,
            }
        }
        let counted = self.routed[BUYBACK].checked_add(self.routed[BURN])?;
        let kept = held(BUYBACK).checked_add(held(BURN))?;
        let spent = ledger.balance(revenue.sellers);
        agree("revenue that buys", counted, kept.checked_add(spent)?)
    }
}
