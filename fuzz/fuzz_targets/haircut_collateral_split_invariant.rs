#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (Vec<laws::Entry>, Vec<laws::Entry>, Vec<u128>)| {
    let (held, owed, cuts) = input;
    laws::split_invariant(&held, &owed, &cuts);
});
