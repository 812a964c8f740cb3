//! Strategies of proptest, for the tests of code that embeds the types: both endpoints of each
//! range are drawn often.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::fmt::Debug;

use proptest::prelude::*;
#[cfg(feature = "alloc")]
use tokenomics_fixed_math::strategies::fraction;
use tokenomics_fixed_math::strategies::{amount, signed_wad, span, timestamp, wad};
#[cfg(feature = "alloc")]
use tokenomics_fixed_math::Fraction;
use tokenomics_fixed_math::{Amount, SignedWad, Span, Timestamp, Wad};

use super::seed::FromSeed;
pub use crate::simple_schedule::strategies::*;
use crate::{
    Allocation, AnySchedule, Gate, Grant, GrantState, Min, Scale, Schedule, Shift, Truncate,
};

/// The reason why a strategy would draw again. None does: the parameters are brought into range
/// before.
const NEVER: &str = "parameters are in range";

/// A number that a seed is made of, and how it is drawn.
pub(crate) trait Drawn: Sized + Debug {
    /// Returns its strategy.
    fn drawn() -> impl Strategy<Value = Self> + Clone;
}

/// Implements [`Drawn`] by a strategy.
macro_rules! drawn {
    ($($(#[cfg($when:meta)])? $type:ty: $strategy:expr;)+) => {$(
        $(#[cfg($when)])?
        impl Drawn for $type {
            fn drawn() -> impl Strategy<Value = Self> + Clone {
                $strategy
            }
        }
    )+};
}

drawn! {
    bool: any::<bool>();
    u8: any::<u8>();
    u16: prop_oneof![1..=12_u16, any::<u16>()];
    u32: prop_oneof![Just(1), Just(u32::MAX), 1..=60_u32, any::<u32>()];
    Timestamp: timestamp();
    Span: span();
    Amount: amount();
    Wad: wad();
    SignedWad: signed_wad();
    Allocation: prop::sample::select(&Allocation::ALL[..]);
    #[cfg(feature = "alloc")]
    Fraction: fraction();
}

#[cfg(feature = "alloc")]
impl<V: Drawn> Drawn for Vec<(Timestamp, V)> {
    fn drawn() -> impl Strategy<Value = Self> + Clone {
        prop::collection::vec((timestamp(), V::drawn()), 1..8)
    }
}

/// Implements [`Drawn`] for tuples.
macro_rules! drawn_together {
    ($(($($part:ident),+))+) => {$(
        impl<$($part: Drawn),+> Drawn for ($($part,)+) {
            fn drawn() -> impl Strategy<Value = Self> + Clone {
                ($($part::drawn(),)+)
            }
        }
    )+};
}

drawn_together! { (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) }

/// Returns the strategy for values of any seeds.
pub(crate) fn seeded<T>() -> impl Strategy<Value = T> + Clone
where
    T: FromSeed<Seed: Drawn> + Debug,
{
    T::Seed::drawn().prop_filter_map(NEVER, T::from_seed)
}

/// Declares a strategy for each kind of simple schedules, and one for any of them.
macro_rules! simple_schedules {
    ($($(#[cfg($when:meta)])? $number:literal: $type:ty, $name:ident;)+) => {
        pub(crate) mod strategies {
            use proptest::prelude::*;

            use super::*;

            $(
                $(#[cfg($when)])?
                #[doc = concat!("Returns a strategy for `", stringify!($type), "`, over all its parameters.")]
                pub fn $name() -> impl Strategy<Value = $type> + Clone {
                    crate::support::proptest::seeded()
                }
            )+

            /// Returns a strategy for any schedule that is made of no other.
            pub fn simple_schedule() -> impl Strategy<Value = SimpleSchedule> + Clone {
                // What is drawn holds a state for each kind, several of which would fill a stack.
                proptest::strategy::Union::new([
                    $($(#[cfg($when)])? $name().prop_map(SimpleSchedule::from).boxed(),)+
                ])
            }
        }
    };
}

pub(crate) use simple_schedules;

/// Returns a strategy for allocations, each rule as likely as the others.
pub fn allocation() -> impl Strategy<Value = Allocation> + Clone {
    Allocation::drawn()
}

/// Returns a strategy for schedules of `inner` behind a gate, which opens before the start, within
/// or after the end.
pub fn gate<S: Schedule + Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Gate<S>> {
    (inner, timestamp()).prop_filter_map(NEVER, Gate::from_seed)
}

/// Returns a strategy for schedules of `inner` that end early, at any time.
pub fn truncate<S: Schedule + Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Truncate<S>> {
    (inner, timestamp()).prop_filter_map(NEVER, Truncate::from_seed)
}

/// Returns a strategy for schedules of `inner` moved earlier or later, often as far as the clock
/// has room for.
pub fn shift<S: Schedule + Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Shift<S>> {
    (inner, span(), any::<bool>()).prop_filter_map(NEVER, Shift::from_seed)
}

/// Returns a strategy for schedules of `inner` scaled to any total.
pub fn scale<S: Schedule + Debug>(
    inner: impl Strategy<Value = S>,
) -> impl Strategy<Value = Scale<S>> {
    (inner, amount()).prop_filter_map(NEVER, Scale::from_seed)
}

/// Returns a strategy for any schedule of this crate, alone or combined once.
pub fn any_schedule() -> impl Strategy<Value = AnySchedule> {
    let two = || (simple_schedule(), simple_schedule());
    prop_oneof![
        6 => simple_schedule().prop_map(AnySchedule::Simple),
        1 => gate(simple_schedule()).prop_map(AnySchedule::Gate),
        1 => two().prop_map(|(left, right)| AnySchedule::sum_or_min(left, right)),
        1 => two().prop_map(|(left, right)| AnySchedule::Min(Min::new(left, right))),
        1 => shift(simple_schedule()).prop_map(AnySchedule::Shift),
        1 => scale(simple_schedule()).prop_map(AnySchedule::Scale),
        1 => truncate(simple_schedule()).prop_map(AnySchedule::Truncate),
    ]
}

/// Returns a strategy for grants of `schedule` in any state, often with nothing or all of it
/// claimed, paused and revoked or not, the whole of it or a part.
pub fn grant<S: Schedule + Debug>(
    schedule: impl Strategy<Value = S>,
) -> impl Strategy<Value = Grant<S>> {
    let amounts = (amount(), amount(), amount(), amount());
    // The whole of the schedule, or a part.
    let part = prop_oneof![
        Just((Amount::ZERO, Amount::ZERO, Amount::ZERO)),
        (amount(), amount(), amount()),
    ];
    let dates = (prop::option::of(timestamp()), prop::option::of(timestamp()));
    (schedule, part, amounts, dates, span(), timestamp()).prop_filter_map(NEVER, |seed| {
        let (schedule, part, amounts, (paused_at, revoked_at), delay, clock) = seed;
        let (others, checkpoint, settled) = part;
        let (claimed, clawed_back, slashed, accelerated) = amounts;
        let state = GrantState {
            others,
            checkpoint,
            settled,
            claimed,
            clawed_back,
            slashed,
            accelerated,
            delay,
            paused_at,
            revoked_at,
            clock,
        };
        Grant::from_seed((schedule, state))
    })
}
