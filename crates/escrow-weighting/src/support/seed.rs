//! Terms and locks of any numbers, each brought into the range that the constructors accept: the base
//! of the generators. The largest number makes the largest value of a range.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::{Lock, Terms};

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

impl FromSeed for Lock {
    /// The amount and the end.
    type Seed = (Amount, Timestamp);

    fn from_seed((amount, end): Self::Seed) -> Option<Self> {
        Self::new(amount.max(Amount::new(1)), end).ok()
    }
}
