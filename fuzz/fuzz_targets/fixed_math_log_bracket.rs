#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|x: u128| laws::log_bracket(x));
