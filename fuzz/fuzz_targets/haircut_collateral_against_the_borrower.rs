#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (Vec<laws::Entry>, Vec<laws::Entry>)| {
    let (held, owed) = input;
    laws::against_the_borrower(&held, &owed);
});
