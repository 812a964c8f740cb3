#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(
    |input: (laws::Shape, u128, [u128; 2], u64, Vec<laws::Call>)| {
        let (shape, total, numbers, time, calls) = input;
        laws::split_is_exact(shape, total, &calls, numbers, time);
    }
);
