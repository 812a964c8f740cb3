#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u64)| {
    let (shape, epoch) = input;
    laws::baseline_by_definition(shape, epoch);
});
