//! The errors: this contract's own numbers, and those of the crates.

use alloc::vec::Vec;

use alloy_sol_types::{sol, SolError};

/// There is none.
pub const NOT_FOUND: u16 = 1;
/// The caller may not.
pub const NOT_ALLOWED: u16 = 2;
/// What is stored can't be read.
pub const STORED: u16 = 3;
/// A payment is positive.
pub const NOTHING_SENT: u16 = 4;

sol! {
    /// A call is refused, and has changed nothing.
    #[derive(Debug, PartialEq)]
    error Refused(uint16 code);
}

/// Returns an error of this number.
pub const fn refused(code: u16) -> Refused {
    Refused { code }
}

impl From<Refused> for Vec<u8> {
    fn from(error: Refused) -> Self {
        error.abi_encode()
    }
}

/// Errors of the crates, as their numbers.
macro_rules! by_code {
    ($($error:ty),+) => {$(
        impl From<$error> for Refused {
            fn from(error: $error) -> Self {
                refused(error.code())
            }
        }
    )+};
}

by_code!(
    tokenomics_fixed_math::Error,
    tokenomics_vesting::Error,
    tokenomics_fee_split::Error
);
