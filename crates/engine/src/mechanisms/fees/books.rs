//! The sums that revenue has come to.

use tokenomics_design::{FeePlan, Flow, FlowPoint, RouteKind};
use tokenomics_fixed_math::Amount;

use super::routes::State;
use crate::accounts::RevenueAccounts;
use crate::error::{agree, Cause};
use crate::ledger::Ledger;
use crate::record::Silence;
use crate::row::Accrual;
use crate::Accounts;

/// The sums that a settlement changes.
#[derive(Debug, Clone)]
pub(crate) struct Books {
    /// One for each flow of the plan.
    pub(crate) flows: Vec<Amount>,
    /// Paid by each stream.
    pub(crate) revenue: Vec<Amount>,
    /// The sum that came to each route.
    pub(crate) received: Vec<Amount>,
    /// One for each route.
    pub(super) states: Vec<State>,
    /// The value that came to holders, for each asset.
    pub(crate) accruals: Vec<Accrual>,
    /// Tokens bought to keep.
    pub(crate) bought: Amount,
    /// Tokens that were burned: revenue, and what was bought for it.
    pub(super) burned: Amount,
    /// Revenue in the token that was not paid.
    pub(crate) unpaid: Amount,
}

impl Books {
    pub(super) fn new(plan: &FeePlan, flows: usize, states: Vec<State>) -> Self {
        let nothing = |places| vec![Amount::ZERO; places];
        Self {
            flows: nothing(flows),
            revenue: nothing(plan.streams.len()),
            received: nothing(plan.routes.len()),
            states,
            accruals: vec![Accrual::default(); plan.assets.len()],
            bought: Amount::ZERO,
            burned: Amount::ZERO,
            unpaid: Amount::ZERO,
        }
    }

    /// Adds to a flow, which is at this place, and to the sums of its ends.
    pub(super) fn add(
        &mut self,
        (flow, place): (&Flow, usize),
        amount: Amount,
    ) -> Result<(), Cause> {
        let sum = &mut self.flows[place];
        *sum = sum.checked_add(amount)?;
        if let FlowPoint::Stream(stream) = flow.from {
            let sum = &mut self.revenue[stream];
            *sum = sum.checked_add(amount)?;
        }
        if let FlowPoint::Route(route) = flow.to {
            let sum = &mut self.received[route];
            *sum = sum.checked_add(amount)?;
        }
        Ok(())
    }

    /// Returns what routes to lockers hold that nobody had weight to be paid.
    pub(crate) fn unallocated(&self) -> Result<Vec<Amount>, Cause> {
        let lockers = self.states.iter().filter_map(|state| match state {
            State::Lockers(lockers) => Some(lockers.unallocated()),
            _ => None,
        });
        lockers.collect()
    }

    /// Returns what came while nobody had weight and doesn't wait, for each route to lockers.
    pub(crate) fn silences(&self) -> Result<Vec<Silence>, Cause> {
        let lockers = self.states.iter().filter_map(|state| match state {
            State::Lockers(lockers) => Some(lockers.silence()),
            _ => None,
        });
        lockers.collect()
    }

    /// Compares what is counted with what the ledger holds for it.
    pub(super) fn reconcile(
        &self,
        (plan, flows): (&FeePlan, &[Flow]),
        (ledger, accounts): (&Ledger, &Accounts),
    ) -> Result<(), Cause> {
        for asset in 0..plan.assets.len() {
            let waiting = self.waiting(plan, asset)?;
            let account = accounts.waiting(asset);
            agree("the reward pool", waiting, ledger.balance(account))?;
        }
        agree("burning", self.burned, ledger.balance(accounts.burned))?;
        let kept = self.kept(plan, flows)?;
        self.reconcile_purchases((plan, &kept), (ledger, accounts))?;
        for (place, (route, kept)) in plan.routes.iter().zip(&kept).enumerate() {
            let held = ledger.balance(accounts.fees.routes[place]);
            let in_token = accounts.fees.assets[route.asset].is_none();
            match (&route.kind, &self.states[place]) {
                (_, State::Buffer(buffer)) => {
                    agree("revenue of a buffer", *kept, buffer.level())?;
                    agree("revenue of a route", *kept, held)?;
                }
                (_, State::Waterfall(_)) => agree("revenue of a route", *kept, held)?,
                _ if in_token => {}
                (RouteKind::Lockers { .. }, _) => agree("revenue of lockers", *kept, held)?,
                (_, State::Buys { cash }) => agree("revenue that buys", *cash, held)?,
                _ => agree("revenue of a route", *kept, held)?,
            }
        }
        Ok(())
    }

    /// Compares what came to the routes of an asset that buy with what they have and have spent.
    fn reconcile_purchases(
        &self,
        (plan, kept): (&FeePlan, &[Amount]),
        (ledger, accounts): (&Ledger, &Accounts),
    ) -> Result<(), Cause> {
        for (asset, accrual) in self.accruals.iter().enumerate() {
            let Some(RevenueAccounts { sellers, .. }) = accounts.fees.assets[asset] else {
                continue;
            };
            agree("revenue that buys", accrual.spent, ledger.balance(sellers))?;
            let (mut counted, mut cash) = (Amount::ZERO, accrual.spent);
            for (place, route) in plan.routes.iter().enumerate() {
                if let (State::Buys { cash: left }, true) =
                    (&self.states[place], route.asset == asset)
                {
                    counted = counted.checked_add(kept[place])?;
                    cash = cash.checked_add(*left)?;
                }
            }
            agree("revenue that buys", counted, cash)?;
        }
        Ok(())
    }

    /// All that has come to lockers' routes of an asset and isn't paid.
    fn waiting(&self, plan: &FeePlan, asset: usize) -> Result<Amount, Cause> {
        let mut sum = Amount::ZERO;
        for (route, state) in plan.routes.iter().zip(&self.states) {
            if let State::Lockers(lockers) = state {
                if route.asset == asset {
                    sum = sum.checked_add(lockers.waiting()?)?;
                }
            }
        }
        Ok(sum)
    }

    /// Returns what has come to each route and was not passed on; of lockers, what they were paid.
    fn kept(&self, plan: &FeePlan, flows: &[Flow]) -> Result<Vec<Amount>, Cause> {
        let is_lockers =
            |route: usize| matches!(plan.routes[route].kind, RouteKind::Lockers { .. });
        let (mut came, mut left) = (self.received.clone(), Vec::new());
        left.resize(came.len(), Amount::ZERO);
        for (route, came) in came.iter_mut().enumerate() {
            if is_lockers(route) {
                *came = Amount::ZERO;
            }
        }
        for (flow, amount) in flows.iter().zip(&self.flows) {
            let FlowPoint::Route(from) = flow.from else {
                continue;
            };
            let sum = match (is_lockers(from), flow.to) {
                (true, FlowPoint::Programme(_)) => &mut came[from],
                (true, _) => continue,
                (false, _) => &mut left[from],
            };
            *sum = sum.checked_add(*amount)?;
        }
        let kept = came.iter().zip(left);
        let kept = kept.map(|(came, left)| came.checked_sub(left));
        Ok(kept.collect::<Result<_, _>>()?)
    }
}
