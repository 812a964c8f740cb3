//! The formats that a value is written in.

use std::fmt::Debug;

use parity_scale_codec::{DecodeAll, DecodeWithMemTracking, FullCodec, MaxEncodedLen};
use scale_info::TypeInfo;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;
use tokenomics::EncodedLen;

/// A type that all formats know.
pub(crate) trait Stored:
    Serialize
    + DeserializeOwned
    + borsh::BorshSerialize
    + borsh::BorshDeserialize
    + FullCodec
    + DecodeWithMemTracking
    + TypeInfo
    + JsonSchema
    + borsh::BorshSchema
    + PartialEq
    + Debug
    + 'static
{
}

impl<T> Stored for T where
    T: Serialize
        + DeserializeOwned
        + borsh::BorshSerialize
        + borsh::BorshDeserialize
        + FullCodec
        + DecodeWithMemTracking
        + TypeInfo
        + JsonSchema
        + borsh::BorshSchema
        + PartialEq
        + Debug
        + 'static
{
}

/// A type that has a largest size.
pub(crate) trait Fixed: Stored + MaxEncodedLen + EncodedLen {}

impl<T: Stored + MaxEncodedLen + EncodedLen> Fixed for T {}

/// Checks that borsh and SCALE write the same bytes of a value, no more than its type says.
pub(crate) fn is_as_long_as_said<T: Fixed>(value: &T) {
    let longest = T::ENCODED_LEN;
    assert_eq!(longest, T::max_encoded_len());
    let bytes = value.encode();
    assert_eq!(bytes, borsh::to_vec(value).unwrap(), "{value:?}");
    assert!(bytes.len() <= longest, "{value:?}");
}

/// Checks that borsh makes a schema of a type, which tells each type in it by its name.
pub(crate) fn has_borsh_schema<T: Stored>() {
    let schema = borsh::schema_container_of::<T>();
    let name = schema.declaration();
    assert!(schema.get_definition(name).is_some(), "{name}");
}

/// Checks that a value is read from each format as it was written.
pub(crate) fn comes_back<T: Stored>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    same(value, serde_json::from_str(&text), &text);
    let tree = serde_json::to_value(value).unwrap();
    assert!(!loses_digits(&tree), "{text}");
    same(value, serde_json::from_value(tree), &text);

    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    same(value, ciborium::from_reader(&*bytes), "CBOR");
    let bytes = postcard::to_allocvec(value).unwrap();
    same(value, postcard::from_bytes(&bytes), "postcard");
    let bytes = borsh::to_vec(value).unwrap();
    same(value, borsh::from_slice(&bytes), "borsh");
    same(value, T::decode_all(&mut &*value.encode()), "SCALE");
}

fn same<T: Stored, E: Debug>(value: &T, read: Result<T, E>, form: &str) {
    let read = read.unwrap_or_else(|why| panic!("{value:?} as {form}: {why:?}"));
    assert_eq!(&read, value, "{form}");
}

/// Checks that a chain's metadata has a type under the path by which a program names it; a state under the
/// name of what it is the state of, as all formats that write names.
pub(crate) fn has_public_path<T: TypeInfo>(krate: &str, name: &str) {
    let path = T::type_info().path.segments;
    // An alias of a tuple has none.
    if name == "RingSlot" {
        return assert!(path.is_empty());
    }
    let [first, last] = path.as_slice() else {
        panic!("{path:?} of {krate}::{name}");
    };
    // A node of two crates is one type with two names.
    let of_crate = [
        format!("tokenomics_{krate}"),
        "tokenomics_internals".to_owned(),
    ];
    assert!(
        of_crate.iter().any(|it| it == first),
        "{path:?} of {krate}::{name}"
    );
    // What is written as another type is described as that.
    let of_type = match name {
        "PackedError" => "Error",
        _ => name.strip_suffix("State").unwrap_or(name),
    };
    assert!(
        [name, of_type].contains(last),
        "{path:?} of {krate}::{name}"
    );
}

/// Whether a tree has a number that half of JSON's readers round.
fn loses_digits(tree: &Value) -> bool {
    match tree {
        Value::Number(number) => {
            let exact = number
                .as_i64()
                .is_some_and(|it| it.unsigned_abs() <= 1 << 53);
            !exact
        }
        Value::Array(list) => list.iter().any(loses_digits),
        Value::Object(map) => map.values().any(loses_digits),
        _ => false,
    }
}

#[test]
fn numbers_above_2_to_53_lose_digits() {
    let tree = |number: u64| serde_json::json!({ "a": [1, number] });
    assert!(!loses_digits(&tree(1 << 53)));
    assert!(loses_digits(&tree((1 << 53) + 1)) && loses_digits(&tree(u64::MAX)));
    assert!(loses_digits(&serde_json::json!(0.5)));
}
