//! Support of borsh's schemas: each number is a struct of the integers that borsh writes.

use std::borrow::ToOwned;
use std::collections::BTreeMap;
use std::format;

use borsh::schema::{add_definition, Declaration, Definition, Fields};
use borsh::BorshSchema;

use crate::{
    Amount, Decimals, Error, Fraction, PackedError, Ratio, SignedWad, Span, Timestamp,
    TimestampNanos, Wad, U256,
};

/// `type: integer, fields`, each field of that integer.
macro_rules! integers {
    ($($type:ident: $raw:ty, $fields:expr;)+) => {$(
        impl BorshSchema for $type {
            fn declaration() -> Declaration {
                stringify!($type).to_owned()
            }

            fn add_definitions_recursively(definitions: &mut BTreeMap<Declaration, Definition>) {
                let of: fn(Declaration) -> Fields = $fields;
                let fields = of(<$raw>::declaration());
                add_definition(Self::declaration(), Definition::Struct { fields }, definitions);
                <$raw>::add_definitions_recursively(definitions);
            }
        }
    )+};
}

integers! {
    Amount: u128, one;
    Timestamp: u64, one;
    TimestampNanos: u64, one;
    Span: u64, one;
    Fraction: u64, one;
    Wad: u128, one;
    SignedWad: i128, one;
    Decimals: u8, one;
    Ratio: u128, |of| two(["numerator", "denominator"], of);
    // In the order in which they are written.
    U256: u128, |of| two(["low", "high"], of);
}

fn one(of: Declaration) -> Fields {
    Fields::UnnamedFields(vec![of])
}

fn two(names: [&str; 2], of: Declaration) -> Fields {
    let fields = names.map(|name| (name.to_owned(), of.clone()));
    Fields::NamedFields(fields.into())
}

/// As the error that it was made from, under names of its own: what holds it is an `Error` as well, with a
/// `Quantity`, and a schema knows a type by its name alone.
impl BorshSchema for PackedError {
    fn declaration() -> Declaration {
        own(Error::declaration())
    }

    fn add_definitions_recursively(definitions: &mut BTreeMap<Declaration, Definition>) {
        let mut held = BTreeMap::new();
        Error::add_definitions_recursively(&mut held);
        for (name, definition) in held {
            add_definition(own(name), of_own_names(definition), definitions);
        }
    }
}

/// Returns the name of a type, which of an error and its quantities, variants and all, is one of this crate.
fn own(name: Declaration) -> Declaration {
    if ["Error", "Quantity"].iter().any(|of| name.starts_with(of)) {
        return format!("FixedMath{name}");
    }
    name
}

/// Returns the definition with such names of what it holds, which is enums and structs alone.
fn of_own_names(mut definition: Definition) -> Definition {
    let rename = |name: &mut Declaration| *name = own(std::mem::take(name));
    match &mut definition {
        Definition::Enum { variants, .. } => variants.iter_mut().for_each(|(_, _, of)| rename(of)),
        Definition::Struct {
            fields: Fields::NamedFields(fields),
        } => fields.iter_mut().for_each(|(_, of)| rename(of)),
        Definition::Struct {
            fields: Fields::UnnamedFields(fields),
        } => fields.iter_mut().for_each(rename),
        _ => (),
    }
    definition
}
