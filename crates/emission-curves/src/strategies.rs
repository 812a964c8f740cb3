//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, ratio, span, timestamp};
use tokenomics_fixed_math::Ratio;

use crate::controllers::fitted::Fitted;
use crate::table::Table;
use crate::{fitted, GeometricEpochs};

/// What a rate is multiplied by: 0, a half, CRV's and 1 often, any fraction, and any ratio.
fn decay() -> impl Strategy<Value = Ratio> + Clone {
    const KNOWN: [(u128, u128); 4] = [
        (0, 1),
        (1, 2),
        (1_000_000_000_000_000_000, 1_189_207_115_002_721_024),
        (1, 1),
    ];
    let known = prop::sample::select(&KNOWN[..]);
    prop_oneof![
        2 => known.prop_map(|(n, d)| Ratio::new(n, d).unwrap_or(Ratio::ONE)),
        2 => fraction().prop_map(Ratio::from),
        1 => ratio(),
    ]
}

/// Any curve: one epoch and as many as the table holds often, up to the end of the clock and the
/// largest amount.
pub fn geometric_epochs<E: Table + core::fmt::Debug>() -> impl Strategy<Value = GeometricEpochs<E>>
{
    let epochs = prop_oneof![2 => Just(1), 1 => Just(E::max()), 6 => 1..=64_u32];
    (timestamp(), span(), amount(), decay(), epochs).prop_filter_map(
        "the table has no room",
        |(start, length, rate, decay, epochs)| {
            fitted::geometric_epochs(start, length, rate, decay, epochs)
        },
    )
}

/// Any controller, of parameters that are at either end of their range often.
pub fn controller<C: Fitted + core::fmt::Debug>() -> impl Strategy<Value = C> {
    let number = || prop_oneof![Just(0), Just(u128::MAX), 0..=20_u128, any::<u128>()];
    prop::collection::vec(number(), 13).prop_filter_map("one of the ranges is empty", |numbers| {
        C::fitted(numbers.try_into().ok()?)
    })
}
