#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, i128)| {
    let (base, exponent) = input;
    laws::power_bracket(base, exponent);
});
