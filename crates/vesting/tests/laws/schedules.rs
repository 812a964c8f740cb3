//! The laws of schedules.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{AnySchedule, Cliff, Gate, Linear, LumpLinear, Schedule, Step};

use super::at;

/// Which schedule (modulo six), start, length, count or gate, and lump.
pub type Shape = (u8, u64, u64, u64, u128);

/// The schedule of a shape; every kind, and every valid parameter of it, is some shape's.
pub fn schedule((kind, start, length, detail, lump): Shape, total: u128) -> AnySchedule {
    let amount = Amount::new(total);
    let start = start.min(u64::MAX - 1);
    let room = u64::MAX - start;
    let end = start + length.clamp(1, room);
    let linear = Linear::new(at(start), at(end), amount).unwrap();
    let count = detail.clamp(1, room.min(u32::MAX.into()));
    let period = Span::new(length.clamp(1, room / count));
    let count = u32::try_from(count).unwrap();
    let step = Step::new(at(start), period, count, amount).unwrap();
    match kind % 6 {
        0 => Cliff::new(at(start), amount).into(),
        1 => linear.into(),
        2 => step.into(),
        3 => {
            let lump = Amount::new(lump.min(total));
            LumpLinear::new(at(start), at(end), lump, amount)
                .unwrap()
                .into()
        }
        4 => Gate::new(linear, at(detail)).into(),
        _ => Gate::new(step, at(length)).into(),
    }
}

/// The time asked about, the same folded into the schedule's span, its borders, and the times next
/// to each; in order.
pub fn moments(schedule: &AnySchedule, time: u64) -> Vec<u64> {
    let (start, end) = (schedule.start().get(), schedule.end().get());
    let folded = match (end - start).checked_add(1) {
        Some(span) => start + time % span,
        None => time,
    };
    let mut moments = Vec::new();
    for moment in [0, time, folded, start, end, u64::MAX] {
        moments.extend([moment.saturating_sub(1), moment, moment.saturating_add(1)]);
    }
    moments.sort_unstable();
    moments
}

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
    assert_eq!(schedule.total().get(), total);
    for moment in moments(&schedule, time) {
        let vested = schedule.vested_at(at(moment));
        assert!(vested.get() <= total, "{schedule:?} at {moment}");
        assert!(at(moment) >= schedule.start() || vested.is_zero());
        assert!(at(moment) < schedule.end() || vested.get() == total);
        let unvested = schedule.unvested_at(at(moment));
        assert_eq!(vested.get() + unvested.get(), total);
    }
}

/// A larger total never vests less, nor more than the difference.
pub fn non_expansive(shape: Shape, total: u128, other: u128, time: u64) {
    let (less, more) = (total.min(other), total.max(other));
    let (kind, start, length, detail, lump) = shape;
    let shape = (kind, start, length, detail, lump.min(less));
    let (small, large) = (schedule(shape, less), schedule(shape, more));
    for moment in moments(&small, time) {
        let grown = large.vested_at(at(moment)).get();
        let grown = grown.checked_sub(small.vested_at(at(moment)).get());
        assert!(
            grown.is_some_and(|grown| grown <= more - less),
            "{small:?} and {large:?} at {moment}: {grown:?}"
        );
    }
}

/// `time_of` is the earliest time by which the amount has vested, and `None` above the total only.
pub fn inverse_is_tight(shape: Shape, total: u128, amount: u128) {
    let schedule = schedule(shape, total);
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
            None => assert_eq!(now.get(), total, "{schedule:?} at {moment}"),
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
