//! Strategies of proptest, for the tests of code that embeds the types: both endpoints of each
//! range are drawn often.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, signed_wad, span, timestamp, wad};
#[cfg(feature = "alloc")]
use tokenomics_fixed_math::{strategies::fraction, Fraction, Timestamp};
use tokenomics_fixed_math::{SignedWad, Wad};

use crate::{
    fitted, Allocation, AnySchedule, Calendar, Cliff, Exponential, Gate, Grant, GrantState, Linear,
    LumpLinear, Min, Power, Scale, Schedule, Shift, SimpleSchedule, Step, Truncate,
};
#[cfg(feature = "alloc")]
use crate::{Graded, Piecewise, Point, Tranches};

/// The reason why a strategy would draw again. None does: the parameters are brought into range
/// before.
const NEVER: &str = "parameters are in range";

/// Returns a strategy for cliffs.
pub fn cliff() -> impl Strategy<Value = Cliff> + Clone {
    (timestamp(), amount()).prop_map(|(at, total)| Cliff::new(at, total))
}

/// Returns a strategy for linear schedules, often one instant long or as long as the clock.
pub fn linear() -> impl Strategy<Value = Linear> + Clone {
    (timestamp(), timestamp(), amount())
        .prop_filter_map(NEVER, |(a, b, total)| fitted::linear(a, b, total))
}

/// Returns a strategy for allocations, each rule as likely as the others.
pub fn allocation() -> impl Strategy<Value = Allocation> + Clone {
    prop::sample::select(&Allocation::ALL[..])
}

/// Returns a strategy for instalments, often a single one or as many as there can be, up to the end
/// of the clock.
pub fn step() -> impl Strategy<Value = Step> + Clone {
    let count = prop_oneof![Just(1), Just(u32::MAX), 1..=60_u32, any::<u32>()];
    (timestamp(), span(), count, amount(), allocation()).prop_filter_map(
        NEVER,
        |(start, period, count, total, allocation)| {
            fitted::step(start, period, count, total, allocation)
        },
    )
}

/// Returns a strategy for instalments on a day of the month, from 1970 to the end of 9999.
pub fn calendar() -> impl Strategy<Value = Calendar> + Clone {
    let start = prop_oneof![timestamp(), (0..=253_402_300_799_u64).prop_map(Into::into)];
    let numbers = (prop_oneof![1..=12_u16, any::<u16>()], 1..=31_u8);
    let count = prop_oneof![Just(1), Just(u32::MAX), 1..=60_u32];
    (start, numbers, count, amount(), allocation()).prop_filter_map(
        NEVER,
        |(start, (every, day), count, total, allocation)| {
            fitted::calendar(start, every, day, count, total, allocation)
        },
    )
}

/// Returns a strategy for powers, often with an exponent up to 20, and from the smallest exponent
/// to the largest.
pub fn power() -> impl Strategy<Value = Power> + Clone {
    let exponent = prop_oneof![wad(), (1..=20 * Wad::SCALE).prop_map(Wad::from_raw)];
    (timestamp(), timestamp(), exponent, amount())
        .prop_filter_map(NEVER, |(a, b, exponent, total)| {
            fitted::power(a, b, exponent, total)
        })
}

/// Returns a strategy for exponentials, back- and front-loaded, often with a steepness up to 40,
/// and from none to the largest.
pub fn exponential() -> impl Strategy<Value = Exponential> + Clone {
    let forty = -40_000_000_000_000_000_000..=40_000_000_000_000_000_000_i128;
    let steepness = prop_oneof![signed_wad(), forty.prop_map(SignedWad::from_raw)];
    (timestamp(), timestamp(), steepness, amount())
        .prop_filter_map(NEVER, |(a, b, steepness, total)| {
            fitted::exponential(a, b, steepness, total)
        })
}

/// Returns a strategy for a lump and a line, the lump often nothing or all.
pub fn lump_linear() -> impl Strategy<Value = LumpLinear> + Clone {
    (timestamp(), timestamp(), amount(), amount()).prop_filter_map(NEVER, |(a, b, lump, total)| {
        fitted::lump_linear(a, b, lump, total)
    })
}

/// Returns a strategy for up to eight tranches, often at one time or of nothing.
#[cfg(feature = "alloc")]
pub fn tranches() -> impl Strategy<Value = Tranches<Vec<Point>>> + Clone {
    list(amount()).prop_filter_map(NEVER, |list| Tranches::new(fitted::points(&list)).ok())
}

/// Returns a strategy for lines through up to eight points.
#[cfg(feature = "alloc")]
pub fn piecewise() -> impl Strategy<Value = Piecewise<Vec<Point>>> + Clone {
    list(amount()).prop_filter_map(NEVER, |list| Piecewise::new(fitted::points(&list)).ok())
}

/// Returns a strategy for up to eight shares of a total.
#[cfg(feature = "alloc")]
pub fn graded() -> impl Strategy<Value = Graded<Vec<Point<Fraction>>>> + Clone {
    (amount(), list(fraction()))
        .prop_filter_map(NEVER, |(total, list)| fitted::graded(total, &list))
}

#[cfg(feature = "alloc")]
fn list<V: core::fmt::Debug>(
    values: impl Strategy<Value = V> + Clone,
) -> impl Strategy<Value = Vec<(Timestamp, V)>> + Clone {
    prop::collection::vec((timestamp(), values), 1..8)
}

/// Returns a strategy for schedules of `inner` behind a gate, which opens before the start, within
/// or after the end.
pub fn gate<S: Schedule + core::fmt::Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Gate<S>> {
    (inner, timestamp()).prop_map(|(inner, until)| Gate::new(inner, until))
}

/// Returns a strategy for schedules of `inner` that end early, at any time.
pub fn truncate<S: Schedule + core::fmt::Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Truncate<S>> {
    (inner, timestamp()).prop_map(|(inner, until)| Truncate::new(inner, until))
}

/// Returns a strategy for schedules of `inner` moved earlier or later, often as far as the clock
/// has room for.
pub fn shift<S: Schedule + core::fmt::Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Shift<S>> {
    (inner, span(), any::<bool>()).prop_filter_map(NEVER, |(inner, by, earlier)| {
        fitted::shift(inner, by, earlier)
    })
}

/// Returns a strategy for schedules of `inner` scaled to any total.
pub fn scale<S: Schedule + core::fmt::Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Scale<S>> {
    (inner, amount()).prop_filter_map(NEVER, |(inner, total)| fitted::scale(inner, total))
}

/// Returns a strategy for any schedule that is made of no other.
pub fn simple_schedule() -> impl Strategy<Value = SimpleSchedule> + Clone {
    let few = prop_oneof![
        cliff().prop_map(SimpleSchedule::from),
        linear().prop_map(SimpleSchedule::from),
        step().prop_map(SimpleSchedule::from),
        lump_linear().prop_map(SimpleSchedule::from),
        calendar().prop_map(SimpleSchedule::from),
        power().prop_map(SimpleSchedule::from),
        exponential().prop_map(SimpleSchedule::from),
    ];
    #[cfg(feature = "alloc")]
    let few = prop_oneof![
        7 => few,
        1 => tranches().prop_map(SimpleSchedule::from),
        1 => graded().prop_map(SimpleSchedule::from),
        1 => piecewise().prop_map(SimpleSchedule::from),
    ];
    // What is drawn holds a state for each kind, several of which would fill a stack.
    few.boxed()
}

/// Returns a strategy for any schedule of this crate, alone or combined once.
pub fn any_schedule() -> impl Strategy<Value = AnySchedule> {
    let two = || (simple_schedule(), simple_schedule());
    prop_oneof![
        6 => simple_schedule().prop_map(AnySchedule::Simple),
        1 => gate(simple_schedule()).prop_map(AnySchedule::Gate),
        1 => two().prop_map(|(left, right)| fitted::sum(left, right)),
        1 => two().prop_map(|(left, right)| AnySchedule::Min(Min::new(left, right))),
        1 => shift(simple_schedule()).prop_map(AnySchedule::Shift),
        1 => scale(simple_schedule()).prop_map(AnySchedule::Scale),
        1 => truncate(simple_schedule()).prop_map(AnySchedule::Truncate),
    ]
}

/// Returns a strategy for grants of `schedule` in any state, often with nothing or all of it
/// claimed, paused and revoked or not.
pub fn grant<S: Schedule + core::fmt::Debug>(
    schedule: impl Strategy<Value = S>,
) -> impl Strategy<Value = Grant<S>> {
    let amounts = (amount(), amount(), amount(), amount());
    let dates = (prop::option::of(timestamp()), prop::option::of(timestamp()));
    (schedule, amounts, dates, span(), timestamp()).prop_filter_map(
        NEVER,
        |(schedule, amounts, (paused_at, revoked_at), delay, clock)| {
            let (claimed, clawed_back, slashed, accelerated) = amounts;
            let state = GrantState {
                claimed,
                clawed_back,
                slashed,
                accelerated,
                delay,
                paused_at,
                revoked_at,
                clock,
            };
            fitted::grant(schedule, state)
        },
    )
}
