//! What routes pay, worked out plainly: splits, waterfalls by all that ever came, and what lockers missed.

use tokenomics_simulation::{FeePlan, FeeTier, RouteShare};

use super::SCALE;

/// What lockers missed, in units of 2^−64.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missed {
    rest: u128,
    due: u128,
    rate: u128,
    rounds: u128,
    pub has_come_back: bool,
}

impl Missed {
    pub fn add(&mut self, amount: u128) {
        if amount > 0 {
            self.rounds += 1;
            self.rest += amount << 64;
            self.rate = self.rate.max(self.rest.div_ceil(self.rounds));
        }
    }

    pub fn come_back(&mut self) -> u128 {
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

    pub fn waits(&self) -> u128 {
        (self.rest + self.due) >> 64
    }
}

/// Whether revenue of a stream may come to a route.
pub fn reaches(plan: &FeePlan, stream: usize, route: usize) -> bool {
    let shares = &plan.streams[stream].shares;
    let before = plan.routes.iter().enumerate();
    let mut before = before.filter(|(_, other)| other.kind.passes_on_to().contains(&route));
    shares.iter().any(|share| share.route == route)
        || before.any(|(before, _)| reaches(plan, stream, before))
}

/// The parts of an amount, each boundary between two floored.
pub fn split(shares: &[RouteShare], amount: u128) -> Vec<(usize, u128)> {
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
pub fn fallen(tiers: &[FeeTier], then: &[RouteShare], came: u128) -> Vec<(usize, u128)> {
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
