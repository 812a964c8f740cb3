//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, decimals, fraction, ratio, span, timestamp, wad};

use super::seed::FromSeed;
use crate::{
    Composition, ConcentrationCap, ConcentrationThreshold, Confidence, DepthBudget, EarlyExit,
    GroupSet, LiquidityRange, PriceAge, SquareRootSize, TimeToExit, Volatility,
};
use crate::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Payer, PostedMeans,
    Protection, ProtectionTerms,
};
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
    (amount(), ratio(), haircut()).prop_filter_map(MADE, Holding::from_seed)
}

/// Returns a strategy for any debt: an amount of 0 and the least and largest price often.
pub fn debt() -> impl Strategy<Value = Debt> + Clone {
    (amount(), ratio(), haircut()).prop_filter_map(MADE, Debt::from_seed)
}

/// Returns a strategy for each composition.
pub fn composition() -> impl Strategy<Value = Composition> + Clone {
    prop::sample::select(&Composition::ALL[..])
}

/// Returns a strategy for any cap: 0 and the maximum often.
pub fn concentration_cap() -> impl Strategy<Value = ConcentrationCap> + Clone {
    amount().prop_map(ConcentrationCap::new)
}

/// Returns a strategy for any threshold: 1 and the maximum often.
pub fn concentration_threshold() -> impl Strategy<Value = ConcentrationThreshold> + Clone {
    amount().prop_filter_map(MADE, ConcentrationThreshold::from_seed)
}

/// Returns a strategy for any number of confidence intervals: 0 and the maximum often.
pub fn confidence() -> impl Strategy<Value = Confidence> + Clone {
    wad().prop_map(Confidence::new)
}

/// Returns a strategy for any budget: no depth, the largest, and the least and largest cost often.
pub fn depth_budget() -> impl Strategy<Value = DepthBudget> + Clone {
    (amount(), fraction()).prop_filter_map(MADE, DepthBudget::from_seed)
}

/// Returns a strategy for any early exit: a free one and one that costs all often.
pub fn early_exit() -> impl Strategy<Value = EarlyExit> + Clone {
    (fraction(), span()).prop_map(|(penalty, wait)| EarlyExit { penalty, wait })
}

/// Returns a strategy for any set of groups: none and all often.
pub fn group_set() -> impl Strategy<Value = GroupSet> + Clone {
    prop_oneof![1 => Just(0), 1 => Just(u64::MAX), 4 => any::<u64>()].prop_map(GroupSet::from_bits)
}

/// Returns a strategy for any range: without an upper end often.
pub fn liquidity_range() -> impl Strategy<Value = LiquidityRange> + Clone {
    (ratio(), prop::option::of(ratio())).prop_filter_map(MADE, LiquidityRange::from_seed)
}

/// Returns a strategy for any ages of a price: next to each other and far apart often.
pub fn price_age() -> impl Strategy<Value = PriceAge> + Clone {
    (span(), span()).prop_filter_map(MADE, PriceAge::from_seed)
}

/// Returns a strategy for any rule by the root of a size: a factor of 0 and of 1 often.
pub fn square_root_size() -> impl Strategy<Value = SquareRootSize> + Clone {
    (fraction(), decimals()).prop_map(|(factor, decimals)| SquareRootSize::new(factor, decimals))
}

/// Returns a strategy for any discount by time: a rate of 0 and a year of 1 often.
pub fn time_to_exit() -> impl Strategy<Value = TimeToExit> + Clone {
    (wad(), span()).prop_filter_map(MADE, TimeToExit::from_seed)
}

/// Returns a strategy for any haircut by volatility: no floor and one of all often.
pub fn volatility() -> impl Strategy<Value = Volatility> + Clone {
    (wad(), span(), fraction()).prop_filter_map(MADE, Volatility::from_seed)
}

/// Basis points of a correlation: −1, 0 and 1 often.
fn bps() -> impl Strategy<Value = i16> + Clone {
    prop_oneof![
        1 => prop::sample::select(&[-Correlation::SCALE, 0, Correlation::SCALE][..]),
        2 => Correlation::MINUS_ONE.bps()..=Correlation::ONE.bps(),
    ]
}

/// The numbers that a matrix is made of: 1 and 16 assets often.
fn matrix_seed() -> impl Strategy<Value = (u8, [i16; 16])> + Clone {
    let assets = prop_oneof![1 => Just(1), 1 => Just(16), 4 => 1..=16_u8];
    let ones = prop::sample::select(&[-Correlation::SCALE, Correlation::SCALE][..]);
    let loadings = prop_oneof![
        1 => prop::array::uniform16(ones),
        3 => prop::array::uniform16(bps()),
    ];
    (assets, loadings)
}

/// Returns a strategy for any correlation: −1, 0 and 1 often.
pub fn correlation() -> impl Strategy<Value = Correlation> + Clone {
    bps().prop_filter_map(MADE, Correlation::from_seed)
}

/// Returns a strategy for matrices of one factor: of 1 and 16 assets, and singular, often.
pub fn correlation_matrix() -> impl Strategy<Value = CorrelationMatrix> + Clone {
    matrix_seed().prop_filter_map(MADE, CorrelationMatrix::from_seed)
}

/// Returns a strategy for any stress: none and all of the way often.
pub fn correlation_stress() -> impl Strategy<Value = CorrelationStress> + Clone {
    (fraction(), fraction()).prop_filter_map(MADE, CorrelationStress::from_seed)
}

/// Returns a strategy for any offset over those matrices: none and all of the sum often.
pub fn correlation_offset() -> impl Strategy<Value = CorrelationOffset> + Clone {
    let stress = (fraction(), fraction());
    let numbers = (matrix_seed(), stress, fraction());
    numbers.prop_filter_map(MADE, CorrelationOffset::from_seed)
}

/// Returns a strategy for any protection: of nothing and of all, ended and endless often.
pub fn protection() -> impl Strategy<Value = Protection> + Clone {
    let numbers = (amount(), ratio(), timestamp(), timestamp());
    numbers.prop_filter_map(MADE, Protection::from_seed)
}

/// Returns a strategy for any terms of protections: next to each other and far apart often.
pub fn protection_terms() -> impl Strategy<Value = ProtectionTerms> + Clone {
    (span(), span()).prop_filter_map(MADE, ProtectionTerms::from_seed)
}

/// Returns a strategy for any means: that share none and all of a fall often.
pub fn posted_means() -> impl Strategy<Value = PostedMeans> + Clone {
    (amount(), fraction(), fraction()).prop_filter_map(MADE, PostedMeans::from_seed)
}

/// Returns a strategy for any payer: without means and without claims often.
pub fn payer() -> impl Strategy<Value = Payer> + Clone {
    (amount(), amount()).prop_filter_map(MADE, Payer::from_seed)
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
