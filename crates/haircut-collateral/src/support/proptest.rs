//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, span, timestamp, wad};

use super::seed::FromSeed;
use crate::{Debt, DebtCeiling, Haircut, Holding, Margin, RateLimit, TreasuryAsset};

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
    (amount(), wad(), haircut()).prop_filter_map(MADE, Holding::from_seed)
}

/// Returns a strategy for any debt: an amount of 0 and the least and largest price often.
pub fn debt() -> impl Strategy<Value = Debt> + Clone {
    (amount(), wad(), haircut()).prop_filter_map(MADE, Debt::from_seed)
}

/// Returns a strategy for any rate limit: empty and full often.
pub fn rate_limit() -> impl Strategy<Value = RateLimit> + Clone {
    let numbers = (amount(), amount(), span(), timestamp(), amount());
    numbers.prop_filter_map(MADE, RateLimit::from_seed)
}

/// Returns a strategy for any debt ceiling: nothing and all used often.
pub fn debt_ceiling() -> impl Strategy<Value = DebtCeiling> + Clone {
    (amount(), amount()).prop_filter_map(MADE, DebtCeiling::from_seed)
}

/// Returns a strategy for any asset of a treasury: no value and the most, no haircut and all often.
pub fn treasury_asset() -> impl Strategy<Value = TreasuryAsset> + Clone {
    (amount(), fraction(), any::<bool>()).prop_filter_map(MADE, TreasuryAsset::from_seed)
}
