//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, span, timestamp};

use super::seed::FromSeed;
use crate::{Lock, Terms};

/// The reason given for numbers that make no value. There are none.
const MADE: &str = "any numbers make one";

/// Returns a strategy for any terms: any longest lock, with a granule of one unit, of all of it, or in
/// between.
pub fn terms() -> impl Strategy<Value = Terms> + Clone {
    (span(), span()).prop_filter_map(MADE, Terms::from_seed)
}

/// Returns a strategy for any lock, until any time.
pub fn lock() -> impl Strategy<Value = Lock> + Clone {
    (amount(), timestamp()).prop_filter_map(MADE, Lock::from_seed)
}
