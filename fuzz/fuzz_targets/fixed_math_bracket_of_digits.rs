#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u8)| {
    let (value, digits) = input;
    laws::bracket_of_digits(value, digits);
});
