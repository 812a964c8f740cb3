//! Strategies of proptest, for the tests of crates that embed the types. Both ends of each range
//! are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, span, timestamp};
use tokenomics_fixed_math::{Amount, Span};

use crate::{Lock, Terms};

/// Generates any terms: any longest lock, with a granule of one unit, of all of it, or in between.
pub fn terms() -> impl Strategy<Value = Terms> + Clone {
    (span(), span()).prop_filter_map("a granule is at least 1", |(max, granule)| {
        let max = max.max(Span::new(1));
        Terms::new(max, granule.clamp(Span::new(1), max)).ok()
    })
}

/// Generates any lock, until any time.
pub fn lock() -> impl Strategy<Value = Lock> + Clone {
    (amount(), timestamp()).prop_filter_map("a lock is of at least 1", |(amount, end)| {
        Lock::new(amount.max(Amount::new(1)), end).ok()
    })
}
