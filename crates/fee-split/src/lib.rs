#![doc = include_str!("../README.md")]
#![no_std]
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
mod epochs;
mod error;
mod largest_remainder;
mod nested;
mod payouts;
mod quantity;
mod referral_chain;
mod reward_pool;
mod split_policy;
mod split_stream;
mod support;
mod vault;
mod weighted_split;

pub use epochs::{
    ClosedEpoch, EpochCursor, EpochPayment, EpochPot, EpochReading, EpochSum, EpochTerms,
    EpochTermsParams, EpochWeights, Epochs, EpochsState, LinearEpochs, LinearEpochsState,
    WeightLine, ZeroWeight,
};
pub use error::Error;
pub use largest_remainder::largest_remainder;
pub use nested::nest_weights;
pub use payouts::{ExactAmount, PendingPayout};
pub use quantity::Quantity;
pub use referral_chain::{ReferralChain, Referrals};
pub use reward_pool::{Position, RewardPool, RewardPoolState};
pub use split_policy::{Divided, FlooredSplit, RemainderSplit, SplitPolicy};
pub use split_stream::{HeldFraction, SplitStream, SplitStreamState};
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use vault::{Gain, Vault, VaultFees, VaultLoss, VaultState, VaultTerms, Withdrawal};
pub use tokenomics_internals::Store;
pub use weighted_split::{split_by_weights, WeightedSplit};
