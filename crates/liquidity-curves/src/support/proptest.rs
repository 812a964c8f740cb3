//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, ratio, span, timestamp, wad};
use tokenomics_fixed_math::{Amount, Ratio, Wad};

use super::seed::FromSeed;
use crate::{
    Amplification, Arbitrage, ConcentratedParams, ConcentratedPosition, ConstantProduct, Fee,
    GradualWeights, Kyle, Ladder, OptimalSchedule, PrimaryMarket, PrimaryMarketParams,
    ResilientBook, Sell, SqrtPrice, StableSwap, Tick, Weighted,
};

/// The reason given for numbers that make no value. There are none.
const MADE: &str = "any numbers make one";

/// Returns a strategy for each direction.
pub fn sell() -> impl Strategy<Value = Sell> + Clone {
    prop::sample::select(&Sell::BOTH[..])
}

/// Returns a strategy for any fee: none, those of venues and the largest often.
pub fn fee() -> impl Strategy<Value = Fee> + Clone {
    let parts = prop_oneof![
        2 => Just((0, 1)),
        4 => Just((3, 1_000)),
        1 => Just((u64::MAX, u64::MAX)),
        2 => any::<(u64, u64)>(),
    ];
    parts.prop_filter_map(MADE, Fee::from_seed)
}

/// Returns a strategy for any constant-product pool: reserves of one unit and of the maximum often.
pub fn constant_product() -> impl Strategy<Value = ConstantProduct> + Clone {
    (amount(), amount(), fee()).prop_filter_map(MADE, ConstantProduct::from_seed)
}

/// Returns a strategy for any ladder of up to N levels a side: empty sides and full ones, levels of a unit
/// and of all that fits often.
pub fn ladder<const N: usize>() -> impl Strategy<Value = Ladder<N>> + Clone {
    let gap = prop_oneof![3 => 0..=20_u64, 1 => any::<u64>()];
    let side = prop::array::uniform((gap, amount()));
    let tick = prop_oneof![3 => [1..=1_000_u64, 1..=1_000], 1 => any::<[u64; 2]>()];
    (tick, [side.clone(), side], fee()).prop_filter_map(MADE, Ladder::from_seed)
}

/// Returns a strategy for any rules of a primary market: prices near par and any, capacities of nothing
/// and without a bound often.
pub fn primary_market_params() -> impl Strategy<Value = PrimaryMarketParams> + Clone {
    let near = (90..=110_u128).prop_filter_map(MADE, |percent| Ratio::new(percent, 100).ok());
    let price = prop_oneof![2 => near, 1 => ratio()];
    let prices = [price.clone(), price.clone(), price];
    let capacities = [amount(), amount()];
    (prices, [fee(), fee()], span(), capacities)
        .prop_filter_map(MADE, PrimaryMarketParams::from_seed)
}

/// Returns a strategy for a primary market: empty, backed in part, and with a queue often.
pub fn primary_market() -> impl Strategy<Value = PrimaryMarket> + Clone {
    let amounts = [amount(), amount(), amount()];
    (primary_market_params(), timestamp(), amounts).prop_filter_map(MADE, PrimaryMarket::from_seed)
}

/// Returns a strategy for any weighted pool of two to eight tokens: reserves of one unit and of the
/// maximum often, and weights of one unit.
pub fn weighted<const N: usize>() -> impl Strategy<Value = Weighted<N>> + Clone {
    let part = prop_oneof![1 => Just(0), 4 => any::<u64>()];
    let (reserves, parts) = (prop::array::uniform(amount()), prop::array::uniform(part));
    (reserves, parts, fee()).prop_filter_map(MADE, Weighted::from_seed)
}

/// Returns a strategy for any weights in time of two to eight tokens: weights of one unit, and times that
/// are next to each other and as far apart as can be, often.
pub fn gradual_weights<const N: usize>() -> impl Strategy<Value = GradualWeights<N>> + Clone {
    let part = prop_oneof![1 => Just(0), 4 => any::<u64>()];
    let parts = [
        prop::array::uniform(part.clone()),
        prop::array::uniform(part),
    ];
    (timestamp(), span(), parts).prop_filter_map(MADE, GradualWeights::from_seed)
}

/// Returns a strategy for any tick: both ends and 0 often.
pub fn tick() -> impl Strategy<Value = Tick> + Clone {
    let index = prop_oneof![
        1 => Just(i32::MIN),
        1 => Just(i32::MAX),
        2 => -20..=20_i32,
        6 => any::<i32>(),
    ];
    index.prop_filter_map(MADE, Tick::from_seed)
}

/// Returns a strategy for any square root of a price: both ends, and those of ticks, often.
pub fn sqrt_price() -> impl Strategy<Value = SqrtPrice> + Clone {
    let above = prop_oneof![1 => Just(0), 1 => any::<u64>()];
    (tick(), above).prop_filter_map(MADE, SqrtPrice::from_seed)
}

/// Returns a strategy for the parameters of any concentrated pool: both ends of the spacing often.
pub fn concentrated_params() -> impl Strategy<Value = ConcentratedParams> + Clone {
    let spacing = prop_oneof![1 => Just(0), 1 => Just(u16::MAX), 4 => any::<u16>()];
    (fee(), spacing).prop_filter_map(MADE, ConcentratedParams::from_seed)
}

/// Returns a strategy for any position: from the least tick to the largest often.
pub fn concentrated_position() -> impl Strategy<Value = ConcentratedPosition> + Clone {
    let amounts = prop::array::uniform(amount());
    (tick(), tick(), amounts).prop_filter_map(MADE, ConcentratedPosition::from_seed)
}

/// Returns a strategy for any amplification: 1, up to 1,000 whole ones and the largest often.
pub fn amplification() -> impl Strategy<Value = Amplification> + Clone {
    let seeds = prop_oneof![
        2 => Just(0),
        4 => 0..1_000_u32,
        1 => Just(u32::MAX),
        2 => any::<u32>(),
    ];
    seeds.prop_filter_map(MADE, Amplification::from_seed)
}

/// Returns a strategy for any stable pool of 2 to 8 coins: reserves of one unit and of the maximum often,
/// and rates of 1.
pub fn stable_swap<const N: usize>() -> impl Strategy<Value = StableSwap<N>> + Clone {
    let reserves = prop::array::uniform(amount());
    let rate = prop_oneof![2 => Just(0), 1 => any::<u64>()];
    let rates = prop::array::uniform(rate);
    let seeds = (reserves, rates, amplification(), fee(), amount());
    seeds.prop_filter_map(
        "of 2 to 8 coins, any numbers make one",
        StableSwap::from_seed,
    )
}

/// Returns a strategy for any market of Kyle's: volatilities of one unit and of the maximum often.
pub fn kyle() -> impl Strategy<Value = Kyle> + Clone {
    (ratio(), amount()).prop_filter_map(MADE, Kyle::from_seed)
}

/// Returns a strategy for any arbitrage: one block and no fee often.
pub fn arbitrage() -> impl Strategy<Value = Arbitrage> + Clone {
    let blocks = prop_oneof![1 => Just(1), 2 => 1..=2_000_000_u64, 1 => any::<u64>()];
    let variance = prop_oneof![2 => wad(), 2 => small_variance()];
    (variance, blocks, fee(), any::<bool>()).prop_filter_map(MADE, Arbitrage::from_seed)
}

/// Returns a strategy for variances of up to 1%.
fn small_variance() -> impl Strategy<Value = Wad> + Clone {
    (1..=10_000_000_000_000_000_u128).prop_map(Wad::from_raw)
}

/// Returns a strategy for any resilient book: without an impact often, and at a price of 0.
pub fn resilient_book() -> impl Strategy<Value = ResilientBook> + Clone {
    let impact = prop_oneof![1 => Just(Amount::ZERO), 3 => amount()];
    let numbers = (
        [ratio(), ratio()],
        rate(),
        impact,
        any::<bool>(),
        timestamp(),
    );
    numbers.prop_filter_map(MADE, ResilientBook::from_seed)
}

/// Returns a strategy for any optimal schedule: of two trades, and of no time, often.
pub fn optimal_schedule() -> impl Strategy<Value = OptimalSchedule> + Clone {
    let intervals = prop_oneof![1 => Just(1), 3 => 1..=50_u32, 1 => any::<u32>()];
    let numbers = (amount(), rate(), span(), intervals);
    numbers.prop_filter_map(MADE, OptimalSchedule::from_seed)
}

/// Returns a strategy for the terms of a resilience.
fn rate() -> impl Strategy<Value = [u64; 2]> + Clone {
    prop_oneof![3 => [1..=100_u64, 1..=10_000], 1 => any::<[u64; 2]>()]
}
