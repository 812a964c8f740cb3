//! Supply-responsive curves and controllers: a small plain state and a pure transition.

mod adaptive_rate;
mod base_fee;
mod blob_fee;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
pub(crate) mod fitted;
mod interest;
mod kinked_rate;
mod minted;
mod npos_inflation;
mod pid;
mod sqrt_issuance;
mod supply_target;
mod target_bonded;

pub use adaptive_rate::{AdaptiveRate, AdaptiveRateParams};
pub use base_fee::{BaseFee, BaseFeeParams, Burn};
pub use blob_fee::{BlobExponential, BlobFee, BlobFeeParams, BlobReserve};
pub use kinked_rate::{KinkedRate, KinkedRateParams};
pub use npos_inflation::{NposInflation, NposInflationParams};
pub use pid::{Pid, PidParams};
pub use sqrt_issuance::{SqrtIssuance, SqrtIssuanceParams};
pub use supply_target::{RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams};
pub use target_bonded::{TargetBonded, TargetBondedParams};
use tokenomics_fixed_math::{Span, Timestamp, Wad};

use crate::check::in_range;
use crate::Error;

/// How long it is from the last call to this one.
fn elapsed(last: Timestamp, at: Timestamp) -> Result<Span, Error> {
    at.since(last).ok_or(Error::Backward { at, last })
}

/// 10,000% a year: the largest rate that a parameter may name.
const LARGEST_RATE: Wad = Wad::from_raw(100_000_000_000_000_000_000);

/// Seconds, slots and blocks have shorter years: a block would have to last 3 ms.
const LONGEST_YEAR: u128 = 10_000_000_000;

/// That a rate a year isn't above the largest.
fn yearly(what: &'static str, rate: Wad) -> Result<(), Error> {
    in_range(what, rate.raw(), 0, LARGEST_RATE.raw())
}

/// That a year has a length on the clock, and not too long a one.
fn year(length: Span) -> Result<(), Error> {
    in_range("the length of a year", length.get().into(), 1, LONGEST_YEAR)
}
