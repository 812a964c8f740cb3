#![no_main]

#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|calls: Vec<laws::Call>| {
    laws::claim_pattern(&calls);
});
