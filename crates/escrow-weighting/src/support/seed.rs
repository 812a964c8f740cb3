//! Terms and locks of any numbers, each brought into the range that the constructors accept: the base
//! of the generators. The largest number makes the largest value of a range.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::{Lock, LockKind, Terms};

/// A type that can be made of any two numbers.
pub(super) trait FromSeed: Sized {
    /// The numbers.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

impl FromSeed for Terms {
    /// The longest lock and the granule.
    type Seed = (Span, Span);

    fn from_seed((max, granule): Self::Seed) -> Option<Self> {
        let max = max.get().max(1);
        let granule = match granule.get() {
            u64::MAX => max,
            // From 1 on, and at most the longest lock.
            granule => granule.checked_rem(max)?.checked_add(1)?,
        };
        Self::new(Span::new(max), Span::new(granule)).ok()
    }
}

impl FromSeed for LockKind {
    /// The end; what a unit weighs, and what more or less with each unit of time; which kind.
    type Seed = (Timestamp, u128, u64, u8);

    fn from_seed((end, level, rate, kind): Self::Seed) -> Option<Self> {
        // Half of 128 bits for each, so that no unit weighs more than they hold.
        let (level, rate) = (level.checked_shr(1)?, u128::from(rate.checked_shr(1)?));
        let until = (end < Timestamp::MAX).then_some(end);
        Some(match kind & 3 {
            0 | 1 => Self::Decaying { rate, end },
            2 => Self::Constant { level, end: until },
            _ => Self::Growing {
                level,
                rate,
                since: Timestamp::new(end.get().checked_shr(1)?),
                full: end,
                end: until,
            },
        })
    }
}

impl FromSeed for Lock {
    /// The amount and the kind.
    type Seed = (Amount, <LockKind as FromSeed>::Seed);

    fn from_seed((amount, kind): Self::Seed) -> Option<Self> {
        let kind = LockKind::from_seed(kind)?;
        Self::new(amount.max(Amount::new(1)), kind).ok()
    }
}
