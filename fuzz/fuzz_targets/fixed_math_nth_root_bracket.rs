#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, u32)| {
    let (base, degree) = input;
    laws::nth_root_bracket(base, degree);
});
