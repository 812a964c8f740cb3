//! The routes of revenue: what each keeps of what comes to it, and where it passes the rest on.

use tokenomics_design::{Design, FeePlan, Flow, FlowPoint, RouteKind, RouteShare};
use tokenomics_fee_split::{split_by_weights, SurplusBuffer};
use tokenomics_fixed_math::Amount;

use super::lockers::Lockers;
use super::waterfalls::AnyWaterfall;
use crate::error::Cause;

/// The state of a route.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// Nothing but what flows count.
    Plain,
    /// The amount that is not spent on the token yet.
    Buys {
        cash: Amount,
    },
    Lockers(Box<Lockers>),
    Buffer(SurplusBuffer),
    Waterfall(AnyWaterfall),
}

impl State {
    pub(super) fn new(
        design: &Design,
        plan: &FeePlan,
        (route, exits): (usize, &Exits),
    ) -> Result<Self, Cause> {
        Ok(match &plan.routes[route].kind {
            RouteKind::Lockers { every, without } => {
                let escrow = design.escrow.as_ref();
                let programmes = escrow.map_or(0, |plan| plan.programmes.len());
                let genesis = design.token.genesis;
                let lockers = Lockers::new((*every, *without), genesis, programmes);
                Self::Lockers(Box::new(lockers))
            }
            RouteKind::Buyback(_) => Self::Buys { cash: Amount::ZERO },
            RouteKind::Buffer { target, .. } => Self::Buffer(SurplusBuffer::new(*target)),
            RouteKind::Waterfall { tiers, then } => {
                Self::Waterfall(AnyWaterfall::new(exits, tiers, then)?)
            }
            _ => Self::Plain,
        })
    }
}

/// The routes that a stream or a route may pass something on to, each once.
#[derive(Debug, Clone)]
pub(super) struct Exits {
    /// The routes, and the place of the flow to each.
    to: Vec<(usize, usize)>,
    /// The weight of each where all that is passed on is divided alike.
    weights: Vec<u64>,
}

impl Exits {
    /// Finds the exits among the flows of the plan.
    pub(super) fn new(flows: &[Flow], from: FlowPoint, shares: &[RouteShare]) -> Self {
        let exits = flows
            .iter()
            .enumerate()
            .filter(|(_, flow)| flow.from == from);
        let to: Vec<_> = exits
            .filter_map(|(place, flow)| match flow.to {
                FlowPoint::Route(route) => Some((route, place)),
                _ => None,
            })
            .collect();
        let mut weights = vec![0; to.len()];
        add_weights(&to, shares, &mut weights);
        Self { to, weights }
    }

    /// Returns the weights of shares, of each exit that there is a place for.
    pub(super) fn weights<const M: usize>(&self, shares: &[RouteShare]) -> [u64; M] {
        let mut weights = [0; M];
        add_weights(&self.to, shares, &mut weights);
        weights
    }

    /// Returns the routes, and the place of the flow to each.
    pub(super) fn to(&self) -> &[(usize, usize)] {
        &self.to
    }

    /// Splits an amount by the weights.
    pub(super) fn split(&self, amount: Amount) -> Result<Vec<Amount>, Cause> {
        let mut parts = vec![Amount::ZERO; self.to.len()];
        split_by_weights(amount, &self.weights, &mut parts)?;
        Ok(parts)
    }
}

fn add_weights(to: &[(usize, usize)], shares: &[RouteShare], weights: &mut [u64]) {
    for share in shares {
        let found = to.iter().zip(&mut *weights);
        for (_, weight) in found.filter(|((route, _), _)| *route == share.route) {
            // The shares sum to 10^18.
            *weight = weight.saturating_add(share.share.raw());
        }
    }
}

/// The shares of what a kind of route passes on, where there is one split of it.
pub(super) fn shares_of(kind: &RouteKind) -> &[RouteShare] {
    match kind {
        RouteKind::Split(shares)
        | RouteKind::Buffer { then: shares, .. }
        | RouteKind::Waterfall { then: shares, .. } => shares,
        _ => &[],
    }
}

/// Returns, of each route, whether anything that comes in by these exits may come to it.
pub(super) fn reached(plan: &FeePlan, exits: &Exits) -> Vec<bool> {
    let mut reached = vec![false; plan.routes.len()];
    for (route, _) in exits.to() {
        reached[*route] = true;
    }
    // Routes pass on to later ones only.
    for (place, route) in plan.routes.iter().enumerate() {
        if reached[place] {
            for next in route.kind.passes_on_to() {
                reached[next] = true;
            }
        }
    }
    reached
}

/// Returns what passes on of a payment that fills up a buffer or a waterfall, to each exit.
pub(super) fn pass_on(
    state: &mut State,
    exits: &Exits,
    amount: Amount,
) -> Result<Vec<Amount>, Cause> {
    match state {
        State::Buffer(buffer) => {
            let above = buffer.fill(amount);
            exits.split(above)
        }
        State::Waterfall(waterfall) => waterfall.pay(amount),
        // A route that passes nothing on has no exits.
        _ if exits.weights.is_empty() => Ok(Vec::new()),
        _ => exits.split(amount),
    }
}
