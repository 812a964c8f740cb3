//! The laws of markets, each once, as checks over plain numbers. Any input is brought into the valid
//! range first, so that a check fails for the law's sake only.
//!
//! The laws of `market` hold for every kind; those of a kind's own stand in a file of its name.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]
#![allow(
    dead_code,
    unused_imports,
    reason = "each test file calls some of them"
)]

mod concentrated;
mod concentrated_curve;
mod constant_product;
mod draw;
mod gradual_weights;
mod kyle;
mod ladder;
mod liquidity;
mod loss_versus_rebalancing;
mod market;
mod position;
mod primary_market;
mod resilient_book;
mod router;
mod stable_swap;
mod weighted;

pub use concentrated::{
    concentrated_against_the_pool, concentrated_fees_are_shared, concentrated_is_solvent,
    concentrated_quoted, concentrated_restored_is_the_same, concentrated_round_trip,
    concentrated_split, ConcentratedCall, ConcentratedDraw,
};
pub use concentrated_curve::{
    concentrated_position_is_concave, concentrated_range_is_exact,
    concentrated_step_keeps_its_curve,
};
pub use constant_product::{constant_product, constant_product_position, share_value};
pub use draw::{Draw, Kind};
pub use gradual_weights::{gradual_weights, gradual_weights_keep_the_invariant, GradualDraw};
pub use kyle::{kyle_auctions, kyle_single_is_exact};
pub use ladder::{ladder_is_its_levels, ladder_keeps_orders};
pub use liquidity::liquidity_quoted;
pub use loss_versus_rebalancing::{arbitrage_is_exact, arbitrage_is_monotone};
pub use market::{against_the_pool, bounded, inverse_is_tight, quoted, round_trip, split};
pub use position::position_is_concave;
pub use primary_market::{
    backed, capacity, conserved, first_in_first_out, primary_market_quoted, Call, Rules,
};
pub use resilient_book::{
    optimal_schedule_costs_least, resilient_impact_fades, resilient_round_trip,
    resilient_trade_is_exact, schedule_sums, ResilientDraw, ResilientTrade,
};
pub use router::{margins_equal, priced, route_is_the_best, route_never_gains, route_sums, Size};
pub use stable_swap::{
    contract_integers, gamma_is_the_slope, invariant_is_exact, stable_invariant, stable_share_value,
};
pub use weighted::{weighted_invariant, weighted_share_value};
