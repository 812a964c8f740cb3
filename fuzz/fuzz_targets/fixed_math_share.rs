#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u64, u64)| {
    let (amount, part, of_part) = input;
    laws::share(amount, part, of_part);
});
