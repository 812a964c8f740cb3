//! The laws of schedules.

use tokenomics_fixed_math::{Amount, Rounding, U256};
use tokenomics_vesting::{
    Allocation, AnySchedule, Linear, PreparedLinear, Schedule, SimpleSchedule,
};

use super::at;
use super::shapes::{moments, schedule, Shape};

/// Later never vests less.
pub fn monotone(shape: Shape, total: u128, time: u64) {
    let schedule = schedule(shape, total);
    let vested: Vec<_> = moments(&schedule, time)
        .into_iter()
        .map(|moment| schedule.vested_at(at(moment)))
        .collect();
    assert!(vested.is_sorted(), "{schedule:?}: {vested:?}");
}

/// Never above the total, nothing before the start, the total from the end on.
pub fn complete(shape: Shape, total: u128, time: u64) {
    let schedule = schedule(shape, total);
    match &schedule {
        AnySchedule::Min(_) | AnySchedule::Truncate(_) => assert!(schedule.total().get() <= total),
        _ => assert_eq!(schedule.total().get(), total),
    }
    let total = schedule.total().get();
    assert!(schedule.start() <= schedule.end());
    for moment in moments(&schedule, time) {
        let vested = schedule.vested_at(at(moment));
        assert!(vested.get() <= total, "{schedule:?} at {moment}");
        assert!(at(moment) >= schedule.start() || vested.is_zero());
        assert!(at(moment) < schedule.end() || vested.get() == total);
        let unvested = schedule.unvested_at(at(moment));
        assert_eq!(vested.get() + unvested.get(), total);
    }
}

/// Every answer of a prepared line is that of the line.
pub fn prepared_is_the_same(start: u64, length: u64, total: u128, time: u64) {
    let length = length.clamp(1, u64::MAX - start.min(u64::MAX - 1));
    let start = start.min(u64::MAX - 1);
    let line = Linear::new(at(start), at(start + length), Amount::new(total)).unwrap();
    let prepared = PreparedLinear::from(line);
    assert_eq!(prepared.line(), &line);
    let near = [start, start + length, time];
    let near = near
        .iter()
        .flat_map(|moment| [moment.saturating_sub(1), *moment, moment.saturating_add(1)]);
    for moment in near.chain([start + time % length, start + length / 2]) {
        let moment = at(moment);
        assert_eq!(
            prepared.vested_at(moment),
            line.vested_at(moment),
            "{line:?} at {moment:?}"
        );
    }
    for amount in [0, 1, total / 3, total, total.saturating_add(1)] {
        let amount = Amount::new(amount);
        assert_eq!(prepared.time_of(amount), line.time_of(amount));
    }
    assert_eq!(
        (prepared.total(), prepared.end()),
        (line.total(), line.end())
    );
}

/// A larger total never vests less, nor more than the difference: exactly, but for the dust that
/// the rules of a single tranche move as a whole.
pub fn non_expansive(shape: Shape, total: u128, other: u128, time: u64) {
    let (less, more) = (total.min(other), total.max(other));
    // The lump stays, and so must fit both; and with it the rule for dust.
    let lump = shape.lump.min(less);
    let shape = Shape { lump, ..shape };
    let (small, large) = (schedule(shape, less), schedule(shape, more));
    let (less_by, more_by) = dust_in_one(&small);
    for moment in moments(&small, time) {
        let before = small.vested_at(at(moment)).get();
        let after = large.vested_at(at(moment)).get();
        assert!(
            before.saturating_sub(after) <= less_by
                && after.saturating_sub(before) <= (more - less).saturating_add(more_by),
            "{small:?} and {large:?} at {moment}: {before} and {after}"
        );
    }
}

/// By how much a larger total may vest less, and more than the difference: n − 2 units of n parts
/// where the first, or the last, holds all the dust.
fn dust_in_one(schedule: &AnySchedule) -> (u128, u128) {
    let simple = |schedule: &SimpleSchedule| {
        let (count, allocation) = match schedule {
            SimpleSchedule::Step(step) => (step.count(), step.allocation()),
            SimpleSchedule::Calendar(calendar) => (calendar.count(), calendar.allocation()),
            _ => return (0, 0),
        };
        let most = u128::from(count.saturating_sub(2));
        match allocation {
            Allocation::FrontLoadedToSingleTranche => (most, 0),
            Allocation::BackLoadedToSingleTranche => (0, most),
            _ => (0, 0),
        }
    };
    let both = |left, right, join: fn(u128, u128) -> u128| {
        let (left, right) = (simple(left), simple(right));
        (join(left.0, right.0), join(left.1, right.1))
    };
    match schedule {
        AnySchedule::Simple(inner) => simple(inner),
        AnySchedule::Gate(gate) => simple(gate.inner()),
        AnySchedule::Sum(sum) => both(sum.left(), sum.right(), |a, b| a + b),
        AnySchedule::Min(min) => both(min.left(), min.right(), u128::max),
        AnySchedule::Shift(shift) => simple(shift.inner()),
        AnySchedule::Truncate(truncate) => simple(truncate.inner()),
        // The schedule that is scaled is the same for both totals.
        _ => (0, 0),
    }
}

/// `time_of` is the earliest time by which the amount has vested, and `None` above the total only.
pub fn inverse_is_tight(shape: Shape, total: u128, amount: u128) {
    let schedule = schedule(shape, total);
    let total = schedule.total().get();
    let folded = total.checked_add(1).map_or(amount, |all| amount % all);
    for amount in [amount, folded, 0, 1, total, total.saturating_add(1)] {
        let Some(time) = schedule.time_of(Amount::new(amount)) else {
            assert!(amount > total, "{schedule:?} never vests {amount}");
            continue;
        };
        assert!(amount <= total);
        assert!(schedule.vested_at(time).get() >= amount);
        if let Some(earlier) = time.get().checked_sub(1) {
            assert!(
                schedule.vested_at(at(earlier)).get() < amount,
                "{schedule:?} vests {amount} before {time}"
            );
        }
    }
}

/// The next unlock is after now, brings something, and nothing comes before it.
pub fn next_unlock_is_the_next(shape: Shape, total: u128, time: u64) {
    let schedule = schedule(shape, total);
    for moment in moments(&schedule, time) {
        let now = schedule.vested_at(at(moment));
        match schedule.next_unlock_after(at(moment)) {
            None => assert_eq!(now, schedule.total(), "{schedule:?} at {moment}"),
            Some(next) => {
                assert!(next.get() > moment);
                assert!(schedule.vested_at(next) > now);
                assert_eq!(schedule.vested_at(at(next.get() - 1)), now);
            }
        }
    }
}

/// What vests over two adjoining intervals is what vests over both.
pub fn additive(shape: Shape, total: u128, times: [u64; 3]) {
    let schedule = schedule(shape, total);
    let mut times = times;
    times.sort_unstable();
    let [a, b, c] = times.map(at);
    let (ab, bc) = (schedule.vested_between(a, b), schedule.vested_between(b, c));
    assert_eq!(ab.checked_add(bc), Ok(schedule.vested_between(a, c)));
    assert!(schedule.vested_between(c, a).is_zero());
    assert_eq!(
        schedule.vested_between(at(0), c).get(),
        schedule.vested_at(c).get() - schedule.vested_at(at(0)).get()
    );
}

/// A combination vests at any time what its definition says of what its parts vest then.
pub fn pointwise(shape: Shape, total: u128, time: u64) {
    let schedule = schedule(shape, total);
    let mut moments = moments(&schedule, time);
    match &schedule {
        AnySchedule::Simple(_) => {}
        AnySchedule::Sum(sum) => moments.extend(borders(&[sum.left(), sum.right()])),
        AnySchedule::Min(min) => moments.extend(borders(&[min.left(), min.right()])),
        AnySchedule::Gate(gate) => moments.extend(borders(&[gate.inner()])),
        AnySchedule::Shift(shift) => moments.extend(borders(&[shift.inner()])),
        AnySchedule::Scale(scale) => moments.extend(borders(&[scale.inner()])),
        AnySchedule::Truncate(truncate) => moments.extend(borders(&[truncate.inner()])),
        _ => unreachable!("the seven"),
    }
    for moment in moments {
        let vested = schedule.vested_at(at(moment)).get();
        assert_eq!(
            vested,
            defined(&schedule, moment),
            "{schedule:?} at {moment}"
        );
    }
}

/// Where the parts begin and end, and next to it.
fn borders(parts: &[&SimpleSchedule]) -> Vec<u64> {
    let ends = parts.iter().flat_map(|part| [part.start(), part.end()]);
    ends.flat_map(|end| {
        [
            end.get().saturating_sub(1),
            end.get(),
            end.get().saturating_add(1),
        ]
    })
    .collect()
}

fn defined(schedule: &AnySchedule, moment: u64) -> u128 {
    let of = |part: &SimpleSchedule, moment: u64| part.vested_at(at(moment)).get();
    match schedule {
        AnySchedule::Simple(inner) => of(inner, moment),
        AnySchedule::Gate(gate) if moment < gate.until().get() => 0,
        AnySchedule::Gate(gate) => of(gate.inner(), moment),
        AnySchedule::Sum(sum) => of(sum.left(), moment) + of(sum.right(), moment),
        AnySchedule::Min(min) => of(min.left(), moment).min(of(min.right(), moment)),
        AnySchedule::Shift(shift) => {
            let by = i128::from(shift.by().get());
            let by = if shift.is_earlier() { -by } else { by };
            // Before the clock nothing has vested, after it all.
            match u64::try_from(i128::from(moment) - by) {
                Ok(moment) => of(shift.inner(), moment),
                Err(_) if by > 0 => 0,
                Err(_) => shift.inner().total().get(),
            }
        }
        AnySchedule::Scale(scale) => {
            let (inner, all) = (of(scale.inner(), moment), scale.inner().total().get());
            // By long division in the inner total, where the product may not fit.
            let Some(whole) = scale.total().get().checked_div(all) else {
                return 0;
            };
            let rest = scale.total().get() % all;
            let exact = U256::product(rest, inner).checked_div(all, Rounding::Floor);
            whole * inner + exact.unwrap().to_u128().unwrap()
        }
        AnySchedule::Truncate(truncate) => of(truncate.inner(), moment.min(truncate.until().get())),
        _ => unreachable!("the seven"),
    }
}
