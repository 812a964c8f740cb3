#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, i64, u8, u8)| {
    let (base, exponent, fives, twos) = input;
    laws::powi_is_pow(base, exponent, fives, twos);
});
