//! The laws of fees, each once, as checks over plain integers. Any input is brought into the valid
//! range first, so that a check fails for the law's sake only.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]
#![allow(
    dead_code,
    unused_imports,
    reason = "each test file calls some of them"
)]

mod foreign;
mod payments;
mod payouts;
mod reward_pool;
mod reward_stream;
mod routes;
mod split_stream;
mod splits;
mod stake_pool;
mod streamed_pool;
mod vault;
mod vault_host;
mod waterfall;

pub use foreign::{pools_restore, streamed_pools_restore, ForeignCall};
pub use payments::{
    accrual, claim_pattern, exact_share, funded, path_independent, Call, Kind, Round,
};
pub use payouts::{payouts_accumulate, referrals_are_exact, Credit, LEVELS};
pub use reward_pool::{assets_are_pools, rewards_by_loop, AssetCall};
pub use reward_stream::{
    poke_free, promise, reward_stream_conserves, stream_is_the_line, RewardStreamCall,
};
pub use routes::{rates_are_delayed, routes_conserve, RatesCall, RatesDraw};
pub use split_stream::{
    nesting_is_flat, policies_conserve, stream_conserves, stream_is_fair, stream_keeps_fractions,
    stream_path_independent, StreamCall, PARTIES,
};
pub use splits::{largest_remainder_by_definition, sum_of_parts};
pub use stake_pool::{
    stake_rewards_by_loop, stakes_accrue, stakes_conserved, stakes_no_profit, StakeCall,
};
pub use streamed_pool::{
    streamed_accrual, streamed_by_the_second, streamed_funded, streamed_poke_free, StreamedCall,
};
pub use vault::{
    vault_accrual, vault_conserves, vault_first_depositor, vault_gains_by_parts, vault_loses_alike,
    vault_no_profit, vault_queue_is_one_rate, vault_quoted, vault_waits,
};
pub use vault_host::{VaultCall, VaultDraw};
pub use waterfall::{
    buffer_conserves, catch_up_catches_up, waterfall_conserves, waterfall_is_senior_first,
    waterfall_path_independent, BufferCall, TierDraw, WaterfallCall,
};

use tokenomics_fixed_math::Amount;

fn sum(parts: &[Amount]) -> u128 {
    Amount::try_sum(parts.iter().copied()).unwrap().get()
}
