#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Entry, Vec<laws::Entry>, Vec<laws::Entry>)| {
    let (asset, held, owed) = input;
    laws::inverse_is_tight(&held, &owed, asset);
});
