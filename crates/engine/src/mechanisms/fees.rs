//! Revenue: streams, whose periods end, pay routes, and routes pass on to others.
//!
//! Revenue in the token is paid out of what circulates; what can't be paid is paid in part, pro rata
//! to the stream's routes, and the rest lapses. Revenue in another asset comes from outside, and part of
//! it may buy the token out of circulation.
//!
//! Within one instant streams pay in the order of the file, each through all routes that it reaches;
//! then epochs of lockers end, and then routes buy. A round of lockers pays those who have weight strictly
//! before its end. Periods of a design's one stream of which none is held back by a balance, and between
//! which nothing else happens, are settled as one.

mod books;
mod flow;
mod lockers;
mod moves;
mod purchases;
mod routes;
mod streams;
mod together;
mod waterfalls;

use tokenomics_design::{Design, FeePlan, Flow, FlowPoint, RouteKind};
use tokenomics_fixed_math::{Amount, Timestamp};

pub(crate) use self::books::Books;
use self::flow::Settlement;
use self::lockers::several;
use self::routes::{reached, shares_of, Exits, State};
use self::streams::Stream;
use crate::error::Cause;
use crate::ledger::{Account, Batch, Ledger};
use crate::record::{EventKind, Log, Unpaid};
use crate::Accounts;

/// The sums that revenue has come to.
#[derive(Debug)]
pub(crate) struct Fees<'d> {
    plan: &'d FeePlan,
    flows: Vec<Flow>,
    streams: Vec<Stream<'d>>,
    /// The routes that each route passes on to.
    exits: Vec<Exits>,
    /// The place of the flow to the first programme, for each route to lockers.
    programmes: Vec<usize>,
    /// True if periods of its one stream may be settled as one.
    takes_together: bool,
    books: Books,
    next: Timestamp,
}

/// A settlement.
#[derive(Debug)]
pub(crate) struct Planned {
    settled: Vec<Settled>,
    books: Books,
    /// The amount that each vault is given.
    pub(crate) gains: Vec<Amount>,
}

/// A settlement of some periods of a stream at once.
#[derive(Debug)]
struct Settled {
    stream: usize,
    periods: u64,
    /// The sum that is not paid of them: of each some, or of none any.
    unpaid: Amount,
}

/// The state that a settlement may see.
pub(crate) struct Sight<'s> {
    pub(crate) at: Timestamp,
    /// The last instant up to which nothing but this mechanism changes anything in steps.
    pub(crate) horizon: Timestamp,
    pub(crate) ledger: &'s Ledger,
    pub(crate) accounts: &'s Accounts,
    /// The shares that each programme had strictly before `at`.
    pub(crate) shares: &'s [u128],
    /// True if anybody has weight from `at` on.
    pub(crate) has_lockers: bool,
    /// The amount that comes into circulation after `at` up to another time.
    pub(crate) inflow: &'s dyn Fn(Timestamp) -> Result<Amount, Cause>,
    /// The amount that may come into circulation before a mark is reached.
    pub(crate) headroom: Amount,
}

impl Sight<'_> {
    fn had_lockers(&self) -> bool {
        self.shares.iter().any(|shares| *shares > 0)
    }
}

impl<'d> Fees<'d> {
    pub(crate) fn new(design: &'d Design, plan: &'d FeePlan) -> Result<Self, Cause> {
        let programmes = design.escrow.as_ref();
        let programmes = programmes.map_or(0, |escrow| escrow.programmes.len());
        let flows = plan.flows(programmes);
        let routes = plan.routes.iter().enumerate();
        let exits = routes.map(|(place, route)| {
            let shares = shares_of(&route.kind);
            Exits::new(&flows, FlowPoint::Route(place), shares)
        });
        let exits: Vec<_> = exits.collect();
        let states = exits.iter().enumerate();
        let states = states.map(|(place, exits)| State::new(design, plan, (place, exits)));
        let states = states.collect::<Result<_, _>>()?;
        let mut fees = Self {
            plan,
            takes_together: plan.takes_periods_together(programmes),
            books: Books::new(plan, flows.len(), states),
            programmes: first_programmes(plan, &flows),
            streams: streams(plan, &flows)?,
            flows,
            exits,
            next: Timestamp::MAX,
        };
        fees.schedule();
        Ok(fees)
    }

    /// Returns what revenue has come to.
    pub(crate) fn books(&self) -> &Books {
        &self.books
    }

    /// Returns the next instant at which a period or an epoch ends.
    pub(crate) fn next(&self) -> Timestamp {
        self.next
    }

    /// Returns the last instant up to which revenue is known at `at`: the end of the last period of any
    /// stream, or `at` itself before the first and after the last.
    pub(crate) fn known_until(&self, at: Timestamp) -> Timestamp {
        let known = self.streams.iter();
        let known = known.filter_map(|stream| stream.known_until(at)).max();
        known.unwrap_or(at)
    }

    fn schedule(&mut self) {
        let streams = self.streams.iter().map(|stream| stream.next).min();
        let epochs = self.books.states.iter().map(|state| match state {
            State::Lockers(lockers) => lockers.next(),
            _ => Timestamp::MAX,
        });
        let next = epochs.chain(streams).min();
        self.next = next.unwrap_or(Timestamp::MAX);
    }

    /// The account that what comes to a route goes to: of lockers, where it waits for them.
    fn entry(&self, route: usize, sight: &Sight<'_>) -> Account {
        match &self.plan.routes[route].kind {
            RouteKind::Lockers { .. } => sight.accounts.waiting(self.plan.routes[route].asset),
            _ => sight.accounts.fees.routes[route],
        }
    }

    /// Plans the settlement of all periods and epochs that end at `sight.at`, and of as many periods
    /// after it as are certain to be paid in the same way.
    pub(crate) fn plan(&self, sight: &Sight<'_>, batch: &mut Batch) -> Result<Planned, Cause> {
        let mut settlement = Settlement::new(self, sight);
        let mut settled = Vec::new();
        for (place, stream) in self.streams.iter().enumerate() {
            if stream.next == sight.at {
                settled.push(self.settle(place, &mut settlement)?);
            }
        }
        for place in 0..self.plan.routes.len() {
            if let State::Lockers(lockers) = &settlement.books.states[place] {
                if lockers.next() == sight.at {
                    settlement.end_epoch(place)?;
                }
            }
        }
        settlement.buy()?;
        settlement.moves.write(batch);
        Ok(Planned {
            settled,
            books: settlement.books,
            gains: settlement.gains,
        })
    }

    fn settle(&self, place: usize, settlement: &mut Settlement<'_>) -> Result<Settled, Cause> {
        let (stream, sight) = (&self.streams[place], settlement.sight);
        let (plan, accounts) = (stream.plan, sight.accounts);
        let in_token = accounts.fees.assets[plan.asset].is_none();
        let (mut held, mut paid) = (plan.revenue, plan.revenue);
        if in_token {
            held = settlement
                .moves
                .balance(sight.ledger, accounts.circulating)?;
            paid = paid.min(held);
        }
        let periods = self.together(sight, [held, paid])?;
        let mut unpaid = Amount::ZERO;
        if in_token {
            let asked = stream.asked(periods)?;
            unpaid = asked.checked_sub(several(paid, periods)?)?;
        }
        settlement.books.unpaid = settlement.books.unpaid.checked_add(unpaid)?;
        settlement.pay_stream(place, &stream.parts_of(paid)?, periods)?;
        Ok(Settled {
            stream: place,
            periods,
            unpaid,
        })
    }

    /// Takes over what was planned for `at`, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        at: Timestamp,
        planned: Planned,
        (ledger, accounts): (&Ledger, &Accounts),
        log: &mut Log,
    ) -> Result<(), Cause> {
        self.books = planned.books;
        for settled in planned.settled {
            self.streams[settled.stream].note(at, &settled, log)?;
        }
        self.schedule();
        let plan = (self.plan, self.flows.as_slice());
        self.books.reconcile(plan, (ledger, accounts))
    }
}

/// All streams of a plan, before their first periods.
fn streams<'d>(plan: &'d FeePlan, flows: &[Flow]) -> Result<Vec<Stream<'d>>, Cause> {
    let streams = plan.streams.iter().enumerate().map(|(place, stream)| {
        let exits = Exits::new(flows, FlowPoint::Stream(place), &stream.shares);
        let reached = reached(plan, &exits);
        Stream::new(stream, exits, reached)
    });
    streams.collect()
}

/// Returns the place of the flow to the first programme for each route, the number of flows where it has none.
fn first_programmes(plan: &FeePlan, flows: &[Flow]) -> Vec<usize> {
    let first = |route: usize| {
        let from = FlowPoint::Route(route);
        let is_first = |flow: &Flow| flow.from == from && flow.to == FlowPoint::Programme(0);
        flows.iter().position(is_first).unwrap_or(flows.len())
    };
    (0..plan.routes.len()).map(first).collect()
}

impl Stream<'_> {
    /// Counts periods of which the first ended at `at`, and writes down what is told of them.
    fn note(&mut self, at: Timestamp, settled: &Settled, log: &mut Log) -> Result<(), Cause> {
        let stream = settled.stream;
        if self.periods == 0 {
            log.write(at, EventKind::FirstRevenue { stream });
        }
        self.advance(settled.periods);
        // Not beyond the horizon, where there is more than one.
        let until = self.end_of(self.periods).unwrap_or(at);
        if self.next == Timestamp::MAX {
            log.write(until, EventKind::LastRevenue { stream });
        }
        if settled.unpaid.is_zero() {
            log.note_paid(stream);
            return Ok(());
        }
        let unpaid = Unpaid {
            stream,
            periods: settled.periods,
            until,
            amount: settled.unpaid,
        };
        Ok(log.note_unpaid(at, unpaid)?)
    }
}

#[cfg(test)]
impl Fees<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        for state in &mut self.books.states {
            if let State::Lockers(lockers) = state {
                lockers.miscount();
            }
        }
    }
}
