#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: ((u128, u128), (u128, u128))| {
    let (a, b) = input;
    laws::ratio_product(a, b);
});
