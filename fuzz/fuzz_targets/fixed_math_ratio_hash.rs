#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u64, u64, u64)| {
    let (a, b, factor) = input;
    laws::ratio_hash(a, b, factor);
});
