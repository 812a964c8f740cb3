//! Every public type of the libraries as Anchor takes it: a type without a largest size or a schema fails
//! here, as `crates/tokenomics/tests/codecs` fails for one that is in no row.
#![cfg(feature = "idl-build")]

#[path = "../../../tokenomics/tests/laws/types.rs"]
mod types;

use std::collections::BTreeMap;

use anchor_lang::idl::types::{IdlTypeDef, IdlTypeDefTy};
use anchor_lang::{IdlBuild, Space};
use tokenomics::{EncodedLen, Fraction, Ratio};
use types::stored_types;

/// The IDL's definitions of a field of a type.
fn described<T: IdlBuild>() -> BTreeMap<String, IdlTypeDef> {
    let mut types = BTreeMap::new();
    let own = T::create_type().unwrap();
    types.insert(own.name.clone(), own);
    T::insert_types(&mut types);
    types
}

/// Checks a type that has a largest size: in a field of an account.
macro_rules! row {
    (drawn_list $type:ty) => {{
        let mut types = BTreeMap::new();
        anchor_embedder::idl::insert::<$type>(&mut types);
        assert!(!types.is_empty(), "{} is in no IDL", stringify!($type));
        is_whole(&types, stringify!($type));
    }};
    ($how:ident $type:ty) => {{
        anchor_embedder::stored! { Field: $type; }
        assert_eq!(Field::INIT_SPACE, <$type>::ENCODED_LEN, stringify!($type));
        let types = described::<Field>();
        assert!(types.len() > 1, "{} is in no IDL", stringify!($type));
        is_whole(&types, stringify!($type));
    }};
}

macro_rules! matrix {
    ($($krate:ident { $($how:ident $type:ty $(= $values:expr)?;)+ })+) => {$(
        #[test]
        fn $krate() {
            use tokenomics::$krate::*;
            $(row!($how $type);)+
        }
    )+};
}

stored_types!(matrix);

/// Checks that each name that a definition uses has one.
fn is_whole(types: &BTreeMap<String, IdlTypeDef>, of: &str) {
    for (name, definition) in types {
        assert_eq!(*name, definition.name);
        if let IdlTypeDefTy::Enum { variants } = &definition.ty {
            assert!(!variants.is_empty(), "{name}");
        }
        let text = serde_json::to_value(definition).unwrap();
        for used in names(&text) {
            assert!(types.contains_key(&used), "{of}: {name} uses {used}");
        }
    }
}

/// The names of types in a definition.
fn names(json: &serde_json::Value) -> Vec<String> {
    match json {
        serde_json::Value::Object(fields) => {
            let own = fields.get("defined").and_then(|of| of.get("name"));
            let own = own.and_then(|name| name.as_str()).map(str::to_owned);
            own.into_iter()
                .chain(fields.values().flat_map(names))
                .collect()
        }
        serde_json::Value::Array(all) => all.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_programs_idl_names_the_types_of_its_accounts() {
    let mut types = BTreeMap::new();
    anchor_embedder::GrantAccount::insert_types(&mut types);
    anchor_embedder::PoolAccount::insert_types(&mut types);
    anchor_embedder::NewGrant::insert_types(&mut types);
    for name in [
        "GrantGateLinear",
        "GateLinear",
        "Linear",
        "RewardPoolState",
        "Timestamp",
    ] {
        assert!(types.contains_key(name), "{name}: {:?}", types.keys());
    }
    let holder = types.values().find(|of| of.name.ends_with("Vesting"));
    let text = serde_json::to_string(&holder.unwrap().ty).unwrap();
    assert_eq!(
        text,
        r#"{"kind":"struct","fields":[{"defined":{"name":"GrantGateLinear"}}]}"#
    );
    let linear = serde_json::to_string(&types["Linear"].ty).unwrap();
    assert!(
        linear.contains(r#"{"name":"start","type":{"defined":{"name":"Timestamp"}}}"#),
        "{linear}"
    );
}

#[test]
fn lists_of_a_fixed_length_are_arrays() {
    use tokenomics::escrow_weighting::Shares;
    use tokenomics::vesting::{Point, Tranches};
    let text = |types: BTreeMap<String, IdlTypeDef>| serde_json::to_string(&types).unwrap();
    let mut types = BTreeMap::new();
    anchor_embedder::idl::insert::<Shares<u32, 2>>(&mut types);
    let array = text(types);
    assert!(
        array.contains(r#"{"array":["#) && !array.contains(r#"{"vec":"#),
        "{array}"
    );
    let mut types = BTreeMap::new();
    anchor_embedder::idl::insert::<Tranches<Vec<Point>>>(&mut types);
    let list = text(types);
    assert!(
        list.contains(r#"{"vec":"#) && !list.contains(r#"{"array":["#),
        "{list}"
    );
}
