#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: ((u128, u128), (u128, u128), u128)| {
    let (a, b, factor) = input;
    laws::wide_arithmetic(a, b, factor);
});
