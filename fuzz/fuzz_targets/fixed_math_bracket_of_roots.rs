#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u128)| {
    let (high, low) = input;
    laws::bracket_of_roots(high, low);
});
