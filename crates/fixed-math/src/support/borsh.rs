//! Support of borsh: the raw integers, little-endian, checked when read.

use borsh::io::{self, ErrorKind, Read, Write};
use borsh::{BorshDeserialize, BorshSerialize};

use crate::{
    Amount, Decimals, Error, Fraction, PackedError, Ratio, Rounding, SignedWad, Span, Timestamp,
    TimestampNanos, Wad, U256,
};

/// `type as raw: into raw, out of raw with its check`.
macro_rules! raw_integers {
    ($($type:ty as $raw:ty: $to:expr, $from:expr;)+) => {$(
        impl BorshSerialize for $type {
            fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
                let to: fn(Self) -> $raw = $to;
                to(*self).serialize(writer)
            }
        }

        impl BorshDeserialize for $type {
            fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
                let from: fn($raw) -> Result<Self, Error> = $from;
                from(<$raw>::deserialize_reader(reader)?).map_err(invalid)
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

// As the error that it was made from.
impl BorshSerialize for PackedError {
    fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        self.error().serialize(writer)
    }
}

impl BorshDeserialize for PackedError {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        Error::deserialize_reader(reader).map(Self::from)
    }
}

fn invalid(error: Error) -> io::Error {
    // Without std, borsh's error holds a message that is known at compile time, not a format.
    let message = match error {
        Error::DivisionByZero => "a ratio with a zero denominator",
        Error::OutOfRange { what, .. } => what.name(),
        _ => "a number outside of its range",
    };
    io::Error::new(ErrorKind::InvalidData, message)
}
