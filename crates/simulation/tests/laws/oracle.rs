//! A run second by second, or day by day: slow, plain, and sharing nothing with the engine but the
//! schedules, the curves, the controllers, the calendar, the reward pool and the vault.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{Design, Destination, Engine, Log, Period, Row};
use tokenomics_vesting::Schedule as _;

use super::revenue::{Revenue, Tokens};
use super::ticks::Ticks;
use super::votes::Votes;

/// The state after an instant.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    vested: Vec<u128>,
    claimable: Vec<u128>,
    minted: Vec<u128>,
    ticks: Vec<Ticks>,
    tokens: Tokens,
    pub votes: Votes,
    pub revenue: Revenue,
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
        revenue: Revenue::new(design),
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
        // The shares of the second before, and of who was there then.
        let had_lockers = self.votes.has_locks();
        let weights = self.votes.shares_before(design, at);
        let Tokens { free, treasury, .. } = &mut self.tokens;
        eventful |= self.votes.direct(design, at, [free, treasury]);
        if let Some(plan) = &design.escrow {
            let in_vaults = self.revenue.in_vaults();
            eventful |= self.votes.lock(plan, at, free, in_vaults);
        }
        let tokens = &mut self.tokens;
        let (periods, due) = self.revenue.collect(design, at, &weights, tokens);
        let periods = periods.into_iter().map(|paid| (paid, had_lockers));
        walk.periods.extend(periods);
        eventful |= due;
        let locked = self.votes.all_locked();
        eventful |= self.revenue.deposit(design, at, locked, &mut tokens.free);
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
        let circulating = self.circulating();
        for (percent, reached) in [50, 90].into_iter().zip(&mut self.reached) {
            let there = circulating * 100 >= all.get() * percent;
            *reached = reached.or(there.then_some(at));
        }
    }

    fn receive(&mut self, to: Destination, amount: u128) {
        match to {
            Destination::Circulating => self.tokens.free += amount,
            Destination::Treasury => self.tokens.treasury += amount,
        }
    }

    fn circulating(&self) -> u128 {
        self.tokens.free + self.votes.all_locked() + self.revenue.in_vaults()
    }

    pub fn emitted(&self) -> u128 {
        self.minted.iter().sum()
    }

    pub fn burned(&self) -> u128 {
        self.tokens.burned
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

    /// Compares how much of how many periods was not paid, by each stream and by all.
    pub fn compare_shortfall(&self, log: &Log, text: &str) {
        let all = log.shortfall();
        assert_eq!(all.amount.get(), self.revenue.unpaid, "{text}");
        let walked = &self.revenue.shortfall;
        assert_eq!(all.periods, walked.iter().map(|one| one[0]).sum::<u64>());
        for (stream, walked) in walked.iter().enumerate() {
            let found = log.shortfall_of(stream);
            let periods = [found.periods, found.first.get(), found.last.get()];
            assert_eq!(periods, *walked, "{stream} {text}");
        }
    }

    pub fn compare(&self, design: &Design, row: &Row, text: &str) {
        let place = format!("{} {text}", row.time);
        let units = |amounts: &[Amount]| amounts.iter().map(|a| a.get()).collect::<Vec<_>>();
        let votes = &self.votes;
        assert_eq!(self.vested, units(&row.vested), "{place}");
        assert_eq!(self.minted, units(&row.minted), "{place}");
        self.revenue.compare(design, row, &place);
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
            totals.in_vaults,
            totals.bought,
        ];
        let expected = [
            self.circulating(),
            votes.all_locked(),
            votes.total,
            self.tokens.treasury,
            self.tokens.burned,
            self.claimable.iter().sum(),
            votes.waiting.iter().sum(),
            self.revenue.unpaid,
            self.revenue.in_vaults(),
            self.revenue.bought,
        ];
        assert_eq!(units(&found), expected, "{place}");
    }
}
