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

mod adaptive_rate;
mod base_fee;
mod blob_exponential;
mod blob_fee;
mod check;
mod encoded_len;
mod error;
mod interest;
mod kinked_rate;
mod mint;
mod npos_inflation;
mod pid;
mod quantity;
mod sqrt_issuance;
mod supply_target;
mod support;
mod target_bonded;

pub use adaptive_rate::{AdaptiveRate, AdaptiveRateParams, AdaptiveRateState};
pub use base_fee::{BaseFee, BaseFeeParams, Burn};
pub use blob_exponential::BlobExponential;
pub use blob_fee::{BlobFee, BlobFeeParams, BlobReserve};
pub use error::Error;
pub use kinked_rate::{KinkedRate, KinkedRateParams, KinkedRateState};
pub use mint::Mint;
pub use npos_inflation::{NposInflation, NposInflationParams, NposInflationState};
pub use pid::{Pid, PidParams, PidState};
pub use quantity::Quantity;
pub use sqrt_issuance::{SqrtIssuance, SqrtIssuanceParams};
pub use supply_target::{RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams};
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use target_bonded::{TargetBonded, TargetBondedParams, TargetBondedState};
