//! One settlement: each payment through all routes that it reaches.

use tokenomics_design::{Bought, RouteKind};
use tokenomics_fixed_math::Amount;

use super::lockers::several;
use super::moves::Moves;
use super::routes::{pass_on, State};
use super::{Books, Fees, Sight};
use crate::error::Cause;

/// A settlement that is planned on a copy of the books.
pub(super) struct Settlement<'s> {
    pub(super) fees: &'s Fees<'s>,
    pub(super) sight: &'s Sight<'s>,
    pub(super) moves: Moves,
    pub(super) books: Books,
    /// The amount that each vault is given.
    pub(super) gains: Vec<Amount>,
}

impl<'s> Settlement<'s> {
    pub(super) fn new(fees: &'s Fees<'s>, sight: &'s Sight<'s>) -> Self {
        Self {
            fees,
            sight,
            moves: Moves::default(),
            books: fees.books.clone(),
            gains: vec![Amount::ZERO; sight.accounts.vaults.len()],
        }
    }

    /// Pays the parts of one period to the exits of a stream, so many times.
    pub(super) fn pay_stream(
        &mut self,
        stream: usize,
        parts: &[Amount],
        times: u64,
    ) -> Result<(), Cause> {
        let fees = self.fees;
        let stream = &fees.streams[stream];
        let mut arrived = vec![Amount::ZERO; fees.plan.routes.len()];
        let from = self.sight.accounts.source(stream.plan.asset);
        for ((route, flow), part) in stream.exits.to().iter().zip(parts) {
            self.book(
                (*flow, *part, times),
                [from, fees.entry(*route, self.sight)],
            )?;
            arrived[*route] = arrived[*route].checked_add(*part)?;
        }
        self.visit(arrived, |route| stream.reached[route], times)
    }

    /// Ends the epoch of a route to lockers.
    pub(super) fn end_epoch(&mut self, route: usize) -> Result<(), Cause> {
        let mut arrived = vec![Amount::ZERO; self.fees.plan.routes.len()];
        let State::Lockers(lockers) = &mut self.books.states[route] else {
            return Ok(());
        };
        let pot = lockers.end_epoch();
        self.pay_lockers(route, (pot, 1), &mut arrived)?;
        self.visit(arrived, |_| false, 1)
    }

    /// Lets each route have what has arrived there, in the order of the plan: what one passes on
    /// arrives at later ones. A round of lockers ends where anything may have arrived.
    fn visit(
        &mut self,
        mut arrived: Vec<Amount>,
        reached: impl Fn(usize) -> bool,
        times: u64,
    ) -> Result<(), Cause> {
        for route in 0..arrived.len() {
            let amount = arrived[route];
            let is_lockers = matches!(&self.books.states[route], State::Lockers(_));
            if !amount.is_zero() || (is_lockers && reached(route)) {
                self.arrive(route, (amount, times), &mut arrived)?;
            }
        }
        Ok(())
    }

    fn arrive(
        &mut self,
        route: usize,
        (amount, times): (Amount, u64),
        arrived: &mut [Amount],
    ) -> Result<(), Cause> {
        let all = several(amount, times)?;
        let plan = &self.fees.plan.routes[route];
        let accrual = &mut self.books.accruals[plan.asset];
        match (&plan.kind, &mut self.books.states[route]) {
            (_, State::Lockers(lockers)) if lockers.has_epochs() => lockers.keep(all)?,
            (_, State::Lockers(_)) => self.pay_lockers(route, (amount, times), arrived)?,
            (_, State::Buys { cash }) => *cash = cash.checked_add(all)?,
            (RouteKind::Burn, _) => {
                accrual.burned = accrual.burned.checked_add(all)?;
                self.books.burned = self.books.burned.checked_add(all)?;
            }
            (RouteKind::Vault { vault }, _) => {
                self.gains[*vault] = self.gains[*vault].checked_add(all)?;
            }
            _ => self.pass_on(route, (amount, times), arrived)?,
        }
        Ok(())
    }

    fn pass_on(
        &mut self,
        route: usize,
        (amount, times): (Amount, u64),
        arrived: &mut [Amount],
    ) -> Result<(), Cause> {
        let fees = self.fees;
        let exits = &fees.exits[route];
        let parts = pass_on(&mut self.books.states[route], exits, amount)?;
        let from = fees.entry(route, self.sight);
        for ((to, flow), part) in exits.to().iter().zip(parts) {
            self.book((*flow, part, times), [from, fees.entry(*to, self.sight)])?;
            arrived[*to] = arrived[*to].checked_add(part)?;
        }
        Ok(())
    }

    fn pay_lockers(
        &mut self,
        route: usize,
        (amount, times): (Amount, u64),
        arrived: &mut [Amount],
    ) -> Result<(), Cause> {
        let fees = self.fees;
        let State::Lockers(lockers) = &mut self.books.states[route] else {
            return Ok(());
        };
        let paid = lockers.pay(self.sight.at, (amount, times), self.sight.shares)?;
        let from = fees.entry(route, self.sight);
        let to = self.sight.accounts.fees.routes[route];
        let accrual = fees.plan.routes[route].asset;
        for (programme, claim) in paid.claims.into_iter().enumerate() {
            let flow = fees.programmes[route] + programme;
            self.book((flow, claim, 1), [from, to])?;
            let accrual = &mut self.books.accruals[accrual];
            accrual.to_lockers = accrual.to_lockers.checked_add(claim)?;
        }
        if let Some((to, flow)) = fees.exits[route].to().first() {
            self.book(
                (*flow, paid.passed, times),
                [from, fees.entry(*to, self.sight)],
            )?;
            arrived[*to] = arrived[*to].checked_add(paid.passed)?;
        }
        Ok(())
    }

    /// Books so many times an amount to a flow, and moves it.
    fn book(
        &mut self,
        (flow, amount, times): (usize, Amount, u64),
        accounts: [crate::Account; 2],
    ) -> Result<(), Cause> {
        let all = several(amount, times)?;
        self.books.add((&self.fees.flows[flow], flow), all)?;
        Ok(self.moves.transfer(accounts, all)?)
    }

    /// Counts tokens that were bought.
    pub(super) fn count_bought(&mut self, bought: Bought, amount: Amount) -> Result<(), Cause> {
        let sum = match bought {
            Bought::Kept => &mut self.books.bought,
            Bought::Burned => &mut self.books.burned,
            Bought::Vault(vault) => &mut self.gains[vault],
        };
        *sum = sum.checked_add(amount)?;
        Ok(())
    }
}
