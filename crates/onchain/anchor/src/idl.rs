//! The IDL's definition of a type that borsh has a schema of.

use std::collections::{BTreeMap, BTreeSet};

use anchor_lang::idl::types::{
    IdlArrayLen, IdlDefinedFields, IdlEnumVariant, IdlField, IdlSerialization, IdlType, IdlTypeDef,
    IdlTypeDefTy,
};
use borsh::schema::{BorshSchemaContainer, Declaration, Definition, Fields};
use borsh::BorshSchema;

/// Returns the definition of a struct of this name that holds a value of the type and nothing else.
#[must_use]
pub fn holder<T: BorshSchema>(name: String) -> IdlTypeDef {
    let schema = borsh::schema_container_of::<T>();
    let held = of_type(&schema, schema.declaration());
    let fields = Some(IdlDefinedFields::Tuple(vec![held]));
    definition(name, IdlTypeDefTy::Struct { fields })
}

/// Inserts the definitions of a type, and of all types in it, under their names.
pub fn insert<T: BorshSchema>(types: &mut BTreeMap<String, IdlTypeDef>) {
    let schema = borsh::schema_container_of::<T>();
    // In the IDL a variant's fields stand in the enum.
    let variants: BTreeSet<_> = schema
        .definitions()
        .flat_map(|(declaration, of)| variants(declaration, of))
        .collect();
    for (declaration, of) in schema.definitions() {
        if variants.contains(declaration) {
            continue;
        }
        if let Some(ty) = of_definition(&schema, declaration, of) {
            let name = name(declaration);
            types.insert(name.clone(), definition(name, ty));
        }
    }
}

/// Returns the declarations of an enum's variants; what an option holds is a type of its own.
fn variants<'a>(declaration: &str, of: &'a Definition) -> Vec<&'a Declaration> {
    match of {
        Definition::Enum { variants, .. } if !is_option(declaration) => {
            variants.iter().map(|(_, _, of)| of).collect()
        }
        _ => Vec::new(),
    }
}

fn definition(name: String, ty: IdlTypeDefTy) -> IdlTypeDef {
    IdlTypeDef {
        name,
        docs: Vec::new(),
        serialization: IdlSerialization::Borsh,
        repr: None,
        generics: Vec::new(),
        ty,
    }
}

/// Returns what the IDL has under a name, which of numbers, lists and options is nothing.
fn of_definition(
    schema: &BorshSchemaContainer,
    declaration: &str,
    of: &Definition,
) -> Option<IdlTypeDefTy> {
    match of {
        Definition::Struct { fields } => Some(IdlTypeDefTy::Struct {
            fields: of_fields(schema, fields),
        }),
        Definition::Tuple { elements } => Some(IdlTypeDefTy::Struct {
            fields: of_fields(schema, &Fields::UnnamedFields(elements.clone())),
        }),
        Definition::Enum { variants, .. } if !is_option(declaration) => {
            // Clients number the variants from 0 on.
            let numbered = (0_i64..)
                .zip(variants)
                .all(|(at, (number, ..))| at == *number);
            assert!(numbered, "{declaration} skips a number");
            let variants = variants.iter().map(|(_, name, of)| IdlEnumVariant {
                name: name.clone(),
                fields: match schema.get_definition(of) {
                    Some(Definition::Struct { fields }) => of_fields(schema, fields),
                    _ => None,
                },
            });
            Some(IdlTypeDefTy::Enum {
                variants: variants.collect(),
            })
        }
        _ => None,
    }
}

fn of_fields(schema: &BorshSchemaContainer, fields: &Fields) -> Option<IdlDefinedFields> {
    match fields {
        Fields::NamedFields(fields) => {
            let field = |(name, of): &(String, Declaration)| IdlField {
                name: name.clone(),
                docs: Vec::new(),
                ty: of_type(schema, of),
            };
            Some(IdlDefinedFields::Named(fields.iter().map(field).collect()))
        }
        Fields::UnnamedFields(fields) => {
            let types = fields.iter().map(|of| of_type(schema, of));
            Some(IdlDefinedFields::Tuple(types.collect()))
        }
        Fields::Empty => None,
    }
}

fn is_option(declaration: &str) -> bool {
    declaration.starts_with("Option<")
}

/// Returns a type as a field has it.
fn of_type(schema: &BorshSchemaContainer, declaration: &str) -> IdlType {
    match schema.get_definition(declaration) {
        Some(Definition::Primitive(_)) => declaration.parse().expect("a number of the IDL's"),
        Some(Definition::Sequence {
            length_width: 0,
            length_range,
            elements,
        }) => {
            let length = usize::try_from(*length_range.end()).expect("an array");
            let element = Box::new(of_type(schema, elements));
            IdlType::Array(element, IdlArrayLen::Value(length))
        }
        Some(Definition::Sequence { elements, .. }) => {
            IdlType::Vec(Box::new(of_type(schema, elements)))
        }
        Some(Definition::Enum { variants, .. }) if is_option(declaration) => {
            let (_, _, some) = variants.last().expect("an option has two variants");
            IdlType::Option(Box::new(of_type(schema, some)))
        }
        Some(_) => IdlType::Defined {
            name: name(declaration),
            generics: Vec::new(),
        },
        None => panic!("the schema lacks {declaration}"),
    }
}

/// Returns the name of a type, its parameters behind it: `GrantGateLinear` for `Grant<Gate<Linear>>`.
fn name(declaration: &str) -> String {
    let words = declaration.split(|c: char| !c.is_alphanumeric());
    let capital = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    words.filter(|word| !word.is_empty()).map(capital).collect()
}
