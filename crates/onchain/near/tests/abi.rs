//! The contract's description for clients, as `cargo near abi` reads it: `cargo test --features abi --test abi`.
#![cfg(feature = "abi")]

use near_sdk::serde_json::{from_slice, Value};

// What the macro makes, named after the first method; cargo-near calls it in the library it has built.
#[allow(improper_ctypes)]
extern "C" {
    fn __near_abi_new() -> (*const u8, usize);
}

fn described() -> Value {
    // The macro's function is in the crate, and so the crate has to be linked.
    let _ = near_embedder::Refusal::NOT_FOUND;
    // SAFETY: it takes nothing, and hands out bytes that are never freed.
    let bytes = unsafe {
        let (start, len) = __near_abi_new();
        std::slice::from_raw_parts(start, len)
    };
    from_slice(bytes).unwrap()
}

#[test]
fn the_description_names_every_method() {
    let described = described();
    let functions = described["abi"]["functions"].as_array();
    let functions = functions.or(described["functions"].as_array()).unwrap();
    let names: Vec<_> = functions
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    let expected = [
        "new",
        "create_grant",
        "claim_grant",
        "revoke_grant",
        "grant",
        "create_lock",
        "extend_lock",
        "withdraw_lock",
        "weight",
        "total_weight",
        "stake",
        "unstake",
        "fund",
        "claim_reward",
        "reward",
    ];
    assert_eq!(names, expected);
    let views = functions.iter().filter(|it| it["kind"] == "view");
    let views: Vec<_> = views.map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(views, ["grant", "weight", "total_weight", "reward"]);
}

#[test]
fn amounts_and_times_are_text_in_it() {
    let text = described().to_string();
    for name in ["Amount", "Timestamp", "Span"] {
        assert!(text.contains(&format!("#/definitions/{name}")), "{name}");
    }
    let described = described();
    let amount = described.pointer("/root_schema/definitions/Amount");
    let amount = amount.or(described.pointer("/abi/root_schema/definitions/Amount"));
    assert_eq!(amount.unwrap()["type"], "string");
}
