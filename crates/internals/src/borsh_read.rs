//! Readers of what borsh writes with a tag.
//!
//! borsh's own format a text for a tag that is none, which costs a program on chain tens of kilobytes, and on
//! machines whose frames have gaps ends it. These refuse in words that are known at compile time; what is written
//! is the same.

use borsh::io::{Error, ErrorKind, Read, Result};
use borsh::BorshDeserialize;

/// Returns the error of a tag that is none of its type's.
#[must_use]
#[cold]
pub fn no_such_tag() -> Error {
    Error::new(ErrorKind::InvalidData, "a tag that is none of its type's")
}

/// Reads an option: a tag of 0 or 1, and what is there.
///
/// # Errors
/// Another tag, or what is there can't be read.
pub fn option<T: BorshDeserialize, R: Read>(reader: &mut R) -> Result<Option<T>> {
    match u8::deserialize_reader(reader)? {
        0 => Ok(None),
        1 => T::deserialize_reader(reader).map(Some),
        _ => Err(no_such_tag()),
    }
}

/// Reads a truth value: 0 or 1.
///
/// # Errors
/// Another byte.
pub fn truth<R: Read>(reader: &mut R) -> Result<bool> {
    match u8::deserialize_reader(reader)? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(no_such_tag()),
    }
}

/// Reads an array of options, one after the other.
///
/// # Errors
/// As [`option`].
pub fn options<T: BorshDeserialize, R: Read, const N: usize>(
    reader: &mut R,
) -> Result<[Option<T>; N]> {
    let mut failed = None;
    let read = core::array::from_fn(|_| match &failed {
        Some(_) => None,
        None => option(reader).unwrap_or_else(|error| {
            failed = Some(error);
            None
        }),
    });
    failed.map_or(Ok(read), Err)
}
