#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: ((u128, u128), (i128, i128), (u64, u64))| {
    let (x, y, n) = input;
    laws::functions_are_monotone(x, y, n);
});
