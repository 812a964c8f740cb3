#![no_main]

#[path = "../../crates/rate-controllers/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u8, laws::Seed, Vec<laws::Step>, usize, u128)| {
    let (kind, seed, steps, at, more) = input;
    laws::monotone_response(kind, seed, &steps, at, more);
});
