//! The parameters of the schedules.

use tokenomics_fixed_math::{Amount, Fraction, SignedWad, Span, Timestamp, Wad};

#[cfg(feature = "borsh")]
use super::invalid;
#[cfg(feature = "scale")]
use super::message;
use super::{read, write};
use crate::{
    Allocation, Calendar, Error, Exponential, Graded, Linear, LumpLinear, Piecewise, Point, Power,
    Scale, Schedule, Shift, Step, Sum, Tranches,
};

read! {
    Linear as RawLinear {
        start: Timestamp,
        end: Timestamp,
        total: Amount,
    }
    Step as RawStep {
        start: Timestamp,
        period: Span,
        count: u32,
        total: Amount,
        allocation: Allocation,
    }
    LumpLinear as RawLumpLinear {
        cliff: Timestamp,
        end: Timestamp,
        lump: Amount,
        total: Amount,
    }
    Calendar as RawCalendar {
        start: Timestamp,
        every: u16,
        day: u8,
        count: u32,
        total: Amount,
        allocation: Allocation,
    }
    Power as RawPower {
        start: Timestamp,
        end: Timestamp,
        exponent: Wad,
        total: Amount,
    }
    Exponential as RawExponential {
        start: Timestamp,
        end: Timestamp,
        steepness: SignedWad,
        total: Amount,
    }
    Tranches<L: AsRef<[Point]>> as RawTranches {
        points: L,
    }
    Graded<L: AsRef<[Point<Fraction>]>> as RawGraded {
        total: Amount,
        points: L,
    }
    Piecewise<L: AsRef<[Point]>> as RawPiecewise {
        points: L,
    }
    Sum<A: Schedule, B: Schedule> as RawSum {
        left: A,
        right: B,
    }
    Shift<S: Schedule> as RawShift {
        inner: S,
        by: Span,
        earlier: bool,
    }
    Scale<S: Schedule> as RawScale {
        inner: S,
        total: Amount,
    }
}

write! {
    Power as RawPower {
        start = Schedule::start,
        end = Schedule::end,
        exponent = Power::exponent,
        total = Schedule::total,
    }
    Exponential as RawExponential {
        start = Schedule::start,
        end = Schedule::end,
        steepness = Exponential::steepness,
        total = Schedule::total,
    }
    Calendar as RawCalendar {
        start = Schedule::start,
        every = Calendar::every,
        day = Calendar::day,
        count = Calendar::count,
        total = Schedule::total,
        allocation = Calendar::allocation,
    }
    Step as RawStep {
        start = Schedule::start,
        period = Step::period,
        count = Step::count,
        total = Schedule::total,
        allocation = Step::allocation,
    }
    LumpLinear as RawLumpLinear {
        cliff = Schedule::start,
        end = Schedule::end,
        lump = LumpLinear::lump,
        total = Schedule::total,
    }
}
