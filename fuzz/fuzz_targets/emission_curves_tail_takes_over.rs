#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u64)| {
    let (shape, time) = input;
    laws::tail_takes_over(shape, time);
});
