//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, ratio};

use super::seed::FromSeed;
use crate::{Debt, Haircut, Holding, Margin};

/// The reason given for numbers that make no value. There are none.
const MADE: &str = "any numbers make one";

/// Returns a strategy for each margin.
pub fn margin() -> impl Strategy<Value = Margin> + Clone {
    prop::sample::select(&Margin::ALL[..])
}

/// Returns a strategy for any haircut: none and all often, and the two margins equal or apart.
pub fn haircut() -> impl Strategy<Value = Haircut> + Clone {
    (fraction(), fraction()).prop_filter_map(MADE, Haircut::from_seed)
}

/// Returns a strategy for any holding: an amount or a price of 0 and of the maximum often.
pub fn holding() -> impl Strategy<Value = Holding> + Clone {
    (amount(), ratio(), haircut()).prop_filter_map(MADE, Holding::from_seed)
}

/// Returns a strategy for any debt: an amount of 0 and the least and largest price often.
pub fn debt() -> impl Strategy<Value = Debt> + Clone {
    (amount(), ratio(), haircut()).prop_filter_map(MADE, Debt::from_seed)
}
