#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: ((u128, u128), (u128, u128), u128, (u64, u64))| {
    let (base, numerator, denominator, units) = input;
    laws::growth_over_time(base, numerator, denominator, units);
});
