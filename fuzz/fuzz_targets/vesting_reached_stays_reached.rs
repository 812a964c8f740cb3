#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: ((u8, u8), laws::Prices, u128, Vec<laws::Call>)| {
    let (needed, prices, total, calls) = input;
    laws::reached_stays_reached(needed, prices, &calls, total);
});
