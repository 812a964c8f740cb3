//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use core::fmt::Debug;

use proptest::prelude::*;

use super::seed::FromSeed;

/// Returns a strategy for any controller, of parameters that are at either end of their range often.
pub fn controller<C: FromSeed + Debug>() -> impl Strategy<Value = C> {
    let number = || prop_oneof![Just(0), Just(u128::MAX), 0..=20_u128, any::<u128>()];
    prop::collection::vec(number(), 13).prop_filter_map("one of the ranges is empty", |numbers| {
        C::from_seed(numbers.try_into().ok()?)
    })
}
