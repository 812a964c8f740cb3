//! Support of cw-schema 3: the numbers as the nodes that cosmwasm-std has for its own, and what its derive
//! lacks, arrays of any length.

use core::any::type_name;
use std::borrow::Cow;

use cw_schema::{
    DefinitionReference, EnumCase, EnumValue, Identifier, Node, NodeType, SchemaVisitor,
    Schemaifier, StructProperty, StructType,
};
use schemars::gen::SchemaGenerator;
use schemars::schema::Schema;
use schemars::JsonSchema;

use super::schemars::{Integer, SignedInteger};
use crate::{
    Amount, Decimals, Error, Fraction, PackedError, Ratio, SignedWad, Span, Timestamp,
    TimestampNanos, Wad, U256,
};

fn insert<T: ?Sized>(
    visitor: &mut SchemaVisitor,
    name: impl Into<Cow<'static, str>>,
    value: NodeType,
) -> DefinitionReference {
    let node = Node {
        name: name.into(),
        description: None,
        value,
    };
    visitor.insert(Identifier::of::<T>(), node)
}

const fn integer(precision: u64, signed: bool) -> NodeType {
    NodeType::Integer { precision, signed }
}

const fn decimal(precision: u64, signed: bool) -> NodeType {
    NodeType::Decimal { precision, signed }
}

/// `type: node`.
macro_rules! nodes {
    ($($type:ident: $node:expr;)+) => {$(
        impl Schemaifier for $type {
            fn visit_schema(visitor: &mut SchemaVisitor) -> DefinitionReference {
                let name = concat!("tokenomics_fixed_math_", stringify!($type));
                insert::<Self>(visitor, name, $node)
            }
        }
    )+};
}

nodes! {
    Amount: integer(128, false);
    Timestamp: integer(64, false);
    TimestampNanos: NodeType::Timestamp;
    Span: integer(64, false);
    U256: integer(256, false);
    Decimals: integer(8, false);
    Fraction: decimal(64, false);
    Wad: decimal(128, false);
    SignedWad: decimal(128, true);
    Ratio: NodeType::String;
    Integer: integer(64, false);
    SignedInteger: integer(128, true);
}

// As the error that it was made from.
impl Schemaifier for PackedError {
    fn visit_schema(visitor: &mut SchemaVisitor) -> DefinitionReference {
        Error::visit_schema(visitor)
    }
}

/// Describes an enum of names, which are those of its other schema.
pub fn names<T: JsonSchema>(visitor: &mut SchemaVisitor) -> DefinitionReference {
    let mut schema = T::json_schema(&mut SchemaGenerator::default()).into_object();
    let alone = schema.enum_values.take();
    let one_of = schema.subschemas.and_then(|schemas| schemas.one_of);
    let documented = one_of.into_iter().flatten().map(Schema::into_object);
    let values = documented.filter_map(|of| of.enum_values).chain(alone);
    let case = || EnumCase {
        description: None,
        value: EnumValue::Unit,
    };
    let names = values
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned));
    let node = NodeType::Enum {
        discriminator: None,
        cases: names.map(|name| (name.into(), case())).collect(),
    };
    let name = type_name::<T>().replace("::", "_");
    insert::<T>(visitor, name, node)
}

/// Describes an array, which serde writes as a tuple.
pub fn array<T: Schemaifier, const N: usize>(visitor: &mut SchemaVisitor) -> NodeType {
    let entry = T::visit_schema(visitor);
    NodeType::Tuple {
        items: vec![entry; N],
    }
}

/// Describes an array as a part of something else.
pub fn entries<T: Schemaifier, const N: usize>(visitor: &mut SchemaVisitor) -> DefinitionReference {
    let node = array::<T, N>(visitor);
    insert::<[T; N]>(visitor, type_name::<[T; N]>(), node)
}

/// Describes a struct of these fields.
pub fn named<const N: usize>(fields: [(&'static str, DefinitionReference); N]) -> NodeType {
    let property = |(name, value)| {
        let property = StructProperty {
            defaulting: false,
            description: None,
            value,
        };
        (Cow::Borrowed(name), property)
    };
    NodeType::Struct(StructType::Named {
        properties: fields.into_iter().map(property).collect(),
    })
}

/// Describes a struct some fields of which are arrays, for `#[schemaifier(type = …)]`: each field with its
/// type in brackets.
#[doc(hidden)]
#[macro_export]
macro_rules! schema_fields {
    ($visitor:ident; $($field:ident: $kind:tt),+ $(,)?) => {
        $crate::schemaifier::named([
            $((stringify!($field), $crate::schema_field!($visitor $kind)),)+
        ])
    };
}

/// Describes the type in the brackets.
#[doc(hidden)]
#[macro_export]
macro_rules! schema_field {
    ($visitor:ident ([$entry:ty; $length:tt])) => {
        $crate::schemaifier::entries::<$entry, $length>($visitor)
    };
    ($visitor:ident ($type:ty)) => {
        <$type as ::cw_schema::Schemaifier>::visit_schema($visitor)
    };
}
