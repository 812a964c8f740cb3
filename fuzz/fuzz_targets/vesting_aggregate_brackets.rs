#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (Vec<laws::Step>, u64)| {
    let (steps, time) = input;
    laws::aggregate_brackets(&steps, time);
});
