#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Shape, u128, Vec<laws::Call>, u64)| {
    let (shape, total, calls, time) = input;
    laws::pieces_sum_to_the_schedule(shape, total, &calls, time);
});
