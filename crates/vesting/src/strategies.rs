//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, span, timestamp};

use crate::{fitted, AnySchedule, Cliff, Gate, Grant, Linear, LumpLinear, Schedule, Step};

/// Why a strategy would draw again. None does: the parameters are brought into range before.
const NEVER: &str = "parameters are in range";

/// Any cliff.
pub fn cliff() -> impl Strategy<Value = Cliff> + Clone {
    (timestamp(), amount()).prop_map(|(at, total)| Cliff::new(at, total))
}

/// Any linear schedule: one instant long and as long as the clock often.
pub fn linear() -> impl Strategy<Value = Linear> + Clone {
    (timestamp(), timestamp(), amount())
        .prop_filter_map(NEVER, |(a, b, total)| fitted::linear(a, b, total))
}

/// Any instalments: one and the most often, up to the end of the clock.
pub fn step() -> impl Strategy<Value = Step> + Clone {
    let count = prop_oneof![Just(1), Just(u32::MAX), 1..=60_u32, any::<u32>()];
    (timestamp(), span(), count, amount())
        .prop_filter_map(NEVER, |(start, period, count, total)| {
            fitted::step(start, period, count, total)
        })
}

/// Any lump and line: a lump of nothing and of all often.
pub fn lump_linear() -> impl Strategy<Value = LumpLinear> + Clone {
    (timestamp(), timestamp(), amount(), amount()).prop_filter_map(NEVER, |(a, b, lump, total)| {
        fitted::lump_linear(a, b, lump, total)
    })
}

/// `inner` behind a gate at any time: before its start, within it, and after its end.
pub fn gate<S: Schedule + core::fmt::Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Gate<S>> {
    (inner, timestamp()).prop_map(|(inner, until)| Gate::new(inner, until))
}

/// Any schedule of this crate.
pub fn any_schedule() -> impl Strategy<Value = AnySchedule> {
    prop_oneof![
        cliff().prop_map(AnySchedule::from),
        linear().prop_map(AnySchedule::from),
        step().prop_map(AnySchedule::from),
        lump_linear().prop_map(AnySchedule::from),
        gate(linear()).prop_map(AnySchedule::from),
        gate(step()).prop_map(AnySchedule::from),
    ]
}

/// A grant of `schedule` in any state: nothing and all of it claimed often, revoked or not.
pub fn grant<S: Schedule + core::fmt::Debug>(
    schedule: impl Strategy<Value = S>,
) -> impl Strategy<Value = Grant<S>> {
    (schedule, amount(), prop::option::of(timestamp())).prop_filter_map(
        NEVER,
        |(schedule, claimed, revoked_at)| {
            let claimed = claimed.min(schedule.total());
            Grant::resume(schedule, claimed, revoked_at).ok()
        },
    )
}
