#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, [u64; 3])| {
    let (shape, total, times) = input;
    laws::additive(shape, total, times);
});
