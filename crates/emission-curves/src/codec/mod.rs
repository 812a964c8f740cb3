//! The codecs: a value is written as the parameters it was made of, and read through the same
//! checks as `new`; what is derived from them is never read.

mod curves;
mod geometric_epochs;
mod lists;

#[cfg(feature = "serde")]
pub(crate) use self::curves::*;
#[cfg(feature = "serde")]
pub(crate) use self::geometric_epochs::*;
#[cfg(feature = "serde")]
pub(crate) use self::lists::*;
#[cfg(any(feature = "borsh", feature = "scale"))]
use crate::Error;

/// Returns the text that the binary formats give for a curve that the checks refuse: their errors
/// hold a message that is known at compile time, not a format.
#[cfg(any(feature = "borsh", feature = "scale"))]
fn message(error: Error) -> &'static str {
    match error {
        Error::OutOfRange { what, .. } => what.name(),
        Error::NeverEnds { .. } => "a decay that never ends, without a number of epochs",
        Error::TooManyEpochs { .. } => "more epochs than the table holds",
        _ => "a value outside of its range",
    }
}

#[cfg(feature = "borsh")]
fn invalid(error: Error) -> borsh::io::Error {
    borsh::io::Error::new(borsh::io::ErrorKind::InvalidData, message(error))
}
