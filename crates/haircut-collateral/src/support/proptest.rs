//! proptest strategies for the tests of whoever embeds the types: both endpoints are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, decimals, fraction, ratio, span, wad};
use tokenomics_fixed_math::Wad;

use super::seed::FromSeed;
use crate::{Account, AccountState, Debt, Haircut, Holding, Margin};

use crate::{Band, BandGrid, BandPosition, BandPositionState, SoftLiquidationState};

mod guards;
mod liquidation;
mod losses;
mod offsets;

use crate::{
    Composition, ConcentrationCap, ConcentrationThreshold, Confidence, DepthBudget, EarlyExit,
    GroupSet, LiquidityRange, PriceAge, SquareRootSize, TimeToExit, Volatility,
};
pub use guards::*;
pub use liquidation::*;
pub use losses::*;
pub use offsets::*;

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

/// Returns a strategy for the state of any account: without entries and full often.
pub fn account_state<const N: usize>() -> impl Strategy<Value = AccountState<N>> + Clone {
    // In boxes: the trees of N entries of each would take more than a test's stack.
    let entry = (amount(), ratio(), haircut()).boxed();
    let held = entry.clone().prop_map(Some).boxed();
    let some = prop::option::of(entry).boxed();
    let entries = prop_oneof![
        1 => prop::array::uniform(Just(None)),
        1 => prop::array::uniform(held),
        2 => prop::array::uniform(some),
    ]
    .boxed();
    (entries.clone(), entries).prop_filter_map(MADE, AccountState::from_seed)
}

/// Returns a strategy for any account, healthy or not: without entries and full often.
pub fn account<const N: usize>() -> impl Strategy<Value = Account<N>> + Clone {
    account_state().prop_filter_map(MADE, |state| Account::restore(state).ok())
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

/// Returns a strategy for a number of 0 to `most`: both often.
fn ends(most: u128) -> impl Strategy<Value = u128> + Clone {
    prop_oneof![1 => Just(0), 1 => Just(most), 4 => 0..=most]
}

/// Returns a strategy for a number of 18 decimals of 0 to `most`: both often.
fn offset(most: u128) -> impl Strategy<Value = Wad> + Clone {
    ends(most).prop_map(Wad::from_raw)
}

/// The numbers of a grid: one band, and the least and largest amplification often.
fn grid_seed() -> impl Strategy<Value = <BandGrid as FromSeed>::Seed> + Clone {
    let amplification = prop_oneof![1 => Just(0), 1 => Just(9_998), 4 => any::<u32>()];
    let count = prop_oneof![1 => Just(0), 4 => any::<u32>()];
    (ratio(), amplification, count)
}

/// Returns a strategy for any grid of bands: one band, and the least and largest amplification often.
pub fn band_grid() -> impl Strategy<Value = BandGrid> + Clone {
    grid_seed().prop_filter_map(MADE, BandGrid::from_seed)
}

/// Returns a strategy for any market in bands: of one band, without a fee and with the largest often.
pub fn soft_liquidation_state() -> impl Strategy<Value = SoftLiquidationState> + Clone {
    let numbers = (grid_seed(), fraction(), any::<u32>());
    numbers.prop_filter_map(MADE, SoftLiquidationState::from_seed)
}

/// Returns a strategy for any band: an empty one, an unsold and a sold one often.
pub fn band() -> impl Strategy<Value = Band> + Clone {
    (amount(), amount(), amount()).prop_filter_map(MADE, Band::from_seed)
}

/// Returns a strategy for any state of a position in bands: one band and all of them often.
pub fn band_position_state<const N: usize>() -> impl Strategy<Value = BandPositionState<N>> + Clone
{
    let last = u32::try_from(N).unwrap_or(u32::MAX).saturating_sub(1);
    let count = prop_oneof![1 => Just(0), 1 => Just(last), 2 => any::<u32>()];
    let shares = prop::array::uniform(amount());
    (any::<u32>(), count, shares).prop_filter_map(MADE, BandPositionState::from_seed)
}

/// Returns a strategy for any position in bands: one band and all of them often.
pub fn band_position<const N: usize>() -> impl Strategy<Value = BandPosition<N>> + Clone {
    band_position_state().prop_filter_map(MADE, |state| BandPosition::restore(state).ok())
}
