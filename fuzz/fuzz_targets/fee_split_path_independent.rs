#![no_main]

#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|rounds: Vec<(u8, u128, Vec<u128>)>| {
    laws::path_independent(&rounds);
});
