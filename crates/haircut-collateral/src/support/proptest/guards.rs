//! Strategies for limits, guards and treasuries.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, ratio, span, timestamp, wad};
use tokenomics_fixed_math::Span;

use super::{ends, offset, FromSeed, MADE};
use crate::growth_cap::{LARGEST_GROWTH, LONGEST_YEAR};
use crate::{
    Cap, CircuitBreaker, CircuitBreakerState, GrowthCap, GrowthCapState, GrowthCapTerms, Isolation,
    RateLimit, RateLimitState, RatioSnapshot, TreasuryAsset,
};

/// Returns a strategy for any rate limit: empty and full often.
pub fn rate_limit() -> impl Strategy<Value = RateLimit> + Clone {
    let numbers = (amount(), amount(), span(), timestamp(), amount());
    numbers.prop_filter_map(MADE, RateLimit::from_seed)
}

/// Returns a strategy for the state of any rate limit: empty and full often.
pub fn rate_limit_state() -> impl Strategy<Value = RateLimitState> + Clone {
    rate_limit().prop_map(|limit| limit.state())
}

/// Returns a strategy for any cap: nothing and all used often.
pub fn cap() -> impl Strategy<Value = Cap> + Clone {
    (amount(), amount()).prop_filter_map(MADE, Cap::from_seed)
}

/// Returns a strategy for each kind of a collateral.
pub fn isolation() -> impl Strategy<Value = Isolation> + Clone {
    prop::sample::select(&Isolation::ALL[..])
}

/// Returns a strategy for the state of any breaker: the least move and the largest often.
pub fn circuit_breaker_state() -> impl Strategy<Value = CircuitBreakerState> + Clone {
    let times = [timestamp(), timestamp()];
    let numbers = (fraction(), [span(), span()], ratio(), times, any::<bool>());
    numbers.prop_filter_map(MADE, CircuitBreakerState::from_seed)
}

/// Returns a strategy for any breaker, closed or tripped: the least move and the largest often.
pub fn circuit_breaker() -> impl Strategy<Value = CircuitBreaker> + Clone {
    circuit_breaker_state().prop_filter_map(MADE, |state| CircuitBreaker::restore(state).ok())
}

/// Returns a strategy for any terms of a growth cap: no growth and the largest, and years of a unit and the
/// longest, often.
pub fn growth_cap_terms() -> impl Strategy<Value = GrowthCapTerms> + Clone {
    let years = ends(LONGEST_YEAR.saturating_sub(1));
    let year = years.prop_filter_map(MADE, |years| u64::try_from(years).ok().map(Span::new));
    (offset(LARGEST_GROWTH), year, fraction(), span())
        .prop_filter_map(MADE, GrowthCapTerms::from_seed)
}

/// Returns a strategy for any snapshot: the least ratio and the largest often.
pub fn ratio_snapshot() -> impl Strategy<Value = RatioSnapshot> + Clone {
    (wad(), timestamp()).prop_filter_map(MADE, RatioSnapshot::from_seed)
}

/// Returns a strategy for the state of any growth cap: a snapshot of the time it was set at often.
pub fn growth_cap_state() -> impl Strategy<Value = GrowthCapState> + Clone {
    (growth_cap_terms(), ratio_snapshot(), span()).prop_filter_map(MADE, GrowthCapState::from_seed)
}

/// Returns a strategy for any growth cap: a snapshot of the time it was set at often.
pub fn growth_cap() -> impl Strategy<Value = GrowthCap> + Clone {
    growth_cap_state().prop_filter_map(MADE, |state| GrowthCap::restore(state).ok())
}

/// Returns a strategy for any asset of a treasury: no value and the most, no haircut and all often.
pub fn treasury_asset() -> impl Strategy<Value = TreasuryAsset> + Clone {
    (amount(), fraction(), any::<bool>()).prop_filter_map(MADE, TreasuryAsset::from_seed)
}
