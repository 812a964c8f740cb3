#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u64, u64)| {
    let (shape, time, height) = input;
    laws::blocks_keep_time(shape, time, height);
});
