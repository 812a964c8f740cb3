#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, (u128, u128), (u8, u8))| {
    let (amount, ratio, exponent) = input;
    laws::ratio_power(amount, ratio, exponent);
});
