//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, span, timestamp};
use tokenomics_fixed_math::Amount;

use super::seed::FromSeed;
use crate::{Lock, LockKind, Terms};

/// The reason given for numbers that make no value. There are none.
const MADE: &str = "any numbers make one";

/// Returns a strategy for any terms: any longest lock, with a granule of one unit, of all of it, or in
/// between.
pub fn terms() -> impl Strategy<Value = Terms> + Clone {
    (span(), span()).prop_filter_map(MADE, Terms::from_seed)
}

/// Returns a strategy for any kind of lock, until any time or for good.
pub fn lock_kind() -> impl Strategy<Value = LockKind> + Clone {
    let numbers = (timestamp(), amount(), span(), any::<u8>());
    numbers.prop_filter_map(MADE, |(end, level, rate, kind)| {
        LockKind::from_seed((end, level.get(), rate.get(), kind))
    })
}

/// Returns a strategy for any lock of any kind.
pub fn lock() -> impl Strategy<Value = Lock> + Clone {
    (amount(), lock_kind()).prop_filter_map(MADE, |(amount, kind)| {
        Lock::new(amount.max(Amount::new(1)), kind).ok()
    })
}
