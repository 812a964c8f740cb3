#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: ([(u64, u128); 5], u128, u64)| {
    let (points, total, time) = input;
    laws::through_the_points(points, total, time);
});
