#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, [u64; 2], u64, u16)| {
    let (shape, times, seed, parts) = input;
    laws::step_independent(shape, times, seed, parts);
});
