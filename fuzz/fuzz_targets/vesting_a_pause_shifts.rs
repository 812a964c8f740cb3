#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, [u64; 3], Vec<laws::Call>)| {
    let (shape, total, times, calls) = input;
    laws::a_pause_shifts(shape, total, &calls, times);
});
