//! Revenue as it is walked: what reaches a route is asked of those before it, what a buffer or a waterfall
//! has paid is worked out of all that ever came, and what lockers missed is spread in units of 2^−64. It
//! shares with the engine the reward pool and the vault alone.

mod compare;
mod plain;
mod seen;
mod vaults;

use std::collections::HashMap;

use tokenomics_fee_split::{Position, RewardPool, Vault, VaultTerms};
use tokenomics_fixed_math::Amount;
use tokenomics_simulation::{Design, FeeAsset, FeePlan, FlowPoint, RouteKind, WithoutLockers};

use self::plain::{fallen, reaches, split, Missed};
use super::oracle::is_due;

const SCALE: u128 = 1_000_000_000_000_000_000;

/// The tokens that holders can move, those of the treasury, and those that are gone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tokens {
    pub free: u128,
    pub treasury: u128,
    pub burned: u128,
}

/// What a route has.
#[derive(Debug, Clone, Default)]
struct Kept {
    came: u128,
    cash: u128,
    pot: u128,
    pool: RewardPool,
    positions: Vec<Position>,
    missed: Missed,
}

#[derive(Debug, Clone)]
struct Held {
    vault: Vault,
    held: u128,
    /// What it was given in this instant, and what of all gifts nobody had shares for.
    given: u128,
    unshared: u128,
}

/// All that revenue has come to.
#[derive(Debug, Clone, Default)]
pub struct Revenue {
    flows: HashMap<(FlowPoint, FlowPoint), u128>,
    kept: Vec<Kept>,
    vaults: Vec<Held>,
    /// Paid to lockers, spent and burned, of each asset.
    pub accrued: Vec<[u128; 3]>,
    pub bought: u128,
    pub unpaid: u128,
    /// Of each stream: the periods that fell short, and the ends of the first and the last of them.
    pub shortfall: Vec<[u64; 3]>,
}

/// What arrives of one payment, and what each route has passed on of it.
struct Payment<'p> {
    plan: &'p FeePlan,
    seeds: Vec<(usize, u128)>,
    passed: Vec<Option<Vec<(usize, u128)>>>,
    /// Lockers at whose routes a round ends.
    rounds: Vec<bool>,
    weights: &'p [u128],
}

impl Revenue {
    pub fn new(design: &Design) -> Self {
        let programmes = design.escrow.as_ref();
        let programmes = programmes.map_or(0, |plan| plan.programmes.len());
        let kept = Kept {
            positions: vec![Position::new(); programmes],
            ..Kept::default()
        };
        let vaults = design.vaults.iter().map(|plan| {
            let terms = VaultTerms {
                decimals_offset: plan.offset,
                management_fee: plan.management_fee,
                performance_fee: plan.performance_fee,
                ..VaultTerms::PLAIN
            };
            let vault = Vault::new(terms, design.token.genesis).unwrap();
            Held {
                vault,
                held: 0,
                given: 0,
                unshared: 0,
            }
        });
        let vaults = vaults.collect();
        let Some(plan) = &design.fees else {
            return Self {
                vaults,
                ..Self::default()
            };
        };
        Self {
            kept: vec![kept; plan.routes.len()],
            vaults,
            accrued: vec![[0; 3]; plan.assets.len()],
            shortfall: vec![[0; 3]; plan.streams.len()],
            ..Self::default()
        }
    }

    /// Pays what is due, by the weights of the second before. Returns of each period whether it was paid in
    /// full, and whether anything was due.
    pub fn collect(
        &mut self,
        design: &Design,
        at: u64,
        weights: &[u128],
        tokens: &mut Tokens,
    ) -> (Vec<bool>, bool) {
        let Some(plan) = &design.fees else {
            return (Vec::new(), false);
        };
        let (mut periods, mut due) = (Vec::new(), false);
        for (place, stream) in plan.streams.iter().enumerate() {
            if at > stream.end.get() || !is_due(stream.per, stream.start, at, 1) {
                continue;
            }
            let asked = stream.revenue.get();
            let in_token = plan.assets[stream.asset] == FeeAsset::Token;
            let paid = if in_token {
                asked.min(tokens.free)
            } else {
                asked
            };
            self.fall_short(place, at, asked - paid);
            periods.push(paid == asked);
            tokens.free -= if in_token { paid } else { 0 };
            let parts = split(&stream.shares, paid);
            for (route, part) in &parts {
                self.flow(FlowPoint::Stream(place), FlowPoint::Route(*route), *part);
            }
            let rounds = (0..plan.routes.len()).map(|route| reaches(plan, place, route));
            self.flow_on(plan, parts, rounds.collect(), weights, tokens);
        }
        due |= !periods.is_empty();
        for route in 0..plan.routes.len() {
            let RouteKind::Lockers {
                every: Some(every), ..
            } = plan.routes[route].kind
            else {
                continue;
            };
            if is_due(every, design.token.genesis, at, 1) {
                due = true;
                let pot = std::mem::take(&mut self.kept[route].pot);
                let passed = self.round(plan, route, pot, weights, tokens);
                let none = vec![false; plan.routes.len()];
                self.flow_on(plan, passed, none, weights, tokens);
            }
        }
        if due {
            self.buy(plan, tokens);
            self.share_gains(at);
        }
        (periods, due)
    }

    fn fall_short(&mut self, stream: usize, at: u64, unpaid: u128) {
        if unpaid == 0 {
            return;
        }
        self.unpaid += unpaid;
        let [periods, first, last] = &mut self.shortfall[stream];
        if *periods == 0 {
            *first = at;
        }
        (*periods, *last) = (*periods + 1, at);
    }

    fn flow(&mut self, from: FlowPoint, to: FlowPoint, amount: u128) {
        *self.flows.entry((from, to)).or_default() += amount;
        if let FlowPoint::Route(route) = to {
            self.kept[route].came += amount;
        }
    }

    fn flow_on(
        &mut self,
        plan: &FeePlan,
        seeds: Vec<(usize, u128)>,
        rounds: Vec<bool>,
        weights: &[u128],
        tokens: &mut Tokens,
    ) {
        let mut payment = Payment {
            plan,
            seeds,
            passed: vec![None; plan.routes.len()],
            rounds,
            weights,
        };
        for route in (0..plan.routes.len()).rev() {
            self.passed_on(&mut payment, route, tokens);
        }
    }

    /// What a route passes on of a payment, which is asked of it once.
    fn passed_on(
        &mut self,
        payment: &mut Payment<'_>,
        route: usize,
        tokens: &mut Tokens,
    ) -> Vec<(usize, u128)> {
        if let Some(passed) = &payment.passed[route] {
            return passed.clone();
        }
        let plan = payment.plan;
        let seeds = payment.seeds.iter().filter(|(to, _)| *to == route);
        let mut amount: u128 = seeds.map(|(_, amount)| amount).sum();
        for (before, other) in plan.routes.iter().enumerate() {
            if other.kind.passes_on_to().contains(&route) {
                let passed = self.passed_on(payment, before, tokens);
                let parts = passed.iter().filter(|(to, _)| *to == route);
                amount += parts.map(|(_, part)| part).sum::<u128>();
            }
        }
        let passed = self.arrive(payment, route, amount, tokens);
        payment.passed[route] = Some(passed.clone());
        passed
    }

    fn arrive(
        &mut self,
        payment: &Payment<'_>,
        route: usize,
        amount: u128,
        tokens: &mut Tokens,
    ) -> Vec<(usize, u128)> {
        let plan = payment.plan;
        let asset = plan.routes[route].asset;
        let in_token = plan.assets[asset] == FeeAsset::Token;
        // All that came before this payment.
        let before = self.kept[route].came - amount;
        let passed = match &plan.routes[route].kind {
            RouteKind::Lockers { every: Some(_), .. } => {
                self.kept[route].pot += amount;
                return Vec::new();
            }
            RouteKind::Lockers { .. } if amount > 0 || payment.rounds[route] => {
                return self.round(plan, route, amount, payment.weights, tokens);
            }
            RouteKind::Lockers { .. } => return Vec::new(),
            RouteKind::Treasury => {
                tokens.treasury += if in_token { amount } else { 0 };
                return Vec::new();
            }
            RouteKind::To(_) => {
                tokens.free += if in_token { amount } else { 0 };
                return Vec::new();
            }
            RouteKind::Burn => {
                tokens.burned += amount;
                self.accrued[asset][2] += amount;
                return Vec::new();
            }
            RouteKind::Buyback(_) => {
                self.kept[route].cash += amount;
                return Vec::new();
            }
            RouteKind::Vault { vault } => {
                self.vaults[*vault].given += amount;
                return Vec::new();
            }
            RouteKind::Split(shares) => split(shares, amount),
            RouteKind::Buffer { target, then } => {
                let above = |came: u128| came.saturating_sub(target.get());
                split(then, above(before + amount) - above(before))
            }
            RouteKind::Waterfall { tiers, then } => {
                let after = fallen(tiers, then, before + amount);
                let mut before = fallen(tiers, then, before).into_iter();
                let less = |(to, sum)| (to, sum - before.next().map_or(0, |(_, sum)| sum));
                after.into_iter().map(less).collect()
            }
        };
        for (to, part) in &passed {
            self.flow(FlowPoint::Route(route), FlowPoint::Route(*to), *part);
        }
        passed
    }

    /// Pays lockers by weight, or says what passes on.
    fn round(
        &mut self,
        plan: &FeePlan,
        route: usize,
        amount: u128,
        weights: &[u128],
        tokens: &mut Tokens,
    ) -> Vec<(usize, u128)> {
        let RouteKind::Lockers { without, .. } = plan.routes[route].kind else {
            return Vec::new();
        };
        let kept = &mut self.kept[route];
        for (position, weight) in kept.positions.iter_mut().zip(weights) {
            kept.pool.set_shares(position, *weight).unwrap();
        }
        let silent = weights.iter().all(|weight| *weight == 0);
        let came_back = if silent { 0 } else { kept.missed.come_back() };
        match without {
            WithoutLockers::Pass(to) if silent => {
                self.flow(FlowPoint::Route(route), FlowPoint::Route(to), amount);
                return vec![(to, amount)];
            }
            WithoutLockers::Extend if silent => {
                kept.missed.add(amount);
                return Vec::new();
            }
            // A payment of nothing is none: it would share the rest of the last one out anew.
            _ if amount + came_back == 0 && kept.pool.unallocated().is_zero() => return Vec::new(),
            _ => kept.pool.fund(Amount::new(amount + came_back)).unwrap(),
        }
        let claims = kept.positions.iter_mut();
        let claims = claims.map(|position| kept.pool.claim(position).unwrap().get());
        let claims: Vec<u128> = claims.collect();
        let asset = plan.routes[route].asset;
        for (programme, claim) in claims.into_iter().enumerate() {
            let to = FlowPoint::Programme(programme);
            self.flow(FlowPoint::Route(route), to, claim);
            self.accrued[asset][0] += claim;
            if plan.assets[asset] == FeeAsset::Token {
                tokens.free += claim;
            }
        }
        Vec::new()
    }
}
