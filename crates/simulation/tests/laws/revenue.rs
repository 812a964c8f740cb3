//! Revenue as it is walked: what reaches a route is asked of those before it, what a buffer or a waterfall
//! has paid is worked out of all that ever came, and what lockers missed is spread in units of 2^−64. It
//! shares with the engine the reward pool and the vault alone.

use std::collections::HashMap;

use tokenomics_fee_split::{Position, RewardPool, Vault, VaultTerms};
use tokenomics_fixed_math::{Amount, Rounding, Timestamp};
use tokenomics_simulation::{
    Bought, Design, FeeAsset, FeePlan, FeeTier, FlowPoint, Period, RouteKind, RouteShare, Row,
    WithoutLockers,
};

use super::oracle::is_due;

const SCALE: u128 = 1_000_000_000_000_000_000;

/// The tokens that holders can move, those of the treasury, and those that are gone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tokens {
    pub free: u128,
    pub treasury: u128,
    pub burned: u128,
}

/// What lockers missed, in units of 2^−64.
#[derive(Debug, Clone, Copy, Default)]
struct Missed {
    rest: u128,
    due: u128,
    rate: u128,
    rounds: u128,
    has_come_back: bool,
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

    fn buy(&mut self, plan: &FeePlan, tokens: &mut Tokens) {
        for (route, kept) in plan.routes.iter().zip(&mut self.kept) {
            let (RouteKind::Buyback(bought), FeeAsset::Other { price, .. }) =
                (&route.kind, &plan.assets[route.asset])
            else {
                continue;
            };
            let price = price.unwrap();
            let (numerator, denominator) = (price.numerator(), price.denominator());
            let amount = (kept.cash * denominator / numerator).min(tokens.free);
            let cost = (amount * numerator).div_ceil(denominator);
            kept.cash -= cost;
            self.accrued[route.asset][1] += cost;
            tokens.free -= amount;
            match bought {
                Bought::Kept => {
                    tokens.treasury += amount;
                    self.bought += amount;
                }
                Bought::Burned => tokens.burned += amount,
                Bought::Vault(vault) => self.vaults[*vault].given += amount,
            }
        }
    }

    /// What vaults were given is shared out where anybody has shares.
    fn share_gains(&mut self, at: u64) {
        for held in &mut self.vaults {
            let given = std::mem::take(&mut held.given);
            if given > 0 {
                held.held += given;
                held.unshared += given;
                let (gain, at) = (Amount::new(held.unshared), Timestamp::new(at));
                if held.vault.recognise_gain(gain, at).is_ok() {
                    held.unshared = 0;
                }
            }
        }
    }

    /// Deposits what is missing; whether it was due.
    pub fn deposit(&mut self, design: &Design, at: u64, locked: u128, free: &mut u128) -> bool {
        let circulating = *free + locked + self.in_vaults();
        let now = Timestamp::new(at);
        let mut due = false;
        for (plan, held) in design.vaults.iter().zip(&mut self.vaults) {
            // Called at every instant, a vault is the same.
            held.vault = held.vault.settled_at(now).unwrap();
            if !is_due(plan.every, plan.start, at, 0) {
                continue;
            }
            due = true;
            held.vault.collect_fees(now).unwrap();
            let wanted = Amount::new(circulating).mul_fraction(plan.share, Rounding::Floor);
            let missing = wanted.get().saturating_sub(held.held).min(*free);
            if held.vault.deposit(Amount::new(missing), now).is_ok() {
                held.held += missing;
                *free -= missing;
            }
        }
        due
    }

    pub fn in_vaults(&self) -> u128 {
        self.vaults.iter().map(|held| held.held).sum()
    }

    pub fn waiting_for_lockers(&self, plan: &FeePlan) -> u128 {
        let kept = plan.routes.iter().zip(&self.kept);
        let in_token = kept.filter(|(route, _)| plan.assets[route.asset] == FeeAsset::Token);
        let waiting = in_token.map(|(_, kept)| {
            let held = kept.pool.outstanding().get() + kept.pool.unallocated().get();
            held + kept.pot + kept.missed.waits()
        });
        waiting.sum()
    }

    /// What buffers keep of the token, and waterfalls have not paid out.
    pub fn reserves(&self, plan: &FeePlan) -> u128 {
        let kept = plan.routes.iter().zip(&self.kept);
        let in_token = kept.filter(|(route, _)| plan.assets[route.asset] == FeeAsset::Token);
        let reserves = in_token.map(|(route, kept)| match &route.kind {
            RouteKind::Buffer { target, .. } => kept.came.min(target.get()),
            RouteKind::Waterfall { tiers, then } => {
                let paid = fallen(tiers, then, kept.came);
                kept.came - paid.iter().map(|(_, part)| part).sum::<u128>()
            }
            _ => 0,
        });
        reserves.sum()
    }

    /// What a walk has gone through, so that its test can tell that it tests something.
    pub fn seen(&self, design: &Design) -> [bool; 10] {
        let Some(plan) = &design.fees else {
            return [false; 10];
        };
        let flowed = |is_of: &dyn Fn(&RouteKind, FlowPoint) -> bool| {
            let some = self.flows.iter().filter(|(_, amount)| **amount > 0);
            let mut from = some.map(|((from, to), _)| (*from, *to));
            from.any(|(from, to)| match from {
                FlowPoint::Route(route) => is_of(&plan.routes[route].kind, to),
                _ => false,
            })
        };
        let to_lockers = |to| matches!(to, FlowPoint::Programme(_));
        let paid = |is_of: &dyn Fn(Option<Period>, WithoutLockers) -> bool, to_them: bool| {
            flowed(&|kind, to| match kind {
                RouteKind::Lockers { every, without } => {
                    to_lockers(to) == to_them && is_of(*every, *without)
                }
                _ => false,
            })
        };
        let came_back = self.kept.iter().any(|kept| kept.missed.has_come_back);
        let paid_programmes = self
            .flows
            .iter()
            .filter(|((_, to), amount)| matches!(to, FlowPoint::Programme(_)) && **amount > 0);
        let programmes = paid_programmes.map(|((_, to), _)| *to);
        let mut programmes: Vec<FlowPoint> = programmes.collect();
        programmes.dedup();
        let first = programmes.first().copied();
        let gained = self.vaults.iter().any(|held| {
            let state = held.vault.state();
            let first = 10_u128.pow(state.terms.decimals_offset.into());
            !state.shares.is_zero() && state.assets.get() * first > state.shares.get()
        });
        [
            flowed(&|kind, _| matches!(kind, RouteKind::Split(_))),
            flowed(&|kind, _| matches!(kind, RouteKind::Buffer { .. })),
            flowed(&|kind, _| matches!(kind, RouteKind::Waterfall { .. })),
            paid(&|every, _| every.is_some(), true),
            paid(&|every, _| every.is_some(), false),
            paid(&|every, _| every.is_none(), false),
            came_back,
            programmes.iter().any(|to| Some(*to) != first),
            self.accrued.iter().any(|[_, spent, _]| *spent > 0),
            gained,
        ]
    }

    /// Compares what revenue has come to.
    pub fn compare(&self, design: &Design, row: &Row, place: &str) {
        let units = |amounts: &[Amount]| amounts.iter().map(|a| a.get()).collect::<Vec<_>>();
        for (held, figures) in self.vaults.iter().zip(&row.vaults) {
            let state = held.vault.settled_at(row.time).unwrap().state();
            let fees = state.management_shares.get() + state.performance_shares.get();
            assert_eq!(figures.assets.get(), held.held, "{place}");
            assert_eq!(figures.shares, state.shares.get() + fees, "{place}");
            let price = held.vault.price(row.time).unwrap();
            let first = 10_u128.pow(state.terms.decimals_offset.into());
            let price = Amount::new(price.numerator()).mul_div(
                first * SCALE,
                price.denominator(),
                Rounding::Floor,
            );
            assert_eq!(
                figures.price.raw(),
                price.map_or(u128::MAX, Amount::get),
                "{place}"
            );
        }
        let Some(plan) = &design.fees else {
            return;
        };
        let programmes = design.escrow.as_ref();
        let flows = plan.flows(programmes.map_or(0, |plan| plan.programmes.len()));
        let sum_of = |is_of: &dyn Fn(FlowPoint, FlowPoint) -> bool| {
            let flows = self
                .flows
                .iter()
                .filter(|((from, to), _)| is_of(*from, *to));
            flows.map(|(_, amount)| amount).sum::<u128>()
        };
        let walked = flows
            .iter()
            .map(|flow| self.flows.get(&(flow.from, flow.to)));
        let walked: Vec<u128> = walked.map(|sum| sum.copied().unwrap_or(0)).collect();
        assert_eq!(walked, units(&row.flows), "{place}");
        let streams = (0..plan.streams.len()).map(FlowPoint::Stream);
        let revenue: Vec<u128> = streams.map(|it| sum_of(&|from, _| from == it)).collect();
        assert_eq!(revenue, units(&row.revenue), "{place}");
        let received: Vec<u128> = self.kept.iter().map(|kept| kept.came).collect();
        assert_eq!(received, units(&row.received), "{place}");
        let lockers = plan.routes.iter().zip(&self.kept);
        let lockers = lockers.filter(|(route, _)| matches!(route.kind, RouteKind::Lockers { .. }));
        let waits: Vec<u128> = lockers
            .map(|(_, kept)| kept.pool.unallocated().get() + kept.missed.waits())
            .collect();
        assert_eq!(waits, units(&row.unallocated), "{place}");
        let accrued = row.accruals.iter();
        let accrued = accrued.map(|it| [it.to_lockers, it.spent, it.burned].map(Amount::get));
        assert_eq!(accrued.collect::<Vec<_>>(), self.accrued, "{place}");
        assert_eq!(
            row.totals.rewards.get(),
            self.waiting_for_lockers(plan),
            "{place}"
        );
        assert_eq!(row.totals.reserves.get(), self.reserves(plan), "{place}");
    }
}

impl Missed {
    fn add(&mut self, amount: u128) {
        if amount > 0 {
            self.rounds += 1;
            self.rest += amount << 64;
            self.rate = self.rate.max(self.rest.div_ceil(self.rounds));
        }
    }

    fn come_back(&mut self) -> u128 {
        if self.rounds == 0 {
            return 0;
        }
        self.rounds -= 1;
        let come = self.rate.min(self.rest);
        self.rest -= come;
        self.due += come;
        if self.rest == 0 {
            self.rate = 0;
        }
        let whole = self.due >> 64;
        self.has_come_back |= whole > 0;
        self.due -= whole << 64;
        whole
    }

    fn waits(&self) -> u128 {
        (self.rest + self.due) >> 64
    }
}

/// Whether revenue of a stream may come to a route.
fn reaches(plan: &FeePlan, stream: usize, route: usize) -> bool {
    let shares = &plan.streams[stream].shares;
    let before = plan.routes.iter().enumerate();
    let mut before = before.filter(|(_, other)| other.kind.passes_on_to().contains(&route));
    shares.iter().any(|share| share.route == route)
        || before.any(|(before, _)| reaches(plan, stream, before))
}

/// The parts of an amount, each boundary between two floored.
fn split(shares: &[RouteShare], amount: u128) -> Vec<(usize, u128)> {
    let (mut upto, mut given) = (0, 0);
    let parts = shares.iter().map(|share| {
        upto += u128::from(share.share.raw());
        let before = given;
        given = amount * upto / SCALE;
        (share.route, given - before)
    });
    parts.collect()
}

/// What a waterfall has paid to each route of all that ever came.
fn fallen(tiers: &[FeeTier], then: &[RouteShare], came: u128) -> Vec<(usize, u128)> {
    let mut paid: Vec<(usize, u128)> = Vec::new();
    let shares = tiers.iter().flat_map(|tier| &tier.shares).chain(then);
    for share in shares {
        if paid.iter().all(|(route, _)| *route != share.route) {
            paid.push((share.route, 0));
        }
    }
    let mut left = came;
    for tier in tiers {
        let filled = left.min(tier.cap.get());
        left -= filled;
        share_out(&tier.shares, filled, filled == tier.cap.get(), &mut paid);
    }
    share_out(then, left, false, &mut paid);
    paid
}

/// Floors of shares; with all that they leave to the largest remainders, the first of equals, if `all`.
fn share_out(shares: &[RouteShare], amount: u128, all: bool, paid: &mut [(usize, u128)]) {
    let mut left = amount;
    let mut missed = Vec::new();
    for (place, (route, sum)) in paid.iter_mut().enumerate() {
        let share = shares.iter().find(|share| share.route == *route);
        let exact = share.map_or(0, |share| amount * u128::from(share.share.raw()));
        *sum += exact / SCALE;
        left -= exact / SCALE;
        missed.push((std::cmp::Reverse(exact % SCALE), place));
    }
    missed.sort_unstable();
    let rest = if all { left } else { 0 };
    for (_, place) in missed.into_iter().take(usize::try_from(rest).unwrap()) {
        paid[place].1 += 1;
    }
}
