#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u128, i128)| {
    let (x, y) = input;
    laws::exp_undoes_ln(x, y);
});
