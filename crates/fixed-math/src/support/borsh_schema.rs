//! Support of borsh's schemas: each number is a struct of the integers that borsh writes.

use std::borrow::ToOwned;
use std::collections::BTreeMap;

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

// As the error that it was made from.
impl BorshSchema for PackedError {
    fn declaration() -> Declaration {
        Error::declaration()
    }

    fn add_definitions_recursively(definitions: &mut BTreeMap<Declaration, Definition>) {
        Error::add_definitions_recursively(definitions);
    }
}
