//! Values from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::FromSeed;
use crate::{
    Allocation, AnySchedule, Gate, Grant, GrantState, Milestones, Min, Scale, Schedule, Shift,
    Truncate,
};

/// Reads a value's seed, and makes the value of it.
pub(crate) fn seeded<'a, T>(bytes: &mut Unstructured<'a>) -> Result<T>
where
    T: FromSeed<Seed: Arbitrary<'a>>,
{
    let seed = Arbitrary::arbitrary(bytes)?;
    T::from_seed(seed).ok_or(Error::IncorrectFormat)
}

/// Implements `Arbitrary` for the kinds of simple schedules, and for any of them.
macro_rules! simple_schedules {
    ($($(#[cfg($when:meta)])? $number:literal: $type:ty, $name:ident;)+) => {
        $(
            $(#[cfg($when)])?
            impl<'a> arbitrary::Arbitrary<'a> for $type {
                fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                    crate::support::arbitrary::seeded(bytes)
                }
            }
        )+

        impl<'a> arbitrary::Arbitrary<'a> for SimpleSchedule {
            fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let numbers = [$($(#[cfg($when)])? $number,)+];
                match *bytes.choose(&numbers)? {
                    $($(#[cfg($when)])? $number => Ok(<$type>::arbitrary(bytes)?.into()),)+
                    _ => Err(arbitrary::Error::IncorrectFormat),
                }
            }
        }
    };
}

pub(crate) use simple_schedules;

/// Implements `Arbitrary` for what is made of a schedule.
macro_rules! made_of_a_schedule {
    ($($type:ident)+) => {$(
        impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for $type<S> {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                seeded(bytes)
            }
        }
    )+};
}

made_of_a_schedule! { Gate Shift Scale Truncate Grant }

impl<'a> Arbitrary<'a> for Allocation {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::ALL).copied()
    }
}

/// Any state: whether calls lead to it depends on the schedule.
impl<'a> Arbitrary<'a> for GrantState {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self {
            others: Arbitrary::arbitrary(bytes)?,
            checkpoint: Arbitrary::arbitrary(bytes)?,
            settled: Arbitrary::arbitrary(bytes)?,
            claimed: Arbitrary::arbitrary(bytes)?,
            clawed_back: Arbitrary::arbitrary(bytes)?,
            slashed: Arbitrary::arbitrary(bytes)?,
            accelerated: Arbitrary::arbitrary(bytes)?,
            delay: Arbitrary::arbitrary(bytes)?,
            paused_at: Arbitrary::arbitrary(bytes)?,
            revoked_at: Arbitrary::arbitrary(bytes)?,
            clock: Arbitrary::arbitrary(bytes)?,
        })
    }
}

impl<'a> Arbitrary<'a> for Milestones {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        seeded(bytes)
    }
}

impl<'a, S: Schedule + Clone + Arbitrary<'a>> Arbitrary<'a> for AnySchedule<S> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match bytes.int_in_range(0..=6)? {
            0 => Self::Simple(S::arbitrary(bytes)?),
            1 => Self::Gate(Gate::arbitrary(bytes)?),
            2 => Self::sum_or_min(S::arbitrary(bytes)?, S::arbitrary(bytes)?),
            3 => Self::Min(Min::new(S::arbitrary(bytes)?, S::arbitrary(bytes)?)),
            4 => Self::Shift(Shift::arbitrary(bytes)?),
            5 => Self::Scale(Scale::arbitrary(bytes)?),
            _ => Self::Truncate(Truncate::arbitrary(bytes)?),
        })
    }
}
