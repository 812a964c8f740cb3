#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, u128)| {
    let (shape, total, amount) = input;
    laws::inverse_is_tight(shape, total, amount);
});
