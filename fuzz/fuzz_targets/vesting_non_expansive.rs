#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, u128, u64)| {
    let (shape, total, other, time) = input;
    laws::non_expansive(shape, total, other, time);
});
