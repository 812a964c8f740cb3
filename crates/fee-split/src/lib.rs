#![doc = include_str!("../README.md")]
// What derives a schema uses what std brings into scope.
#![cfg_attr(not(any(feature = "schemars", feature = "borsh-schema")), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// A library that carries money has no reachable panic, so what could panic must be named and
// argued for where it stands.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod check;
mod delayed_rates;
mod encoded_len;
mod epochs;
mod error;
mod largest_remainder;
mod multi_reward_pool;
mod nested;
mod payouts;
mod quantity;
mod referral_chain;
mod reward_pool;
mod reward_stream;
mod routes;
mod share_book;
mod split_policy;
mod split_stream;
mod stake_pool;
mod streamed_pool;
mod support;
mod surplus_buffer;
mod vault;
mod waterfall;
mod weighted_split;
mod zero_shares;

pub use delayed_rates::{AnnouncedRates, ChangeRules, DelayedRates, DelayedRatesState};
pub use epochs::{
    ClosedEpoch, EpochCursor, EpochPayment, EpochPot, EpochReading, EpochSum, EpochTerms,
    EpochTermsParams, EpochWeights, Epochs, EpochsState, LinearEpochs, LinearEpochsState,
    WeightLine, ZeroWeight,
};
pub use error::Error;
pub use largest_remainder::largest_remainder;
pub use multi_reward_pool::{MultiPosition, MultiRewardPool};
pub use nested::nest_weights;
pub use payouts::{ExactAmount, PendingPayout};
pub use quantity::Quantity;
pub use referral_chain::{ReferralChain, Referrals};
pub use reward_pool::{Position, RewardPool, RewardPoolState};
pub use reward_stream::{RewardStream, RewardStreamState};
pub use routes::Routes;
pub use split_policy::{Divided, FlooredSplit, RemainderSplit, SplitPolicy};
pub use split_stream::{HeldFraction, SplitStream, SplitStreamState};
pub use stake_pool::{ClosedGeneration, Stake, StakePool, StakePoolState, StakeState};
pub use streamed_pool::{StreamedPool, StreamedPoolState};
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use surplus_buffer::SurplusBuffer;
pub use tokenomics_internals::Store;
pub use vault::{Gain, Vault, VaultFees, VaultLoss, VaultState, VaultTerms, Withdrawal};
pub use waterfall::{catch_up_cap, Tier, TierState, Waterfall, WaterfallState};
pub use weighted_split::{split_by_weights, WeightedSplit};
pub use zero_shares::ZeroShares;
