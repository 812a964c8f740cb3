//! Bytes from a caller who means harm, as any stored type in any format.

use std::fmt::Debug;

use parity_scale_codec::{Decode, DecodeAll, Encode};
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics::EncodedLen;

use super::types::stored_types;

/// A crate, one of its types, and what reads bytes as that type in each format.
type Reader = (&'static str, &'static str, fn(&[u8]));

/// A type that all formats write.
trait Stored:
    Serialize
    + DeserializeOwned
    + borsh::BorshSerialize
    + borsh::BorshDeserialize
    + Encode
    + Decode
    + PartialEq
    + Debug
{
}

impl<T> Stored for T where
    T: Serialize
        + DeserializeOwned
        + borsh::BorshSerialize
        + borsh::BorshDeserialize
        + Encode
        + Decode
        + PartialEq
        + Debug
{
}

/// Declares the readers of all types, each with its name.
macro_rules! readers {
    ($($krate:ident { $($how:ident $type:ty $(= $values:expr)?;)+ })+) => {
        $(
            #[allow(unused_imports, reason = "some types are arguments of those of several crates")]
            mod $krate {
                use super::Reader;
                use tokenomics::{Amount, Fraction, Ratio};
                use tokenomics::$krate::*;

                pub(super) const READERS: &[Reader] = &[
                    $((stringify!($krate), stringify!($type), super::$how::<$type>),)+
                ];
            }
        )+

        const CRATES: &[&[Reader]] = &[$($krate::READERS),+];
    };
}

stored_types!(readers);

/// The types whose constructors bring a ratio to lowest terms, and the one that holds any of them.
const REDUCING: [&str; 4] = [
    "::Geometric",
    "::Compounding",
    "::Baseline",
    "::SimpleCurve",
];

fn readers() -> impl Iterator<Item = &'static Reader> {
    CRATES.iter().copied().flatten()
}

/// Returns the number by which [`hostile_bytes_are_refused`] knows a type.
pub fn number_of(krate: &str, name: &str) -> Option<u16> {
    let at = readers().position(|(of, known, _)| (*of, *known) == (krate, name));
    at.and_then(|at| at.try_into().ok())
}

/// No bytes make any stored type panic, in borsh, SCALE, postcard or JSON: they are an error, or a value
/// that its constructor takes, and that borsh and SCALE write as the very same bytes, but for a ratio that is
/// brought to lowest terms. Those two agree about a type of fixed size, and refuse what is a byte longer or
/// shorter.
pub fn hostile_bytes_are_refused(which: u16, bytes: &[u8]) {
    let which = usize::from(which) % readers().count();
    let (.., read) = readers().nth(which).unwrap();
    read(bytes);
}

/// Reads bytes as a type of which borsh and SCALE write the same.
fn fixed<T: Stored + EncodedLen>(bytes: &[u8]) {
    let by_borsh = by_borsh::<T>(bytes);
    let by_scale = by_scale::<T>(bytes);
    assert_eq!(by_borsh, by_scale, "{bytes:?}");
    if by_borsh.is_some() {
        assert!(bytes.len() <= T::ENCODED_LEN, "{by_borsh:?}");
        let longer = [bytes, &[0]].concat();
        assert_eq!(by_scale_of::<T>(&longer), None, "{by_borsh:?}");
        assert!(borsh::from_slice::<T>(&longer).is_err(), "{by_borsh:?}");
        let shorter = &bytes[..bytes.len() - 1];
        assert_eq!(by_scale_of::<T>(shorter), None, "{by_borsh:?}");
        assert!(borsh::from_slice::<T>(shorter).is_err(), "{by_borsh:?}");
    }
    by_names_and_without::<T>(bytes);
}

use fixed as read;
use fixed as drawn;
use fixed as given;

/// Reads bytes as a type that holds a list.
fn drawn_list<T: Stored>(bytes: &[u8]) {
    by_borsh::<T>(bytes);
    by_scale::<T>(bytes);
    by_names_and_without::<T>(bytes);
}

fn by_borsh<T: Stored>(bytes: &[u8]) -> Option<T> {
    let value = match borsh::from_slice::<T>(bytes) {
        Ok(value) => value,
        Err(error) => {
            is_told_without_a_text::<T>(&error.to_string());
            return None;
        }
    };
    is_written(&value, &borsh::to_vec(&value).unwrap(), bytes);
    comes_back(&value);
    Some(value)
}

/// borsh's own readers format a text about a tag that is none, which ends a program on some machines; those
/// of these types refuse in words that are known at compile time.
fn is_told_without_a_text<T>(error: &str) {
    let name = std::any::type_name::<T>();
    if name.ends_with("Error") {
        // A program answers with errors, and no account holds one.
        return;
    }
    for formatted in ["Unexpected variant tag", "Invalid Option", "Invalid bool"] {
        assert!(!error.starts_with(formatted), "{name}: {error}");
    }
}

fn by_scale<T: Stored>(bytes: &[u8]) -> Option<T> {
    let value = by_scale_of::<T>(bytes)?;
    is_written(&value, &value.encode(), bytes);
    comes_back(&value);
    Some(value)
}

/// Checks that a value is written as the bytes that it was read from, or as many others if its constructor
/// brings a ratio in it to lowest terms.
fn is_written<T: Debug>(value: &T, written: &[u8], read: &[u8]) {
    let name = std::any::type_name::<T>();
    let reduces = REDUCING.iter().any(|reducing| name.ends_with(reducing));
    if reduces {
        assert_eq!(written.len(), read.len(), "{value:?}");
    } else {
        assert_eq!(written, read, "{value:?}");
    }
}

fn by_scale_of<T: Stored>(mut bytes: &[u8]) -> Option<T> {
    T::decode_all(&mut bytes).ok()
}

/// Reads bytes as JSON, which writes names, and as postcard, which writes none. Neither has one form alone.
fn by_names_and_without<T: Stored>(bytes: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(bytes) {
        comes_back(&value);
    }
    if let Ok(value) = postcard::from_bytes::<T>(bytes) {
        comes_back(&value);
    }
}

/// What one format lets in, each lets in.
fn comes_back<T: Stored>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).as_ref().ok(), Some(value));
    let bytes = postcard::to_allocvec(value).unwrap();
    assert_eq!(postcard::from_bytes(&bytes).as_ref(), Ok(value));
    let bytes = borsh::to_vec(value).unwrap();
    assert_eq!(borsh::from_slice(&bytes).as_ref().ok(), Some(value));
    assert_eq!(T::decode_all(&mut &*value.encode()).as_ref(), Ok(value));
}
