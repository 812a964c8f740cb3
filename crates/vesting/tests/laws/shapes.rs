//! Every valid schedule from plain integers.

use tokenomics_fixed_math::{Amount, Span};
use tokenomics_vesting::{
    Allocation, AnySchedule, Cliff, Gate, Linear, LumpLinear, Min, Scale, Schedule, Shift,
    SimpleSchedule, Step, Sum, Truncate,
};

use super::at;

/// Which schedule and in which combination, start, length, count or gate, and lump.
pub type Shape = (u8, u64, u64, u64, u128);

/// How many kinds of simple schedules there are, each dust rule counted; and of combinations.
pub const SIMPLE: u8 = 10;
pub const COMBINED: u8 = 7;

/// The schedule of a shape: every kind, and every valid parameter of it, is some shape's.
pub fn schedule((kind, start, length, detail, lump): Shape, total: u128) -> AnySchedule {
    let kind = kind % (SIMPLE * COMBINED);
    let (combination, simple_kind) = (kind / SIMPLE, kind % SIMPLE);
    let of = |total, lump| simple((simple_kind, start, length, detail, lump), total);
    // Of another kind, with the parameters in other places.
    let second = |total| {
        let shape = ((simple_kind + 1) % SIMPLE, length, detail, start, lump / 2);
        simple(shape, total)
    };
    match combination {
        0 => of(total, lump).into(),
        1 => AnySchedule::Gate(Gate::new(of(total, lump), at(detail))),
        2 => {
            let (left, right) = (total / 2, total - total / 2);
            let sum = Sum::new(of(left, lump / 2), second(right));
            AnySchedule::Sum(sum.unwrap())
        }
        3 => AnySchedule::Min(Min::new(of(total, lump), second(total - total / 3))),
        4 => AnySchedule::Shift(shift(of(total, lump), detail, lump % 2 == 0)),
        5 => {
            let scale = Scale::new(of(lump.max(1), lump / 2), Amount::new(total));
            AnySchedule::Scale(scale.unwrap())
        }
        _ => AnySchedule::Truncate(Truncate::new(of(total, lump), at(detail))),
    }
}

/// By as much of `by` as the clock has room for.
fn shift(inner: SimpleSchedule, by: u64, earlier: bool) -> Shift<SimpleSchedule> {
    if earlier {
        let by = by.min(inner.start().get());
        Shift::earlier(inner, Span::new(by)).unwrap()
    } else {
        let by = by.min(u64::MAX - inner.end().get());
        Shift::later(inner, Span::new(by)).unwrap()
    }
}

fn simple((kind, start, length, detail, lump): Shape, total: u128) -> SimpleSchedule {
    let amount = Amount::new(total);
    let start = start.min(u64::MAX - 1);
    let room = u64::MAX - start;
    let end = start + length.clamp(1, room);
    match kind {
        0 => Cliff::new(at(start), amount).into(),
        1 => Linear::new(at(start), at(end), amount).unwrap().into(),
        2 => {
            let lump = Amount::new(lump.min(total));
            LumpLinear::new(at(start), at(end), lump, amount)
                .unwrap()
                .into()
        }
        _ => {
            let count = detail.clamp(1, room.min(u32::MAX.into()));
            let period = Span::new(length.clamp(1, room / count));
            let count = u32::try_from(count).unwrap();
            let allocation = Allocation::ALL[usize::from(kind - 3) % 7];
            Step::new(at(start), period, count, amount, allocation)
                .unwrap()
                .into()
        }
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
