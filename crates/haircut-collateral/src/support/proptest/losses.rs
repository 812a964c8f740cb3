//! Strategies for what bears losses, and for its holders.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, u256};
use tokenomics_fixed_math::U256;

use super::{ends, FromSeed, MADE};
use crate::loss_book::{LEAST, MOST};
use crate::{
    LossShares, LossWaterfall, LossWaterfallState, PoolDeposit, PoolDepositState, StabilityPool,
    StabilityPoolState, TrancheState,
};

/// Returns a strategy for a scale: the first few and the last often.
fn scale() -> impl Strategy<Value = u32> + Clone {
    prop_oneof![2 => 0..=12_u32, 1 => Just(u32::MAX), 1 => any::<u32>()]
}

/// Returns a strategy for any shares: none and the most often.
pub fn loss_shares() -> impl Strategy<Value = LossShares> + Clone {
    (scale(), u256()).prop_filter_map(MADE, LossShares::from_seed)
}

/// Returns a strategy for the state of any tranche: the least and the most shares of a unit often.
pub fn tranche_state() -> impl Strategy<Value = TrancheState> + Clone {
    let per_unit = ends(MOST.saturating_sub(LEAST));
    (amount(), per_unit, scale()).prop_filter_map(MADE, TrancheState::from_seed)
}

/// Returns a strategy for the state of any waterfall: empty layers and the largest often.
pub fn loss_waterfall_state<const N: usize>() -> impl Strategy<Value = LossWaterfallState<N>> + Clone
{
    let tranches = prop::array::uniform(tranche_state());
    (amount(), tranches).prop_filter_map(MADE, LossWaterfallState::from_seed)
}

/// Returns a strategy for any waterfall: empty layers and the largest often.
pub fn loss_waterfall<const N: usize>() -> impl Strategy<Value = LossWaterfall<N>> + Clone {
    loss_waterfall_state().prop_filter_map(MADE, |state| LossWaterfall::restore(state).ok())
}

/// Returns a strategy for the state of any pool's deposit: of nothing and of the most often. Few are of
/// a pool that is drawn beside it.
pub fn pool_deposit_state() -> impl Strategy<Value = PoolDepositState> + Clone {
    (loss_shares(), u256(), u256()).prop_filter_map(MADE, PoolDepositState::from_seed)
}

/// Returns a strategy for any pool's deposit: as of [`pool_deposit_state`].
pub fn pool_deposit() -> impl Strategy<Value = PoolDeposit> + Clone {
    pool_deposit_state().prop_map(PoolDeposit::restore)
}

/// Returns a strategy for any pool after two deposits and two losses: without assets, and with all lost,
/// often. One that would lose more than its N entries have room for stays as it was.
pub fn stability_pool<const N: usize>() -> impl Strategy<Value = StabilityPool<[U256; N]>> + Clone {
    let round = (amount(), fraction(), amount());
    [round.clone(), round].prop_filter_map(MADE, StabilityPool::from_seed)
}

/// Returns a strategy for the state of any pool of [`stability_pool`], of which a store holds 12 sums.
pub fn stability_pool_state() -> impl Strategy<Value = StabilityPoolState> + Clone {
    stability_pool::<12>().prop_map(|pool| pool.state())
}
