#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(
    |input: (Vec<laws::Entry>, Vec<laws::Entry>, Vec<laws::Entry>)| {
        let (held, owed, worse) = input;
        laws::monotone(&held, &owed, &worse);
    }
);
