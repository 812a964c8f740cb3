#![no_main]

#[path = "../../crates/simulation/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|seed: Vec<u64>| {
    let _ = laws::every_unit_once(&seed);
});
