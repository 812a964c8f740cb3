#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (decimals, text) = input;
    laws::parse(text, decimals);
});
