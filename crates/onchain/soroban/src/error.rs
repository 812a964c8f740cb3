//! The numbers of the errors: this contract's own, and those of the crates.

use soroban_sdk::Error;

/// There is none.
pub const NOT_FOUND: u32 = 1;
/// The holder has a lock already.
pub const LOCKED_ALREADY: u32 = 2;
/// What is stored can't be read.
pub const STORED: u32 = 3;
/// An amount that comes in is positive.
pub const NOT_POSITIVE: u32 = 4;
/// No number is left for a grant.
pub const FULL: u32 = 5;

/// Returns an error of this contract's.
pub fn own(number: u32) -> Error {
    Error::from_contract_error(number)
}

pub fn math(error: tokenomics_fixed_math::Error) -> Error {
    own(error.code().into())
}

pub fn vesting(error: tokenomics_vesting::Error) -> Error {
    own(error.code().into())
}

pub fn escrow(error: tokenomics_escrow_weighting::Error) -> Error {
    own(error.code().into())
}

pub fn fees(error: tokenomics_fee_split::Error) -> Error {
    own(error.code().into())
}
