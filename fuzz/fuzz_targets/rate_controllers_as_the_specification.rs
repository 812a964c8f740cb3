#![no_main]

#[path = "../../crates/rate-controllers/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Seed, Vec<laws::Step>)| {
    let (seed, steps) = input;
    laws::as_the_specification(seed, &steps);
});
