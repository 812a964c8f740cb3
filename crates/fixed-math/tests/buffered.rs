//! What serde reads before a number does: behind `flatten`, an internal tag and `untagged`.
#![cfg(feature = "serde")]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use proptest::prelude::*;
use serde::de::value::Error as ValueError;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, SignedWad, Span, Timestamp, Wad, U256};

#[derive(Clone, Copy, Serialize, Deserialize, PartialEq, Debug)]
struct Inner<T> {
    of: T,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Flat<T> {
    #[serde(flatten)]
    inner: Inner<T>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "kind")]
enum Tagged<T> {
    One(Inner<T>),
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Untagged<T> {
    One(Inner<T>),
}

/// The same, written as a text whatever the format.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum AsText<T: Display + FromStr<Err: Display>> {
    One {
        #[serde(with = "tokenomics_fixed_math::serde_text")]
        of: T,
    },
}

/// Writes and reads in one format: `None` if the value isn't read back.
type Trip<T> = fn(&T) -> Option<T>;

fn json<T: Serialize + DeserializeOwned>(value: &T) -> Option<T> {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).ok()
}

fn cbor<T: Serialize + DeserializeOwned>(value: &T) -> Option<T> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    ciborium::from_reader(&bytes[..]).ok()
}

fn message_pack<T: Serialize + DeserializeOwned>(value: &T) -> Option<T> {
    rmp_serde::from_slice(&rmp_serde::to_vec_named(value).unwrap()).ok()
}

/// A number that these formats can hold.
trait Held: Serialize + DeserializeOwned + PartialEq + Debug + Copy {}
impl<T: Serialize + DeserializeOwned + PartialEq + Debug + Copy> Held for T {}

/// Says if a format reads a number back, in the three ways, which have to agree; never another one.
fn is_read<T: Held>(
    of: T,
    flat: Trip<Flat<T>>,
    tag: Trip<Tagged<T>>,
    un: Trip<Untagged<T>>,
) -> bool {
    let inner = Inner { of };
    let read = [
        flat(&Flat { inner }).map(|read| read.inner),
        tag(&Tagged::One(inner)).map(|Tagged::One(read)| read),
        un(&Untagged::One(inner)).map(|Untagged::One(read)| read),
    ];
    assert!(
        read == [Some(inner); 3] || read == [None; 3],
        "{of:?}: {read:?}"
    );
    read[0].is_some()
}

/// Says which of JSON, CBOR and MessagePack read a number back.
fn read_by<T: Held>(of: T) -> [bool; 3] {
    [
        is_read(of, json, json, json),
        is_read(of, cbor, cbor, cbor),
        is_read(of, message_pack, message_pack, message_pack),
    ]
}

#[test]
fn what_means_only_one_thing_is_read_wherever_serde_can_hold_it() {
    let largest = Amount::new(u64::MAX.into());
    assert_eq!(read_by(largest), [true; 3]);
    assert_eq!(read_by(Timestamp::MAX), [true; 3]);
    assert_eq!(read_by(Span::ZERO), [true; 3]);
    assert_eq!(read_by(Ratio::new(2, 4).unwrap()), [true; 3]);
    // Of CBOR's integers serde holds 64 bits. MessagePack has none above, and writes bytes.
    assert_eq!(read_by(Amount::MAX), [true, false, true]);
    assert_eq!(read_by(Ratio::MAX), [true, false, true]);
    assert_eq!(read_by(Wad::MAX), [true, false, true]);
    assert_eq!(read_by(SignedWad::MIN), [true, false, true]);
    assert_eq!(read_by(SignedWad::from_raw(-1)), [true, false, true]);
    // An integer could be of wholes or of units of 1e-18, and a pair of any two.
    assert_eq!(read_by(Wad::ONE), [true, false, true]);
    assert_eq!(read_by(Fraction::ONE), [true, false, false]);
    assert_eq!(read_by(U256::MAX), [true, false, false]);
    assert_eq!(read_by(U256::ZERO), [true, false, false]);
}

#[test]
fn a_text_is_read_in_every_format() {
    fn is_text<T: Held + Display + FromStr<Err: Display>>(of: T) {
        let value = AsText::One { of };
        assert_eq!(json(&value).as_ref(), Some(&value));
        assert_eq!(cbor(&value).as_ref(), Some(&value));
        assert_eq!(message_pack(&value).as_ref(), Some(&value));
    }
    is_text(Amount::MAX);
    is_text(Timestamp::MAX);
    is_text(Fraction::ONE);
    is_text(Wad::MAX);
    is_text(SignedWad::MIN);
    is_text(Ratio::MAX);
    is_text(U256::MAX);
    let number = serde_json::from_str::<AsText<Amount>>(r#"{"of":5}"#);
    assert!(number.is_err());
}

#[test]
fn nothing_that_could_be_another_number_is_read() {
    fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
        let plain = serde_json::from_str::<T>(json);
        let held = format!(r#"{{"kind":"One","of":{json}}}"#);
        let Tagged::One(Inner { of }) = serde_json::from_str(&held).ok()?;
        // Directly it is read if and only if it is behind a tag.
        assert!(plain.is_ok(), "{json}");
        Some(of)
    }
    assert_eq!(read("5"), Some(Amount::new(5)));
    assert_eq!(read("\"5\""), Some(Amount::new(5)));
    assert_eq!(read("18446744073709551615"), Some(Timestamp::MAX));
    assert_eq!(read("[2, 4]"), Ratio::new(2, 4).ok());
    for refused in [
        "-5", "5.0", "5e3", "1e30", "null", "true", "[5]", "{}", "\"5.0\"", "\"\"",
    ] {
        assert_eq!(read::<Amount>(refused), None, "{refused}");
        assert_eq!(read::<Span>(refused), None, "{refused}");
    }
    for refused in ["0", "1", "1.0", "-1", "[0, 1]", "null"] {
        assert_eq!(read::<Fraction>(refused), None, "{refused}");
        assert_eq!(read::<Wad>(refused), None, "{refused}");
        assert_eq!(read::<SignedWad>(refused), None, "{refused}");
        assert_eq!(read::<U256>(refused), None, "{refused}");
    }
    assert_eq!(read("2"), Ratio::new(2, 1).ok());
    for refused in ["[2]", "[2, 4, 6]", "[2, 0]", "[2, -4]", "[2, 4.0]", "[]"] {
        assert_eq!(read::<Ratio>(refused), None, "{refused}");
    }
}

/// Formats that hand out a text as its bytes: digits are digits, and what could be an integer of 16
/// bytes as well is neither.
#[test]
fn bytes_that_are_digits_are_read_as_such() {
    use serde::de::value::{BytesDeserializer, Error};

    fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
        T::deserialize(BytesDeserializer::<Error>::new(bytes)).ok()
    }
    assert_eq!(read(b"1234"), Some(Amount::new(1_234)));
    assert_eq!(read::<Amount>(b"1234567890123456"), None);
    assert_eq!(read(&7_u128.to_be_bytes()), Some(Amount::new(7)));
    assert_eq!(read::<Amount>(b"12 34"), None);
}

/// TOML hands out every integer as one with a sign, CSV those above 64 bits with 128.
#[test]
fn an_integer_of_any_width_is_read_if_it_fits() {
    fn read<'a, T: Deserialize<'a>>(from: impl IntoDeserializer<'a, ValueError>) -> Option<T> {
        T::deserialize(from.into_deserializer()).ok()
    }
    let (above, five) = (u128::from(u64::MAX) + 1, Amount::new(5));
    assert_eq!(read(5_i64), Some(five));
    assert_eq!(read(5_u128), Some(five));
    assert_eq!(read(5_i128), Some(five));
    assert_eq!(read(u128::MAX), Some(Amount::MAX));
    assert_eq!(read(5_u128), Some(Span::new(5)));
    assert_eq!(read::<Amount>(-5_i64), None);
    assert_eq!(read::<Amount>(-5_i128), None);
    assert_eq!(read::<Timestamp>(above), None);
    assert_eq!(read::<Span>(above), None);
    assert_eq!(read::<Wad>(5_u128), None);
    assert_eq!(read::<SignedWad>(-5_i128), None);
    let why = Amount::deserialize(IntoDeserializer::<ValueError>::into_deserializer(-5_i64));
    let told = "invalid type: integer `-5`, expected a whole number, or one as a string";
    assert_eq!(why.unwrap_err().to_string(), told);
}

#[test]
fn bytes_are_a_number_only_of_the_length_that_is_written() {
    fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
        let map = rmp_serde::to_vec_named(&Inner { of: Bytes(bytes) }).unwrap();
        let Flat { inner } = rmp_serde::from_slice::<Flat<T>>(&map).ok()?;
        Some(inner.of)
    }
    struct Bytes<'a>(&'a [u8]);
    impl Serialize for Bytes<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(self.0)
        }
    }
    let five = 5_u128.to_be_bytes();
    assert_eq!(read(&five), Some(Amount::new(5)));
    assert_eq!(read(&five), Some(Wad::from_raw(5)));
    assert_eq!(read(&[0xff; 16]), Some(SignedWad::from_raw(-1)));
    assert_eq!(read::<Amount>(&five[1..]), None);
    assert_eq!(read::<Amount>(&[0; 17]), None);
    assert_eq!(read::<Timestamp>(&five), None);
    assert_eq!(read::<Fraction>(&five), None);
    assert_eq!(read::<Ratio>(&five), None);
}

/// What was written before stays readable, and is as short as it was.
#[test]
fn the_bytes_of_binary_formats_are_the_raw_integers() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&Wad::ONE, &mut bytes).unwrap();
    assert_eq!(bytes, [0x1b, 0x0d, 0xe0, 0xb6, 0xb3, 0xa7, 0x64, 0, 0]);
    let packed = rmp_serde::to_vec(&Amount::new(5)).unwrap();
    assert_eq!(packed, [&[0xc4, 16][..], &5_u128.to_be_bytes()].concat());
    assert_eq!(rmp_serde::to_vec(&Timestamp::new(5)).unwrap(), [5]);
}

proptest! {
    #[test]
    fn a_number_is_read_as_itself_or_not_at_all(units: u128, shift in 0..128_u32, other: u128) {
        let units = units >> shift;
        read_by(Amount::new(units));
        read_by(Timestamp::new(units as u64));
        read_by(Wad::from_raw(units));
        read_by(SignedWad::from_raw(units as i128));
        read_by(Ratio::new(units, other.max(1))?);
        read_by(U256::new(units, other));
    }
}
