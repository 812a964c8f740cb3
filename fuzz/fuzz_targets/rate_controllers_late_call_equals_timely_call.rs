#![no_main]

#[path = "../../crates/rate-controllers/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u8, laws::Seed, Vec<laws::Step>, Vec<u64>)| {
    let (kind, seed, steps, parts) = input;
    laws::late_call_equals_timely_call(kind, seed, &steps, &parts);
});
