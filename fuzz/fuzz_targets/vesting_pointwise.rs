#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, u64)| {
    let (shape, total, time) = input;
    laws::pointwise(shape, total, time);
});
