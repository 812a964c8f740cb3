//! The error of haircuts and baskets.

use core::fmt;

use tokenomics_fixed_math::{Error as MathError, PackedError, Ratio, Wad};
use tokenomics_internals::Refused;

use crate::Quantity;

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
    /// A part of a haircut, of a rule or of a debt outside of its range, such as an initial haircut
    /// below the maintenance one, with which a position could be liquidated in the moment it is
    /// opened, or a debt in an asset without a price, which it would be forgiven by.
    #[error(
        "{what} is {}, {} {}",
        Shown(*what, *value),
        if value < bound { "below" } else { "above" },
        Shown(*what, *bound)
    )]
    OutOfRange {
        /// The quantity.
        what: Quantity,
        /// Its value: in 1e-18, or as it is for a time, an amount and what else is an integer.
        value: u128,
        /// The least allowed if the value is below it, otherwise the largest.
        bound: u128,
    },
    /// A price that isn't above another that it has to be above.
    #[error("{what} is {}/{}, not above {limit}", price.numerator(), price.denominator())]
    PriceOrder {
        /// The price that is too low.
        what: Quantity,
        /// Its value.
        price: Ratio,
        /// The price that it must be above.
        limit: Quantity,
    },
    /// An index at which the basket has no holding.
    #[error("there is no holding {index} in a basket of {len}")]
    NoSuchHolding {
        /// The index asked for.
        index: usize,
        /// The number of holdings; an index must be below it.
        len: usize,
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

/// A value as text, in the unit of its quantity.
struct Shown(Quantity, u128);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(what, value) = self;
        if what.is_integer() {
            value.fmt(f)
        } else {
            Wad::from_raw(*value).fmt(f)
        }
    }
}

impl From<MathError> for Error {
    fn from(error: MathError) -> Self {
        match error {
            MathError::Overflow { bits, max } => Self::Overflow { bits, max },
            other => Self::Math(other.into()),
        }
    }
}

impl Refused for Error {
    fn refused(&self) -> &'static str {
        match self {
            Self::OutOfRange { what, .. } | Self::PriceOrder { what, .. } => what.name(),
            _ => "a value outside of its range",
        }
    }
}
