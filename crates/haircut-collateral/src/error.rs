//! The error of haircuts, portfolios and liquidations.

use tokenomics_fixed_math::{Error as MathError, PackedError};
use tokenomics_internals::Refused;

use crate::{Breach, Quantity};

/// Parameters that the checks refuse, or a result that its type has no room for.
///
/// ```
/// use tokenomics_fixed_math::fraction;
/// use tokenomics_haircut_collateral::{Error, Haircut, Quantity};
///
/// let error = Haircut::new(fraction!("0.15"), fraction!("0.2")).unwrap_err();
/// let (what, value, bound) = (Quantity::InitialHaircut, 150_000_000_000_000_000, 200_000_000_000_000_000);
/// assert_eq!(error, Error::OutOfRange { what, value, bound });
/// assert_eq!(error.to_string(), "the initial haircut is 0.15, below 0.2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A part of a haircut or of a debt outside of its range: an initial haircut below the
    /// maintenance one, with which a position could be liquidated in the moment it is opened, or a
    /// debt in an asset without a price, which it would be forgiven by.
    #[error(
        "{what} is {}, {} {}",
        what.shown(*value),
        if value < bound { "below" } else { "above" },
        what.shown(*bound)
    )]
    OutOfRange {
        /// The quantity.
        what: Quantity,
        /// Its value, in 1e-18 but for an amount and a time.
        value: u128,
        /// The least allowed if the value is below it, otherwise the largest.
        bound: u128,
    },
    /// An index at which the portfolio has no holding.
    #[error("there is no holding {index} in a portfolio of {len}")]
    NoSuchHolding {
        /// The index asked for.
        index: usize,
        /// The number of holdings; an index must be below it.
        len: usize,
    },
    /// An index at which the portfolio has no debt.
    #[error("there is no debt {index} in a portfolio of {len}")]
    NoSuchDebt {
        /// The index asked for.
        index: usize,
        /// The number of debts; an index must be below it.
        len: usize,
    },
    /// A liquidation of a position that is healthy.
    #[error("a healthy position can't be liquidated")]
    Healthy,
    /// A change that would leave a position below the margin for opening it.
    #[error("the position would owe more than its credit")]
    Unhealthy,
    /// A liquidation by a pair of holding and debt that can't raise health, where another can.
    #[error("to seize that holding for that debt doesn't raise health")]
    NoGain,
    /// A liquidation that breaks a promise.
    #[error("the liquidation isn't certified: {breach}")]
    Uncertified {
        /// The first promise that it breaks.
        breach: Breach,
    },
    /// An entry more than an account has room for.
    #[error("an account of {capacity} has no room for another entry")]
    Full {
        /// The number of holdings, and of debts, that it has room for.
        capacity: usize,
    },
    /// A result above the largest value of its type, an amount or a price.
    #[error("a result of {bits} bits is above the largest value of its type, {max}")]
    Overflow {
        /// The length of the result in bits; 257 for one of more than 256.
        bits: u32,
        /// The largest value of the type.
        max: u128,
    },
    /// Any other error of the numbers, which [`PackedError::error`] returns.
    #[error(transparent)]
    Math(PackedError),
}

impl From<MathError> for Error {
    fn from(error: MathError) -> Self {
        match error {
            MathError::Overflow { bits, max } => Self::Overflow { bits, max },
            other => Self::Math(other.into()),
        }
    }
}

impl From<Breach> for Error {
    fn from(breach: Breach) -> Self {
        Self::Uncertified { breach }
    }
}

impl Refused for Error {
    fn refused(&self) -> &'static str {
        match self {
            Self::OutOfRange { what, .. } => what.name(),
            _ => "a value outside of its range",
        }
    }
}
