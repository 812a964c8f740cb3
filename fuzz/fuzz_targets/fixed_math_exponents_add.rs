#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, (i128, i128), (u64, u64))| {
    let (base, y, n) = input;
    laws::exponents_add(base, y, n);
});
