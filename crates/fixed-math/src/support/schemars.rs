//! Support of schemars 0.8: the schema of each number is that of the text that serde writes of it.

use std::borrow::{Cow, ToOwned};
use std::format;
use std::marker::PhantomData;
use std::string::String;

use schemars::gen::SchemaGenerator;
use schemars::schema::{
    ArrayValidation, InstanceType, Metadata, NumberValidation, Schema, SchemaObject,
    StringValidation,
};
use schemars::JsonSchema;

use crate::{
    Amount, Decimals, Error, Fraction, PackedError, Ratio, SignedWad, Span, Timestamp,
    TimestampNanos, Wad, U256,
};

const INTEGER: &str = "^(0|[1-9][0-9]*)$";
const SIGNED_INTEGER: &str = "^(0|-?[1-9][0-9]*)$";
const FRACTION: &str = r"^(0|1|0\.[0-9]{0,17}[1-9])$";
const WAD: &str = r"^(0|[1-9][0-9]*)(\.[0-9]{0,17}[1-9])?$";
const SIGNED_WAD: &str = r"^(0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]{0,17}[1-9])$";
const RATIO: &str = "^(0|[1-9][0-9]*)/[1-9][0-9]*$";

/// Returns the schema of the texts that a pattern allows.
fn text(pattern: &str, description: &str) -> Schema {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        metadata: described(description),
        string: Some(Box::new(StringValidation {
            pattern: Some(pattern.to_owned()),
            ..Default::default()
        })),
        ..Default::default()
    }
    .into()
}

fn described(description: &str) -> Option<Box<Metadata>> {
    Some(Box::new(Metadata {
        description: Some(description.to_owned()),
        ..Default::default()
    }))
}

/// `type: pattern, description`.
macro_rules! texts {
    ($($type:ident: $pattern:ident, $description:literal;)+) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> String {
                stringify!($type).to_owned()
            }

            fn schema_id() -> Cow<'static, str> {
                Cow::Borrowed(concat!("tokenomics_fixed_math::", stringify!($type)))
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                text($pattern, $description)
            }
        }
    )+};
}

texts! {
    Amount: INTEGER, "A number of base units of one token.";
    Timestamp: INTEGER, "A point on the host's clock, in its unit.";
    TimestampNanos: INTEGER, "A point on a clock of nanoseconds.";
    Span: INTEGER, "A length of time on the host's clock, in its unit.";
    U256: INTEGER, "An integer of 256 bits.";
    Fraction: FRACTION, "A number from 0 to 1 with 18 decimals.";
    Wad: WAD, "A number with 18 decimals.";
    SignedWad: SIGNED_WAD, "A number with 18 decimals and a sign.";
    Ratio: RATIO, "A numerator and a denominator.";
    Integer: INTEGER, "An integer.";
    SignedInteger: SIGNED_INTEGER, "An integer with a sign.";
}

impl JsonSchema for Decimals {
    fn schema_name() -> String {
        "Decimals".to_owned()
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Borrowed("tokenomics_fixed_math::Decimals")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        SchemaObject {
            instance_type: Some(InstanceType::Integer.into()),
            metadata: described("The number of decimals of a token."),
            number: Some(Box::new(NumberValidation {
                minimum: Some(0.0),
                maximum: Some(Decimals::MAX.into()),
                ..Default::default()
            })),
            ..Default::default()
        }
        .into()
    }
}

// As the error that it was made from.
impl JsonSchema for PackedError {
    fn schema_name() -> String {
        Error::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Error::schema_id()
    }

    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        Error::json_schema(schemas)
    }
}

/// The form in which [`serde_integer`](crate::serde_integer) writes an integer without a sign, for
/// `#[schemars(with = "…")]`.
///
/// ```
/// use schemars::{schema_for, JsonSchema};
/// use serde::Serialize;
///
/// #[derive(Serialize, JsonSchema)]
/// struct Block {
///     #[serde(with = "tokenomics_fixed_math::serde_integer")]
///     #[schemars(with = "tokenomics_fixed_math::schema::Integer")]
///     gas: u64,
/// }
///
/// let schema = serde_json::to_value(schema_for!(Block))?;
/// let gas = &schema["definitions"]["Integer"];
/// assert_eq!(gas["type"], "string");
/// assert_eq!(gas["pattern"], "^(0|[1-9][0-9]*)$");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Integer;

/// The form in which [`serde_integer`](crate::serde_integer) writes an integer with a sign.
#[derive(Debug)]
pub struct SignedInteger;

/// An array of any length.
#[doc(hidden)]
#[derive(Debug)]
pub struct Entries<T, const N: usize>(PhantomData<T>);

impl<T: JsonSchema, const N: usize> JsonSchema for Entries<T, N> {
    fn is_referenceable() -> bool {
        false
    }

    fn schema_name() -> String {
        format!("Array_size_{N}_of_{}", T::schema_name())
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Owned(format!("[{}; {N}]", T::schema_id()))
    }

    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        let length = u32::try_from(N).ok();
        SchemaObject {
            instance_type: Some(InstanceType::Array.into()),
            array: Some(Box::new(ArrayValidation {
                items: Some(schemas.subschema_for::<T>().into()),
                min_items: length,
                max_items: length,
                ..Default::default()
            })),
            ..Default::default()
        }
        .into()
    }
}
