#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, laws::Call, Vec<laws::Call>)| {
    let (shape, total, call, calls) = input;
    laws::transitions_are_their_formulas(shape, total, &calls, call);
});
