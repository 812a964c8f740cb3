#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u64, u64, u128, u64)| {
    let (start, length, total, time) = input;
    laws::prepared_is_the_same(start, length, total, time);
});
