//! Locks, their weights, and the totals through time.

use alloc::vec::Vec;

use tokenomics_escrow_weighting::{
    relative_weights, Ballots, Boost, Choice, Closed, Conviction, Cooldown, Delegated, Delegations,
    Escrow, ExitPenalty, GaugeVote, Gauges, Growth, History, Landrush, LengthTable, Lock,
    LockHistory, LockKind, Ring, Shares, Support, Terms, TermsParams, Totals,
};
use tokenomics_fixed_math::{Span, Timestamp, Wad, U256};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("terms", terms),
    ("lock", lock),
    ("ring", ring),
    ("history", history),
    ("escrow_in_memory", escrow_in_memory),
    ("leaving", leaving),
    ("lock_history", lock_history),
    ("boost", boost),
    ("conviction", conviction),
    ("cooldown", cooldown),
    ("shares", shares),
    ("delegations", delegations),
    ("gauges", gauges),
    ("tally", tally),
    ("multipliers", multipliers),
];

/// Locks of up to eight granules, which the ring has room for.
fn some_terms(n: &mut Numbers, a: &mut Answers) -> Option<Terms> {
    let granule = n.within(1, 1 << 24);
    let params = TermsParams {
        max: Span::new(granule * 8),
        granule: Span::new(granule),
        min: Span::new(n.within(1, granule)),
        most: n.wad_between(1, 4),
    };
    a.of("Terms::from_params", Terms::from_params(params))
}

fn kind(n: &mut Numbers, a: &mut Answers, terms: Terms, now: Timestamp) -> Option<LockKind> {
    let duration = n.within(terms.granule().get(), terms.max().get());
    let end = a.of("Terms::end_for", terms.end_for(now, Span::new(duration)))?;
    let multiplier = Wad::from_raw(n.number() % (terms.most().raw() + 1));
    match n.choice(4) {
        0 => a.of("Terms::constant", terms.constant(multiplier, end)),
        1 => a.of("Terms::permanent", terms.permanent(multiplier)),
        2 => {
            let growth = Growth {
                from: Wad::ZERO,
                to: multiplier,
                since: now,
                over: n.span_to(1 << 20),
                end: Some(end),
            };
            a.of("Terms::growing", terms.growing(growth))
        }
        _ => a.of("Terms::decaying", terms.decaying(multiplier, end)),
    }
}

fn clock(n: &mut Numbers) -> Timestamp {
    Timestamp::new(n.within(0, 1 << 40))
}

fn terms(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    a.of("Terms::new", Terms::new(n.span(), n.span_to(1 << 30)));
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let kind = kind(n, a, terms, now)?;
    let at = n.after(now, terms.max().get());
    a.is("LockKind::unit_weight_at", kind.unit_weight_at(at));
    let lock = a.of("Lock::new", Lock::new(n.amount(), kind))?;
    a.of("Terms::weight", terms.weight(lock.weight_at(at)));
    a.of(
        "Terms::quadratic_weight",
        terms.quadratic_weight(lock.weight_at(at)),
    );
    Some(())
}

fn lock(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let kind = kind(n, a, terms, now)?;
    let lock = a.of("Lock::new", Lock::new(n.amount(), kind))?;
    let at = n.near([now, kind.end().unwrap_or(now)]);
    a.is("Lock::weight_at", (lock.weight_at(at), lock.has_ended(at)));
    let (one, other) = a.of("Lock::split", lock.split(n.part_of(lock.amount())))?;
    a.is("Lock::weight_at", (one.weight_at(at), other.weight_at(at)));
    a.of("Lock::merge", one.merge(other));
    Some(())
}

fn changes<T: Totals>(
    n: &mut Numbers,
    a: &mut Answers,
    escrow: &mut Escrow<T>,
    now: Timestamp,
) -> Option<[Timestamp; 2]> {
    let terms = escrow.terms();
    let first = kind(n, a, terms, now)?;
    let mut lock = a.of("Escrow::create", escrow.create(now, n.amount(), first))?;
    let mut now = now;
    for _ in 0..3 {
        now = n.after(now, terms.granule().get());
        let changed = match n.choice(5) {
            0 => a.of("Escrow::increase", escrow.increase(now, lock, n.amount())),
            1 => {
                let by = n.span_to(terms.max().get());
                let end = a.of("Terms::end_for", terms.end_for(now, by))?;
                a.of("Escrow::extend", escrow.extend(now, lock, end))
            }
            2 => {
                let kind = kind(n, a, terms, now)?;
                a.of("Escrow::convert", escrow.convert(now, lock, kind))
            }
            3 if lock.end().is_some() => {
                a.of("Escrow::make_permanent", escrow.make_permanent(now, lock))
            }
            3 => a.of("Escrow::end_permanence", escrow.end_permanence(now, lock)),
            _ => {
                let longer = lock.end().unwrap_or(now).checked_add(terms.granule());
                let end = longer.unwrap_or(now);
                a.of("Escrow::extend", escrow.extend(now, lock, end))
            }
        };
        lock = changed.unwrap_or(lock);
    }
    let last = n.after(now, terms.max().get() * 2);
    a.of("Escrow::withdraw", escrow.withdraw(last, lock));
    a.is(
        "Escrow::locked",
        (escrow.locked(), escrow.cooling(), escrow.clock()),
    );
    Some([now, last])
}

fn ring(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let totals = a.made("Ring::new", Ring::<9>::new(terms.granule()))?;
    let mut escrow = Escrow::with_totals(terms, totals);
    let times = changes(n, a, &mut escrow, now)?;
    for _ in 0..2 {
        let at = n.near(times).max(escrow.clock());
        a.of("Escrow::total_at (ring)", escrow.total_at(at));
        a.of("Escrow::total_weight_at (ring)", escrow.total_weight_at(at));
    }
    a.made("Ring::restore", Ring::restore(escrow.totals().state()));
    Some(())
}

fn history(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let mut escrow = Escrow::with_totals(terms, History::new(Vec::new(), Vec::new()));
    let times = changes(n, a, &mut escrow, now)?;
    for _ in 0..2 {
        let at = n.near([now, times[1]]);
        a.is("Escrow::total_at", escrow.total_at(at));
        a.of("Escrow::total_weight_at", escrow.total_weight_at(at));
    }
    Some(())
}

fn escrow_in_memory(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let mut escrow = Escrow::new(terms);
    let times = changes(n, a, &mut escrow, now)?;
    let state = escrow.state();
    a.is("Escrow::state", (&state.checkpoints, &state.changes));
    let escrow = a.made("Escrow::restore", Escrow::restore(state))?;
    a.is("Escrow::total_at", escrow.total_at(n.near(times)));
    Some(())
}

fn leaving(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let totals = a.made("Ring::new", Ring::<9>::new(terms.granule()))?;
    let mut escrow = Escrow::with_totals(terms, totals);
    let kind = kind(n, a, terms, now)?;
    let lock = a.of("Escrow::create", escrow.create(now, n.amount(), kind))?;
    let linear = ExitPenalty::linear(n.span_to(1 << 24), n.fraction());
    let linear = a.of("ExitPenalty::linear", linear)?;
    let penalty = [ExitPenalty::flat(n.fraction()), linear][n.choice(2) as usize];
    let at = n.after(now, terms.max().get());
    a.is("ExitPenalty::of", penalty.of(&lock, at));
    let mut other = escrow;
    a.of("Escrow::exit", other.exit(at, lock, penalty));
    a.is("Escrow::locked", other.locked());
    let cooldown = a.of(
        "Cooldown::new",
        Cooldown::new(n.span_to(1 << 20), n.span_to(1 << 20)),
    )?;
    let end = kind.end().unwrap_or(at);
    let after_end = n.near([end, at.max(end)]).max(now);
    let cooling = escrow.start_cooldown(after_end, lock, cooldown);
    let cooling = a.of("Escrow::start_cooldown", cooling)?;
    let open = n.near([cooling.opens, cooling.closes]).max(after_end);
    match n.choice(2) {
        0 => drop(a.of(
            "Escrow::withdraw_cooled",
            escrow.withdraw_cooled(open, cooling),
        )),
        _ => drop(a.of(
            "Escrow::relock",
            escrow.relock(now.max(open), cooling, kind),
        )),
    }
    a.is("Escrow::cooling", (escrow.locked(), escrow.cooling()));
    Some(())
}

fn lock_history(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let kind = kind(n, a, terms, now)?;
    let mut history = LockHistory::new();
    let lock = a.of("Lock::new", Lock::new(n.amount(), kind))?;
    a.of("LockHistory::record", history.record(now, lock));
    let later = n.after(now, 1 << 20);
    let part = a.of("Lock::split", lock.split(n.part_of(lock.amount())))?;
    a.of("LockHistory::record", history.record(later, part.0));
    a.of("LockHistory::close", history.close(n.after(later, 1 << 20)));
    let at = n.near([now, later]);
    a.is(
        "LockHistory::lock_at",
        (history.lock_at(at), history.weight_at(at)),
    );
    Some(())
}

fn boost(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let boost = Boost::new(n.fraction());
    let all = n.amount();
    let (weight, all_weight) = (n.wide(), n.wide());
    a.is(
        "Boost::of",
        boost.of(n.part_of(all), all, weight, all_weight),
    );
    Some(())
}

fn conviction(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let rule = a.made("Conviction::new", Conviction::new(n.fraction()))?;
    let (mut support, mut now) = (Support::NONE, n.time());
    for _ in 0..3 {
        now = n.after(now, 1 << 12);
        let staked = rule.stake(support, now, n.amount());
        support = a.of("Conviction::stake", staked).unwrap_or(support);
    }
    a.of("Conviction::at", rule.at(&support, n.after(now, 1 << 12)));
    a.of("Conviction::limit", rule.limit(n.amount()));
    Some(())
}

fn cooldown(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let cooldown = a.of("Cooldown::new", Cooldown::new(n.span(), n.span()))?;
    let now = n.time();
    let cooling = a.of("Cooldown::cooling", cooldown.cooling(n.amount(), now))?;
    let at = n.near([cooling.opens, cooling.closes]);
    a.of("Cooling::check_open", cooling.check_open(at));
    Some(())
}

fn two_of(n: &mut Numbers, a: &mut Answers) -> Option<Shares<u8, 4>> {
    let (one, other) = (n.within(0, 9_000), n.within(0, 1_500));
    a.of(
        "Shares::from_bps",
        Shares::from_bps(&[(1, one), (2, other)]),
    )
}

fn shares(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let shares = two_of(n, a)?;
    a.is("Shares::split", (shares.split(n.amount()), shares.rest()));
    let weights = [n.wide(), n.wide(), n.wide()];
    a.of("relative_weights", relative_weights(&weights));
    Some(())
}

fn delegations(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let kind = kind(n, a, terms, now)?;
    let lock = a.of("Lock::new", Lock::new(n.amount(), kind))?;
    let mut powers = Delegations::new();
    let alone = Delegated::<u8, 4>::to_nobody(0, lock);
    a.of("Delegations::settle", powers.settle(now, &[], &[alone]));
    let later = n.after(now, terms.granule().get());
    let (to, expires) = (two_of(n, a)?, n.after(later, terms.max().get()));
    let shared = Delegated {
        to,
        expires: Some(expires),
        ..alone
    };
    a.of(
        "Delegations::settle",
        powers.settle(later, &[alone], &[shared]),
    );
    let at = n.near([now, expires]);
    let all = [0, 1, 2].map(|name| powers.power_at(&name, at));
    a.is("Delegations::power_at", all);
    let closed = a.of(
        "Closed::before",
        Closed::before(n.near([now, later]), later),
    )?;
    a.is("Delegations::past_power", powers.past_power(&1, closed));
    let mut ballots = Ballots::new(closed);
    for name in [n.choice(3) as u8, n.choice(3) as u8] {
        a.of("Ballots::vote", ballots.vote(&powers, &name, Choice::For));
    }
    a.is("Ballots::tally", ballots.tally());
    Some(())
}

fn gauges(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (terms, now) = (some_terms(n, a)?, clock(n));
    let kind = kind(n, a, terms, now)?;
    let lock = a.of("Lock::new", Lock::new(n.amount(), kind))?;
    let mut gauges = Gauges::new();
    for gauge in 0..3_u8 {
        a.of("Gauges::add", gauges.add(now, gauge));
    }
    let vote = GaugeVote {
        lock,
        on: two_of(n, a)?,
    };
    a.of("Gauges::settle", gauges.settle(now, &[], &[vote]));
    let later = n.after(now, terms.granule().get());
    let other = GaugeVote {
        lock,
        on: two_of(n, a)?,
    };
    a.of("Gauges::settle", gauges.settle(later, &[vote], &[other]));
    let end = n.after(later, 1 << 10);
    let closed = a.of("Gauges::close", gauges.close(n.near([now, later]), end))?;
    a.is("Gauges::relative_weights", gauges.relative_weights(closed));
    a.of("Gauges::remove", gauges.remove(end, &(n.choice(3) as u8)));
    let at = n.near([now, end]);
    let weights = [0, 1, 2].map(|gauge| gauges.weight_at(&gauge, at));
    a.is("Gauges::weight_at", (weights, gauges.share_at(&1, closed)));
    let sums = (
        gauges.allocated_at(at),
        gauges.unallocated_at(at),
        gauges.total_at(at),
    );
    a.is("Gauges::total_at", sums);
    Some(())
}

fn tally(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let now = n.time();
    let closed = a.of(
        "Closed::before",
        Closed::before(n.near([Timestamp::ZERO, now]), now),
    )?;
    let mut ballots = Ballots::new(closed);
    for (name, choice) in [Choice::For, Choice::Against, Choice::Abstain]
        .iter()
        .enumerate()
    {
        let counted = ballots.count(&(name as u8), *choice, n.wide());
        a.of("Ballots::count", counted);
    }
    let tally = ballots.tally();
    let cast: U256 = tally.cast();
    let bound = n.fraction();
    let passed = (tally.reaches(bound), tally.is_above(bound));
    a.is(
        "Tally::has_quorum",
        (tally.has_quorum(bound, n.wide()), cast, passed),
    );
    Some(())
}

fn multipliers(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let rows = [n.within(1, 1 << 20), n.within(1, 1 << 20)];
    let rows = [rows[0], rows[0] + rows[1]].map(Span::new);
    let wads = [n.wad_to(1), n.wad_between(1, 4)];
    let table = LengthTable::new([(rows[0], wads[0]), (rows[1], wads[1])]);
    let table = a.made("LengthTable::new", table)?;
    let multiplier = table.multiplier_for(n.span_to(1 << 22));
    a.is("LengthTable::multiplier_for", multiplier);
    let conviction = LengthTable::conviction(n.span_to(1 << 30));
    let conviction = a.made("LengthTable::conviction", conviction)?;
    a.is(
        "LengthTable::multiplier_for",
        conviction.multiplier_for(n.span_to(1 << 34)),
    );
    let landrush = Landrush {
        before: n.time(),
        bonus: n.wad_to(4),
    };
    let at = n.near([Timestamp::ZERO, landrush.before]);
    a.of("Landrush::multiplier", landrush.multiplier(at, multiplier));
    Some(())
}
