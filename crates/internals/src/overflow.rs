//! The results that a type has no room for.

use tokenomics_fixed_math::Error;

/// A result above the largest value of its type, by its length.
///
/// An error of the numbers takes as many bytes as an error of a crate may, and so can't stand within
/// one. Where the ranges of the parameters leave the numbers nothing else to refuse, it is this. Of any
/// other error it keeps that there was one, by a length of 257 bits: a program that mixes the numbers'
/// errors with a crate's keeps all of either in `tokenomics::Error`.
///
/// ```
/// use tokenomics_fixed_math::{Amount, U256};
/// use tokenomics_internals::Overflow;
///
/// let amount = Amount::MAX.checked_add(Amount::new(1)).unwrap_err();
/// assert_eq!(Overflow::from(amount), Overflow { bits: 129, max: u128::MAX });
/// let wide = U256::MAX.checked_add(U256::ONE).unwrap_err();
/// assert_eq!(Overflow::from(wide), Overflow { bits: 257, max: u128::MAX });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow {
    /// The length of the result in bits; 257 for one of more than 256.
    pub bits: u32,
    /// The largest value of the type.
    pub max: u128,
}

impl From<Error> for Overflow {
    fn from(error: Error) -> Self {
        match error {
            Error::Overflow { bits, max } => Self { bits, max },
            _ => Self {
                bits: 257,
                max: u128::MAX,
            },
        }
    }
}
