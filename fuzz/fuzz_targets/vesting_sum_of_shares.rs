#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, [u16; 5])| {
    let (total, weights) = input;
    laws::sum_of_shares(total, weights);
});
