#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, u64, Vec<laws::Call>)| {
    let (shape, total, end, calls) = input;
    laws::claim_pattern(shape, total, &calls, end);
});
