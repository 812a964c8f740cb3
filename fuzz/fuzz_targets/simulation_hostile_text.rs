#![no_main]

#[path = "../../crates/simulation/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    laws::hostile_text(text);
});
