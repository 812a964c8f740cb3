#![no_main]

#[path = "../../crates/escrow-weighting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u128, u64, u64)| {
    let (amount, part, end, time) = input;
    laws::neutral(amount, part, end, time);
});
