#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, u64)| {
    let (shape, most, time) = input;
    laws::stops_at_its_cap(shape, most, time);
});
