#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, (u128, u128), i128)| {
    let (amount, ratio, number) = input;
    laws::ratio_above_one(amount, ratio, number);
});
