#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u128, u8)| {
    let (high, low, decimals) = input;
    laws::round_trip(high, low, decimals);
});
