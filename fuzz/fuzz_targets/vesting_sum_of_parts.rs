#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u16, u128)| {
    let (total, count, amount) = input;
    laws::sum_of_parts(total, count, amount);
});
