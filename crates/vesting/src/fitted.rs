//! Any integers, brought into the range that the constructors accept: what the generators build on.
//! Parameters that are in range already stay as they are.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::{Allocation, AnySchedule, Linear, LumpLinear, Min, Scale, Schedule, Shift, Step, Sum};

/// Two times in order, the second after the first.
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

/// `inner`, by as much of `by` as the clock has room for.
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

/// The sum, or where its total would be too large, the less of the two.
pub(crate) fn sum<S: Schedule + Clone>(left: S, right: S) -> AnySchedule<S> {
    match Sum::new(left.clone(), right.clone()) {
        Ok(sum) => AnySchedule::Sum(sum),
        Err(_) => AnySchedule::Min(Min::new(left, right)),
    }
}

#[cfg(feature = "arbitrary")]
mod with_arbitrary {
    use arbitrary::{Arbitrary, Error, Result, Unstructured};
    use tokenomics_fixed_math::Amount;

    use crate::{
        Allocation, AnySchedule, Cliff, Gate, Grant, Linear, LumpLinear, Min, Schedule,
        SimpleSchedule, Step, Truncate,
    };

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

    impl<'a> Arbitrary<'a> for SimpleSchedule {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            Ok(match bytes.int_in_range(0..=3)? {
                0 => Cliff::arbitrary(bytes)?.into(),
                1 => Linear::arbitrary(bytes)?.into(),
                2 => Step::arbitrary(bytes)?.into(),
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

    impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for Grant<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let schedule = S::arbitrary(bytes)?;
            let claimed = Amount::arbitrary(bytes)?.min(schedule.total());
            let revoked_at = Arbitrary::arbitrary(bytes)?;
            Self::resume(schedule, claimed, revoked_at).map_err(|_| Error::IncorrectFormat)
        }
    }
}
