//! Supply-responsive curves and controllers: a small plain state and a pure transition.

mod base_fee;
mod blob_fee;

pub use base_fee::{BaseFee, BaseFeeParams, Burn};
pub use blob_fee::{BlobExponential, BlobFee, BlobFeeParams, BlobReserve};
use tokenomics_fixed_math::{Span, Timestamp};

use crate::Error;

/// How long it is from the last call to this one.
fn elapsed(last: Timestamp, at: Timestamp) -> Result<Span, Error> {
    at.since(last).ok_or(Error::Backward { at, last })
}
