#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, (u128, u128), i128)| {
    let (amount, ratio, steepness) = input;
    laws::growth(amount, ratio, steepness);
});
