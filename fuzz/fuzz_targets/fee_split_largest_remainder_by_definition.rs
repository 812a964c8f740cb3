#![no_main]

#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, Vec<u64>)| {
    let (amount, weights) = input;
    laws::largest_remainder_by_definition(amount, &weights);
});
