//! Support of SCALE: the raw integers, little-endian and of fixed width, checked when read.
//! An amount, a time, a fraction and a number with 18 decimals can be compact as well.

use parity_scale_codec::{
    Compact, CompactAs, Decode, DecodeWithMemTracking, Encode, EncodeLike, Error as CodecError,
    Input, MaxEncodedLen, Output,
};
use scale_info::build::{state, Fields, TypeBuilder};
use scale_info::form::MetaForm;
use scale_info::{Type, TypeInfo};

use super::metadata;
use crate::{
    Amount, Decimals, Error, Fraction, PackedError, Ratio, Rounding, SignedWad, Span, Timestamp,
    TimestampNanos, Wad, U256,
};

/// `type as raw: into raw, out of raw with its check`.
macro_rules! raw_integers {
    ($($type:ty as $raw:ty: $to:expr, $from:expr;)+) => {$(
        impl Encode for $type {
            fn size_hint(&self) -> usize {
                size_of::<$raw>()
            }

            fn encode_to<T: Output + ?Sized>(&self, output: &mut T) {
                let to: fn(Self) -> $raw = $to;
                to(*self).encode_to(output);
            }
        }

        impl Decode for $type {
            fn decode<I: Input>(input: &mut I) -> Result<Self, CodecError> {
                let from: fn($raw) -> Result<Self, Error> = $from;
                from(<$raw>::decode(input)?).map_err(invalid)
            }

            fn encoded_fixed_size() -> Option<usize> {
                Some(size_of::<$raw>())
            }
        }

        impl EncodeLike for $type {}
        impl DecodeWithMemTracking for $type {}

        impl MaxEncodedLen for $type {
            fn max_encoded_len() -> usize {
                size_of::<$raw>()
            }
        }
    )+};
}

raw_integers! {
    Amount as u128: Self::get, |raw| Ok(Self::new(raw));
    Timestamp as u64: Self::get, |raw| Ok(Self::new(raw));
    TimestampNanos as u64: Self::get, |raw| Ok(Self::new(raw));
    Span as u64: Self::get, |raw| Ok(Self::new(raw));
    Fraction as u64: Self::raw, Self::from_raw;
    Wad as u128: Self::raw, |raw| Ok(Self::from_raw(raw));
    SignedWad as i128: Self::raw, |raw| Ok(Self::from_raw(raw));
    Decimals as u8: Self::get, Self::new;
    Rounding as u8: Self::index, Self::from_index;
    Ratio as (u128, u128): |ratio| (ratio.numerator(), ratio.denominator()),
        |(numerator, denominator)| Self::new(numerator, denominator);
    // Low half first: the 32 bytes are one little-endian integer.
    U256 as (u128, u128): |wide| (wide.low(), wide.high()),
        |(low, high)| Ok(Self::new(high, low));
}

/// `type: raw`, of a type that holds one integer.
macro_rules! one_integer {
    ($($type:ident: $raw:ty;)+) => {$(
        impl TypeInfo for $type {
            type Identity = Self;

            fn type_info() -> Type {
                let raw = Fields::unnamed().field(|raw| raw.ty::<$raw>().type_name(stringify!($raw)));
                described(stringify!($type)).composite(raw)
            }
        }
    )+};
}

one_integer! {
    Amount: u128;
    Timestamp: u64;
    TimestampNanos: u64;
    Span: u64;
    Fraction: u64;
    Wad: u128;
    SignedWad: i128;
    Decimals: u8;
}

// It is written in another order than it is held in.
impl TypeInfo for U256 {
    type Identity = Self;

    fn type_info() -> Type {
        described("U256").composite(
            Fields::named()
                .field(|half| half.ty::<u128>().name("low"))
                .field(|half| half.ty::<u128>().name("high")),
        )
    }
}

/// Begins the description of a type under its public path.
fn described(name: &'static str) -> TypeBuilder<MetaForm, state::PathAssigned> {
    Type::builder().path(metadata::Path::new(name, module_path!()))
}

impl CompactAs for Fraction {
    type As = u64;

    fn encode_as(&self) -> &u64 {
        self.lend_raw()
    }

    fn decode_from(raw: u64) -> Result<Self, CodecError> {
        Self::from_raw(raw).map_err(invalid)
    }
}

impl From<Compact<Fraction>> for Fraction {
    fn from(compact: Compact<Self>) -> Self {
        compact.0
    }
}

// As the error that it was made from.
impl Encode for PackedError {
    fn encode_to<T: Output + ?Sized>(&self, output: &mut T) {
        self.error().encode_to(output);
    }
}

impl Decode for PackedError {
    fn decode<I: Input>(input: &mut I) -> Result<Self, CodecError> {
        Error::decode(input).map(Self::from)
    }
}

impl EncodeLike for PackedError {}
impl DecodeWithMemTracking for PackedError {}

impl MaxEncodedLen for PackedError {
    fn max_encoded_len() -> usize {
        Error::max_encoded_len()
    }
}

impl TypeInfo for PackedError {
    type Identity = Error;

    fn type_info() -> Type {
        Error::type_info()
    }
}

fn invalid(error: Error) -> CodecError {
    // The codec's error holds a message that is known at compile time, not a format.
    match error {
        Error::DivisionByZero => "a ratio with a zero denominator",
        Error::OutOfRange { what, .. } => what.name(),
        _ => "a number outside of its range",
    }
    .into()
}
