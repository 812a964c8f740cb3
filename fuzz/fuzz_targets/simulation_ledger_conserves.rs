#![no_main]

#[path = "../../crates/simulation/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (Vec<u128>, Vec<(u8, u8, u128)>)| {
    let (openings, transfers) = input;
    laws::ledger_conserves(&openings, &transfers);
});
