//! The search for the best split, by steps that are halved.

use tokenomics_fixed_math::Amount;

use crate::{Error, Exact, Market, Sell, Swap};

/// A market, and the part of the size that it has.
pub(super) struct Lane<'a> {
    pub(super) market: &'a dyn Market,
    pub(super) amount: u128,
    /// The amount's proceeds or cost.
    pub(super) worth: u128,
    /// The proceeds or cost with a step more; `None` if the market doesn't take as much.
    next: Option<u128>,
}

impl<'a> Lane<'a> {
    pub(super) fn new(market: &'a dyn Market) -> Self {
        Self {
            market,
            amount: 0,
            worth: 0,
            next: None,
        }
    }

    /// Computes what another step fetches or costs.
    fn gain(&self) -> Option<u128> {
        // A quote may go down by rounding, in a stable pool's integers.
        Some(self.next?.saturating_sub(self.worth))
    }
}

/// A direction, and which of the amounts is exact.
pub(super) struct Order {
    sell: Sell,
    is_sale: bool,
}

impl Order {
    pub(super) const fn new(sell: Sell, exact: Exact) -> Self {
        let is_sale = matches!(exact, Exact::In(_));
        Self { sell, is_sale }
    }

    pub(super) fn quote(&self, market: &dyn Market, amount: u128) -> Result<Swap, Error> {
        let amount = Amount::new(amount);
        match self.is_sale {
            true => market.quote_exact_in(self.sell, amount),
            false => market.quote_exact_out(self.sell, amount),
        }
    }

    /// Computes what an amount fetches or costs; `None` where it isn't taken whole.
    pub(super) fn worth(&self, market: &dyn Market, amount: u128) -> Option<u128> {
        if amount == 0 {
            // An empty market isn't asked.
            return Some(0);
        }
        let swap = self.quote(market, amount).ok()?;
        match self.is_sale {
            true => (swap.amount_in.get() == amount).then_some(swap.amount_out.get()),
            false => Some(swap.amount_in.get()),
        }
    }

    /// Returns `true` if it is better to be paid the one for a sale, or to pay the one for a purchase.
    pub(super) const fn prefers(&self, one: u128, other: u128) -> bool {
        match self.is_sale {
            true => one > other,
            false => one < other,
        }
    }

    /// Asks what a lane would have with another step.
    fn look(&self, lane: &mut Lane<'_>, step: u128) {
        let amount = lane.amount.checked_add(step);
        lane.next = amount.and_then(|amount| self.worth(lane.market, amount));
    }
}

/// Splits an amount and returns what no market takes.
///
/// Each step goes where it is worth most. Then each market gives the last one back, and it is halved: where
/// worth is concave, the best split has at least what is left, so that a level takes at most three steps of
/// each market.
pub(super) fn split(lanes: &mut [Lane<'_>], order: &Order, amount: u128) -> u128 {
    let bits = amount.checked_ilog2().unwrap_or(0);
    let (mut rest, mut step) = (amount, 1_u128.checked_shl(bits).unwrap_or(1));
    loop {
        fill(lanes, order, step, &mut rest);
        if step <= 1 {
            return rest;
        }
        for lane in lanes.iter_mut() {
            give_back(lane, order, step, &mut rest);
        }
        step >>= 1_u32;
    }
}

/// Hands out steps, each to the lane where it is worth most, as long as any takes one.
fn fill(lanes: &mut [Lane<'_>], order: &Order, step: u128, rest: &mut u128) {
    for lane in lanes.iter_mut() {
        order.look(lane, step);
    }
    while let Some(left) = rest.checked_sub(step) {
        let Some(lane) = best(lanes, order) else {
            return;
        };
        // A best one has a next.
        lane.worth = lane.next.unwrap_or(lane.worth);
        lane.amount = lane.amount.saturating_add(step);
        *rest = left;
        order.look(lane, step);
    }
}

/// Returns the lane where the next step is worth most: of two alike the one that has more, so that what is
/// worth nothing opens no other market.
fn best<'l, 'a>(lanes: &'l mut [Lane<'a>], order: &Order) -> Option<&'l mut Lane<'a>> {
    let takers = lanes
        .iter_mut()
        .filter_map(|lane| Some((lane.gain()?, lane)));
    let better = takers.reduce(|one, other| {
        let is_better = order.prefers(other.0, one.0);
        let is_larger = other.0 == one.0 && other.1.amount > one.1.amount;
        match is_better || is_larger {
            true => other,
            false => one,
        }
    });
    better.map(|(_, lane)| lane)
}

/// Takes a step back from a lane that has one.
fn give_back(lane: &mut Lane<'_>, order: &Order, step: u128, rest: &mut u128) {
    let less = lane.amount.checked_sub(step);
    let worth = less.and_then(|less| order.worth(lane.market, less));
    if let Some((less, worth)) = less.zip(worth) {
        (lane.amount, lane.worth) = (less, worth);
        // Together with all lanes it is the whole amount.
        *rest = rest.saturating_add(step);
    }
}
