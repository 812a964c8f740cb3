//! An error of the numbers that fits within another error.

use core::fmt;

use super::{Error, ParseError};
use crate::{Quantity, Ratio, SignedWad, Wad};

/// An [`Error`] in 40 bytes, for an enum of errors that takes no more than 48.
///
/// An [`Error`] itself takes 48, and the tag of an enum that holds one adds 16. This loses nothing:
/// [`PackedError::error`] returns the error that it was made from, and both have the same text.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Error, PackedError};
///
/// #[derive(Debug, PartialEq)]
/// enum Refusal {
///     Dust { amount: u128, least: u128 },
///     Math(PackedError),
/// }
/// assert_eq!(size_of::<Refusal>(), 48);
///
/// impl From<Error> for Refusal {
///     fn from(error: Error) -> Self {
///         Self::Math(error.into())
///     }
/// }
///
/// fn fee(amount: Amount) -> Result<Amount, Refusal> {
///     Ok(amount.checked_sub(Amount::new(3))?)
/// }
/// let Err(Refusal::Math(packed)) = fee(Amount::new(2)) else {
///     unreachable!()
/// };
/// assert_eq!(packed.error(), Error::Underflow { minuend: 2, subtrahend: 3 });
/// assert_eq!(packed.to_string(), "cannot take 3 from 2");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "Error", into = "Error")
)]
pub struct PackedError(Parts);

/// The variants of [`Error`], with their fields in the same order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    Overflow(u32, Packed<u128>),
    Underflow(Packed<u128>, Packed<u128>),
    Wide(u32, u32),
    SignedOverflow(u32, Packed<i128>),
    DivisionByZero,
    OutOfRange(Quantity, Packed<u128>, Packed<u128>),
    Domain(Quantity, Packed<SignedWad>, Packed<SignedWad>),
    Power(Packed<Wad>, Packed<SignedWad>),
    GeometricSum(Packed<Wad>, u64),
    Growth(Packed<Ratio>),
    Parse(Packed<ParseError>),
}

/// A value at a multiple of 8 bytes: at one of 16 the tag before it would take as many.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(Rust, packed(8))]
struct Packed<T: Copy>(T);

impl PackedError {
    /// Returns the error that it was made from.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Error, PackedError};
    ///
    /// let packed = PackedError::from(Error::DivisionByZero);
    /// assert_eq!(packed.error(), Error::DivisionByZero);
    /// ```
    #[must_use]
    pub const fn error(self) -> Error {
        match self.0 {
            Parts::Overflow(bits, Packed(max)) => Error::Overflow { bits, max },
            Parts::Underflow(Packed(minuend), Packed(subtrahend)) => Error::Underflow {
                minuend,
                subtrahend,
            },
            Parts::Wide(left_bits, right_bits) => Error::Wide {
                left_bits,
                right_bits,
            },
            Parts::SignedOverflow(bits, Packed(bound)) => Error::SignedOverflow { bits, bound },
            Parts::DivisionByZero => Error::DivisionByZero,
            Parts::OutOfRange(what, Packed(value), Packed(bound)) => {
                Error::OutOfRange { what, value, bound }
            }
            Parts::Domain(what, Packed(value), Packed(bound)) => {
                Error::Domain { what, value, bound }
            }
            Parts::Power(Packed(base), Packed(exponent)) => Error::Power { base, exponent },
            Parts::GeometricSum(Packed(ratio), terms) => Error::GeometricSum { ratio, terms },
            Parts::Growth(Packed(units)) => Error::Growth { units },
            Parts::Parse(Packed(error)) => Error::Parse(error),
        }
    }

    /// Returns the number of the error that it was made from.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Error, PackedError};
    ///
    /// let packed = PackedError::from(Error::DivisionByZero);
    /// assert_eq!(packed.code(), Error::DivisionByZero.code());
    /// ```
    #[must_use]
    pub const fn code(self) -> u16 {
        self.error().code()
    }
}

impl From<Error> for PackedError {
    fn from(error: Error) -> Self {
        Self(match error {
            Error::Overflow { bits, max } => Parts::Overflow(bits, Packed(max)),
            Error::Underflow {
                minuend,
                subtrahend,
            } => Parts::Underflow(Packed(minuend), Packed(subtrahend)),
            Error::Wide {
                left_bits,
                right_bits,
            } => Parts::Wide(left_bits, right_bits),
            Error::SignedOverflow { bits, bound } => Parts::SignedOverflow(bits, Packed(bound)),
            Error::DivisionByZero => Parts::DivisionByZero,
            Error::OutOfRange { what, value, bound } => {
                Parts::OutOfRange(what, Packed(value), Packed(bound))
            }
            Error::Domain { what, value, bound } => {
                Parts::Domain(what, Packed(value), Packed(bound))
            }
            Error::Power { base, exponent } => Parts::Power(Packed(base), Packed(exponent)),
            Error::GeometricSum { ratio, terms } => Parts::GeometricSum(Packed(ratio), terms),
            Error::Growth { units } => Parts::Growth(Packed(units)),
            Error::Parse(error) => Parts::Parse(Packed(error)),
        })
    }
}

impl From<PackedError> for Error {
    fn from(packed: PackedError) -> Self {
        packed.error()
    }
}

/// The error that it was made from.
impl fmt::Debug for PackedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.error(), f)
    }
}

impl fmt::Display for PackedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error(), f)
    }
}

impl core::error::Error for PackedError {}
