#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u64)| {
    let (shape, time) = input;
    laws::each_rate_is_the_last_one_decayed(shape, time);
});
