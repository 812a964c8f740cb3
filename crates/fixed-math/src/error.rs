//! What can go wrong, with the values and the range that was broken.

use crate::{Ratio, SignedWad, Wad, U256};

/// A calculation that has no representable result.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Error, U256};
///
/// assert_eq!(
///     Amount::MAX.checked_add(Amount::new(1)),
///     Err(Error::Overflow { value: U256::new(1, 0), max: u128::MAX }),
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The exact, already rounded result is above the largest value of its type.
    #[error("{value} is above the largest representable value, {max}")]
    Overflow {
        /// The result.
        value: U256,
        /// The largest value of the type.
        max: u128,
    },
    /// A subtraction would go below zero.
    #[error("cannot take {subtrahend} from {minuend}")]
    Underflow {
        /// What was subtracted from.
        minuend: u128,
        /// What was to be subtracted.
        subtrahend: u128,
    },
    /// A result needs more than 256 bits, or is below zero in 256 bits.
    #[error("an operation on {left} and {right} leaves the range of 256 bits")]
    Wide {
        /// The left operand.
        left: U256,
        /// The right operand.
        right: U256,
    },
    /// A signed result is outside of the range of its type.
    #[error("{}{magnitude} is outside {min}..={max}", if *.negative { "-" } else { "" })]
    SignedOverflow {
        /// Whether the result is below zero.
        negative: bool,
        /// The result without its sign.
        magnitude: U256,
        /// The least value of the type.
        min: i128,
        /// The largest value of the type.
        max: i128,
    },
    /// A division by zero.
    #[error("{dividend} was to be divided by zero")]
    DivisionByZero {
        /// What was to be divided.
        dividend: U256,
    },
    /// A parameter is outside of its range.
    #[error("{what} is {value}, outside {min}..={max}")]
    OutOfRange {
        /// The parameter's name.
        what: &'static str,
        /// Its value.
        value: u128,
        /// The least allowed.
        min: u128,
        /// The largest allowed.
        max: u128,
    },
    /// The argument of a function is outside of where it has a result.
    #[error("{what} is {value}, outside {min}..={max}")]
    Domain {
        /// What the argument is.
        what: &'static str,
        /// Its value.
        value: SignedWad,
        /// The least allowed.
        min: SignedWad,
        /// The largest allowed.
        max: SignedWad,
    },
    /// A power is above the largest value of its type.
    #[error(
        "{base} to the power of {exponent} is above the largest representable value, {}",
        Wad::MAX
    )]
    Power {
        /// What was raised.
        base: Wad,
        /// To which power.
        exponent: SignedWad,
    },
    /// A sum of powers is above the largest value of its type.
    #[error(
        "the sum of {terms} powers of {ratio} is above the largest representable value, {}",
        Wad::MAX
    )]
    GeometricSum {
        /// What was raised.
        ratio: Wad,
        /// How often, from the power of 0 on.
        terms: u64,
    },
    /// What a number grows to is above the largest value of its type.
    #[error(
        "{numerator} / {denominator}, grown for {units} units of time, is above the largest representable value, {}",
        u128::MAX
    )]
    Growth {
        /// What is grown,
        numerator: U256,
        /// over this.
        denominator: u128,
        /// For how long.
        units: Ratio,
    },
    /// A text is not a number of the type.
    #[error(transparent)]
    Parse(#[from] ParseError),
}

/// Why a text is not a number, and at which byte of it.
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
        max: U256,
        /// How many decimals such a unit has.
        decimals: u8,
    },
    /// A minus sign before a number of a type that is never negative.
    #[error("a negative number, where only zero and above are allowed")]
    Negative,
}

impl ParseError {
    /// What is wrong without the figures, for a `panic!` in a `const` and for a program that can't
    /// afford to format.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "there are no digits",
            Self::Unexpected { .. } => {
                "a plain decimal number is digits, `_` between digits, and at most one `.` between digits"
            }
            Self::ExcessDigits { .. } => "more digits after the point than are kept",
            Self::TooLarge { .. } => "the number is above the largest representable value",
            Self::Negative => "a negative number, where only zero and above are allowed",
        }
    }
}
