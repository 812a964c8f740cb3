//! The errors of the numbers.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

mod codes;
mod packed;

use crate::{Quantity, Ratio, SignedWad, Wad};

pub use packed::PackedError;

/// A calculation that has no representable result, or a value that a constructor refuses.
///
/// It holds the offending value and the bound that was crossed; a number that may have more than
/// 128 bits is given by its length in bits. It takes at most 48 bytes, and so does a [`Result`] of
/// an [`Amount`](crate::Amount).
///
/// ```
/// use tokenomics_fixed_math::{Amount, Error};
///
/// let error = Amount::MAX.checked_add(Amount::new(1)).unwrap_err();
/// assert_eq!(error, Error::Overflow { bits: 129, max: u128::MAX });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = crate::scale_metadata)
)]
pub enum Error {
    /// A result, exact and already rounded, above the largest value of its type.
    #[error("a result of {bits} bits is above the largest value of its type, {max}")]
    Overflow {
        /// The length of the result in bits; 257 for any of more than 256.
        bits: u32,
        /// The largest value of the type.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        max: u128,
    },
    /// A subtraction that would go below zero.
    #[error("cannot take {subtrahend} from {minuend}")]
    Underflow {
        /// The number to subtract from.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        minuend: u128,
        /// The number to subtract.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        subtrahend: u128,
    },
    /// A difference of 256-bit integers below zero, or a sum, product or shift of more than 256
    /// bits, or a quotient of a product.
    #[error(
        "an operation on numbers of {left_bits} and {right_bits} bits leaves the range of 256 bits"
    )]
    Wide {
        /// The length of the left operand in bits.
        left_bits: u32,
        /// The length of the right operand in bits, or the number of bits to shift by.
        right_bits: u32,
    },
    /// A signed result outside of the range of its type.
    #[error("a result of {bits} bits is {} {bound}", if *bound < 0 { "below" } else { "above" })]
    SignedOverflow {
        /// The length of the result in bits, without its sign.
        bits: u32,
        /// The bound that was crossed: for a result below zero the least value of the type,
        /// otherwise the largest.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::SignedInteger")
        )]
        bound: i128,
    },
    /// A division by zero.
    #[error("a number was to be divided by zero")]
    DivisionByZero,
    /// A quantity outside of its range.
    #[error("{what} is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    OutOfRange {
        /// The name of the quantity.
        what: Quantity,
        /// Its value.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        value: u128,
        /// The bound that was crossed: the least allowed value if this one is below it, otherwise
        /// the largest.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        bound: u128,
    },
    /// An argument of a function outside of where the function has a result.
    #[error("{what} is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    Domain {
        /// The name of the argument.
        what: Quantity,
        /// Its value.
        value: SignedWad,
        /// The bound that was crossed: the least allowed value if this one is below it, otherwise
        /// the largest.
        bound: SignedWad,
    },
    /// A power above the largest value of its type.
    #[error(
        "{base} to the power of {exponent} is above the largest representable value, {}",
        Wad::MAX
    )]
    Power {
        /// The base.
        base: Wad,
        /// The exponent.
        exponent: SignedWad,
    },
    /// A sum of powers above the largest value of its type.
    #[error(
        "the sum of {terms} powers of {ratio} is above the largest representable value, {}",
        Wad::MAX
    )]
    GeometricSum {
        /// The base of the powers.
        ratio: Wad,
        /// The number of terms: the powers from that of 0 on.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        terms: u64,
    },
    /// A number that has grown above the largest value of its type.
    #[error("a number that grows for {units} units of time is above the largest representable value, {}", u128::MAX)]
    Growth {
        /// The units of time that it grows for.
        units: Ratio,
    },
    /// A text that isn't a number of the type.
    #[error(transparent)]
    Parse(#[from] ParseError),
}

crate::error_codes! {
    Error {
        Overflow = 10_001,
        Underflow = 10_002,
        Wide = 10_003,
        SignedOverflow = 10_004,
        DivisionByZero = 10_005,
        OutOfRange = 10_006,
        Domain = 10_007,
        Power = 10_008,
        GeometricSum = 10_009,
        Growth = 10_010,
    } Parse
}

/// A reason why a text isn't a number of a type.
///
/// ```
/// use tokenomics_fixed_math::{ParseError, Wad};
///
/// assert_eq!("1.".parse::<Wad>(), Err(ParseError::Unexpected { at: 1 }));
/// assert_eq!("".parse::<Wad>(), Err(ParseError::Empty));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = crate::scale_metadata)
)]
pub enum ParseError {
    /// A text without anything in it.
    #[error("there are no digits")]
    Empty,
    /// A byte that is neither a digit nor a separator between two digits.
    #[error("unexpected character at byte {at}: a plain decimal number is digits, `_` between digits, and at most one `.` between digits")]
    Unexpected {
        /// The offset of the byte in the text.
        at: u32,
    },
    /// More digits after the point than the type keeps. Nothing is rounded away in silence, so
    /// this is an error even where the digits are zeros.
    #[error("{found} digits after the point, where at most {max} are kept")]
    ExcessDigits {
        /// The number of digits that there are.
        found: u32,
        /// The number of digits that the type keeps.
        max: u8,
    },
    /// A number larger than the type holds.
    #[error("the number is above the largest representable value, {max} units of 1e-{decimals}")]
    TooLarge {
        /// The largest value, in the type's own units.
        #[cfg_attr(feature = "serde", serde(with = "crate::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        max: u128,
        /// The number of decimals of such a unit.
        decimals: u8,
    },
    /// A number larger than 256 bits hold.
    #[error("the number is above the largest of 256 bits")]
    TooWide,
    /// A minus sign before a number of a type that is never negative.
    #[error("a negative number, where only zero and above are allowed")]
    Negative,
}

crate::error_codes! {
    ParseError {
        Empty = 10_101,
        Unexpected = 10_102,
        ExcessDigits = 10_103,
        TooLarge = 10_104,
        TooWide = 10_105,
        Negative = 10_106,
    }
}

impl ParseError {
    /// Returns the reason without its figures, for a `panic!` in a `const` and for a program that
    /// can't afford to format.
    ///
    /// ```
    /// use tokenomics_fixed_math::ParseError;
    ///
    /// assert_eq!(ParseError::Empty.reason(), "there are no digits");
    /// let excess = ParseError::ExcessDigits { found: 7, max: 6 };
    /// assert_eq!(excess.reason(), "more digits after the point than are kept");
    /// ```
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "there are no digits",
            Self::Unexpected { .. } => {
                "a plain decimal number is digits, `_` between digits, and at most one `.` between digits"
            }
            Self::ExcessDigits { .. } => "more digits after the point than are kept",
            Self::TooLarge { .. } | Self::TooWide => "the number is above the largest representable value",
            Self::Negative => "a negative number, where only zero and above are allowed",
        }
    }
}
