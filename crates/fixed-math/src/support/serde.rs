//! Support of serde: the text of `Display` in human-readable formats, the raw integers in binary
//! ones.
//!
//! Text, because a JSON number loses digits above 2^53 in half of its readers, and because "1"
//! and 1 mean different things for a type with decimals.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserializer, Error as _, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::{Amount, Decimals, Error, Fraction, Ratio, SignedWad, Span, Timestamp, Wad, U256};

/// Reads a text by `FromStr`, without a buffer.
struct Text<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number as a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// `type as raw: into raw, out of raw with its check`.
macro_rules! text_or_integers {
    ($($type:ty as $raw:ty: $to:expr, $from:expr;)+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    let to: fn(Self) -> $raw = $to;
                    to(*self).serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    deserializer.deserialize_str(Text(PhantomData))
                } else {
                    let from: fn($raw) -> Result<Self, Error> = $from;
                    from(<$raw>::deserialize(deserializer)?).map_err(D::Error::custom)
                }
            }
        }
    )+};
}

text_or_integers! {
    Amount as u128: Self::get, |raw| Ok(Self::new(raw));
    Timestamp as u64: Self::get, |raw| Ok(Self::new(raw));
    Span as u64: Self::get, |raw| Ok(Self::new(raw));
    Fraction as u64: Self::raw, Self::from_raw;
    Wad as u128: Self::raw, |raw| Ok(Self::from_raw(raw));
    SignedWad as i128: Self::raw, |raw| Ok(Self::from_raw(raw));
    Ratio as (u128, u128): |ratio| (ratio.numerator(), ratio.denominator()),
        |(numerator, denominator)| Self::new(numerator, denominator);
    U256 as (u128, u128): |wide| (wide.high(), wide.low()),
        |(high, low)| Ok(Self::new(high, low));
}

/// A small count, not an amount: an integer in every format.
impl Serialize for Decimals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.get())
    }
}

impl<'de> Deserialize<'de> for Decimals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u8::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
