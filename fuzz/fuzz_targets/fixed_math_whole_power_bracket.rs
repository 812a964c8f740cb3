#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, i64)| {
    let (base, exponent) = input;
    laws::whole_power_bracket(base, exponent);
});
