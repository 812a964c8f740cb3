#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u64)| {
    let (ratio, terms) = input;
    laws::geometric_sum_bracket(ratio, terms);
});
