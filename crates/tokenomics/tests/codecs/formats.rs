//! Values, and each format that they are written in.

use std::fmt::Debug;

use arbitrary::{Arbitrary, Unstructured};
use cw_schema::Schemaifier;
use parity_scale_codec::{DecodeAll, DecodeWithMemTracking, FullCodec, MaxEncodedLen};
use scale_info::TypeInfo;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;
use tokenomics::EncodedLen;

use crate::schemas::{Json, Nodes};

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

/// Integers one after the other, from a linear congruential generator.
fn random(mut seed: u64) -> impl FnMut() -> u64 {
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005);
        seed = seed.wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    }
}

/// Strings of bytes: any, some in which all are alike, and some with few that aren't 0.
fn strings(length: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut next = random(7);
    let alike = (0..=255).map(move |byte| vec![byte; length]);
    let others = (0..4_000).map(move |round| {
        let few = [1, 2, 4, 16][round % 4];
        let mut byte = || match next() % few {
            0 => u8::try_from(next() % 256).unwrap(),
            _ => 0,
        };
        (0..length).map(|_| byte()).collect()
    });
    alike.chain(others)
}

/// Values that are read from any bytes, of a type that has a largest size.
pub(crate) fn read<T: Fixed, D: Schemaifier>() {
    let longest = T::max_encoded_len();
    let values = strings(longest).filter_map(|bytes| T::decode(&mut &*bytes).ok());
    all_fixed::<T, D>(values);
}

/// Values that the type's generator draws.
pub(crate) fn drawn<T: Fixed + for<'a> Arbitrary<'a>, D: Schemaifier>() {
    all_fixed::<T, D>(generated::<T>());
}

/// The same of a type that has no largest size.
pub(crate) fn drawn_list<T: Stored + for<'a> Arbitrary<'a>, D: Schemaifier>() {
    all::<T, D>(generated::<T>());
}

/// Values that are given.
pub(crate) fn given<T: Fixed, D: Schemaifier>(values: Vec<T>) {
    all_fixed::<T, D>(values.into_iter());
}

fn generated<T: for<'a> Arbitrary<'a>>() -> impl Iterator<Item = T> {
    let from = |bytes: Vec<u8>| T::arbitrary(&mut Unstructured::new(&bytes)).ok();
    strings(512).step_by(4).filter_map(from)
}

/// A value of which borsh and SCALE are the same bytes, as long as the type says at most.
fn all_fixed<T: Fixed, D: Schemaifier>(values: impl Iterator<Item = T>) {
    let longest = T::ENCODED_LEN;
    assert_eq!(longest, T::max_encoded_len());
    let schema = borsh::schema_container_of::<T>();
    schema.validate().unwrap();
    let name = std::any::type_name::<T>();
    assert_eq!(schema.max_serialized_size(), Ok(longest), "{name}");
    let checked = values.inspect(|value| {
        let bytes = value.encode();
        assert_eq!(bytes, borsh::to_vec(value).unwrap(), "{value:?}");
        assert!(bytes.len() <= longest, "{value:?}");
    });
    all::<T, D>(checked);
}

fn all<T: Stored, D: Schemaifier>(values: impl Iterator<Item = T>) {
    let mut count = 0_u32;
    let (json, nodes) = (Json::of::<T>(), Nodes::of::<D>());
    for value in values.take(1_000) {
        let tree = comes_back(&value);
        assert_eq!(json.refuses(&tree), None, "{value:?}");
        assert!(nodes.has(&tree), "{value:?}");
        count += 1;
    }
    let name = std::any::type_name::<T>();
    assert!(count > 0, "no value of {name}");
}

/// Takes a value through every format, and returns it as JSON.
fn comes_back<T: Stored>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap();
    same(value, serde_json::from_str(&text), &text);
    let tree = serde_json::to_value(value).unwrap();
    assert!(!loses_digits(&tree), "{text}");
    same(value, serde_json::from_value(tree.clone()), &text);

    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    same(value, ciborium::from_reader(&*bytes), "CBOR");
    let bytes = postcard::to_allocvec(value).unwrap();
    same(value, postcard::from_bytes(&bytes), "postcard");
    let bytes = borsh::to_vec(value).unwrap();
    same(value, borsh::from_slice(&bytes), "borsh");
    same(value, T::decode_all(&mut &*value.encode()), "SCALE");
    tree
}

fn same<T: Stored, E: Debug>(value: &T, read: Result<T, E>, form: &str) {
    let read = read.unwrap_or_else(|why| panic!("{value:?} as {form}: {why:?}"));
    assert_eq!(&read, value, "{form}");
}

/// A chain's metadata has a type under the path by which a program names it; a state under the name of what
/// it is the state of, as all formats that write names.
pub(crate) fn has_public_path<T: TypeInfo>(krate: &str, name: &str) {
    let path = T::type_info().path.segments;
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
