#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u64, u64)| {
    let (a, b) = input;
    laws::logarithms_add(a, b);
});
