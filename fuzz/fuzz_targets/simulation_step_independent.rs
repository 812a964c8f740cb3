#![no_main]

#[path = "../../crates/simulation/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|seed: Vec<u64>| {
    let _ = laws::step_independent(&seed);
});
