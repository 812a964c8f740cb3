#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (i128, i128, i128)| {
    let (a, b, c) = input;
    laws::signed_bracket(a, b, c);
});
