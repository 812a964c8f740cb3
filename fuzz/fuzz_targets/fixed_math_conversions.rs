#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u64, u8)| {
    let (value, small, decimals) = input;
    laws::conversions(value, small, decimals);
});
