//! A run second by second: slow, plain, and sharing nothing with the engine but the schedules, the
//! curves, the controllers and the split of one period's revenue.

use tokenomics_fee_split::split_by_weights;
use tokenomics_fixed_math::{Amount, Rounding, Timestamp};
use tokenomics_simulation::{Design, Destination, FeeAsset, Period, Route, Row};
use tokenomics_vesting::Schedule as _;

use super::ticks::Ticks;

/// The state after a second.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    vested: Vec<u128>,
    claimable: Vec<u128>,
    minted: Vec<u128>,
    ticks: Vec<Ticks>,
    free: u128,
    treasury: u128,
    burned: u128,
    locks: Vec<(u128, u64)>,
    weight: u128,
    waiting: u128,
    routed: [u128; 8],
    unpaid: u128,
    bought: u128,
    cash: [u128; 8],
}

/// Whether a whole number of periods of seconds, at least `least`, has passed since `anchor`.
fn is_due(period: Period, anchor: Timestamp, at: u64, least: u64) -> bool {
    let Period::Seconds(each) = period else {
        panic!("the walk is in seconds");
    };
    let Some(passed) = at.checked_sub(anchor.get()) else {
        return false;
    };
    passed.is_multiple_of(each) && passed / each >= least
}

pub fn every_second(design: &Design) -> Vec<Walked> {
    let mut state = Walked {
        vested: vec![0; design.allocations.len()],
        claimable: vec![0; design.allocations.len()],
        minted: vec![0; design.emissions.len()],
        ticks: design.emissions.iter().map(Ticks::new).collect(),
        ..Walked::default()
    };
    assert_eq!(design.window.start, design.token.genesis);
    let mut walked = Vec::new();
    for at in design.window.start.get()..=design.window.end.get() {
        state.second(design, at);
        walked.push(state.clone());
    }
    walked
}

impl Walked {
    fn second(&mut self, design: &Design, at: u64) {
        let now = Timestamp::new(at);
        for (index, allocation) in design.allocations.iter().enumerate() {
            let vested: u128 = allocation
                .schedules
                .iter()
                .map(|s| s.vested_at(now).get())
                .sum();
            let newly = vested - self.vested[index];
            self.vested[index] = vested;
            self.claimable[index] += newly;
            let claims = match allocation.claim_every {
                None => true,
                Some(every) => is_due(every, design.token.genesis, at, 1),
            };
            if claims {
                let claimed = std::mem::take(&mut self.claimable[index]);
                self.receive(allocation.to, claimed);
            }
        }
        for (index, emission) in design.emissions.iter().enumerate() {
            let newly = self.ticks[index].second(emission, at);
            self.minted[index] += newly;
            self.receive(emission.to, newly);
        }
        let had_lockers = !self.locks.is_empty();
        self.lock(design, at);
        self.collect(design, at, had_lockers);
        self.weigh(design, at);
    }

    fn receive(&mut self, to: Destination, amount: u128) {
        match to {
            Destination::Circulating => self.free += amount,
            Destination::Treasury => self.treasury += amount,
        }
    }

    fn locked(&self) -> u128 {
        self.locks.iter().map(|(amount, _)| amount).sum()
    }

    fn lock(&mut self, design: &Design, at: u64) {
        let Some(plan) = &design.escrow else { return };
        let (ended, live): (Vec<_>, Vec<_>) = self.locks.iter().partition(|(_, end)| *end <= at);
        self.locks = live;
        self.free += ended.iter().map(|(amount, _)| amount).sum::<u128>();
        if !is_due(plan.every, plan.start, at, 0) {
            return;
        }
        let granule = plan.terms.granule().get();
        let end = (at + plan.duration.get()) / granule * granule;
        if plan.renew {
            for lock in &mut self.locks {
                lock.1 = lock.1.max(end);
            }
        }
        let held = Amount::new(self.free + self.locked());
        let target = held.mul_fraction(plan.share, Rounding::Floor).get();
        if let Some(more) = target.checked_sub(self.locked()).filter(|more| *more > 0) {
            self.free -= more;
            self.locks.push((more, end));
        }
    }

    fn weigh(&mut self, design: &Design, at: u64) {
        if let Some(plan) = &design.escrow {
            let weights = self
                .locks
                .iter()
                .map(|(amount, end)| amount * u128::from(end - at));
            self.weight = weights.sum::<u128>() / u128::from(plan.terms.max().get());
        }
    }

    fn collect(&mut self, design: &Design, at: u64, had_lockers: bool) {
        let Some(plan) = &design.fees else { return };
        if at > plan.end.get() || !is_due(plan.per, plan.start, at, 1) {
            return;
        }
        let weights = plan.routes.map(|share| share.raw());
        let in_token = matches!(plan.asset, FeeAsset::Token);
        let paid = match in_token {
            true => plan.revenue.min(Amount::new(self.free)),
            false => plan.revenue,
        };
        self.unpaid += plan.revenue.get() - paid.get();
        let mut parts = [Amount::ZERO; 8];
        split_by_weights(paid, &weights, &mut parts).unwrap();
        for (index, (route, part)) in Route::ALL.into_iter().zip(parts).enumerate() {
            self.routed[index] += part.get();
            if in_token {
                self.pay(route, part.get());
            } else {
                self.cash[index] += part.get();
            }
        }
        self.waiting += parts[0].get();
        if had_lockers {
            let claimed = std::mem::take(&mut self.waiting);
            self.free += if in_token { claimed } else { 0 };
        }
        if let FeeAsset::Other {
            price: Some(price), ..
        } = plan.asset
        {
            self.buy(price.numerator(), price.denominator());
        }
    }

    fn pay(&mut self, route: Route, part: u128) {
        match route {
            Route::To(_) => {}
            Route::Lockers => self.free -= part,
            Route::Treasury | Route::Buyback => {
                self.free -= part;
                self.treasury += part;
            }
            Route::Burn => {
                self.free -= part;
                self.burned += part;
            }
        }
    }

    fn buy(&mut self, numerator: u128, denominator: u128) {
        for route in [2, 3] {
            let amount = (self.cash[route] * denominator / numerator).min(self.free);
            self.cash[route] -= (amount * numerator).div_ceil(denominator);
            self.free -= amount;
            if route == 2 {
                self.treasury += amount;
                self.bought += amount;
            } else {
                self.burned += amount;
            }
        }
    }

    pub fn compare(&self, row: &Row, text: &str) {
        let units = |amounts: &[Amount]| amounts.iter().map(|a| a.get()).collect::<Vec<_>>();
        assert_eq!(self.vested, units(&row.vested), "{} {text}", row.time);
        assert_eq!(self.minted, units(&row.minted), "{} {text}", row.time);
        assert_eq!(
            self.routed.to_vec(),
            units(&row.routed),
            "{} {text}",
            row.time
        );
        let totals = row.totals;
        let found = [
            totals.circulating,
            totals.locked,
            totals.vote_weight,
            totals.treasury,
            totals.burned,
            totals.claimable,
            totals.unpaid,
            totals.unallocated,
            totals.bought,
        ];
        let expected = [
            self.free + self.locked(),
            self.locked(),
            self.weight,
            self.treasury,
            self.burned,
            self.claimable.iter().sum(),
            self.unpaid,
            self.waiting,
            self.bought,
        ];
        assert_eq!(units(&found), expected, "{} {text}", row.time);
    }
}
