//! The codecs, of which all that is read passes the same checks as `new`.
//!
//! A value is written as the parameters it was made of, so what is derived from them is never read.

mod grant;
mod schedules;

#[cfg(feature = "serde")]
pub(crate) use self::grant::*;
#[cfg(feature = "serde")]
pub(crate) use self::schedules::*;
#[cfg(any(feature = "borsh", feature = "scale"))]
use crate::Error;

/// Reads the parameters, unchecked, and has `new` check them, or what stands after `by`. Their
/// order is that of its parameters.
macro_rules! read {
    (@make ($($field:expr),+)) => { Self::new($($field),+) };
    (@make $by:ident ($($field:expr),+)) => { Self::$by($($field),+) };
    ($($type:ident $(<$($param:ident: $bound:path),+>)? as $raw:ident $(by $by:ident)? {
        $($field:ident: $kind:ty,)+
    })+) => {$(
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(deny_unknown_fields)
        )]
        #[cfg_attr(
            feature = "borsh",
            derive(borsh::BorshSerialize, borsh::BorshDeserialize)
        )]
        #[cfg_attr(
            feature = "scale",
            derive(parity_scale_codec::Encode, parity_scale_codec::Decode, parity_scale_codec::MaxEncodedLen, scale_info::TypeInfo)
        )]
        pub(crate) struct $raw $(<$($param),+>)? {
            $($field: $kind,)+
        }

        impl $(<$($param: $bound),+>)? TryFrom<$raw $(<$($param),+>)?> for $type $(<$($param),+>)? {
            type Error = Error;

            fn try_from(raw: $raw $(<$($param),+>)?) -> Result<Self, Error> {
                read!(@make $($by)? ($(raw.$field),+))
            }
        }

        #[cfg(feature = "borsh")]
        impl $(<$($param: $bound + borsh::BorshDeserialize),+>)? borsh::BorshDeserialize
            for $type $(<$($param),+>)?
        {
            fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
                let raw = $raw::deserialize_reader(reader)?;
                raw.try_into().map_err(invalid)
            }
        }

        #[cfg(feature = "scale")]
        impl $(<$($param: $bound + parity_scale_codec::Decode),+>)? parity_scale_codec::Decode
            for $type $(<$($param),+>)?
        {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                let raw = $raw::decode(input)?;
                raw.try_into().map_err(|error| message(error).into())
            }
        }

        #[cfg(feature = "scale")]
        impl $(<$($param: $bound + parity_scale_codec::DecodeWithMemTracking),+>)?
            parity_scale_codec::DecodeWithMemTracking for $type $(<$($param),+>)? {}
    )+};
}

/// Writes the parameters of a type that holds more than them.
macro_rules! write {
    ($($type:ident as $raw:ident { $($field:ident = $read:expr,)+ })+) => {$(
        impl From<$type> for $raw {
            fn from(schedule: $type) -> Self {
                Self {
                    $($field: $read(&schedule),)+
                }
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshSerialize for $type {
            fn serialize<W: borsh::io::Write>(&self, writer: &mut W) -> borsh::io::Result<()> {
                $raw::from(*self).serialize(writer)
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Encode for $type {
            fn encode_to<T: parity_scale_codec::Output + ?Sized>(&self, output: &mut T) {
                $raw::from(*self).encode_to(output);
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::EncodeLike for $type {}

        #[cfg(feature = "scale")]
        impl parity_scale_codec::MaxEncodedLen for $type {
            fn max_encoded_len() -> usize {
                $raw::max_encoded_len()
            }
        }

        #[cfg(feature = "scale")]
        impl scale_info::TypeInfo for $type {
            type Identity = Self;

            fn type_info() -> scale_info::Type {
                scale_info::Type {
                    path: scale_info::Path::new(stringify!($type), module_path!()),
                    ..$raw::type_info()
                }
            }
        }
    )+};
}

use {read, write};

/// The message of the binary formats for a value that the checks refuse: their errors hold one that
/// is known at compile time, not a format.
#[cfg(any(feature = "borsh", feature = "scale"))]
fn message(error: Error) -> &'static str {
    match error {
        Error::NotAfter { .. } => "an end that is not after the start",
        Error::OutOfRange { what, .. } => what,
        _ => "a value outside of its range",
    }
}

#[cfg(feature = "borsh")]
fn invalid(error: Error) -> borsh::io::Error {
    borsh::io::Error::new(borsh::io::ErrorKind::InvalidData, message(error))
}
