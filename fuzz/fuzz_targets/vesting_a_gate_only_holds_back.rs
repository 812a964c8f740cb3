#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(
    |input: (laws::Shape, u128, Vec<(u64, u128)>, Vec<laws::Call>)| {
        let (shape, total, limits, calls) = input;
        laws::a_gate_only_holds_back(shape, total, &calls, &limits);
    }
);
