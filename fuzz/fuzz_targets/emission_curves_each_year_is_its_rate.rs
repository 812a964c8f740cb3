#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u64)| {
    let (shape, time) = input;
    laws::each_year_is_its_rate(shape, time);
});
