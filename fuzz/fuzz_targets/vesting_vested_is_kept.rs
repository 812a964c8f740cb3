#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, Vec<laws::Call>)| {
    let (shape, total, calls) = input;
    laws::vested_is_kept(shape, total, &calls);
});
