//! The generators' ground: any integers, brought into the range that the constructors accept.
//! Parameters that are in range already stay as they are.

#[cfg(feature = "alloc")]
use alloc::{vec, vec::Vec};

#[cfg(feature = "alloc")]
use tokenomics_fixed_math::Fraction;
use tokenomics_fixed_math::{Amount, SignedWad, Span, Timestamp, Wad};

use crate::{
    Allocation, AnySchedule, Calendar, Date, Exponential, Grant, GrantState, Linear, LumpLinear,
    Min, Power, Scale, Schedule, Shift, Step, Sum,
};
#[cfg(feature = "alloc")]
use crate::{Graded, Point};

/// Returns two times in order, the second after the first.
fn interval(a: Timestamp, b: Timestamp) -> (Timestamp, Timestamp) {
    let end = a.max(b).max(Timestamp::new(1));
    let before_end = Timestamp::new(end.get().saturating_sub(1));
    (a.min(b).min(before_end), end)
}

pub(crate) fn linear(a: Timestamp, b: Timestamp, total: Amount) -> Option<Linear> {
    let (start, end) = interval(a, b);
    Linear::new(start, end, total).ok()
}

pub(crate) fn lump_linear(
    a: Timestamp,
    b: Timestamp,
    lump: Amount,
    total: Amount,
) -> Option<LumpLinear> {
    let (cliff, end) = interval(a, b);
    LumpLinear::new(cliff, end, lump.min(total), total).ok()
}

pub(crate) fn step(
    start: Timestamp,
    period: Span,
    count: u32,
    total: Amount,
    allocation: Allocation,
) -> Option<Step> {
    let start = start.min(Timestamp::new(u64::MAX.saturating_sub(1)));
    let room = Timestamp::MAX.since(start)?.get();
    let count = count.max(1).min(u32::try_from(room).unwrap_or(u32::MAX));
    let period = period.get().max(1).min(room.checked_div(count.into())?);
    Step::new(start, Span::new(period), count, total, allocation).ok()
}

pub(crate) fn calendar(
    start: Timestamp,
    every: u16,
    day: u8,
    count: u32,
    total: Amount,
    allocation: Allocation,
) -> Option<Calendar> {
    // The last instalment of all is a month after this, at the latest time of day.
    let last = Date::new(9_999, 11, 30).ok()?.midnight();
    let start = start.min(last);
    let room = Date::new(9_999, 12, 31).ok()?.month_index();
    let room = room.saturating_sub(Date::of(start).ok()?.month_index());
    let every = every.max(1).min(u16::try_from(room).unwrap_or(u16::MAX));
    let count = count.max(1).min(room.checked_div(every.into())?);
    Calendar::new(start, every, day.clamp(1, 31), count, total, allocation).ok()
}

/// Returns a list in order: the times and the values each sorted; one point at least.
#[cfg(feature = "alloc")]
pub(crate) fn points<V: Copy + Ord + Default>(list: &[(Timestamp, V)]) -> Vec<Point<V>> {
    let mut times: Vec<_> = list.iter().map(|(at, _)| *at).collect();
    let mut values: Vec<_> = list.iter().map(|(_, value)| *value).collect();
    times.sort_unstable();
    values.sort_unstable();
    if times.is_empty() {
        return vec![Point::new(Timestamp::ZERO, V::default())];
    }
    let points = times.into_iter().zip(values);
    points.map(|(at, value)| Point::new(at, value)).collect()
}

#[cfg(feature = "alloc")]
pub(crate) fn graded(
    total: Amount,
    list: &[(Timestamp, Fraction)],
) -> Option<Graded<Vec<Point<Fraction>>>> {
    let mut points = points(list);
    if let Some(last) = points.last_mut() {
        *last = Point::new(last.at(), Fraction::ONE);
    }
    Graded::new(total, points).ok()
}

pub(crate) fn power(a: Timestamp, b: Timestamp, exponent: Wad, total: Amount) -> Option<Power> {
    let (start, end) = interval(a, b);
    Power::new(start, end, Wad::from_raw(exponent.raw().max(1)), total).ok()
}

pub(crate) fn exponential(
    a: Timestamp,
    b: Timestamp,
    steepness: SignedWad,
    total: Amount,
) -> Option<Exponential> {
    let (start, end) = interval(a, b);
    Exponential::new(start, end, steepness, total).ok()
}

/// Returns `inner` moved by as much of `by` as the clock has room for.
pub(crate) fn shift<S: Schedule>(inner: S, by: Span, earlier: bool) -> Option<Shift<S>> {
    let room = if earlier {
        inner.start().since(Timestamp::ZERO)
    } else {
        Timestamp::MAX.since(inner.end())
    };
    Shift::new(inner, by.min(room?), earlier).ok()
}

pub(crate) fn scale<S: Schedule>(inner: S, total: Amount) -> Option<Scale<S>> {
    let total = if inner.total().is_zero() {
        Amount::ZERO
    } else {
        total
    };
    Scale::new(inner, total).ok()
}

/// Returns the sum, or where its total would be too large, the lesser of the two.
pub(crate) fn sum<S: Schedule + Clone>(left: S, right: S) -> AnySchedule<S> {
    match Sum::new(left.clone(), right.clone()) {
        Ok(sum) => AnySchedule::Sum(sum),
        Err(_) => AnySchedule::Min(Min::new(left, right)),
    }
}

/// Returns a grant of `schedule` in the nearest state that calls can lead to.
pub(crate) fn grant<S: Schedule>(schedule: S, mut state: GrantState) -> Option<Grant<S>> {
    let total = schedule.total();
    if state.revoked_at.is_none() {
        state.clawed_back = Amount::ZERO;
    }
    state.clawed_back = state.clawed_back.min(total);
    state.slashed = state
        .slashed
        .min(total.checked_sub(state.clawed_back).ok()?);
    state.accelerated = state.accelerated.min(total);
    state.delay = state.delay.min(Span::new(state.clock.get()));
    state.paused_at = state.paused_at.map(|since| since.min(state.clock));
    let unclaimed = GrantState {
        claimed: Amount::ZERO,
        ..state
    };
    let mut grant = Grant::restore(schedule, unclaimed).ok()?;
    grant.claim_up_to(state.clock, state.claimed).ok()?;
    Some(grant)
}

#[cfg(feature = "arbitrary")]
mod with_arbitrary {
    #[cfg(feature = "alloc")]
    use alloc::vec::Vec;

    use arbitrary::{Arbitrary, Error, Result, Unstructured};
    #[cfg(feature = "alloc")]
    use tokenomics_fixed_math::Fraction;
    use tokenomics_fixed_math::{Amount, Span, Timestamp};

    use crate::{
        Allocation, AnySchedule, Calendar, Cliff, Entitlement, Exponential, Gate, Grant,
        GrantState, Linear, LumpLinear, Milestones, Min, Part, Power, Schedule, SimpleSchedule,
        Step, Truncate,
    };
    #[cfg(feature = "alloc")]
    use crate::{Graded, Piecewise, Point, Tranches};

    impl<'a> Arbitrary<'a> for Cliff {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (at, total) = Arbitrary::arbitrary(bytes)?;
            Ok(Self::new(at, total))
        }
    }

    impl<'a> Arbitrary<'a> for Linear {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (a, b, total) = Arbitrary::arbitrary(bytes)?;
            super::linear(a, b, total).ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for LumpLinear {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (a, b, lump, total) = Arbitrary::arbitrary(bytes)?;
            super::lump_linear(a, b, lump, total).ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for Step {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (start, period, count, total) = Arbitrary::arbitrary(bytes)?;
            let allocation = *bytes.choose(&Allocation::ALL)?;
            super::step(start, period, count, total, allocation).ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for Gate<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (inner, until) = Arbitrary::arbitrary(bytes)?;
            Ok(Self::new(inner, until))
        }
    }

    impl<'a> Arbitrary<'a> for Calendar {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (start, every, day, count, total) = Arbitrary::arbitrary(bytes)?;
            let allocation = *bytes.choose(&Allocation::ALL)?;
            super::calendar(start, every, day, count, total, allocation)
                .ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for Power {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (a, b, exponent, total) = Arbitrary::arbitrary(bytes)?;
            super::power(a, b, exponent, total).ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for Exponential {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (a, b, steepness, total) = Arbitrary::arbitrary(bytes)?;
            super::exponential(a, b, steepness, total).ok_or(Error::IncorrectFormat)
        }
    }

    #[cfg(feature = "alloc")]
    impl<'a> Arbitrary<'a> for Tranches<Vec<Point>> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let list = Vec::arbitrary(bytes)?;
            Self::new(super::points(&list)).map_err(|_| Error::IncorrectFormat)
        }
    }

    #[cfg(feature = "alloc")]
    impl<'a> Arbitrary<'a> for Piecewise<Vec<Point>> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let list = Vec::arbitrary(bytes)?;
            Self::new(super::points(&list)).map_err(|_| Error::IncorrectFormat)
        }
    }

    #[cfg(feature = "alloc")]
    impl<'a> Arbitrary<'a> for Graded<Vec<Point<Fraction>>> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (total, list): (_, Vec<_>) = Arbitrary::arbitrary(bytes)?;
            super::graded(total, &list).ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for SimpleSchedule {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let kinds = if cfg!(feature = "alloc") { 9 } else { 6 };
            Ok(match bytes.int_in_range(0..=kinds)? {
                0 => Cliff::arbitrary(bytes)?.into(),
                1 => Linear::arbitrary(bytes)?.into(),
                2 => Step::arbitrary(bytes)?.into(),
                3 => Calendar::arbitrary(bytes)?.into(),
                4 => Power::arbitrary(bytes)?.into(),
                5 => Exponential::arbitrary(bytes)?.into(),
                #[cfg(feature = "alloc")]
                6 => Tranches::arbitrary(bytes)?.into(),
                #[cfg(feature = "alloc")]
                7 => Graded::arbitrary(bytes)?.into(),
                #[cfg(feature = "alloc")]
                8 => Piecewise::arbitrary(bytes)?.into(),
                _ => LumpLinear::arbitrary(bytes)?.into(),
            })
        }
    }

    impl<'a, S: Schedule + Clone + Arbitrary<'a>> Arbitrary<'a> for AnySchedule<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let inner = S::arbitrary(bytes)?;
            Ok(match bytes.int_in_range(0..=6)? {
                0 => Self::Simple(inner),
                1 => Self::Gate(Gate::new(inner, Arbitrary::arbitrary(bytes)?)),
                2 => super::sum(inner, S::arbitrary(bytes)?),
                3 => Self::Min(Min::new(inner, S::arbitrary(bytes)?)),
                4 => {
                    let (by, earlier) = Arbitrary::arbitrary(bytes)?;
                    let shift = super::shift(inner, by, earlier);
                    Self::Shift(shift.ok_or(Error::IncorrectFormat)?)
                }
                5 => {
                    let scale = super::scale(inner, Arbitrary::arbitrary(bytes)?);
                    Self::Scale(scale.ok_or(Error::IncorrectFormat)?)
                }
                _ => Self::Truncate(Truncate::new(inner, Arbitrary::arbitrary(bytes)?)),
            })
        }
    }

    impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for Entitlement<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (schedule, delay, accelerated) = Arbitrary::arbitrary(bytes)?;
            let cut = Amount::arbitrary(bytes)?.min(S::total(&schedule));
            Self::new(schedule, delay, accelerated, cut).map_err(|_| Error::IncorrectFormat)
        }
    }

    impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for Part<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (whole, is_second) = Arbitrary::arbitrary(bytes)?;
            let first = Amount::arbitrary(bytes)?.min(S::total(&whole));
            Self::new(whole, first, is_second).map_err(|_| Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for Milestones {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let of = bytes.int_in_range(1..=Self::MAX)?;
            let needed = bytes.int_in_range(1..=of)?;
            let mut milestones = Self::new(needed, of).map_err(|_| Error::IncorrectFormat)?;
            let mask = u128::arbitrary(bytes)?;
            for index in (0..of).filter(|&index| mask.wrapping_shr(index.into()) & 1 == 1) {
                let _ = milestones.reach(index);
            }
            Ok(milestones)
        }
    }

    impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for Grant<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let schedule = S::arbitrary(bytes)?;
            let state = GrantState {
                claimed: Amount::arbitrary(bytes)?,
                clawed_back: Amount::arbitrary(bytes)?,
                slashed: Amount::arbitrary(bytes)?,
                accelerated: Amount::arbitrary(bytes)?,
                delay: Span::arbitrary(bytes)?,
                paused_at: Arbitrary::arbitrary(bytes)?,
                revoked_at: Arbitrary::arbitrary(bytes)?,
                clock: Timestamp::arbitrary(bytes)?,
            };
            super::grant(schedule, state).ok_or(Error::IncorrectFormat)
        }
    }
}
