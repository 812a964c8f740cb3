//! Every valid schedule from plain integers.

use tokenomics_fixed_math::{Amount, SignedWad, Span, Wad};
#[cfg(feature = "alloc")]
use tokenomics_fixed_math::{Fraction, Rounding, U256};
use tokenomics_vesting::{
    Allocation, AnySchedule, Calendar, CalendarParams, Cliff, Date, Exponential, Gate, Linear,
    Logistic, LumpLinear, Min, Power, Scale, Schedule, Shift, SimpleSchedule, Step, StepParams,
    Sum, Truncate,
};
#[cfg(feature = "alloc")]
use tokenomics_vesting::{Graded, Piecewise, Point, Tranches};

use super::at;

/// A schedule of any numbers: what it takes of them is made valid.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Shape {
    pub kind: Kind,
    pub combination: Combination,
    pub start: u64,
    pub length: u64,
    /// A count, or the time of a gate, a shift or a truncation.
    pub detail: u64,
    /// A lump, or what gives an exponent, a day, weights or a rule for dust.
    pub lump: u128,
}

/// The kinds of schedules that are made of no other.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub enum Kind {
    Cliff,
    Linear,
    LumpLinear,
    Step,
    Calendar,
    Power,
    Exponential,
    Logistic,
    #[cfg(feature = "alloc")]
    Tranches,
    #[cfg(feature = "alloc")]
    Piecewise,
    #[cfg(feature = "alloc")]
    Graded,
}

impl Kind {
    pub const ALL: &[Self] = &[
        Self::Cliff,
        Self::Linear,
        Self::LumpLinear,
        Self::Step,
        Self::Calendar,
        Self::Power,
        Self::Exponential,
        Self::Logistic,
        #[cfg(feature = "alloc")]
        Self::Tranches,
        #[cfg(feature = "alloc")]
        Self::Piecewise,
        #[cfg(feature = "alloc")]
        Self::Graded,
    ];

    /// The one after it, and the first after the last.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }
}

/// What is made of a schedule, and for a sum or a minimum of one of the next kind.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub enum Combination {
    Alone,
    Gate,
    Sum,
    Min,
    Shift,
    Scale,
    Truncate,
}

impl Combination {
    pub const ALL: &[Self] = &[
        Self::Alone,
        Self::Gate,
        Self::Sum,
        Self::Min,
        Self::Shift,
        Self::Scale,
        Self::Truncate,
    ];
}

/// The schedule of a shape: every kind, and every valid parameter of it, is some shape's.
pub fn schedule(shape: Shape, total: u128) -> AnySchedule {
    let Shape { detail, lump, .. } = shape;
    let of = |total, lump| simple(Shape { lump, ..shape }, total);
    // Of another kind, with the parameters in other places.
    let second = |total| simple(shape.second(), total);
    match shape.combination {
        Combination::Alone => of(total, lump).into(),
        Combination::Gate => AnySchedule::Gate(Gate::new(of(total, lump), at(detail))),
        Combination::Sum => {
            let (left, right) = (total / 2, total - total / 2);
            let sum = Sum::new(of(left, lump / 2), second(right));
            AnySchedule::Sum(sum.unwrap())
        }
        Combination::Min => AnySchedule::Min(Min::new(of(total, lump), second(total - total / 3))),
        Combination::Shift => AnySchedule::Shift(shift(of(total, lump), detail, lump % 2 == 0)),
        Combination::Scale => {
            let scale = Scale::new(of(lump.max(1), lump / 2), Amount::new(total));
            AnySchedule::Scale(scale.unwrap())
        }
        Combination::Truncate => AnySchedule::Truncate(Truncate::new(of(total, lump), at(detail))),
    }
}

impl Shape {
    fn second(self) -> Self {
        Self {
            kind: self.kind.next(),
            start: self.length,
            length: self.detail,
            detail: self.start,
            lump: self.lump / 2,
            ..self
        }
    }

    /// The rule for dust: all seven come up among small numbers.
    fn rule(self) -> Allocation {
        let number = self.lump % 7 + u128::from(self.start % 7);
        Allocation::ALL[(number % 7) as usize]
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

fn simple(shape: Shape, total: u128) -> SimpleSchedule {
    let Shape {
        length,
        detail,
        lump,
        ..
    } = shape;
    let amount = Amount::new(total);
    let start = shape.start.min(u64::MAX - 1);
    let room = u64::MAX - start;
    let end = at(start + length.clamp(1, room));
    let curve_end = at(start + curve_length(length, lump).clamp(1, room));
    let from = at(start);
    #[cfg(feature = "alloc")]
    let points = |total| points(shape, total);
    match shape.kind {
        Kind::Cliff => Cliff::new(from, amount).into(),
        Kind::Linear => Linear::new(from, end, amount).unwrap().into(),
        Kind::LumpLinear => {
            let lump = Amount::new(lump.min(total));
            LumpLinear::new(from, end, lump, amount).unwrap().into()
        }
        Kind::Step => step(shape, amount).into(),
        Kind::Calendar => calendar(shape, amount).into(),
        Kind::Power => {
            let power = Power::new(from, curve_end, exponent(lump), amount);
            power.unwrap().into()
        }
        Kind::Exponential => {
            let steepness = steepness(lump, detail % 2 == 0);
            let curve = Exponential::new(from, curve_end, steepness, amount);
            curve.unwrap().into()
        }
        Kind::Logistic => {
            let steepness = steepness(lump, false).abs().min(Logistic::STEEPEST);
            let steepness = steepness.max(Wad::from_raw(1));
            let curve = Logistic::new(from, curve_end, steepness, amount);
            curve.unwrap().into()
        }
        #[cfg(feature = "alloc")]
        Kind::Tranches => Tranches::new(points(total)).unwrap().into(),
        #[cfg(feature = "alloc")]
        Kind::Piecewise => Piecewise::new(points(total)).unwrap().into(),
        #[cfg(feature = "alloc")]
        Kind::Graded => {
            let shares = points(Fraction::SCALE.into()).into_iter();
            let share = |part: u128| Fraction::from_raw(part.try_into().unwrap()).unwrap();
            let shares = shares.map(|point| Point::new(point.at(), share(point.vested().get())));
            Graded::new(amount, shares.collect()).unwrap().into()
        }
    }
}

fn step(shape: Shape, amount: Amount) -> Step {
    let start = shape.start.min(u64::MAX - 1);
    let room = u64::MAX - start;
    let count = shape.detail.clamp(1, room.min(u32::MAX.into()));
    let period = Span::new(shape.length.clamp(1, room / count));
    let count = u32::try_from(count).unwrap();
    Step::new(StepParams {
        start: at(start),
        period,
        count,
        total: amount,
        allocation: shape.rule(),
    })
    .unwrap()
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
fn calendar(shape: Shape, amount: Amount) -> Calendar {
    // Before November 9999, so that there are months left.
    let start = shape.start % 253_397_030_400;
    let first = Date::of(at(start)).unwrap();
    let room = (9_999 - u64::from(first.year())) * 12 + 12 - u64::from(first.month());
    let every = shape.length.clamp(1, room.min(u16::MAX.into()));
    let count = shape.detail.clamp(1, room / every);
    let (every, count) = (every.try_into().unwrap(), count.try_into().unwrap());
    let day = 1 + (shape.lump % 31) as u8;
    Calendar::new(CalendarParams {
        start: at(start),
        every,
        day,
        count,
        total: amount,
        allocation: shape.rule(),
    })
    .unwrap()
}

/// Up to five points that rise to `total`, by weights and at distances that the numbers' digits give;
/// at once and by nothing too.
#[cfg(feature = "alloc")]
fn points(shape: Shape, total: u128) -> Vec<Point> {
    let Shape {
        start,
        length,
        detail,
        lump,
        ..
    } = shape;
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
