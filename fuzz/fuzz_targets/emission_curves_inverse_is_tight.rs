#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128)| {
    let (shape, amount) = input;
    laws::inverse_is_tight(shape, amount);
});
