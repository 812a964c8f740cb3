//! Any integers, brought into the range that the constructors accept: what the generators build on.
//! Parameters that are in range already stay as they are.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::{Linear, LumpLinear, Step};

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

pub(crate) fn step(start: Timestamp, period: Span, count: u32, total: Amount) -> Option<Step> {
    let start = start.min(Timestamp::new(u64::MAX.saturating_sub(1)));
    let room = Timestamp::MAX.since(start)?.get();
    let count = count.max(1).min(u32::try_from(room).unwrap_or(u32::MAX));
    let period = period.get().max(1).min(room.checked_div(count.into())?);
    Step::new(start, Span::new(period), count, total).ok()
}

#[cfg(feature = "arbitrary")]
mod with_arbitrary {
    use arbitrary::{Arbitrary, Error, Result, Unstructured};
    use tokenomics_fixed_math::Amount;

    use crate::{AnySchedule, Cliff, Gate, Grant, Linear, LumpLinear, Schedule, Step};

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
            super::step(start, period, count, total).ok_or(Error::IncorrectFormat)
        }
    }

    impl<'a, S: Schedule + Arbitrary<'a>> Arbitrary<'a> for Gate<S> {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (inner, until) = Arbitrary::arbitrary(bytes)?;
            Ok(Self::new(inner, until))
        }
    }

    impl<'a> Arbitrary<'a> for AnySchedule {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            Ok(match bytes.int_in_range(0..=5)? {
                0 => Cliff::arbitrary(bytes)?.into(),
                1 => Linear::arbitrary(bytes)?.into(),
                2 => Step::arbitrary(bytes)?.into(),
                3 => LumpLinear::arbitrary(bytes)?.into(),
                4 => Gate::<Linear>::arbitrary(bytes)?.into(),
                _ => Gate::<Step>::arbitrary(bytes)?.into(),
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
