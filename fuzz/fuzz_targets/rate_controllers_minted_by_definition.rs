#![no_main]

#[path = "../../crates/rate-controllers/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::Seed, Vec<(u8, u128, u128)>)| {
    let (seed, steps) = input;
    laws::minted_by_definition(seed, &steps);
});
