//! The errors of the numbers.

use crate::{Quantity, Ratio, SignedWad, Wad};

/// A calculation that has no representable result.
///
/// It names the offending value and the bound that it crossed; a number of up to 256 bits stands by its
/// length. It takes at most 48 bytes, and so does a [`Result`] of an [`Amount`](crate::Amount).
///
/// ```
/// use tokenomics_fixed_math::{Amount, Error};
///
/// let error = Amount::MAX.checked_add(Amount::new(1)).unwrap_err();
/// assert_eq!(error, Error::Overflow { bits: 129, max: u128::MAX });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The exact, already rounded result is above the largest value of its type.
    #[error("a result of {bits} bits is above the largest value of its type, {max}")]
    Overflow {
        /// The length of the result; 257 for more than 256 bits.
        bits: u32,
        /// The largest value of the type.
        max: u128,
    },
    /// A subtraction would go below zero.
    #[error("cannot take {subtrahend} from {minuend}")]
    Underflow {
        /// The number that was subtracted from.
        minuend: u128,
        /// The number that was to be subtracted.
        subtrahend: u128,
    },
    /// A difference of 256 bits is below zero, or a sum, a product or a shift needs more bits.
    #[error(
        "an operation on numbers of {left_bits} and {right_bits} bits leaves the range of 256 bits"
    )]
    Wide {
        /// The length of the left operand.
        left_bits: u32,
        /// The length of the right operand; of a shift, by how many bits.
        right_bits: u32,
    },
    /// A signed result is outside of the range of its type.
    #[error("a result of {bits} bits is {} {bound}", if *bound < 0 { "below" } else { "above" })]
    SignedOverflow {
        /// The length of the result without its sign.
        bits: u32,
        /// The least value of the type for a result below zero, otherwise the largest.
        bound: i128,
    },
    /// A division by zero.
    #[error("a number was to be divided by zero")]
    DivisionByZero,
    /// A quantity is outside of its range.
    #[error("{what} is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    OutOfRange {
        /// The quantity.
        what: Quantity,
        /// Its value.
        value: u128,
        /// The least allowed if the value is below it, otherwise the largest.
        bound: u128,
    },
    /// The argument of a function is outside of where it has a result.
    #[error("{what} is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    Domain {
        /// The argument.
        what: Quantity,
        /// Its value.
        value: SignedWad,
        /// The least allowed if the value is below it, otherwise the largest.
        bound: SignedWad,
    },
    /// A power is above the largest value of its type.
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
    /// A sum of powers is above the largest value of its type.
    #[error(
        "the sum of {terms} powers of {ratio} is above the largest representable value, {}",
        Wad::MAX
    )]
    GeometricSum {
        /// The base of the powers.
        ratio: Wad,
        /// The number of powers, from that of 0 on.
        terms: u64,
    },
    /// A number that grows is above the largest value of its type.
    #[error("a number that grows for {units} units of time is above the largest representable value, {}", u128::MAX)]
    Growth {
        /// The length of time.
        units: Ratio,
    },
    /// A text is not a number of the type.
    #[error(transparent)]
    Parse(#[from] ParseError),
}

/// A reason why a text is not a number, and at which byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// There is nothing to read.
    #[error("there are no digits")]
    Empty,
    /// A byte that is neither a digit nor a separator between two digits.
    #[error("unexpected character at byte {at}: a plain decimal number is digits, `_` between digits, and at most one `.` between digits")]
    Unexpected {
        /// Its offset in the text.
        at: usize,
    },
    /// More digits after the point than the type keeps. Nothing is rounded away in silence, so
    /// this is an error even where the digits are zeros.
    #[error("{found} digits after the point, where at most {max} are kept")]
    ExcessDigits {
        /// How many there are.
        found: usize,
        /// How many are kept.
        max: u8,
    },
    /// The number is larger than the type holds.
    #[error("the number is above the largest representable value, {max} units of 1e-{decimals}")]
    TooLarge {
        /// The largest value, in the type's own units.
        max: u128,
        /// The number of decimals of such a unit.
        decimals: u8,
    },
    /// The number is larger than 256 bits hold.
    #[error("the number is above the largest of 256 bits")]
    TooWide,
    /// A minus sign before a number of a type that is never negative.
    #[error("a negative number, where only zero and above are allowed")]
    Negative,
}

impl ParseError {
    /// Returns what is wrong without the figures, for a `panic!` in a `const` and for a program that can't
    /// afford to format.
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
