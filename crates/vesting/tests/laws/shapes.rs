//! Every valid schedule from plain integers.

use tokenomics_fixed_math::{Amount, SignedWad, Span, Wad};
#[cfg(feature = "alloc")]
use tokenomics_fixed_math::{Fraction, Rounding, U256};
use tokenomics_vesting::{
    Allocation, AnySchedule, Calendar, CalendarParams, Cliff, Date, Exponential, Gate, Linear,
    LumpLinear, Min, Power, Scale, Schedule, Shift, SimpleSchedule, Step, StepParams, Sum,
    Truncate,
};
#[cfg(feature = "alloc")]
use tokenomics_vesting::{Graded, Piecewise, Point, Tranches};

use super::at;

/// Which schedule and in which combination, start, length, count or gate, and lump.
pub type Shape = (u8, u64, u64, u64, u128);

/// How many kinds of simple schedules there are, each dust rule counted; and of combinations.
pub const SIMPLE: u8 = if cfg!(feature = "alloc") { 16 } else { 13 };
/// The kind that counts months: short spans of it vest nothing.
pub const CALENDAR: u8 = 10;
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
        CALENDAR => calendar(start, length, detail, lump, amount).into(),
        11 => {
            let end = start + curve_length(length, lump).clamp(1, room);
            Power::new(at(start), at(end), exponent(lump), amount)
                .unwrap()
                .into()
        }
        12 => {
            let end = start + curve_length(length, lump).clamp(1, room);
            let steepness = steepness(lump, detail % 2 == 0);
            Exponential::new(at(start), at(end), steepness, amount)
                .unwrap()
                .into()
        }
        #[cfg(feature = "alloc")]
        13 => Tranches::new(points(start, length, detail, lump, total))
            .unwrap()
            .into(),
        #[cfg(feature = "alloc")]
        14 => Piecewise::new(points(start, length, detail, lump, total))
            .unwrap()
            .into(),
        #[cfg(feature = "alloc")]
        15 => {
            let one = Fraction::SCALE.into();
            let shares = points(start, length, detail, lump, one).into_iter();
            let share = |part: u128| Fraction::from_raw(part.try_into().unwrap()).unwrap();
            let shares = shares.map(|point| Point::new(point.at(), share(point.vested().get())));
            Graded::new(amount, shares.collect()).unwrap().into()
        }
        _ => {
            let count = detail.clamp(1, room.min(u32::MAX.into()));
            let period = Span::new(length.clamp(1, room / count));
            let count = u32::try_from(count).unwrap();
            let allocation = Allocation::ALL[usize::from(kind - 3) % 7];
            Step::new(StepParams {
                start: at(start),
                period,
                count,
                total: amount,
                allocation,
            })
            .unwrap()
            .into()
        }
    }
}

/// A search takes twice as long over all of the clock as over a century of seconds, so one in four.
fn curve_length(length: u64, lump: u128) -> u64 {
    if length >> 40 != 0 && lump % 4 != 0 {
        length >> 32
    } else {
        length
    }
}

/// The least, the largest, those that have names, and any up to 20.
fn exponent(lump: u128) -> Wad {
    Wad::from_raw(match lump % 8 {
        0 => 1,
        1 => Wad::SCALE / 2,
        2 => Wad::SCALE,
        3 => 2 * Wad::SCALE,
        4 => 314 * Wad::SCALE / 100,
        5 => u128::MAX,
        _ => lump % (20 * Wad::SCALE) + 1,
    })
}

/// None, the least, the steepest, and any up to 40; above or below 0.
pub(super) fn steepness(lump: u128, decays: bool) -> SignedWad {
    // The least and the steepest take a hundred times as long, and stay rare.
    let magnitude = match lump % 32 {
        0 => Wad::SCALE,
        1 => 0,
        2 => 5 * Wad::SCALE,
        3 => 40 * Wad::SCALE,
        4 => 1,
        5 => i128::MAX.unsigned_abs(),
        // Small numbers too are spread over all of it.
        _ => lump.wrapping_mul(0x9e37_79b9_7f4a_7c15) % (40 * Wad::SCALE),
    };
    let magnitude = i128::try_from(magnitude).unwrap();
    SignedWad::from_raw(if decays { -magnitude } else { magnitude })
}

/// Every so many months, at any time of any day, up to the last month of 9999.
fn calendar(start: u64, length: u64, detail: u64, lump: u128, amount: Amount) -> Calendar {
    // Before November 9999, so that there are months left.
    let start = start % 253_397_030_400;
    let first = Date::of(at(start)).unwrap();
    let room = (9_999 - u64::from(first.year())) * 12 + 12 - u64::from(first.month());
    let every = length.clamp(1, room.min(u16::MAX.into()));
    let count = detail.clamp(1, room / every);
    let (every, count) = (every.try_into().unwrap(), count.try_into().unwrap());
    let day = 1 + (lump % 31) as u8;
    let rule = Allocation::ALL[(detail % 7) as usize];
    Calendar::new(CalendarParams {
        start: at(start),
        every,
        day,
        count,
        total: amount,
        allocation: rule,
    })
    .unwrap()
}

/// Up to five points that rise to `total`, by weights and at distances that the numbers' digits give;
/// at once and by nothing too.
#[cfg(feature = "alloc")]
fn points(start: u64, length: u64, detail: u64, lump: u128, total: u128) -> Vec<Point> {
    let weights = [lump, lump >> 3, lump >> 1, lump >> 7, lump >> 2].map(|bits| bits & 7);
    let gaps = [0, length, detail, length / 2, detail % 3];
    let count = 1 + (detail % 5) as usize;
    let sum: u128 = weights[..count].iter().sum();
    let (mut time, mut weight) = (start, 0);
    let mut points = Vec::new();
    for (gap, part) in gaps.into_iter().zip(weights).take(count) {
        time = time.saturating_add(gap);
        weight += part;
        let share = U256::product(total, weight).checked_div(sum, Rounding::Floor);
        // Of no weight, all at the end.
        let vested = share.map_or(0, U256::low);
        points.push(Point::new(at(time), Amount::new(vested)));
    }
    *points.last_mut().unwrap() = Point::new(at(time), Amount::new(total));
    points
}

/// The time asked about, the same folded into the schedule's span, its borders, and the times next
/// to each; in order.
pub fn moments(schedule: &impl Schedule, time: u64) -> Vec<u64> {
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
