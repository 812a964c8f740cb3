//! Schedules and grants.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Timestamp};
use tokenomics_vesting::{
    Aggregate, Allocation, Calendar, CalendarParams, Cliff, Cumulative, Date, Exponential, Gate,
    Graded, Grant, Linear, Logistic, LumpLinear, Milestones, Min, Observation, Piecewise, Point,
    Power, PreparedLinear, PriceGate, PriceTerms, Resize, Scale, Schedule, Shift, SlashFrom, Step,
    StepParams, Sum, Tranches, Truncate,
};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("cliff", cliff),
    ("linear", linear),
    ("lump_linear", lump_linear),
    ("step", step),
    ("calendar", calendar),
    ("power", power),
    ("exponential_schedule", exponential),
    ("logistic_schedule", logistic),
    ("tranches", tranches),
    ("graded", graded),
    ("piecewise", piecewise),
    ("combinations", combinations),
    ("allocation", allocation),
    ("date", date),
    ("grant_of_linear", grant_of_linear),
    ("grant_of_steps", grant_of_steps),
    ("grant_parts", grant_parts),
    ("milestones", milestones),
    ("price_gate", price_gate),
    ("aggregate", aggregate),
];

fn evaluate(n: &mut Numbers, a: &mut Answers, name: &'static str, schedule: &impl Schedule) {
    let times = [schedule.start(), schedule.end()];
    a.is(name, (schedule.total(), times));
    for _ in 0..2 {
        let at = n.near(times);
        a.is(name, (schedule.vested_at(at), schedule.unvested_at(at)));
        a.is(name, schedule.next_unlock_after(at));
    }
    let part = n.part_of(schedule.total());
    a.is(name, schedule.time_of(part));
}

fn resize(n: &mut Numbers, a: &mut Answers, schedule: &impl Resize) {
    let total = n.amount();
    if let Some(other) = a.made("Resize::with_total", schedule.with_total(total)) {
        let at = n.near([schedule.start(), schedule.end()]);
        a.is("Resize::with_total", other.vested_at(at));
    }
}

fn cliff(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let schedule = Cliff::new(n.time(), n.amount());
    evaluate(n, a, "Cliff", &schedule);
    resize(n, a, &schedule);
    Some(())
}

fn a_linear(n: &mut Numbers, a: &mut Answers) -> Option<Linear> {
    let [start, end] = n.interval();
    a.of("Linear::new", Linear::new(start, end, n.amount()))
}

fn linear(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let schedule = a_linear(n, a)?;
    evaluate(n, a, "Linear", &schedule);
    a.is("Linear::duration", schedule.duration());
    resize(n, a, &schedule);
    let prepared = PreparedLinear::from(schedule);
    evaluate(n, a, "PreparedLinear", &prepared);
    Some(())
}

fn lump_linear(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let ([cliff, end], total) = (n.interval(), n.amount());
    let lump = n.part_of(total);
    let schedule = a.of("LumpLinear::new", LumpLinear::new(cliff, end, lump, total))?;
    evaluate(n, a, "LumpLinear", &schedule);
    resize(n, a, &schedule);
    Some(())
}

fn rule(n: &mut Numbers) -> Allocation {
    let choice = n.choice(7) as usize;
    Allocation::ALL
        .get(choice)
        .copied()
        .unwrap_or(Allocation::Fractional)
}

fn a_step(n: &mut Numbers, a: &mut Answers) -> Option<Step> {
    let params = StepParams {
        start: Timestamp::new(n.within(0, 1 << 48)),
        period: n.span_to(1 << 32),
        count: n.within(1, 1 << 20) as u32,
        total: n.amount(),
        allocation: rule(n),
    };
    a.of("Step::new", Step::new(params))
}

fn step(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let schedule = a_step(n, a)?;
    evaluate(n, a, "Step", &schedule);
    resize(n, a, &schedule);
    Some(())
}

fn calendar(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let params = CalendarParams {
        start: Timestamp::new(n.within(0, 1 << 35)),
        every: n.within(1, 24) as u16,
        day: n.within(0, 31) as u8,
        count: n.within(1, 60) as u32,
        total: n.amount(),
        allocation: rule(n),
    };
    let schedule = a.of("Calendar::new", Calendar::new(params))?;
    a.is("Calendar::unlock", schedule.unlock(n.within(0, 60) as u32));
    evaluate(n, a, "Calendar", &schedule);
    resize(n, a, &schedule);
    Some(())
}

fn power(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let ([start, end], exponent) = (n.interval(), n.wad_to(8));
    let schedule = a.of("Power::new", Power::new(start, end, exponent, n.amount()))?;
    let at = n.near([start, end]);
    a.is("Power", (schedule.vested_at(at), schedule.unvested_at(at)));
    Some(())
}

fn exponential(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let ([start, end], steepness) = (n.interval(), n.signed_to(20));
    let schedule = Exponential::new(start, end, steepness, n.amount());
    let schedule = a.of("vesting::Exponential::new", schedule)?;
    let at = n.near([start, end]);
    a.is("vesting::Exponential", schedule.vested_at(at));
    Some(())
}

fn logistic(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let ([start, end], steepness) = (n.interval(), n.wad_to(40));
    let schedule = Logistic::new(start, end, steepness, n.amount());
    let schedule = a.of("vesting::Logistic::new", schedule)?;
    let at = n.near([start, end]);
    a.is("vesting::Logistic", schedule.vested_at(at));
    Some(())
}

fn tranches(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (first, second, third) = (
        n.within(0, 1 << 40),
        n.within(1, 1 << 40),
        n.within(1, 1 << 40),
    );
    let times = [first, first + second, first + second + third].map(Timestamp::new);
    let listed = times.map(|at| (at, Amount::new(u128::from(n.within(1, u64::MAX)))));
    let schedule = a.of("Tranches::of", Tranches::of(listed))?;
    evaluate(n, a, "Tranches", &schedule);
    let [one, two, three] = times;
    let [x, y, z] = n.weights();
    let shares = [(one, x), (two, y), (three, z)];
    let cut = a.of("Tranches::cut", Tranches::cut(n.amount(), shares, rule(n)))?;
    evaluate(n, a, "Tranches", &cut);
    Some(())
}

fn graded(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (first, second) = (n.within(0, 1 << 40), n.within(1, 1 << 40));
    let share = n.fraction_to(900_000_000_000_000_000);
    let shares = [(first, share), (first + second, share.complement())];
    let shares = shares.map(|(at, share)| (Timestamp::new(at), share));
    let schedule = a.of("Graded::of", Graded::of(n.amount(), shares))?;
    evaluate(n, a, "Graded", &schedule);
    resize(n, a, &schedule);
    Some(())
}

fn piecewise(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (first, second) = (n.within(0, 1 << 62), n.within(1, 1 << 62));
    let [start, end] = [first, first + second].map(Timestamp::new);
    let total = n.amount();
    let points = [Point::new(start, Amount::ZERO), Point::new(end, total)];
    let schedule = a.of("Piecewise::new", Piecewise::new(points))?;
    evaluate(n, a, "Piecewise", &schedule);
    Some(())
}

fn combinations(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (one, other) = (a_linear(n, a)?, Cliff::new(n.time(), n.amount()));
    let [gate, last] = [n.time(), n.near([one.start(), one.end()])];
    evaluate(n, a, "Gate", &Gate::new(one, gate));
    evaluate(n, a, "Min", &Min::new(one, other));
    evaluate(n, a, "Truncate", &Truncate::new(one, last));
    if let Some(sum) = a.of("Sum::new", Sum::new(one, other)) {
        evaluate(n, a, "Sum", &sum);
    }
    let by = n.span();
    for shift in [
        a.of("Shift::later", Shift::later(one, by)),
        a.of("Shift::earlier", Shift::earlier(one, by)),
    ] {
        shift.iter().for_each(|it| evaluate(n, a, "Shift", it));
    }
    for scale in [
        a.of("Scale::new", Scale::new(one, n.amount())),
        a.of("Scale::by", Scale::by(one, n.ratio_to(1 << 20))),
    ] {
        scale.iter().for_each(|it| evaluate(n, a, "Scale", it));
    }
    Some(())
}

fn allocation(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (total, count) = (n.amount(), n.within(1, 1 << 32) as u32);
    for rule in Allocation::ALL {
        let k = n.within(0, count.into()) as u32;
        a.is("Allocation::cumulative", rule.cumulative(total, count, k));
        a.is("Allocation::part", rule.part(total, count, k));
        let part = n.part_of(total);
        a.is("Allocation::parts_for", rule.parts_for(total, count, part));
    }
    let k = n.within(0, count.into()) as u32;
    a.is("Allocation::fraction", rule(n).fraction(total, count, k));
    Some(())
}

fn date(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (year, month, day) = (n.within(1970, 2400), n.within(1, 12), n.within(1, 31));
    if let Some(date) = a.of("Date::new", Date::new(year as u16, month as u8, day as u8)) {
        a.is("Date::midnight", date.midnight());
        let later = date.months_later(n.within(0, 600) as u32, n.within(1, 31) as u8);
        a.of("Date::months_later", later);
    }
    let at = Timestamp::new(n.within(0, 1 << 40));
    a.of("Date::of", Date::of(at));
    Some(())
}

fn act<S: Resize>(n: &mut Numbers, a: &mut Answers, grant: &mut Grant<S>, now: Timestamp) {
    match n.choice(11) {
        0..=1 => drop(a.of("Grant::claim", grant.claim(now))),
        2 => drop(a.of("Grant::claim_up_to", grant.claim_up_to(now, n.amount()))),
        3 => {
            let limit = n.part_of(grant.schedule().total());
            a.of("Grant::claim_within", grant.claim_within(now, limit));
        }
        4 | 5 if grant.paused_at().is_some() => drop(a.of("Grant::resume", grant.resume(now))),
        4 => drop(a.of("Grant::pause", grant.pause(now))),
        5 => drop(a.of("Grant::resume", grant.resume(now))),
        6 => drop(a.of("Grant::accelerate", grant.accelerate(now, n.fraction()))),
        7 => drop(a.of("Grant::top_up", grant.top_up(n.amount()))),
        8 => {
            let part = n.part_of(grant.unvested_at(now));
            let from = [SlashFrom::Unvested, SlashFrom::UnvestedThenVested];
            let from = from[n.choice(2) as usize];
            a.of("Grant::slash", grant.slash(now, part, from));
        }
        9 => drop(a.of("Grant::transfer", grant.transfer(now))),
        _ => drop(a.of("Grant::revoke", grant.revoke(now))),
    }
}

fn sequence<S: Resize>(n: &mut Numbers, a: &mut Answers, mut grant: Grant<S>) {
    let times = [grant.schedule().start(), grant.schedule().end()];
    let mut now = Timestamp::ZERO;
    for _ in 0..6 {
        now = now.max(n.near(times));
        act(n, a, &mut grant, now);
        a.is("Grant::state", grant.state());
    }
    let claimable = grant.claimable_at(now);
    let settled = (grant.funded(), grant.kept(), grant.vested_at(now));
    a.is("Grant::claimable_at", (claimable, settled));
    let state = grant.state();
    a.made("Grant::restore", Grant::restore(grant.schedule(), state));
}

fn grant_of_linear(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let linear = a_linear(n, a)?;
    let cliff = n.near([linear.start(), linear.end()]);
    sequence(n, a, Grant::new(Gate::new(linear, cliff)));
    Some(())
}

fn grant_of_steps(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let steps = a_step(n, a)?;
    sequence(n, a, Grant::new(steps));
    Some(())
}

fn grant_parts(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let linear = a_linear(n, a)?;
    let mut grant = Grant::new(linear);
    let times = [linear.start(), linear.end()];
    let now = n.near(times);
    a.of("Grant::claim", grant.claim(now));
    let part = n.part_of(linear.total());
    let (mut one, other) = a.of("Grant::split", grant.split(part))?;
    let later = now.max(n.near(times));
    a.of("Grant::claim", one.claim(later));
    a.of("Grant::merge", one.merge(&other));
    a.is("Grant::entitlement", one.entitlement().vested_at(later));
    a.of("Grant::revoke_at", one.revoke_at(later, n.near(times)));
    a.is("Grant::state", one.state());
    Some(())
}

fn milestones(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (of, needed) = (n.within(1, 128), n.within(1, 4));
    let mut reached = a.of("Milestones::new", Milestones::new(needed as u8, of as u8))?;
    for _ in 0..3 {
        a.of("Milestones::reach", reached.reach(n.choice(of) as u8));
    }
    let total = n.amount();
    let limits = (reached.limit(total), reached.graded_limit(total));
    a.is("Milestones::limit", (reached.is_open(), limits));
    Some(())
}

fn price_gate(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let low = n.within(1, 1 << 20);
    let levels = [
        (low, Fraction::from_percent(50).ok()?),
        (low + n.within(1, 1 << 20), Fraction::ONE),
    ];
    let levels = levels.map(|(price, share)| (Ratio::from_integer(price.into()), share));
    let terms = PriceTerms::new(levels, n.span_to(1 << 20), n.span_to(1 << 10));
    let terms = a.made("PriceTerms::new", terms)?.with_floor(n.fraction());
    let mut gate = PriceGate::new(n.fraction());
    let at = n.within(0, 1 << 40);
    let [earlier, later] = [at, at + n.within(1, 1 << 20)].map(Timestamp::new);
    let sums = [
        (n.within(0, 1 << 40), earlier),
        (n.within(1 << 40, 1 << 60), later),
    ];
    let [first, last] = sums.map(|(sum, at)| Cumulative {
        sum: u128::from(sum).into(),
        at,
    });
    let observed = a.of("Observation::average", Observation::average(first, last, 1))?;
    let now = n.after(later, 1 << 10);
    a.of("PriceGate::observe", gate.observe(&terms, now, observed));
    a.is("PriceGate::limit", gate.limit(&terms, now, n.amount()));
    Some(())
}

fn aggregate(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut all = Aggregate::new(alloc::vec::Vec::new());
    let linear = a_linear(n, a)?;
    let lump = Cliff::new(n.time(), n.amount());
    let added = a.of("Aggregate::add", all.add(&linear));
    let at = n.near([linear.start(), linear.end()]);
    a.is(
        "Aggregate::vested_at",
        (all.vested_at(at), all.unvested_at(at)),
    );
    a.of("Aggregate::exactly", all.exactly(at, [&linear]));
    a.of("Aggregate::add", all.add(&lump));
    let shorter = a.of("Resize::with_total", linear.with_total(n.amount()))?;
    if added.is_some() {
        a.of("Aggregate::replace", all.replace(&linear, &shorter));
    }
    a.of("Aggregate::remove", all.remove(&lump));
    let at = n.near([linear.start(), linear.end()]);
    a.is("Aggregate::vested_at", (all.vested_at(at), all.total()));
    Some(())
}
