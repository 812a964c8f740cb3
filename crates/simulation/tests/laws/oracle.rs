//! A run second by second, or day by day: slow, plain, and sharing nothing with the engine but the
//! schedules, the curves, the controllers, the calendar and the split of one period's revenue.

use tokenomics_fee_split::split_by_weights;
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{Design, Destination, Engine, FeeAsset, Period, Route, Row, Shortfall};
use tokenomics_vesting::Schedule as _;

use super::ticks::Ticks;
use super::votes::Votes;

/// The state after an instant.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    vested: Vec<u128>,
    claimable: Vec<u128>,
    minted: Vec<u128>,
    ticks: Vec<Ticks>,
    free: u128,
    treasury: u128,
    burned: u128,
    pub votes: Votes,
    waiting: u128,
    routed: [u128; 8],
    unpaid: u128,
    bought: u128,
    cash: [u128; 8],
    shortfall: [u64; 3],
    reached: [Option<u64>; 2],
    progress: Vec<[Option<u64>; 3]>,
}

/// The states from genesis on, and what happened on the way.
#[derive(Debug, Default)]
pub struct Walk {
    pub genesis: u64,
    pub unit: u64,
    pub states: Vec<Walked>,
    /// The instants at which anything is due.
    pub events: Vec<u64>,
    /// Of each period of revenue, whether it was paid in full, and whether there were lockers.
    pub periods: Vec<(bool, bool)>,
}

/// Whether a whole number of periods, at least `least`, has passed since `anchor`.
pub fn is_due(period: Period, anchor: Timestamp, at: u64, least: u64) -> bool {
    let Some(passed) = at.checked_sub(anchor.get()) else {
        return false;
    };
    match period {
        Period::Seconds(each) => passed.is_multiple_of(each) && passed / each >= least,
        // A month has 28 to 31 days.
        Period::Months(each) => {
            let day = u64::from(each) * 86_400;
            let mut counts = least.max(passed / (31 * day))..=passed / (28 * day);
            counts.any(|count| period.after(anchor, count) == Some(Timestamp::new(at)))
        }
    }
}

/// Walks from genesis to the window's end, all of whose events lie on multiples of `unit` seconds.
pub fn walk(design: &Design, unit: u64) -> Walk {
    let mut state = Walked {
        vested: vec![0; design.allocations.len()],
        claimable: vec![0; design.allocations.len()],
        minted: vec![0; design.emissions.len()],
        progress: vec![[None; 3]; design.allocations.len()],
        ticks: design.emissions.iter().map(Ticks::new).collect(),
        votes: Votes::new(design),
        ..Walked::default()
    };
    let genesis = design.token.genesis.get();
    let mut walk = Walk {
        genesis,
        unit,
        ..Walk::default()
    };
    let unit = usize::try_from(unit).unwrap();
    for at in (genesis..=design.window.end.get()).step_by(unit) {
        state.instant(design, at, &mut walk);
        walk.states.push(state.clone());
    }
    walk
}

impl Walk {
    /// The state at an instant; before genesis there is none.
    pub fn at(&self, at: Timestamp) -> Option<&Walked> {
        let passed = at.get().checked_sub(self.genesis)?;
        assert!(passed.is_multiple_of(self.unit));
        Some(&self.states[usize::try_from(passed / self.unit).unwrap()])
    }

    /// A balance bound, no longer did, and bound again.
    pub fn binds_again(&self) -> bool {
        let paid = |wanted: bool| move |period: &(bool, bool)| period.0 == wanted;
        let mut periods = self.periods.iter().copied();
        [false, true, false]
            .into_iter()
            .all(|wanted| periods.any(|period| paid(wanted)(&period)))
    }

    /// There were periods without lockers, and then with.
    pub fn lockers_come(&self) -> bool {
        let mut periods = self.periods.iter();
        periods.any(|period| !period.1) && periods.any(|period| period.1)
    }

    /// There were periods with lockers, and then without.
    pub fn lockers_go(&self) -> bool {
        let mut periods = self.periods.iter();
        periods.any(|period| period.1) && periods.any(|period| !period.1)
    }

    /// There were locks of several kinds at once.
    pub fn has_kinds(&self) -> bool {
        self.states.iter().any(|state| state.votes.kinds() > 1)
    }

    /// Gauges got something.
    pub fn directs(&self) -> bool {
        let last = &self.states.last().unwrap().votes;
        last.got.iter().any(|got| *got > 0)
    }

    /// A mark was reached between events.
    pub fn marks_between(&self) -> bool {
        let reached = self.states.last().unwrap().reached;
        reached
            .into_iter()
            .flatten()
            .any(|at| self.events.binary_search(&at).is_err())
    }
}

impl Walked {
    fn instant(&mut self, design: &Design, at: u64, walk: &mut Walk) {
        let now = Timestamp::new(at);
        let mut eventful = at == design.token.genesis.get();
        for (index, allocation) in design.allocations.iter().enumerate() {
            let vested: u128 = allocation
                .schedules
                .iter()
                .map(|s| s.vested_at(now).get())
                .sum();
            let newly = vested - self.vested[index];
            self.vested[index] = vested;
            self.claimable[index] += newly;
            let all = allocation.amount.get();
            for (mark, first) in [1, all.div_ceil(2), all]
                .into_iter()
                .zip(&mut self.progress[index])
            {
                let there = all > 0 && vested >= mark;
                *first = first.or(there.then_some(at));
            }
            let due = |every| is_due(every, design.token.genesis, at, 1);
            let claims = allocation.claim_every.is_none_or(due);
            eventful |= claims && allocation.claim_every.is_some();
            if claims {
                let claimed = std::mem::take(&mut self.claimable[index]);
                self.receive(allocation.to, claimed);
            }
        }
        for (index, emission) in design.emissions.iter().enumerate() {
            let newly = match emission.emitted_at(now) {
                Some(minted) => minted.get() - self.minted[index],
                // A controller is called in each of its ticks, so that this is walked by the second.
                None => self.ticks[index].second(emission, at),
            };
            self.minted[index] += newly;
            match emission.gauges {
                Some(_) => self.votes.waiting[index] += newly,
                None => self.receive(emission.to, newly),
            }
        }
        let had_lockers = self.votes.has_locks();
        let to = [&mut self.free, &mut self.treasury];
        eventful |= self.votes.direct(design, at, to);
        if let Some(plan) = &design.escrow {
            eventful |= self.votes.lock(plan, at, &mut self.free);
        }
        eventful |= self.collect(design, at, had_lockers, walk);
        if eventful {
            walk.events.push(at);
        }
        self.votes.weigh(design, at);
        self.mark(design, at);
    }

    /// Notes whether half, and nine tenths, of all that will ever be circulate now.
    fn mark(&mut self, design: &Design, at: u64) {
        let Some(all) = design.max_supply().filter(|all| !all.is_zero()) else {
            return;
        };
        let circulating = self.free + self.votes.all_locked();
        for (percent, reached) in [50, 90].into_iter().zip(&mut self.reached) {
            let there = circulating * 100 >= all.get() * percent;
            *reached = reached.or(there.then_some(at));
        }
    }

    fn receive(&mut self, to: Destination, amount: u128) {
        match to {
            Destination::Circulating => self.free += amount,
            Destination::Treasury => self.treasury += amount,
        }
    }

    fn collect(&mut self, design: &Design, at: u64, had_lockers: bool, walk: &mut Walk) -> bool {
        let Some(plan) = &design.fees else {
            return false;
        };
        if at > plan.end.get() || !is_due(plan.per, plan.start, at, 1) {
            return false;
        }
        let weights = plan.routes.map(|share| share.raw());
        let in_token = matches!(plan.asset, FeeAsset::Token);
        let paid = match in_token {
            true => plan.revenue.min(Amount::new(self.free)),
            false => plan.revenue,
        };
        self.fall_short(at, plan.revenue.get() - paid.get());
        walk.periods.push((paid == plan.revenue, had_lockers));
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
        true
    }

    fn fall_short(&mut self, at: u64, unpaid: u128) {
        if unpaid == 0 {
            return;
        }
        self.unpaid += unpaid;
        let [periods, first, last] = &mut self.shortfall;
        if *periods == 0 {
            *first = at;
        }
        (*periods, *last) = (*periods + 1, at);
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

    pub fn emitted(&self) -> u128 {
        self.minted.iter().sum()
    }

    pub fn burned(&self) -> u128 {
        self.burned
    }

    /// Compares the dates, which are exact where the walk is.
    pub fn compare_dates(&self, engine: &Engine<'_>, text: &str) {
        let seconds = |at: Option<Timestamp>| at.map(Timestamp::get);
        let log = engine.log();
        let reached = [50, 90].map(|percent| seconds(log.circulating(percent)));
        assert_eq!(reached, self.reached, "{text}");
        let progress = log.progress(self.progress.len()).into_iter();
        let progress = progress.map(|p| [p.first, p.half, p.all].map(seconds));
        assert_eq!(progress.collect::<Vec<_>>(), self.progress, "{text}");
    }

    /// Compares how much of how many periods was not paid.
    pub fn compare_shortfall(&self, found: Shortfall, text: &str) {
        let periods = [found.periods, found.first.get(), found.last.get()];
        assert_eq!(periods, self.shortfall, "{text}");
        assert_eq!(found.amount.get(), self.unpaid, "{text}");
    }

    pub fn compare(&self, row: &Row, text: &str) {
        let place = format!("{} {text}", row.time);
        let units = |amounts: &[Amount]| amounts.iter().map(|a| a.get()).collect::<Vec<_>>();
        let votes = &self.votes;
        assert_eq!(self.vested, units(&row.vested), "{place}");
        assert_eq!(self.minted, units(&row.minted), "{place}");
        assert_eq!(self.routed.to_vec(), units(&row.routed), "{place}");
        assert_eq!(votes.locked(), units(&row.locked), "{place}");
        assert_eq!(votes.votes, units(&row.votes), "{place}");
        assert_eq!(votes.relative, row.gauge_weights, "{place}");
        assert_eq!(votes.got, units(&row.gauges), "{place}");
        assert_eq!(votes.directed, units(&row.directed), "{place}");
        assert_eq!(votes.unvoted, units(&row.unvoted), "{place}");
        let totals = row.totals;
        let found = [
            totals.circulating,
            totals.locked,
            totals.vote_weight,
            totals.treasury,
            totals.burned,
            totals.claimable,
            totals.directed,
            totals.unpaid,
            totals.unallocated,
            totals.bought,
        ];
        let expected = [
            self.free + votes.all_locked(),
            votes.all_locked(),
            votes.total,
            self.treasury,
            self.burned,
            self.claimable.iter().sum(),
            votes.waiting.iter().sum(),
            self.unpaid,
            self.waiting,
            self.bought,
        ];
        assert_eq!(units(&found), expected, "{place}");
    }
}
