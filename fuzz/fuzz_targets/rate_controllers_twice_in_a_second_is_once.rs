#![no_main]

#[path = "../../crates/rate-controllers/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u8, laws::Seed, Vec<laws::Step>)| {
    let (kind, seed, steps) = input;
    laws::twice_in_a_second_is_once(kind, seed, &steps);
});
