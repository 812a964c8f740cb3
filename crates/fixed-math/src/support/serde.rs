//! Support of serde: the text of `Display` in human-readable formats, the raw integers in binary
//! ones.
//!
//! Text, because a JSON number loses digits above 2^53 in half of its readers, and because "1"
//! and 1 mean different things for a type with decimals.
//!
//! What serde itself reads first, for `flatten`, an internal tag or `untagged`, it hands on as if it
//! came from a human-readable format, whichever it came from. So that way is open to what a binary
//! format wrote too, as far as it can't be taken for anything else. The rest is for [`text`].

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserializer, Error as _, IgnoredAny, SeqAccess, Unexpected, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::{
    Amount, Decimals, Error, Fraction, Ratio, SignedWad, Span, Timestamp, TimestampNanos, Wad, U256,
};

/// A number that is read from a text, and from what else means only the one thing.
trait Number: FromStr<Err: fmt::Display> {
    /// The forms that are read, as an error's sentence ends.
    const EXPECTED: &'static str = "a decimal number as a string";

    /// Starts to read. A format that keeps no types hands out texts only to whom asks for them.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader(PhantomData))
    }

    /// Converts an integer, if it is the same number as its digits as a text.
    fn from_integer(_: u128) -> Option<Self> {
        None
    }

    /// Converts what MessagePack writes for an integer of 128 bits.
    fn from_big_endian(_: [u8; 16]) -> Option<Self> {
        None
    }

    /// Converts two integers.
    fn from_pair(_: u128, _: u128) -> Option<Self> {
        None
    }
}

/// `type: out of an integer, out of 16 bytes`, of counts of units, which have no decimals.
macro_rules! counts {
    ($($type:ty: $from_integer:expr, $from_bytes:expr;)+) => {$(
        impl Number for $type {
            const EXPECTED: &'static str = "a whole number, or one as a string";

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Reader(PhantomData))
            }

            fn from_integer(units: u128) -> Option<Self> {
                $from_integer(units)
            }

            fn from_big_endian(bytes: [u8; 16]) -> Option<Self> {
                $from_bytes(bytes)
            }
        }
    )+};
}

counts! {
    Amount: |units| Some(Self::new(units)), |bytes| Some(Self::new(u128::from_be_bytes(bytes)));
    Timestamp: |at| u64::try_from(at).ok().map(Self::new), |_| None;
    Span: |length| u64::try_from(length).ok().map(Self::new), |_| None;
}

/// Integers are refused: one could be of wholes or of units of 1e-18.
impl Number for Fraction {}

/// Integers are refused: one is of seconds more often, and CosmWasm writes a text.
impl Number for TimestampNanos {}

/// Integers are refused: a text is one, but a pair is its two halves.
impl Number for U256 {}

impl Number for Wad {
    fn from_big_endian(bytes: [u8; 16]) -> Option<Self> {
        Some(Self::from_raw(u128::from_be_bytes(bytes)))
    }
}

impl Number for SignedWad {
    fn from_big_endian(bytes: [u8; 16]) -> Option<Self> {
        Some(Self::from_raw(i128::from_be_bytes(bytes)))
    }
}

impl Number for Ratio {
    const EXPECTED: &'static str = "a ratio as a string, or one or two whole numbers";

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader(PhantomData))
    }

    fn from_integer(whole: u128) -> Option<Self> {
        Some(Self::from_integer(whole))
    }

    fn from_pair(numerator: u128, denominator: u128) -> Option<Self> {
        Self::new(numerator, denominator).ok()
    }
}

/// Reads a number, without a buffer.
struct Reader<T>(PhantomData<T>);

impl<'de, T: Number> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: serde::de::Error>(self, units: u64) -> Result<T, E> {
        let refused = || E::invalid_type(Unexpected::Unsigned(units), &self);
        T::from_integer(units.into()).ok_or_else(refused)
    }

    fn visit_i64<E: serde::de::Error>(self, units: i64) -> Result<T, E> {
        let found = u128::try_from(units).ok().and_then(T::from_integer);
        found.ok_or_else(|| E::invalid_type(Unexpected::Signed(units), &self))
    }

    fn visit_u128<E: serde::de::Error>(self, units: u128) -> Result<T, E> {
        let refused = || E::invalid_type(Unexpected::Other("an integer of 128 bits"), &self);
        T::from_integer(units).ok_or_else(refused)
    }

    fn visit_i128<E: serde::de::Error>(self, units: i128) -> Result<T, E> {
        let found = u128::try_from(units).ok().and_then(T::from_integer);
        let other = Unexpected::Other("a signed integer of 128 bits");
        found.ok_or_else(|| E::invalid_type(other, &self))
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<T, E> {
        let text = core::str::from_utf8(bytes).ok();
        let digits = text.and_then(|text| text.parse().ok());
        let integer = bytes.try_into().ok().and_then(T::from_big_endian);
        match (digits, integer) {
            (Some(_), Some(_)) => Err(E::custom("16 bytes that are digits or an integer")),
            (found, other) => {
                let refused = || E::invalid_type(Unexpected::Bytes(bytes), &self);
                found.or(other).ok_or_else(refused)
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        let mut next = || seq.next_element::<Amount>();
        let (Some(first), Some(second)) = (next()?, next()?) else {
            return Err(A::Error::invalid_length(1, &self));
        };
        if seq.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::invalid_length(3, &self));
        }
        let refused = || A::Error::invalid_value(Unexpected::Seq, &self);
        T::from_pair(first.get(), second.get()).ok_or_else(refused)
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
                    Number::read(deserializer)
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
    TimestampNanos as u64: Self::get, |raw| Ok(Self::new(raw));
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

/// The text of `Display` in every format, binary ones too, for `#[serde(with = "…")]`.
///
/// It is read back wherever a text is: behind `flatten`, an internal tag or `untagged` in CBOR and
/// MessagePack, and from XML.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use tokenomics_fixed_math::{wad, Wad};
///
/// #[derive(Serialize, Deserialize, PartialEq, Debug)]
/// #[serde(tag = "kind")]
/// enum Event {
///     Rebase {
///         #[serde(with = "tokenomics_fixed_math::serde_text")]
///         factor: Wad,
///     },
/// }
///
/// let event = Event::Rebase { factor: wad!("1.5") };
/// let bytes = rmp_serde::to_vec_named(&event)?;
/// assert_eq!(rmp_serde::from_slice::<Event>(&bytes)?, event);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub mod text {
    use core::fmt::{self, Display};
    use core::marker::PhantomData;
    use core::str::FromStr;

    use serde::de::{Deserializer, Visitor};
    use serde::ser::Serializer;

    /// Writes a number as its text.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<T: Display, S: Serializer>(number: &T, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(number)
    }

    /// Reads a number from its text alone.
    ///
    /// # Errors
    /// Those of the format, and of a text that isn't such a number.
    pub fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        from.deserialize_str(Text(PhantomData))
    }

    struct Text<T>(PhantomData<T>);

    impl<T: FromStr<Err: Display>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number as a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
}

/// An integer of any width, for `#[serde(with = "…")]`: a text in formats for people, where a number
/// above 2^53 loses digits in half of the readers, and the integer itself in binary ones. A number is read
/// as well.
///
/// ```
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, PartialEq, Debug)]
/// struct Block {
///     #[serde(with = "tokenomics_fixed_math::serde_integer")]
///     gas: u64,
/// }
///
/// let text = serde_json::to_string(&Block { gas: u64::MAX })?;
/// assert_eq!(text, r#"{"gas":"18446744073709551615"}"#);
/// assert_eq!(serde_json::from_str::<Block>(&text)?, Block { gas: u64::MAX });
/// assert_eq!(serde_json::from_str::<Block>(r#"{"gas":7}"#)?, Block { gas: 7 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub mod integer {
    use core::fmt::{self, Display};
    use core::marker::PhantomData;
    use core::str::FromStr;

    use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
    use serde::ser::{Serialize, Serializer};

    /// Writes it.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<T, S>(number: &T, to: S) -> Result<S::Ok, S::Error>
    where
        T: Display + Serialize,
        S: Serializer,
    {
        if to.is_human_readable() {
            return to.collect_str(number);
        }
        number.serialize(to)
    }

    /// Reads it.
    ///
    /// # Errors
    /// Those of the format, and for a number out of the range of the type.
    pub fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
    where
        T: FromStr + Deserialize<'de> + TryFrom<u128> + TryFrom<i128>,
        D: Deserializer<'de>,
    {
        if from.is_human_readable() {
            return from.deserialize_any(Integer(PhantomData));
        }
        T::deserialize(from)
    }

    struct Integer<T>(PhantomData<T>);

    impl<T: FromStr + TryFrom<u128> + TryFrom<i128>> Visitor<'_> for Integer<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an integer, or one as a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse()
                .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
            self.visit_u128(number.into())
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
            self.visit_i128(number.into())
        }

        fn visit_u128<E: Error>(self, number: u128) -> Result<T, E> {
            let other = Unexpected::Other("an integer out of range");
            T::try_from(number).map_err(|_| E::invalid_value(other, &self))
        }

        fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
            let other = Unexpected::Other("an integer out of range");
            T::try_from(number).map_err(|_| E::invalid_value(other, &self))
        }
    }
}
